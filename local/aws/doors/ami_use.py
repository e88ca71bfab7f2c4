"""EC2: who uses an image, which MiniStack does not tell.

- `DescribeImageReferences` looks in the caller's account: at its instances, at the versions of its launch templates,
  at its parameters of type `aws:ec2:image`; with the caller's own permissions for each, as AWS does. Recipes are the
  Image Builder stand-in's, and not seen from here.
- `CreateImageUsageReport` counts instances and launch templates of all accounts. `DescribeImageUsageReports` tells
  `pending` for a while, then `available`; `DescribeImageUsageReportEntries` tells what was counted. The owner of the
  image may ask, and again with the same client token for the same report.
"""

import secrets
import time

from ministack.core import responses
from ministack.services import ec2, ssm

from doors import ami_lifecycle, permissions

NEEDS = {
    ec2: (
        "_instances", "_launch_templates", "_ACTION_MAP", "_xml", "_error", "_esc", "_p", "_parse_member_list",
    ),
    ssm: ("_parameters", "_param_arn"),
    responses: ("AccountRegionScopedDict", "get_account_id", "get_region"),
}

REPORT_SECONDS = 1.0
"""How long a report takes to become available. AWS names no figure; a reader must not rely on any."""

REPORT_LIFETIME = 30 * 24 * 3600
MOST_IMAGES = 10
NEEDED = {
    "ec2:Instance": ("ec2:DescribeInstances",),
    "ec2:LaunchTemplate": ("ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions"),
    "ssm:Parameter": ("ssm:DescribeParameters", "ssm:GetParameters"),
    "imagebuilder:ImageRecipe": ("imagebuilder:ListImageRecipes",),
    "imagebuilder:ContainerRecipe": ("imagebuilder:ListContainerRecipes", "imagebuilder:GetContainerRecipe"),
}
ON_RESOURCES = {"ssm:GetParameters": "parameter/any", "imagebuilder:GetContainerRecipe": "container-recipe/any/1.0.0"}

_reports = responses.AccountRegionScopedDict()


def _asked_types(p):
    """The resource types of a request with the values of their one option each."""
    types = {}
    while kind := ec2._p(p, f"ResourceType.{len(types) + 1}.ResourceType"):
        option = f"ResourceType.{len(types) + 1}.ResourceTypeOption.1.OptionValue"
        types[kind] = ec2._parse_member_list(p, option)
    return types


def _instances_of(image_id, states):
    return [
        f"arn:aws:ec2:{responses.get_region()}:{responses.get_account_id()}:instance/{instance['InstanceId']}"
        for instance in ec2._instances.values()
        if instance["ImageId"] == image_id and (not states or instance["State"]["Name"] in states)
    ]


def _names(template, image_id, depth):
    """Whether one of the newest versions of a launch template names an image."""
    versions = sorted(template["Versions"], key=lambda version: version["VersionNumber"], reverse=True)[:depth]
    return any((version.get("LaunchTemplateData") or {}).get("ImageId") == image_id for version in versions)


def _templates_of(image_id, depth):
    return [
        f"arn:aws:ec2:{responses.get_region()}:{responses.get_account_id()}:launch-template/{template_id}"
        for template_id, template in ec2._launch_templates.items()
        if _names(template, image_id, int(depth[0]) if depth else 10)
    ]


def _parameters_of(image_id, _options):
    return [
        ssm._param_arn(name)
        for name, parameter in ssm._parameters.items()
        if parameter.get("DataType") == "aws:ec2:image" and parameter.get("Value") == image_id
    ]


LOOK = {"ec2:Instance": _instances_of, "ec2:LaunchTemplate": _templates_of, "ssm:Parameter": _parameters_of}


def _caller_may(action):
    """Whether EC2 may do this in the caller's name; of actions on single resources, on any of the account's."""
    resource = "*"
    if action in ON_RESOURCES:
        service = action.split(":")[0]
        resource = f"arn:aws:{service}:{responses.get_region()}:{responses.get_account_id()}:{ON_RESOURCES[action]}"
    return permissions.caller_may(action, resource, called_via="ec2-images.amazonaws.com")


def _describe_image_references(p):
    image_ids = ec2._parse_member_list(p, "ImageId")
    types = _asked_types(p)
    if ec2._p(p, "IncludeAllResourceTypes") == "true":
        types = {**{kind: [] for kind in NEEDED}, **types}
    if not 1 <= len(image_ids) <= MOST_IMAGES:
        return ec2._error("InvalidParameterValue", f"Specify between 1 and {MOST_IMAGES} image ids", 400)
    if not types or not types.keys() <= NEEDED.keys():
        return ec2._error("InvalidParameterValue", "Specify IncludeAllResourceTypes or valid ResourceTypes", 400)
    for kind in types:
        for action in NEEDED[kind]:
            if not _caller_may(action):
                message = f"You are not authorized to perform this operation: it needs {action}"
                return ec2._error("UnauthorizedOperation", message, 403)
    items = "".join(
        f"<item><imageId>{image_id}</imageId><resourceType>{kind}</resourceType><arn>{ec2._esc(arn)}</arn></item>"
        for image_id in image_ids
        for kind, options in types.items()
        for arn in (LOOK[kind](image_id, options) if kind in LOOK else ())
    )
    return ec2._xml(200, "DescribeImageReferencesResponse", f"<imageReferenceSet>{items}</imageReferenceSet>")


def _count(image_id, types):
    """How often each account uses an image, by resource type."""
    region = responses.get_region()
    counts = {}

    def count(kind, account):
        counts[account, kind] = counts.get((account, kind), 0) + 1

    for (account, where, _id), instance in ec2._instances.all_items():
        if where == region and instance["ImageId"] == image_id and instance["State"]["Name"] != "terminated":
            count("ec2:Instance", account)
    depth = types.get("ec2:LaunchTemplate")
    for (account, where, _id), template in ec2._launch_templates.all_items():
        if where == region and _names(template, image_id, int(depth[0]) if depth else 20):
            count("ec2:LaunchTemplate", account)
    return {key: number for key, number in counts.items() if key[1] in types}


def _create_image_usage_report(p):
    image, error = ami_lifecycle.own_image(p)
    if error:
        return error
    token, types = ec2._p(p, "ClientToken"), _asked_types(p)
    if not types:
        return ec2._error("MissingParameter", "The request must contain the parameter ResourceTypes", 400)
    earlier = [report for report in _reports.values() if token and report["token"] == token]
    if not earlier:
        report_id = f"amiur-{secrets.token_hex(8)}1"
        accounts = ec2._parse_member_list(p, "AccountId")
        counts = _count(image["ImageId"], types)
        earlier = [{
            "id": report_id, "image": image["ImageId"], "token": token, "types": types, "accounts": accounts,
            "at": time.time(), "counts": {key: n for key, n in counts.items() if not accounts or key[0] in accounts},
        }]
        _reports[report_id] = earlier[0]
    return ec2._xml(200, "CreateImageUsageReportResponse", f"<reportId>{earlier[0]['id']}</reportId>")


def _asked_reports(p):
    ids, image_ids = ec2._parse_member_list(p, "ReportId"), ec2._parse_member_list(p, "ImageId")
    return [
        report for report in _reports.values()
        if (not ids or report["id"] in ids) and (not image_ids or report["image"] in image_ids)
    ]


def _is_available(report):
    return time.time() >= report["at"] + REPORT_SECONDS


def _instant(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(seconds))


def _options_xml(values):
    listed = "".join(f"<item>{ec2._esc(value)}</item>" for value in values)
    option = f"<item><optionName>version-depth</optionName><optionValueSet>{listed}</optionValueSet></item>"
    return f"<resourceTypeOptionSet>{option if values else ''}</resourceTypeOptionSet>"


def _report_xml(report):
    types = "".join(
        f"<item><resourceType>{kind}</resourceType>{_options_xml(values)}</item>"
        for kind, values in report["types"].items()
    )
    accounts = "".join(f"<item>{account}</item>" for account in report["accounts"])
    return (
        f"<item><imageId>{report['image']}</imageId><reportId>{report['id']}</reportId>"
        f"<resourceTypeSet>{types}</resourceTypeSet><accountIdSet>{accounts}</accountIdSet>"
        f"<state>{'available' if _is_available(report) else 'pending'}</state>"
        f"<creationTime>{_instant(report['at'])}</creationTime>"
        f"<expirationTime>{_instant(report['at'] + REPORT_LIFETIME)}</expirationTime></item>"
    )


def _describe_image_usage_reports(p):
    items = "".join(_report_xml(report) for report in _asked_reports(p))
    return ec2._xml(200, "DescribeImageUsageReportsResponse", f"<imageUsageReportSet>{items}</imageUsageReportSet>")


def _describe_image_usage_report_entries(p):
    items = "".join(
        f"<item><imageId>{report['image']}</imageId><reportId>{report['id']}</reportId>"
        f"<accountId>{account}</accountId><resourceType>{kind}</resourceType><usageCount>{number}</usageCount>"
        f"<reportCreationTime>{_instant(report['at'])}</reportCreationTime></item>"
        for report in _asked_reports(p)
        if _is_available(report)
        for (account, kind), number in report["counts"].items()
    )
    entries = f"<imageUsageReportEntrySet>{items}</imageUsageReportEntrySet>"
    return ec2._xml(200, "DescribeImageUsageReportEntriesResponse", entries)


def open_door():
    ec2._ACTION_MAP.update({
        "DescribeImageReferences": _describe_image_references,
        "CreateImageUsageReport": _create_image_usage_report,
        "DescribeImageUsageReports": _describe_image_usage_reports,
        "DescribeImageUsageReportEntries": _describe_image_usage_report_entries,
    })
