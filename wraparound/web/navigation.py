"""The places in the header, by what the actor can do. The first of an actor's places is where signing in leads."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.safeguarding.models import leads_here, works_with_people


@dataclass(frozen=True)
class Place:
    """One link of the navigation: for roles with the capability (None: for all), current on routes of the same area."""

    route: str
    text: str
    capability: Capability | None
    also_current_on: tuple[str, ...] = ()


_WORKING = (
    "journey", "journey-contact", "self-description", "who-has-seen", "contact-attempt", "note", "notes", "handover",
    "close", "lost-contact", "advice-issue", "decline", "reroute", "ask-referrer", "pause", "transfer",
    "transfer-not-take", "decide", "question", "tasks", "task-new", "task-add", "task-give",
)  # fmt: skip
_ADVICE = (
    "matter-new", "matter", "matter-change", "matter-split", "matter-give", "matter-join", "matter-close", "limit-new",
    "limit-day", "limit", "limit-other-day", "limit-done", "limit-aside", "money", "money-budget", "debt-new", "debt",
    "statement", "outcome-new", "outcome", "outcome-withdraw", "what-changed",
)  # fmt: skip
_REFERRING = ("refer-new", "refer-person", "refer-launch", "signpost-only", "signpost")
_CONCERN = ("concern", "concern-hand-on", "concern-practice", "concern-end")
_CALLING = ("call-list", "call-list-new", "call-list-add", "call-list-file", "call-list-close", "call", "call-refer")
_TEAM = (
    "team-capacity",
    "give-people",
    "worker",
    "working-hours",
    "leave",
    "leave-change",
    "competences",
    "sign-off",
    "permission-new",
)
_SCHEME = (
    "scheme-settings", "scheme-pathway", "scheme-version", "scheme-library", "scheme-draft", "scheme-draft-settings",
    "scheme-publish", "scheme-organisations", "scheme-organisation-add", "scheme-organisation-new",
    "scheme-organisation-remove", "scheme-lead", "scheme-teams", "scheme-team-new", "scheme-teams-file", "scheme-team",
    "scheme-numbers", "scheme-number-new", "scheme-people", "scheme-invite", "scheme-users-file", "scheme-member",
    "scheme-member-end", "second-factors-forget",
)  # fmt: skip
_MEMBERS = ("member-invite", "member", "member-end", "systems", "system-new", "system-end", "second-factors-forget")
_RIGHTS = (
    "access-find", "access-take", "access-request", "access-identity", "access-extend", "access-end", "access-part",
    "access-names", "access-release", "access-decide", "retention", "retention-longer", "removal", "legal-holds",
    "legal-hold", "legal-hold-end", "erasures", "erase", "erasure", "joinings", "join",
    "joining", "investigation", "investigation-changes", "investigation-odd", "looked-into",
)  # fmt: skip
PLACES: tuple[Place, ...] = (
    Place("now", "Home", None),
    Place("referrals", "Referrals", Capability.SEE_PRACTICE_REFERRALS, ("referral", "sent", "withdraw", "message")),
    Place("refer", "Refer someone", Capability.REFER, _REFERRING),
    Place("call-lists", "Call lists", Capability.RUN_CALL_LISTS, _CALLING),
    Place("worklist", "Worklist", Capability.SEE_WORKLIST, _WORKING),
    Place("limits", "Time limits", Capability.GIVE_ADVICE, _ADVICE),
    Place("my-day", "My day", Capability.GIVE_ADVICE, ("team-time", "outcomes-meaning")),
    Place("waiting-list", "Waiting list", Capability.SHARE_OUT, ("unmet-needs", "unmet-end")),
    Place("alerts", "Same-day alerts", Capability.ANSWER_SAME_DAY, ("alert-help",)),
    Place("scheme", "Scheme", Capability.MANAGE_SCHEME, _SCHEME),
    Place("rights", "People’s rights", Capability.ANSWER_RIGHTS, _RIGHTS),
    Place("concerns", "Concerns", Capability.ANSWER_CONCERN, _CONCERN),
    Place("team", "Team", Capability.SHARE_OUT, _TEAM),
    Place("members", "Members", Capability.MANAGE_MEMBERS, _MEMBERS),
    Place("my-hours", "My hours", Capability.WORK_REFERRALS),
    Place("figures", "Figures", Capability.SEE_FIGURES, ("figures-meaning", "figures-people")),
)


def places_of(actor: Actor) -> list[Place]:
    return [place for place in PLACES if place.capability is None or _has(actor, place.capability)]


def _has(actor: Actor, capability: Capability) -> bool:
    """By their role; or, of concerns, because their organisation has named them to answer those."""
    if capability is Capability.ANSWER_CONCERN and works_with_people(actor):
        return actor.can(capability) or leads_here(actor)
    return actor.can(capability)


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """What the header shows for this request."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        {
            "href": reverse(place.route),
            "text": place.text,
            "current": here == place.route or here in place.also_current_on,
        }
        for place in places_of(actor)
    ]
