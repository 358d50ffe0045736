"""Recipes for what a scheme's administrator does."""

from dataclasses import replace

from tests.factories import World, partner
from tests.house.trial import Recipe, Trial
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.drafting import begin_draft, draft_of
from wraparound.organisations.founding import NewScheme, founder
from wraparound.organisations.invitations import Made, Offer, holder, invite
from wraparound.organisations.members import seen_membership
from wraparound.organisations.models import HelpNow, Membership, Organisation, PathwayDraft, Scheme
from wraparound.organisations.roles import Role
from wraparound.organisations.setting_up import NewOrganisation, details_of, seen_scheme
from wraparound.organisations.setting_up_teams import TeamDetails, seen_team, team_details
from wraparound.pathways.vocabulary import Service, UrgentFlag

PASSWORD = "eleven swans at dusk"


def _offer(world: World) -> Offer:
    return Offer(
        name="Mei Chen", email="mei@example.org", organisation_id=world.practice.pk, role=Role.CLINICIAN
    )  # fmt: skip


def _made(world: World) -> Made:
    with acting_as(world.administrator):
        return invite(by=world.administrator, offer=_offer(world))


def _membership(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


def _change_scheme(world: World) -> Trial:
    details = replace(details_of(world.scheme), codes_only=True)
    return Trial(world.administrator, {"details": details, "seen": seen_scheme(world.scheme)})


def _add_organisation(world: World) -> Trial:
    known = Organisation.objects.create(name="Ash Lane Surgery", kind=Organisation.Kind.PRACTICE)
    return Trial(world.administrator, {"organisation": known})


def _make_organisation(world: World) -> Trial:
    made = NewOrganisation(name="Debt Free", kind=Organisation.Kind.ADVICE)
    return Trial(world.administrator, {"organisation": made})


def _add_organisations(world: World) -> Trial:
    known = Organisation.objects.create(name="Ash Lane Surgery", kind=Organisation.Kind.PRACTICE)
    return Trial(world.administrator, {"organisation_ids": [known.pk]})


def _import_users(world: World) -> Trial:
    row = f"Mei Chen,mei@example.org,{world.practice.ods_code},Clinician"
    return Trial(world.administrator, {"content": f"name,email,organisation,role\n{row}"})


def _import_teams(world: World) -> Trial:
    return Trial(
        world.administrator, {"content": "name,organisation,service\nNew team,Rights First,Welfare advice"}
    )  # fmt: skip


def _remove_organisation(world: World) -> Trial:
    idle = Organisation.objects.create(name="Ash Lane Surgery", kind=Organisation.Kind.PRACTICE)
    partner(world.scheme, idle)
    return Trial(world.administrator, {"organisation": idle})


def _add_team(world: World) -> Trial:
    details = TeamDetails(name="Second team", service=Service.WELFARE_ADVICE)
    return Trial(world.administrator, {"organisation_id": world.advice.organisation_id, "details": details})


def _change_team(world: World) -> Trial:
    details = replace(team_details(world.advice), serves=frozenset({world.practice.pk}))
    return Trial(world.administrator, {"team": world.advice, "details": details, "seen": seen_team(world.advice)})


def _add_help_now(world: World) -> Trial:
    said = {"flag": UrgentFlag.NO_FOOD, "when": HelpNow.When.ALWAYS, "name": "Food bank", "number": "020 7946 0002"}
    return Trial(world.administrator, said)


def _name_lead(world: World) -> Trial:
    said = {"organisation": world.practice, "user_id": world.clinician.user_id}
    return Trial(world.administrator, {**said, "deputy_id": world.receptionist.user_id})


def _change_role(world: World) -> Trial:
    held = _membership(world.receptionist)
    said = {"membership": held, "role": Role.PRACTICE_MANAGER, "team_id": None}
    return Trial(world.administrator, {**said, "seen": seen_membership(held)})


def _accept(world: World) -> Trial:
    made = _made(world)
    by = holder(made.invitation).at(world.administrator.now())
    return Trial(by, {"token": made.token, "name": "Mei Chen", "password": PASSWORD})


def _draft(world: World, name: str = "link-worker-first") -> PathwayDraft:
    with acting_as(world.administrator):
        return begin_draft(by=world.administrator, name=name, seen="")


def _save_draft(world: World) -> Trial:
    _draft(world)
    standing = draft_of(world.scheme)
    assert standing is not None
    parameters = replace(standing.parameters, urgent_when=frozenset(UrgentFlag))
    return Trial(world.administrator, {"parameters": parameters, "seen": standing.seen})


def _publish_draft(world: World) -> Trial:
    _draft(world)
    standing = draft_of(world.scheme)
    assert standing is not None
    return Trial(world.administrator, {"seen": standing.seen, "in_force": 1})


def _found(world: World) -> Trial:
    """By a command on the server, with numbers that are set aside for it."""
    home = NewOrganisation(name="Westmarsh Borough", kind=Organisation.Kind.BOROUGH)
    scheme = NewScheme(
        name="Westmarsh", nation=Scheme.Nation.WALES, model=Scheme.Model.SINGLE, organisation=home,
        administrator="Mei Chen", email="mei@example.org", slug="westmarsh",
    )  # fmt: skip
    return Trial(founder().at(world.administrator.now()), {"scheme": scheme})


SETTING_UP: dict[str, Recipe] = {
    "wraparound.organisations.founding.found_scheme": _found,
    "wraparound.organisations.drafting.begin_draft": lambda world: Trial(
        world.administrator, {"name": "advice-first", "seen": ""}
    ),
    "wraparound.organisations.drafting.save_draft": _save_draft,
    "wraparound.organisations.drafting.publish_draft": _publish_draft,
    "wraparound.organisations.setting_up.change_scheme": _change_scheme,
    "wraparound.organisations.setting_up.add_organisation": _add_organisation,
    "wraparound.organisations.setting_up.add_organisations": _add_organisations,
    "wraparound.organisations.importing.users.import_users": _import_users,
    "wraparound.organisations.importing.teams.import_teams": _import_teams,
    "wraparound.organisations.setting_up.make_organisation": _make_organisation,
    "wraparound.organisations.setting_up.remove_organisation": _remove_organisation,
    "wraparound.organisations.setting_up_teams.add_team": _add_team,
    "wraparound.organisations.setting_up_teams.change_team": _change_team,
    "wraparound.organisations.setting_up_contacts.add_help_now": _add_help_now,
    "wraparound.organisations.setting_up_contacts.end_help_now": lambda world: Trial(
        world.administrator, {"help_now": HelpNow.objects.get(scheme=world.scheme)}
    ),
    "wraparound.organisations.setting_up_contacts.name_safeguarding_lead": _name_lead,
    "wraparound.organisations.members.change_role": _change_role,
    "wraparound.organisations.members.end_membership": lambda world: Trial(
        world.administrator, {"membership": _membership(world.receptionist)}
    ),
    "wraparound.organisations.invitations.invite": lambda world: Trial(world.administrator, {"offer": _offer(world)}),
    "wraparound.organisations.invitations.withdraw_invitation": lambda world: Trial(
        world.administrator, {"invitation": _made(world).invitation}
    ),
    "wraparound.organisations.invitations.accept_invitation": _accept,
}
