"""A scheme's next pathway while it is being prepared: chosen from the library, set, tried, published."""

from dataclasses import dataclass, replace
from datetime import datetime

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import digest, scheme_of
from wraparound.organisations.models import PathwayDraft, PathwayVersion, Scheme, User
from wraparound.organisations.pathways import pathway_of, publish
from wraparound.pathways import words
from wraparound.pathways.definition import Pathway
from wraparound.pathways.library import load, names
from wraparound.pathways.parameters import (
    Parameters,
    differences,
    from_json,
    parameters_of,
    to_json,
    with_parameters,
)
from wraparound.pathways.vocabulary import Nation


@dataclass(frozen=True)
class Drafted:
    """A draft as it stands: what is set, and the pathway that comes of it. `seen` goes back with the next change."""

    name: str
    parameters: Parameters
    pathway: Pathway
    changed_at: datetime
    changed_by: str
    seen: str


def draft_of(scheme: Scheme) -> Drafted | None:
    """What the scheme's administrators are preparing; None before anybody began."""
    held = PathwayDraft.objects.select_related("changed_by").filter(scheme=scheme).first()
    if held is None:
        return None
    parameters = from_json(held.parameters)
    return Drafted(
        name=held.name,
        parameters=parameters,
        pathway=drafted(scheme, held.name, parameters),
        changed_at=held.changed_at,
        changed_by=held.changed_by.name if held.changed_by else "",
        seen=_seen(held),
    )


def drafted(scheme: Scheme, name: str, parameters: Parameters) -> Pathway:
    """The library's pathway with these set, as the scheme's next version. Raises DefinitionFaults with every fault."""
    return with_parameters(
        load(name), parameters, version=_latest(scheme) + 1, nation=Nation(scheme.nation)
    )  # fmt: skip


@action
def begin_draft(*, by: Actor, name: str, seen: str) -> PathwayDraft:
    """Take a file of the library as the draft, with what is set in it; what is in force, where it is that file.

    `seen` is the draft's as it was shown, "" where there was none.
    """
    scheme = scheme_of(by)
    if name not in names():
        raise Refused("no_such_pathway", "Choose one of the pathways of the library.", "name")
    in_force = scheme.pathway_version
    set_now = pathway_of(in_force.pk) if in_force is not None and in_force.name == name else load(name)
    return _keep(by, scheme, name, _fitting(name, parameters_of(set_now)), seen)


@action
def save_draft(*, by: Actor, parameters: Parameters, seen: str) -> PathwayDraft:
    """Set the draft's parameters. Raises DefinitionFaults, with keys that a form has fields for, and keeps nothing."""
    scheme = scheme_of(by)
    held = PathwayDraft.objects.filter(scheme=scheme).first()
    if held is None:
        raise Refused("no_draft", "Choose a pathway of the library first.")
    drafted(scheme, held.name, parameters)
    return _keep(by, scheme, held.name, parameters, seen)


@action
def publish_draft(*, by: Actor, seen: str, in_force: int) -> PathwayVersion:
    """Let new journeys follow the draft; open ones keep theirs.

    `seen` is the draft's and `in_force` the number of the version that stood beside it (0: none), as they were shown.
    """
    scheme = scheme_of(by)
    held = PathwayDraft.objects.select_for_update().filter(scheme=scheme).first()
    if held is None:
        raise Refused("no_draft", "Choose a pathway of the library first.")
    now = scheme.pathway_version
    if now is not None and now.number != in_force:
        raise Refused("published_meanwhile", _published_meanwhile(now))
    _require_seen(held, seen)
    pathway = drafted(scheme, held.name, from_json(held.parameters))
    before = pathway_of(now.pk) if now else None
    if before is not None and not differences(before, pathway):
        raise Refused("no_difference", "The draft says what the pathway in force says already.")
    user = User.objects.filter(pk=by.user_id).first() if by.user_id else None
    version = publish(scheme=scheme, name=held.name, pathway=pathway, at=by.now(), user=user)
    record("pathway_published", by=by, data={"version": version.number, "name": version.name})
    return version


def _published_meanwhile(now: PathwayVersion) -> str:
    who = now.published_by.name if now.published_by else "Somebody"
    return (
        f"{who} published version {now.number} at {words.clock(now.published_at)} on {words.day(now.published_at)}, "
        "while you were looking. Nothing is lost: the draft is kept. Look at what differs now, and publish again."
    )


def _keep(by: Actor, scheme: Scheme, name: str, parameters: Parameters, seen: str) -> PathwayDraft:
    held = PathwayDraft.objects.select_for_update(of=("self",)).select_related("changed_by")
    before = held.filter(scheme=scheme).first()
    _require_seen(before, seen)
    draft = before or PathwayDraft(scheme=scheme)
    draft.name, draft.parameters = name, to_json(parameters)
    draft.changed_at, draft.changed_by_id = by.now(), by.user_id
    draft.save()
    record("pathway_drafted", by=by, data={"name": name})
    return draft


def _require_seen(held: PathwayDraft | None, seen: str) -> None:
    """Refused when another administrator has changed the draft since it was shown, with who and when."""
    if held is None or _seen(held) == seen:
        return
    who = held.changed_by.name if held.changed_by else "Somebody"
    raise Refused(
        "draft_changed",
        f"{who} changed the draft at {words.clock(held.changed_at)} on {words.day(held.changed_at)}, while you were "
        "looking. Nothing was overwritten. Open the draft in another tab to see it, then save again from there.",
    )


def _seen(held: PathwayDraft) -> str:
    parameters = sorted(to_json(from_json(held.parameters)).items())
    return digest(held.name, parameters, held.changed_at.isoformat(), held.changed_by_id)


def _fitting(name: str, parameters: Parameters) -> Parameters:
    """What is set, as far as the file has it: a version of an earlier format may name less or more."""
    here = parameters_of(load(name))
    return Parameters(
        services={
            service: replace(each, appointment=each.appointment or here.services[service].appointment)
            for service, each in parameters.services.items()
            if service in here.services
        },
        urgent_when=parameters.urgent_when,
        urgent_contact=parameters.urgent_contact,
        handover={pair: at for pair, at in parameters.handover.items() if pair in here.handover},
    )


def _latest(scheme: Scheme) -> int:
    latest = scheme.pathway_versions.order_by("-number").values_list("number", flat=True).first()
    return latest or 0
