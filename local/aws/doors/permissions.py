"""IAM: requests are checked on the resources that AWS checks, and simulations take their context.

- Parameter Store: each name of a `GetParameters` or `DeleteParameters` is checked on its own ARN, a
  `GetParametersByPath` on that of its path; public parameters have an ARN without an account.
- EC2: images and snapshots have an ARN without an account, and conditions on their tags are minded.
- Step Functions: `SendTask…` is checked on the state machine that gave out the token.
- `SimulatePrincipalPolicy` answers for every resource it is asked about, minds `ContextEntries` and the
  permissions boundary. It is what the Image Builder stand-in asks.
"""

import json
import re
from html import escape

from ministack.core import iam_actions, iam_evaluator, responses
from ministack.services import ec2, iam, tagging

from doors import task_tokens

NEEDS = {
    iam_actions: ("extract_resource_arn", "access_denied_response"),
    iam_evaluator: (
        "enforce", "evaluate", "EvalContext", "caller_arn", "_gather_role_policies", "_gather_user_policies",
        "_permissions_boundary", "_role_name_from_assumed_arn",
    ),
    iam: ("_IAM_HANDLERS", "_roles", "_users", "_xml", "_error"),
    ec2: ("_tags",),
    tagging: ("resource_tags",),
    responses: ("get_account_id", "get_region"),
}

DECISIONS = {"Allow": "allowed", "Deny": "explicitDeny", "ImplicitDeny": "implicitDeny"}


class ResourceArns(str):
    """The first ARN of a request on several resources, carrying the others and the refused one along."""

    others: tuple = ()
    refused: str | None = None


def _parameter_arns(body, region, account):
    """The ARNs of the parameters a request names, none when it names none."""
    try:
        data = json.loads(body or b"{}")
    except ValueError:
        return []
    names = data.get("Names") or [data.get("Name") or data.get("Path")]
    arns = []
    for name in names:
        if not isinstance(name, str) or not name:
            continue
        if name.startswith("arn:"):
            arns.append(name)
            continue
        owner = "" if name.startswith("/aws/") else account
        arns.append(f"arn:aws:ssm:{region}:{owner}:parameter/{name.split(':')[0].lstrip('/')}")
    return arns


def _as_aws_names_them(extract):
    def extract_resource_arn(service, method, path, headers, body, params, region, account):
        arn = extract(service, method, path, headers, body, params, region, account)
        if service == "ssm" and "TagsForResource" not in headers.get("x-amz-target", ""):
            arns = _parameter_arns(body, region, account)
            if arns:
                arn = ResourceArns(arns[0])
                arn.others = tuple(arns[1:])
        elif service == "states" and ".SendTask" in headers.get("x-amz-target", ""):
            arn = task_tokens.machine_of(json.loads(body or b"{}").get("taskToken")) or arn
        elif service == "ec2":
            arn = re.sub(r":\d{12}:(image|snapshot)/", r"::\1/", arn)
        return arn

    return extract_resource_arn


def _on_every_resource(enforce):
    def enforce_all(access_key, action, service, region, resource_arn="*", service_context=None):
        for arn in (resource_arn, *getattr(resource_arn, "others", ())):
            denied = enforce(access_key, action, service, region, resource_arn=arn, service_context=service_context)
            if denied:
                if isinstance(resource_arn, ResourceArns):
                    resource_arn.refused = str(arn)
                return denied
        return None

    return enforce_all


def _naming_the_refused(access_denied_response):
    def respond(*args, resource_arn="", **options):
        arn = getattr(resource_arn, "refused", None) or resource_arn
        return access_denied_response(*args, resource_arn=arn, **options)

    return respond


def _decide(principal_arn, action, resource, context):
    """`Allow`, `Deny` or `ImplicitDeny` for a role or user; None when there is no such one."""
    account = responses.get_account_id()
    kind, _, name = principal_arn.split(":", 5)[-1].partition("/")
    name = name.rsplit("/", 1)[-1]
    store, gather = {
        "role": (iam._roles, iam_evaluator._gather_role_policies),
        "user": (iam._users, iam_evaluator._gather_user_policies),
    }.get(kind, (None, None))
    if store is None or store.get(name) is None:
        return None
    question = iam_evaluator.EvalContext(
        principal_arn=principal_arn,
        principal_type="User" if kind == "user" else "AssumedRole",
        principal_account=account,
        action=action,
        resource_arn=resource,
        region=context.get("aws:requestedregion") or responses.get_region(),
        service_context=context,
    )
    limits = iam_evaluator._permissions_boundary(store, name, account)
    return iam_evaluator.evaluate(question, gather(name, account), *limits).decision


def _with_tags_of_images(resource_tags):
    def tags_of(arn):
        found = re.fullmatch(r"arn:aws:ec2:[^:]*::(?:image|snapshot)/(.+)", arn)
        return {tag["Key"]: tag["Value"] for tag in ec2._tags.get(found[1], [])} if found else resource_tags(arn)

    return tags_of


def caller_may(action, resource="*", called_via=None):
    """Whether the caller of the current request may do this as well, by a service if one is named. Root may."""
    arn = iam_evaluator.caller_arn()
    if arn.endswith(":root"):
        return True
    if ":assumed-role/" in arn:
        role = iam_evaluator._role_name_from_assumed_arn(arn)
        arn = f"arn:aws:iam::{responses.get_account_id()}:role/{role}"
    tags = tagging.resource_tags(resource) or {}
    context = {f"aws:resourcetag/{key}".lower(): value for key, value in tags.items()}
    if called_via:
        context["aws:calledvia"] = [called_via]
    return _decide(arn, action, resource, context) == "Allow"


def _members(params, prefix):
    """The values of a numbered list of the query protocol, in order."""
    values = []
    while f"{prefix}.member.{len(values) + 1}" in params:
        values.append(params[f"{prefix}.member.{len(values) + 1}"][0])
    return values


def _context(params):
    entries, number = {}, 1
    while f"ContextEntries.member.{number}.ContextKeyName" in params:
        entry = f"ContextEntries.member.{number}"
        values = _members(params, f"{entry}.ContextKeyValues")
        is_list = params.get(f"{entry}.ContextKeyType", ["string"])[0].endswith("List")
        key = params[f"{entry}.ContextKeyName"][0].lower()
        entries[key] = values if is_list else "".join(values[:1])
        number += 1
    return entries


def _simulate_principal_policy(params):
    source = params.get("PolicySourceArn", [""])[0]
    context = _context(params)
    results = ""
    for action in _members(params, "ActionNames"):
        for resource in _members(params, "ResourceArns") or ["*"]:
            decision = _decide(source, action, resource, context)
            if decision is None:
                return iam._error(404, "NoSuchEntity", f"The entity {source} cannot be found.", ns="iam")
            results += (
                f"<member><EvalActionName>{escape(action)}</EvalActionName>"
                f"<EvalResourceName>{escape(resource)}</EvalResourceName>"
                f"<EvalDecision>{DECISIONS[decision]}</EvalDecision>"
                "<MatchedStatements/><MissingContextValues/></member>"
            )
    answer = f"<EvaluationResults>{results}</EvaluationResults><IsTruncated>false</IsTruncated>"
    body = f"<SimulatePrincipalPolicyResult>{answer}</SimulatePrincipalPolicyResult>"
    return iam._xml(200, "SimulatePrincipalPolicyResponse", body, ns="iam")


def open_door():
    iam_actions.extract_resource_arn = _as_aws_names_them(iam_actions.extract_resource_arn)
    iam_actions.access_denied_response = _naming_the_refused(iam_actions.access_denied_response)
    iam_evaluator.enforce = _on_every_resource(iam_evaluator.enforce)
    tagging.resource_tags = _with_tags_of_images(tagging.resource_tags)
    iam._IAM_HANDLERS["SimulatePrincipalPolicy"] = _simulate_principal_policy
