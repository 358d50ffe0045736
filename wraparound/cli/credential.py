"""`wraparound credential`: connect a system to an organisation, list what is connected, and shut a system out."""

from argparse import Namespace
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from wraparound.cli.database import database
from wraparound.cli.problem import Problem

if TYPE_CHECKING:
    from wraparound.organisations.actor import Actor

Say = Callable[[str], None]


def credential(wanted: Namespace, say: Say = print) -> None:
    """Do what was asked. Problem, with the sentence, where something is missing, wrong or not there."""
    import django

    with database():
        django.setup()
        from wraparound.events.action import Refused
        from wraparound.organisations.actor import acting_as

        by = _administrator(wanted.scheme or "", wanted.organisation or "")
        try:
            with acting_as(by):
                {"new": _new, "list": _list, "end": _end}[wanted.what](by, wanted, say)
        except Refused as refused:
            raise Problem(refused.sentence) from None


def _administrator(scheme_name: str, organisation_name: str) -> "Actor":
    """Whoever may run commands on the server, as an administrator of the organisation."""
    from django.db.models import Q

    from wraparound.organisations.actor import Actor
    from wraparound.organisations.models import Organisation, Scheme
    from wraparound.organisations.roles import Role

    scheme = Scheme.objects.filter(name__iexact=scheme_name.strip()).first()
    if scheme is None:
        raise Problem(f"There is no scheme called “{scheme_name}”. Say with --scheme which it is.")
    named = Q(name__iexact=organisation_name.strip()) | Q(ods_code__iexact=organisation_name.strip(), ods_code__gt="")
    found = list(Organisation.objects.filter(named, partner__scheme=scheme, partner__ended=None)[:2])
    if len(found) != 1:
        how = "More than one organisation" if found else "No organisation"
        raise Problem(f"{how} of {scheme.name} is called “{organisation_name}”. Say with --organisation its code.")
    return Actor(
        scheme_id=scheme.pk,
        organisation_id=found[0].pk,
        role=Role.SCHEME_ADMINISTRATOR,
        administers=True,
        name="Command on the server",
    )


def _new(by: "Actor", wanted: Namespace, say: Say) -> None:
    from wraparound.organisations.credentials import NewCredential, make_credential
    from wraparound.organisations.models import Credential
    from wraparound.organisations.roles import GRANTS, Capability

    unknown = [name for name in wanted.may if name not in set(GRANTS)]
    if unknown:
        raise Problem(f"A system cannot be given {', '.join(unknown)}: say one or more of {', '.join(GRANTS)}.")
    asked = NewCredential(
        name=wanted.name or "",
        kind=Credential.Kind.CLIENT if wanted.client else Credential.Kind.TOKEN,
        capabilities=frozenset(map(Capability, wanted.may)),
        expires_at=_end_of(wanted.until) if wanted.until else None,
    )
    issued = make_credential(by=by, credential=asked)
    say(f"{issued.credential.name} may be connected, as {issued.credential.client_id}.")
    say(f"{'Secret' if wanted.client else 'Token'}: {issued.secret}")
    say("It is shown now and never again. Put it into the system, and nowhere else.")


def _end_of(day: str) -> datetime:
    from wraparound.pathways.calendar import LONDON

    try:
        return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), LONDON)
    except (ValueError, OverflowError):
        raise Problem(f"“{day}” is no day: write it like 2027-03-31.") from None


def _list(by: "Actor", wanted: Namespace, say: Say) -> None:
    from wraparound.organisations.credentials import credentials_here

    for each in credentials_here(by):
        used = each.last_used_at.strftime("last used %Y-%m-%d %H:%M UTC") if each.last_used_at else "never used"
        until = each.expires_at.strftime(", good until %Y-%m-%d %H:%M UTC") if each.expires_at else ""
        say(f"{each.client_id}  {each.name}  ({each.kind}; {', '.join(each.capabilities)}; {used}{until})")


def _end(by: "Actor", wanted: Namespace, say: Say) -> None:
    from wraparound.organisations.credentials import credentials_here, end_credential

    found = credentials_here(by).filter(client_id=wanted.id or "").first()
    if found is None:
        raise Problem(f"No credential here has the id “{wanted.id or ''}”. List them, and say with --id which it is.")
    end_credential(by=by, credential=found)
    say(f"{found.name} can do nothing more.")
