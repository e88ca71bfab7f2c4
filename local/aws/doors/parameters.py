"""Parameter Store: public parameters, change events, and late validation of image ids.

- The root key, which plays AWS here, may write below `/aws/`. Such a parameter has an ARN without an
  account, as the public ones have, and raises no event.
- Every other change raises `Parameter Store Change` on the default bus of its region: Create, Update,
  Delete, LabelParameterVersion.
- A value of data type `aws:ec2:image` is answered at once and checked afterwards, with the caller's own
  `ec2:DescribeImages`. Until then, and when the image does not exist there, readers see the old value;
  a refused one leaves the event with `exception` that AWS sends and nothing else.
"""

import copy
import json
import time

from ministack.core import concurrency, responses
from ministack.services import ec2, ssm

from doors import events, permissions

NEEDS = {
    ssm: (
        "_put_parameter", "_delete_parameter", "_delete_parameters", "_label_parameter_version", "_lookup_parameter",
        "_reserved_name_error", "_param_arn", "_parameters", "_parameter_history", "_tags",
    ),
    ec2: ("_describe_images",),
    concurrency: ("spawn_background",),
    responses: ("get_region",),
}

VALIDATION_SECONDS = 0.2
"""How long the check of an image id takes. AWS names no figure; a reader must not rely on any."""


def is_public(name):
    """Whether a name belongs to AWS itself."""
    return name.startswith("/aws/")


def _announce(operation, name, record, **failure):
    if is_public(name):
        return
    detail = {**failure, "operation": operation, "name": name, "type": record.get("Type", "String")}
    if record.get("Description"):
        detail["description"] = record["Description"]
    events.raise_event("aws.ssm", "Parameter Store Change", json.dumps(detail), [ssm._param_arn(name)])


def _put_now(put, data):
    """Stores the value and announces it; answers what Parameter Store answers."""
    name = data.get("Name") or ""
    operation = "Update" if name in ssm._parameters else "Create"
    answer = put(data)
    if answer[0] == 200:
        _announce(operation, name, ssm._parameters[name])
    return answer


def _rehearse(put, data):
    """What Parameter Store would answer, leaving everything as it was."""
    name = data.get("Name") or ""
    stores = (ssm._parameters, ssm._parameter_history, ssm._tags)
    keys = (name, name, ssm._param_arn(name))
    before = [copy.deepcopy(store.get(key)) for store, key in zip(stores, keys)]
    answer = put(data)
    for store, key, value in zip(stores, keys, before):
        if value is None:
            store.pop(key, None)
        else:
            store[key] = value
    return answer


def _image_exists(image_id):
    _status, _headers, body = ec2._describe_images({"ImageId.1": [image_id]})
    return f"<imageId>{image_id}</imageId>".encode() in body


def _check_then_put(put, data, may_describe):
    time.sleep(VALIDATION_SECONDS)
    if may_describe and _image_exists(data.get("Value", "")):
        _put_now(put, data)
        return
    name = data["Name"]
    operation = "Update" if name in ssm._parameters else "Create"
    failure = {"exception": "Unable to Describe Resource", "dataType": "aws:ec2:image"}
    _announce(operation, name, {"Type": data.get("Type", "String")}, **failure)


def _with_events(put):
    def put_parameter(data):
        if data.get("DataType") != "aws:ec2:image" or is_public(data.get("Name") or ""):
            return _put_now(put, data)
        answer = _rehearse(put, data)
        if answer[0] == 200:
            may_describe = permissions.caller_may("ec2:DescribeImages")
            concurrency.spawn_background(
                _check_then_put, put, data, may_describe, thread_name="auto-ami-image-validation"
            )
        return answer

    return put_parameter


def _announcing_deletes(delete, names_of):
    def delete_parameters(data):
        found = [ssm._lookup_parameter(name) for name in names_of(data)]
        answer = delete(data)
        for name, record in found:
            if record and name not in ssm._parameters:
                _announce("Delete", name, record)
        return answer

    return delete_parameters


def _announcing_labels(label):
    def label_parameter_version(data):
        answer = label(data)
        if answer[0] == 200:
            _announce("LabelParameterVersion", data["Name"], ssm._parameters[data["Name"]])
        return answer

    return label_parameter_version


def _open_to_root(reserved):
    return lambda name: None if is_public(name) and events.is_root() else reserved(name)


def _without_account(arn_of):
    def arn(name):
        return f"arn:aws:ssm:{responses.get_region()}::parameter{name}" if is_public(name) else arn_of(name)

    return arn


def open_door():
    ssm._reserved_name_error = _open_to_root(ssm._reserved_name_error)
    ssm._param_arn = _without_account(ssm._param_arn)
    ssm._put_parameter = _with_events(ssm._put_parameter)
    ssm._delete_parameter = _announcing_deletes(ssm._delete_parameter, lambda data: [data.get("Name") or ""])
    ssm._delete_parameters = _announcing_deletes(ssm._delete_parameters, lambda data: data.get("Names") or [])
    ssm._label_parameter_version = _announcing_labels(ssm._label_parameter_version)
