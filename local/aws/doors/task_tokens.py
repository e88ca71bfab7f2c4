"""Step Functions: a task token knows its execution, and that it was used.

MiniStack keeps tokens without their execution, still accepts one after its execution was stopped, and
gives every try of a task the same one. Here `SendTask…` can be checked on the state machine (see permissions.py), and the token of a task that
is closed, because it was answered, timed out or its execution stopped, is refused with `TaskTimedOut`,
as on AWS. Each try of a retried task has a token of its own. A stopped execution lets go of the thread that waits for its token, and stays ABORTED whatever
that thread ends with.
"""

import threading

from ministack.core import responses
from ministack.services import stepfunctions

SENDS = ("_send_task_success", "_send_task_failure", "_send_task_heartbeat")
ARGUMENTS = ("_apply_parameters", "_apply_jsonata_arguments")
"""What computes the arguments of a task, in each query language, once for each try."""

NEEDS = {
    stepfunctions: (
        "_execute_task", "_invoke_with_callback", "_stop_execution", "_fail_execution", "_task_tokens", *ARGUMENTS,
        *SENDS,
    ),
    responses: ("error_response_json", "new_uuid"),
}

_running = threading.local()
_execution_of = {}
_closed = set()


def machine_of(token):
    """The ARN of the state machine that gave out this token, or None."""
    execution = _execution_of.get(token)
    return execution and execution.get("stateMachineArn")


def _knowing_its_execution(execute_task):
    def execute(state, state_input, execution, context):
        _running.execution = execution
        return execute_task(state, state_input, execution, context)

    return execute


def _remembering(invoke_with_callback):
    def invoke(resource, task_input, token, state):
        _execution_of[token] = _running.execution
        try:
            return invoke_with_callback(resource, task_input, token, state)
        finally:
            _closed.add(token)

    return invoke


def _with_own_token(apply_arguments):
    def apply(state, state_input, context=None):
        if context and ".waitForTaskToken" in state.get("Resource", ""):
            context["Task"] = {"Token": responses.new_uuid()}
        return apply_arguments(state, state_input, context)

    return apply


def _refusing_stale(send):
    def send_task(data):
        token = data.get("taskToken")
        execution = _execution_of.get(token)
        if token in _closed or (execution and execution.get("status") != "RUNNING"):
            message = "Task Timed Out: 'Provided task does not exist anymore'"
            return responses.error_response_json("TaskTimedOut", message, 400)
        return send(data)

    return send_task


def _letting_go(stop_execution):
    def stop(data):
        answer = stop_execution(data)
        for token, execution in list(_execution_of.items()):
            waiting = stepfunctions._task_tokens.get(token)
            if waiting and execution.get("status") != "RUNNING":
                waiting["event"].set()
        return answer

    return stop


def _only_while_running(fail_execution):
    def fail(execution, error, cause):
        if execution.get("status") == "RUNNING":
            fail_execution(execution, error, cause)

    return fail


def open_door():
    stepfunctions._stop_execution = _letting_go(stepfunctions._stop_execution)
    stepfunctions._fail_execution = _only_while_running(stepfunctions._fail_execution)
    stepfunctions._execute_task = _knowing_its_execution(stepfunctions._execute_task)
    stepfunctions._invoke_with_callback = _remembering(stepfunctions._invoke_with_callback)
    for name in ARGUMENTS:
        setattr(stepfunctions, name, _with_own_token(getattr(stepfunctions, name)))
    for name in SENDS:
        setattr(stepfunctions, name, _refusing_stale(getattr(stepfunctions, name)))
