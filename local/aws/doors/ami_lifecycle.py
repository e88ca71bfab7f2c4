"""EC2: the way out of images.

- `EnableImageDeprecation`, `DisableImageDeprecation`, `DisableImage` and `EnableImage`, which MiniStack does not know,
  each on images of the caller alone.
- `DescribeImages` tells the state and the time of deprecation, and leaves out what AWS leaves out: disabled images,
  and deprecated ones of others, unless they are asked for by id or by `Include…`.
- `DeregisterImage` deletes the snapshots when it is told to, with the caller's own `ec2:DeleteSnapshot`, but for those
  that another image shares.
- An instance can be launched from an image that stands on a snapshot; nothing runs in it. From a disabled one it
  cannot.
"""

import json
import re
import time
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

from ministack.core import responses
from ministack.services import ec2

from doors import events, permissions

NEEDS = {
    ec2: (
        "_images", "_snapshots", "_describe_images", "_deregister_image", "_run_instances", "_registered_image",
        "_ACTION_MAP", "_xml", "_error", "_p", "_parse_member_list", "_parse_filters",
    ),
    responses: ("get_account_id", "get_region", "new_uuid"),
}

NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"


def own_image(p):
    """The caller's image that a request names, or the error that AWS answers."""
    image_id = ec2._p(p, "ImageId")
    if not image_id:
        return None, ec2._error("MissingParameter", "The request must contain the parameter ImageId", 400)
    image = ec2._images.get(image_id)
    if image is None and image_id in _in_this_region():
        return None, ec2._error("AuthFailure", f"Not authorized for image:{image_id}", 400)
    if image is None:
        return None, ec2._error("InvalidAMIID.NotFound", f"The image id '[{image_id}]' does not exist", 400)
    return image, None


def _in_this_region():
    """The images of all accounts by their ids."""
    return {
        image_id: image
        for (_account, region, image_id), image in ec2._images.all_items()
        if region == responses.get_region()
    }


def _changing(action, change):
    """An operation that changes an image of the caller; `change` answers an error or nothing."""

    def operation(p):
        image, error = own_image(p)
        error = error or change(image, p)
        return error or ec2._xml(200, f"{action}Response", "<return>true</return>")

    return operation


def _deprecate(image, p):
    try:
        moment = datetime.fromisoformat(ec2._p(p, "DeprecateAt").replace("Z", "+00:00"))
    except ValueError:
        return ec2._error("InvalidParameterValue", "The value of DeprecateAt is not a date", 400)
    minute = (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
    if moment <= datetime.now(timezone.utc):
        return ec2._error("InvalidParameterValue", "The date must be in the future", 400)
    image["DeprecationTime"] = minute.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return None


def _take_deprecation_back(image, _p):
    image.pop("DeprecationTime", None)


def _announce(image_id, state):
    detail = {"RequestId": responses.new_uuid(), "ImageId": image_id, "State": state, "ErrorMessage": ""}
    arn = f"arn:aws:ec2:{responses.get_region()}::image/{image_id}"
    events.raise_event("aws.ec2", "EC2 AMI State Change", json.dumps(detail), [arn])


def _disable(image, _p):
    image["State"] = "disabled"
    image["LaunchPermissions"] = []
    _announce(image["ImageId"], "disabled")


def _enable(image, _p):
    image["State"] = "available"
    _announce(image["ImageId"], "available")


def _shown(image, p):
    """Whether `DescribeImages` shows an image that the caller can see."""
    if image["ImageId"] in ec2._parse_member_list(p, "ImageId"):
        return True
    if image.get("State") == "disabled" and ec2._p(p, "IncludeDisabled") != "true":
        return False
    deprecated = image.get("DeprecationTime", "9999") <= time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    is_own = image.get("OwnerId") == responses.get_account_id()
    return is_own or not deprecated or ec2._p(p, "IncludeDeprecated") == "true"


def _of_any_state(p):
    """The request without its filter on states, which MiniStack would answer for itself, and that filter's values."""
    for name, value in p.items():
        if re.fullmatch(r"Filter\.\d+\.Name", name) and ec2._p(p, name) == "state":
            prefix = name.removesuffix("Name") + "Value."
            others = {key: kept for key, kept in p.items() if not key.startswith(prefix)}
            return {**others, f"{prefix}1": ["available"]}, ec2._parse_filters(p)["state"]
    return p, None


def _with_states(describe_images):
    def describe(p):
        wanted, states = _of_any_state(p)
        status, headers, body = describe_images(wanted)
        if status != 200:
            return status, headers, body
        records = _in_this_region()
        root = ElementTree.fromstring(body)
        images = root.find(f"{{{NAMESPACE}}}imagesSet")
        for item in list(images):
            image = records[item.findtext(f"{{{NAMESPACE}}}imageId")]
            state = image.get("State", "available")
            if not _shown(image, p) or (states is not None and state not in states):
                images.remove(item)
                continue
            item.find(f"{{{NAMESPACE}}}imageState").text = state
            if "DeprecationTime" in image:
                ElementTree.SubElement(item, f"{{{NAMESPACE}}}deprecationTime").text = image["DeprecationTime"]
        return status, headers, ElementTree.tostring(root, encoding="utf-8", default_namespace=NAMESPACE)

    return describe


def _snapshots_of(image):
    mappings = image.get("BlockDeviceMappings") or []
    return [mapping["Ebs"]["SnapshotId"] for mapping in mappings if (mapping.get("Ebs") or {}).get("SnapshotId")]


def _delete_snapshot(snapshot_id):
    """The code with which AWS tells what became of a snapshot."""
    if any(snapshot_id in _snapshots_of(image) for image in ec2._images.values()):
        return "skipped"
    if not permissions.caller_may("ec2:DeleteSnapshot", f"arn:aws:ec2:{responses.get_region()}::snapshot/{snapshot_id}"):
        return "missing-permissions"
    ec2._snapshots.pop(snapshot_id, None)
    return "success"


def _with_snapshots(deregister_image):
    def deregister(p):
        image, error = own_image(p)
        if error:
            return error
        answer = deregister_image(p)
        _announce(image["ImageId"], "deregistered")
        if ec2._p(p, "DeleteAssociatedSnapshots") != "true":
            return answer
        items = "".join(
            f"<item><snapshotId>{snapshot}</snapshotId><returnCode>{_delete_snapshot(snapshot)}</returnCode></item>"
            for snapshot in _snapshots_of(image)
        )
        results = f"<return>true</return><deleteSnapshotResultSet>{items}</deleteSnapshotResultSet>"
        return ec2._xml(200, "DeregisterImageResponse", results)

    return deregister


def _from_enabled_images(run_instances):
    def run(p):
        image = ec2._images.get(ec2._p(p, "ImageId"))
        if image is not None and image.get("State") == "disabled":
            message = f"The image id '[{image['ImageId']}]' is not in a state from which you can launch an instance"
            return ec2._error("InvalidAMIID.Unavailable", message, 400)
        return run_instances(p)

    return run


def _that_runs(registered_image):
    """MiniStack refuses to launch what it has no container for; to be an instance in name is enough here."""

    def find(image_id):
        image = registered_image(image_id)
        return image if image is not None and image.get("ImageLocation") else None

    return find


def open_door():
    ec2._registered_image = _that_runs(ec2._registered_image)
    ec2._describe_images = _with_states(ec2._describe_images)
    ec2._ACTION_MAP.update({
        "DescribeImages": ec2._describe_images,
        "DeregisterImage": _with_snapshots(ec2._deregister_image),
        "RunInstances": _from_enabled_images(ec2._run_instances),
        "EnableImageDeprecation": _changing("EnableImageDeprecation", _deprecate),
        "DisableImageDeprecation": _changing("DisableImageDeprecation", _take_deprecation_back),
        "DisableImage": _changing("DisableImage", _disable),
        "EnableImage": _changing("EnableImage", _enable),
    })
