"""What a scheme's administrator reads of it. Each begins at the actor's scheme; no person is in any of these."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import (
    HelpNow,
    Invitation,
    Membership,
    Organisation,
    PathwayVersion,
    SafeguardingLead,
    Scheme,
    Team,
)
from wraparound.organisations.roles import MEETING, Role

PRACTICE = Organisation.Kind.PRACTICE
# Places above the organisations where people are met.
ABOVE = (Organisation.Kind.PCN, Organisation.Kind.BOROUGH, Organisation.Kind.ICB)


def scheme_of_actor(actor: Actor) -> Scheme:
    return Scheme.objects.select_related("pathway_version__published_by", "front_door").get(pk=actor.scheme_id)


def organisations_in(actor: Actor) -> QuerySet[Organisation]:
    """Those that are in the scheme now, by kind and name."""
    here = Organisation.objects.filter(partner__scheme_id=actor.scheme_id, partner__ended=None)
    return here.order_by("kind", "name", "pk")


def workplaces_in(actor: Actor) -> QuerySet[Organisation]:
    """Those in which somebody has a role in this scheme, by name."""
    held = Membership.objects.filter(scheme_id=actor.scheme_id, ended=None)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name", "pk")


def practices_in(actor: Actor) -> QuerySet[Organisation]:
    return organisations_in(actor).filter(kind=PRACTICE).order_by("name", "pk")


def organisation_in(actor: Actor, pk: int) -> Organisation:
    """Organisation.DoesNotExist for one that is not in the scheme."""
    return organisations_in(actor).get(pk=pk)


def to_add(actor: Actor, asked: str, most: int = 20) -> list[Organisation]:
    """Organisations that are not in the scheme, by code or by a part of the name or postcode; one more than `most`."""
    text = asked.strip()
    if len(text) < 2:
        return []
    found = Organisation.objects.filter(
        Q(ods_code__iexact=text) | Q(name__icontains=text) | Q(postcode__istartswith=text)
    )
    here = organisations_in(actor).values("pk")
    return list(found.exclude(pk__in=here).select_related("part_of").order_by("name", "pk")[: most + 1])


def to_add_one(pk: int) -> Organisation:
    """Any organisation that is known: what it is called and where is no scheme's secret."""
    return Organisation.objects.get(pk=pk)


def teams_in(actor: Actor) -> QuerySet[Team]:
    here = Team.objects.filter(scheme_id=actor.scheme_id).select_related("organisation", "same_day_lead")
    return here.order_by("service", "name")


def help_now_in(actor: Actor) -> QuerySet[HelpNow]:
    return HelpNow.objects.filter(scheme_id=actor.scheme_id, ended=None).order_by("flag", "when", "name")


def leads_in(actor: Actor) -> dict[int, SafeguardingLead]:
    """The named leads by their organisation's id."""
    named = SafeguardingLead.objects.filter(scheme_id=actor.scheme_id).select_related("user", "deputy")
    return {lead.organisation_id: lead for lead in named}


def members_in(
    actor: Actor, *, asked: str = "", organisation: int | None = None, role: str = ""
) -> QuerySet[Membership]:
    """Memberships in force, by name; `who` is the name. Narrowed by a part of the name or email, place and role."""
    found = Membership.objects.filter(scheme_id=actor.scheme_id, ended=None).annotate(who=F("user__name"))
    if asked.strip():
        text = asked.strip()
        found = found.filter(Q(user__name__icontains=text) | Q(user__email__icontains=text))
    if organisation is not None:
        found = found.filter(organisation=organisation)
    if role:
        found = found.filter(role=role)
    return found.select_related("user", "organisation", "team").order_by("who", "pk")


def could_lead_in(actor: Actor, organisation: int) -> QuerySet[Membership]:
    """Memberships of those who could answer for safeguarding in an organisation of the scheme, by name."""
    return members_in(actor, organisation=organisation).filter(role__in=MEETING)


def invitations_in(actor: Actor) -> QuerySet[Invitation]:
    """Those that nobody has accepted or withdrawn, the newest first; some have run out."""
    waiting = Invitation.objects.filter(scheme_id=actor.scheme_id, used_at=None, withdrawn_at=None)
    return waiting.select_related("organisation", "team", "made_by").order_by("-made_at", "-pk")


def invitation_in(actor: Actor, pk: int) -> Invitation:
    return Invitation.objects.get(pk=pk, scheme_id=actor.scheme_id)


def versions_in(actor: Actor) -> QuerySet[PathwayVersion]:
    """Every version that was published, the newest first."""
    published = PathwayVersion.objects.filter(scheme_id=actor.scheme_id).select_related("published_by")
    return published.defer("definition").order_by("-number")


@dataclass(frozen=True)
class Missing:
    """What a scheme that works would have and this one has not."""

    pathway: bool
    numbers: bool
    teams_without_lead: tuple[Team, ...]
    without_safeguarding: tuple[Organisation, ...]


def missing(actor: Actor) -> Missing:
    scheme = scheme_of_actor(actor)
    held = Membership.objects.filter(scheme_id=actor.scheme_id, ended=None)
    here = set(held.filter(role__in=MEETING).values_list("organisation_id", "user_id"))
    working = organisations_in(actor).filter(pk__in=held.values("organisation")).exclude(kind__in=ABOVE)
    named = {place for place, lead in leads_in(actor).items() if (place, lead.user_id) in here}
    return Missing(
        pathway=scheme.pathway_version_id is None,
        numbers=not help_now_in(actor).exists(),
        teams_without_lead=tuple(teams_in(actor).filter(same_day_lead=None)),
        without_safeguarding=tuple(each for each in working if each.pk not in named),
    )


def administrators_in(actor: Actor, organisation_ids: Collection[int]) -> dict[int, list[str]]:
    """Who administers each of these organisations, by name, by the organisation's id; none where nobody does."""
    held = Membership.objects.filter(scheme_id=actor.scheme_id, administers=True, ended=None, user__is_active=True)
    found: dict[int, list[str]] = {}
    rows = held.filter(organisation__in=organisation_ids).order_by("user__name", "pk")
    for place, name in rows.values_list("organisation", "user__name"):
        found.setdefault(place, []).append(name)
    return found


def new_administrators_in(actor: Actor, since: datetime) -> QuerySet[Membership]:
    """Who became an administrator of an organisation since then, and whom another let in; the latest first by `at`.

    Of two administrators of a scheme each hears of what the other begins.
    """
    held = Membership.objects.filter(scheme_id=actor.scheme_id, administers=True, ended=None)
    own = Invitation.objects.filter(made_by=actor.user_id, membership__isnull=False).values("membership")
    dated = held.exclude(pk__in=own).exclude(user=actor.user_id).annotate(at=Greatest("started", "changed"))
    return dated.filter(at__gte=since).select_related("user", "organisation").order_by("-at", "-pk")


def counts_in(actor: Actor) -> dict[str, int]:
    """How many organisations, practices, teams, people and administrators there are."""
    held = Membership.objects.filter(scheme_id=actor.scheme_id, ended=None)
    people = held.aggregate(
        people=Count("user", distinct=True),
        administrators=Count("user", distinct=True, filter=Q(role=Role.SCHEME_ADMINISTRATOR)),
    )
    return {
        "organisations": organisations_in(actor).count(),
        "practices": practices_in(actor).count(),
        "teams": teams_in(actor).count(),
        **people,
    }
