"""Three addresses of our own, below `/_auto-ami/`, for programs on this machine only.

`GET /_auto-ami/principal?accessKeyId=KEY[&sessionToken=TOKEN]` says who signs with a key: 200 with
  {"account": "000000000000", "kind": "root" | "role" | "user",
   "arn":       what SimulatePrincipalPolicy takes as PolicySourceArn, the role of a session; of root,
                which may do everything and cannot be simulated, its own ARN,
   "callerArn": what an AccessDenied sentence names, `arn:aws:sts::…:assumed-role/ROLE/SESSION` of a session}
or 403 with {"code", "message"}: AWS's own error for a key that is unknown, inactive or expired. With a
token (`X-Amz-Security-Token` of the request) that is checked as well; a session without one is refused.

`POST /_auto-ami/images` with a list of {"imageId", "ownerId", "region", "name", "architecture",
"creationDate" (ISO 8601, UTC), "description"?, "rootDeviceName"?} publishes images of upstream vendors.
Answers 200 with {"published": how many}, or 400 with {"message"} naming what is wrong, publishing none.

`GET /_auto-ami/calls` answers 200 with what was counted since the start (see calls.py):
  {"calls": [{"service", "operation", "caller", "error" (null: it went well), "count"}],
   "runs": [{"function", "error", "count", "seconds"}]}
"""

import json
from urllib.parse import parse_qs

from ministack import app as server
from ministack.core import iam_evaluator, responses

from doors import calls, images

NEEDS = {
    server: ("app", "main", "_request_account_scope"),
    iam_evaluator: ("resolve_credential", "CredentialResolutionError", "_role_name_from_assumed_arn"),
    responses: ("set_request_account_id",),
}

LOOPBACK = ("127.0.0.1", "::1")


def principal(query):
    """Status and answer of `/_auto-ami/principal`."""
    key = query.get("accessKeyId", [""])[0]
    if not key:
        return 400, {"message": "Name a key: /_auto-ami/principal?accessKeyId=…"}
    responses.set_request_account_id(server._request_account_scope(key))
    token = query.get("sessionToken", [""])[0]
    found = iam_evaluator.resolve_credential(key, session_token=token)
    if isinstance(found, iam_evaluator.CredentialResolutionError):
        return 403, {"code": found.code, "message": found.message}
    kind = {"Root": "root", "User": "user"}.get(found.principal_type, "role")
    arn = found.principal_arn
    if kind == "role":
        arn = f"arn:aws:iam::{found.account_id}:role/{iam_evaluator._role_name_from_assumed_arn(arn)}"
    return 200, {"account": found.account_id, "kind": kind, "arn": arn, "callerArn": found.principal_arn}


def publish(body):
    """Status and answer of `/_auto-ami/images`."""
    try:
        wanted = json.loads(body)
    except ValueError as error:
        return 400, {"message": f"The body is not JSON: {error}."}
    if not isinstance(wanted, list) or not all(isinstance(image, dict) for image in wanted):
        return 400, {"message": "The body is not a list of images."}
    wrong = [
        f"image {number} lacks {field}"
        for number, image in enumerate(wanted, 1)
        for field in images.REQUIRED_FIELDS
        if not isinstance(image.get(field), str) or not image[field]
    ]
    if wrong:
        return 400, {"message": f"Nothing was published: {', '.join(wrong)}."}
    for image in wanted:
        images.publish(image)
    return 200, {"published": len(wanted)}


async def _read(receive):
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def _answer(scope, receive):
    route = (scope["method"], scope["path"].removeprefix("/_auto-ami/"))
    if (scope.get("client") or ("",))[0] not in LOOPBACK:
        return 403, {"message": "This address is for programs on the same machine."}
    if route == ("GET", "principal"):
        return principal(parse_qs(scope.get("query_string", b"").decode()))
    if route == ("GET", "calls"):
        return 200, calls.counted()
    if route == ("POST", "images"):
        return publish(await _read(receive))
    return 404, {"message": f"There is no {scope['method']} {scope['path']}."}


def _before(app):
    async def with_own_addresses(scope, receive, send):
        if scope["type"] != "http" or not scope["path"].startswith("/_auto-ami/"):
            await app(scope, receive, send)
            return
        status, answer = await _answer(scope, receive)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    return with_own_addresses


def open_door():
    server.app = _before(server.app)
