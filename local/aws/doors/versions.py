"""Step Functions: a revision of a state machine is published once.

AWS answers a repeated `PublishStateMachineVersion` with the version that the current revision has already, and
its date; MiniStack makes another one each time.
"""

from ministack.core import responses
from ministack.services import stepfunctions

NEEDS = {
    stepfunctions: ("_publish_state_machine_version", "_state_machines", "_state_machine_versions"),
    responses: ("json_response",),
}


def _published(machine_arn, revision):
    """The version of this revision, or None."""
    for version in stepfunctions._state_machine_versions.values():
        if version["stateMachineArn"] == machine_arn and version["stateMachineRevisionId"] == revision:
            return version
    return None


def _once(publish):
    def publish_state_machine_version(data):
        machine = stepfunctions._state_machines.get(data.get("stateMachineArn"))
        revision = machine and machine.get("revisionId")
        earlier = revision and _published(data["stateMachineArn"], revision)
        if not earlier or data.get("revisionId", revision) != revision:
            return publish(data)
        return responses.json_response({key: earlier[key] for key in ("stateMachineVersionArn", "creationDate")})

    return publish_state_machine_version


def open_door():
    stepfunctions._publish_state_machine_version = _once(stepfunctions._publish_state_machine_version)
