"""EventBridge: events of AWS services, and buses in other regions.

- `PutEvents` takes a source that begins with `aws.` from the root key, which plays AWS here. Everyone
  else gets the refusal of AWS (`NotAuthorizedForSourceException`).
- A rule may send to a bus of the same account in another region. The event keeps the region it came
  from, as on AWS, and is not forwarded a second time.
"""

import logging

from ministack.core import iam_evaluator, responses
from ministack.services import eventbridge

logger = logging.getLogger("auto-ami")

NEEDS = {
    eventbridge: ("_put_events", "_dispatch_to_event_bus", "_dispatch_event", "_ensure_default_bus", "_event_buses"),
    iam_evaluator: ("caller_arn",),
    responses: ("request_scope", "get_account_id", "get_region"),
}


def is_root():
    """Whether the current request was made with the root key."""
    return iam_evaluator.caller_arn().endswith(":root")


def raise_event(source, detail_type, detail_json, resources):
    """Puts one event of an AWS service on the default bus of the current account and region."""
    eventbridge._ensure_default_bus()
    entry = {"Source": source, "DetailType": detail_type, "Detail": detail_json, "Resources": resources}
    eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def _with_service_sources(put_events):
    def put(data, allow_aws_source=False):
        return put_events(data, allow_aws_source=allow_aws_source or is_root())

    return put


def _across_regions(dispatch):
    def forward(spec, event, rule, event_path, payload=None):
        source_region = responses.get_region()
        if spec.account_id != responses.get_account_id() or spec.region == source_region:
            return dispatch(spec, event, rule, event_path, payload)
        bus = spec.resource.removeprefix("event-bus/")
        if event_path:
            logger.warning("Event %s is not forwarded a second time (to %s).", event.get("EventId"), spec)
            return None
        with responses.request_scope(spec.account_id, spec.region):
            eventbridge._ensure_default_bus()
            if bus not in eventbridge._event_buses:
                logger.warning("Event %s has no bus %s to go to.", event.get("EventId"), spec)
                return None
            arrived = {**event, "EventBusName": bus, "_DispatchPath": [f"{source_region}:{rule.get('Name')}"]}
            if payload is not None:
                arrived["Detail"] = payload
            return eventbridge._dispatch_event(arrived)

    return forward


def open_door():
    eventbridge._put_events = _with_service_sources(eventbridge._put_events)
    eventbridge._dispatch_to_event_bus = _across_regions(eventbridge._dispatch_to_event_bus)
