"""A small scheme to test with: a practice, two providers and their people, all invented."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from itertools import count

from wraparound.consent.agreed import HANDOVER, REFERRAL, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.consent.models import DataSharingAgreement, SharingParty
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import HelpNow, Membership, Organisation, Partner, Scheme, Team, User
from wraparound.organisations.pathways import publish
from wraparound.organisations.roles import Role
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import Entry, Need, Service
from wraparound.people.details import PersonDetails
from wraparound.referrals.actions import refer
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import Journey, Referral

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PASSWORD = "a long enough password"
_numbers = count(1)


@dataclass
class World:
    """One co-located scheme and somebody in each chair; `other_*` work in a second practice.

    `voluntary` administers their organisation; no other organisation has an administrator of its own.
    """

    scheme: Scheme
    practice: Organisation
    other_practice: Organisation
    social: Team
    advice: Team
    actors: dict[str, Actor]

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.actors[name]
        except KeyError:
            raise AttributeError(name) from None


def member(
    scheme: Scheme, organisation: Organisation, role: Role, name: str, team: Team | None = None, *,
    administers: bool = False,
) -> Actor:  # fmt: skip
    user = User.objects.create_user(f"{role.value}{next(_numbers)}@example.org", name)
    membership = Membership.objects.create(
        user=user, scheme=scheme, organisation=organisation, team=team, role=role, administers=administers
    )
    return Actor.of(membership).at(NOW)


def partner(scheme: Scheme, organisation: Organisation) -> Partner:
    """Part of the scheme, and a party to the agreement under which its organisations share."""
    agreement, _ = DataSharingAgreement.objects.get_or_create(
        scheme=scheme,
        title="Sharing in the scheme",
        defaults={"lawful_basis": "Articles 6(1)(e) and 9(2)(h)", "begins": date(2020, 1, 1), "recorded_at": NOW},
    )
    SharingParty.objects.create(
        scheme=scheme, agreement=agreement, organisation=organisation, signed_on=date(2020, 1, 1)
    )
    return Partner.objects.create(scheme=scheme, organisation=organisation)


# Chairs outside the practice and the services: what sits there, and where.
OUTSIDE = {
    "health_visitor": (
        Role.HEALTH_VISITOR,
        "Ruth Osei",
        "Eastmarsh Health Visiting",
        Organisation.Kind.COMMUNITY_HEALTH,
    ),
    "ward": (Role.REFERRING_WORKER, "Sister Bola Ade", "Eastmarsh Hospital", Organisation.Kind.HOSPITAL),
    "council": (Role.REFERRING_WORKER, "Dev Patel", "Eastmarsh Council", Organisation.Kind.COUNCIL),
    "voluntary": (Role.REFERRING_WORKER, "Mina Kaya", "Eastmarsh Food Bank", Organisation.Kind.VOLUNTARY),
}


def make_world(pathway: str = "both-at-once") -> World:
    number = next(_numbers)
    scheme = Scheme.objects.create(
        name=f"Scheme {number}", slug=f"scheme-{number}", nation="england", model="co_located", invented=True,
        second_factor=False,
    )  # fmt: skip
    kinds = Organisation.Kind
    practice = Organisation.objects.create(name="Elm Street Surgery", kind=kinds.PRACTICE, ods_code=f"Y{number:05}")
    other = Organisation.objects.create(name="Oak Road Surgery", kind=kinds.PRACTICE, ods_code=f"Z{number:05}")
    links = Organisation.objects.create(name="Neighbourly", kind=kinds.SOCIAL_PRESCRIBING)
    advisers = Organisation.objects.create(name="Rights First", kind=kinds.ADVICE)
    scheme.front_door = links
    scheme.save()
    for organisation in (practice, other, links, advisers):
        partner(scheme, organisation)
    social = Team.objects.create(
        scheme=scheme, organisation=links, name="Link workers", service=Service.SOCIAL_PRESCRIBING
    )
    advice = Team.objects.create(
        scheme=scheme, organisation=advisers, name="Welfare advisers", service=Service.WELFARE_ADVICE
    )
    publish(scheme=scheme, name=pathway, pathway=load(pathway), at=NOW)
    actors = {
        "clinician": member(scheme, practice, Role.CLINICIAN, "Dr Amara Okafor"),
        "receptionist": member(scheme, practice, Role.RECEPTIONIST, "Sam Reed"),
        "other_clinician": member(scheme, other, Role.CLINICIAN, "Dr Ivan Petrov"),
        "link_worker": member(scheme, links, Role.LINK_WORKER, "Leila Haddad", social),
        "second_link_worker": member(scheme, links, Role.LINK_WORKER, "Tom Price", social),
        "link_supervisor": member(scheme, links, Role.SUPERVISOR, "Grace Obi", social),
        "adviser": member(scheme, advisers, Role.ADVISER, "Ana Sousa", advice),
        "advice_supervisor": member(scheme, advisers, Role.SUPERVISOR, "Joy Mensah", advice),
        "commissioner": member(scheme, practice, Role.COMMISSIONER, "Kit Lane"),
        "administrator": member(scheme, practice, Role.SCHEME_ADMINISTRATOR, "Yusuf Demir"),
        "practice_lead": member(scheme, practice, Role.INFORMATION_GOVERNANCE_LEAD, "Nadia Rahman"),
        "second_practice_lead": member(scheme, practice, Role.INFORMATION_GOVERNANCE_LEAD, "Peter Lund"),
        "links_lead": member(scheme, links, Role.INFORMATION_GOVERNANCE_LEAD, "Owen Hughes"),
        "advice_lead": member(scheme, advisers, Role.INFORMATION_GOVERNANCE_LEAD, "Efua Boateng"),
    } | {chair: _outside(scheme, *who) for chair, who in OUTSIDE.items()}
    advice.same_day_lead_id = actors["advice_supervisor"].user_id
    advice.save()
    HelpNow.objects.create(
        scheme=scheme,
        flag="homeless_tonight",
        when=HelpNow.When.ALWAYS,
        name="Council homelessness line",
        phone="020 7946 0001",
    )
    return World(scheme, practice, other, social, advice, actors)


def _outside(scheme: Scheme, role: Role, name: str, organisation_name: str, kind: str) -> Actor:
    organisation = Organisation.objects.create(name=organisation_name, kind=kind)
    partner(scheme, organisation)
    return member(scheme, organisation, role, name, administers=kind == Organisation.Kind.VOLUNTARY)


def details(**changes: object) -> PersonDetails:
    values: dict[str, object] = {
        "given_names": "Rosa",
        "family_name": "Duarte",
        "date_of_birth": date(1980, 2, 29),
        "postcode": "E3 4QX",
        "mobile": "07700 900123",
    }
    return PersonDetails(**(values | changes))  # type: ignore[arg-type]


# What may be said of the agreement, beside `agreed_how`.
AGREED = {each.name for each in fields(Agreed)} - {"how"}


def intake(**changes: object) -> Intake:
    values: dict[str, object] = {
        "entry": Entry.CLINICIAN,
        "person": details(),
        "needs": frozenset({Need.BENEFITS}),
        "advice_ticked": True,
    }
    values |= changes
    said = {"how": values.pop("agreed_how", AgreedHow.IN_PERSON), "wording": REFERRAL}
    said |= {name: values.pop(name) for name in AGREED & values.keys()}
    return Intake(agreed=Agreed(**said), **values)  # type: ignore[arg-type]


def handover_agreed(how: AgreedHow | None, **said: object) -> Agreed:
    """What somebody said when they were asked about a warm handover."""
    return Agreed(how=how, wording=HANDOVER, **said)  # type: ignore[arg-type]


def referred(world: World, by: Actor | None = None, **changes: object) -> Journey:
    """A journey just begun by the practice's clinician."""
    actor = by or world.clinician
    with acting_as(actor):
        return refer(by=actor, intake=intake(**changes))


def referral_to(journey: Journey, actor: Actor) -> Referral:
    with acting_as(actor):
        return Referral.objects.visible_to(actor).get(journey=journey, to_organisation_id=actor.organisation_id)
