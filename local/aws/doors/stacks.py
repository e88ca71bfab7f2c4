"""CloudFormation: `Ref` of an instance profile is its name.

MiniStack answers its ARN, which nobody who wants the name of a profile takes.
"""

from ministack.services import iam
from ministack.services.cloudformation import provisioners

PROFILE = "AWS::IAM::InstanceProfile"

NEEDS = {
    iam: ("_instance_profiles",),
    provisioners: ("_RESOURCE_HANDLERS", "_iam_ip_create", "_iam_ip_update", "_iam_ip_delete"),
}


def _arn_of(name):
    profile = iam._instance_profiles.get(name)
    return profile["Arn"] if profile else name


def _by_name(answer):
    arn, attributes = answer
    return arn.rsplit("/", 1)[-1], attributes


def _create(logical_id, props, stack_name):
    return _by_name(provisioners._iam_ip_create(logical_id, props, stack_name))


def _update(name, old_props, new_props, stack_name, logical_id=None):
    return _by_name(provisioners._iam_ip_update(_arn_of(name), old_props, new_props, stack_name, logical_id))


def _delete(name, props):
    provisioners._iam_ip_delete(_arn_of(name), props)


def open_door():
    provisioners._RESOURCE_HANDLERS[PROFILE].update(create=_create, update=_update, delete=_delete)
