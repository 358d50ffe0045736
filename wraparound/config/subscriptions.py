"""Which event leads to what: handlers run in the action's transaction and only queue jobs."""

from collections.abc import Mapping, Sequence

from wraparound.events.recording import Handler

SUBSCRIPTIONS: Mapping[str, Sequence[Handler]] = {}
