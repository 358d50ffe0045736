"""A scheme's administrator sets it up; what two of them do at once is not lost; a stranger sets nothing up."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.at_once import one_while_the_other_waits
from tests.factories import World, make_world, member
from tests.house.seeing import Owner
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.credentials import actors_of_organisation
from wraparound.organisations.importing.keeping import BadRows
from wraparound.organisations.importing.users import import_users
from wraparound.organisations.invitations import Offer, invite
from wraparound.organisations.members import change_role, end_membership, seen_membership
from wraparound.organisations.models import (
    HelpNow,
    Invitation,
    Membership,
    Organisation,
    Partner,
    SafeguardingLead,
    Team,
)
from wraparound.organisations.roles import Role
from wraparound.organisations.scheme_reading import missing, organisations_in, to_add
from wraparound.organisations.setting_up import (
    NewOrganisation,
    SchemeDetails,
    add_organisation,
    change_scheme,
    details_of,
    make_organisation,
    remove_organisation,
    seen_scheme,
)
from wraparound.organisations.setting_up_contacts import add_help_now, end_help_now, name_safeguarding_lead
from wraparound.organisations.setting_up_teams import TeamDetails, add_team, change_team, seen_team, team_details
from wraparound.pathways.vocabulary import Service, UrgentFlag
from wraparound.referrals.asking_for_help import practices_of


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Seen as its administrator sees it, who does most of what is done here."""
    world = make_world()
    with acting_as(world.administrator):
        yield world


def membership(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


def changed(world: World, **changes: object) -> None:
    details: SchemeDetails = replace(details_of(world.scheme), **changes)  # type: ignore[arg-type]
    change_scheme(by=world.administrator, details=details, seen=seen_scheme(world.scheme))
    world.scheme.refresh_from_db()


def test_the_scheme_becomes_what_was_set(world: World) -> None:
    changed(world, name="  Northside  Together ", model="single", nation="wales", slug="northside", codes_only=True,
            front_door_id=world.practice.pk)  # fmt: skip
    scheme = world.scheme
    assert (scheme.name, scheme.model, scheme.nation) == ("Northside Together", "single", "wales")
    assert (scheme.slug, scheme.front_door_id, scheme.codes_only) == ("northside", world.practice.pk, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"), ({"name": "x" * 201}, "name"), ({"slug": "North Side!"}, "slug"),
        ({"slug": "-north"}, "slug"), ({"slug": ""}, "slug"),
    ],
)  # fmt: skip
def test_what_a_scheme_cannot_be_is_said_beside_its_field(world: World, changes: dict[str, str], field: str) -> None:
    changed(world, front_door_id=world.practice.pk, slug="here")
    with pytest.raises(Refused) as refused:
        changed(world, **changes)
    assert refused.value.field == field


def test_a_front_door_is_an_organisation_of_the_scheme(world: World) -> None:
    elsewhere = make_world()
    with pytest.raises(Organisation.DoesNotExist):
        changed(world, front_door_id=elsewhere.practice.pk)


def test_of_two_administrators_who_change_the_scheme_the_second_is_told(world: World) -> None:
    seen = seen_scheme(world.scheme)
    changed(world, codes_only=True)
    details = replace(details_of(world.scheme), name="Another name")
    with pytest.raises(Refused) as refused:
        change_scheme(by=world.administrator, details=details, seen=seen)
    assert refused.value.code == "changed_meanwhile"
    world.scheme.refresh_from_db()
    assert world.scheme.codes_only and world.scheme.name != "Another name"


@pytest.mark.parametrize("how", ["ended", "elsewhere", "of another role"])
def test_who_is_no_administrator_here_sets_nothing_up(world: World, how: str) -> None:
    by, elsewhere = world.administrator, make_world()
    if how == "ended":
        second = member(world.scheme, world.practice, Role.SCHEME_ADMINISTRATOR, "Second")
        end_membership(by=second, membership=membership(by))
    elif how == "elsewhere":
        by = replace(elsewhere.administrator, scheme_id=world.scheme.pk)
    else:
        by = replace(world.receptionist, role=Role.SCHEME_ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        make_organisation(by=by, organisation=NewOrganisation(name="Mine", kind=Organisation.Kind.ADVICE))
    assert refused.value.code == "not_yours"
    assert not Organisation.objects.filter(name="Mine").exists()


def test_an_organisation_comes_goes_and_comes_back(world: World) -> None:
    known = Organisation.objects.create(name="Ash Lane Surgery", kind="practice", ods_code="A10001")
    assert [each.name for each in to_add(world.administrator, "ash la")] == ["Ash Lane Surgery"]
    assert [each.name for each in to_add(world.administrator, "a10001")] == ["Ash Lane Surgery"]
    add_organisation(by=world.administrator, organisation=known)
    with pytest.raises(Refused):
        add_organisation(by=world.administrator, organisation=known)
    assert known in practices_of(world.scheme) and not to_add(world.administrator, "ash lane")
    assert len(actors_of_organisation("A10001")) == 1
    remove_organisation(by=world.administrator, organisation=known)
    assert known not in organisations_in(world.administrator) and known not in practices_of(world.scheme)
    assert actors_of_organisation("A10001") == []
    add_organisation(by=world.administrator, organisation=known)
    assert known in organisations_in(world.administrator)
    assert Partner.objects.filter(scheme=world.scheme, organisation=known).count() == 1


def test_an_organisation_with_people_a_team_or_the_front_door_stays(world: World) -> None:
    idle = Organisation.objects.create(name="Ash Lane Surgery", kind="practice")
    add_organisation(by=world.administrator, organisation=idle)
    changed(world, front_door_id=idle.pk, slug="here")
    codes = []
    for organisation in (world.practice, world.social.organisation, idle):
        if organisation == world.social.organisation:
            long_ago = "2026-01-01T00:00Z"
            Membership.objects.filter(organisation=organisation).update(started=long_ago, ended=long_ago)
        with pytest.raises(Refused) as refused:
            remove_organisation(by=world.administrator, organisation=organisation)
        codes.append(refused.value.code)
    assert codes == ["has_members", "has_teams", "front_door"]


def test_whoever_was_invited_to_an_organisation_that_left_is_not_let_in(world: World) -> None:
    idle = Organisation.objects.create(name="Ash Lane Surgery", kind="practice")
    add_organisation(by=world.administrator, organisation=idle)
    offer = Offer(name="Mei Chen", email="mei@example.org", organisation_id=idle.pk, role=Role.CLINICIAN)
    made = invite(by=world.administrator, offer=offer)
    remove_organisation(by=world.administrator, organisation=idle)
    assert Invitation.objects.get(pk=made.invitation.pk).withdrawn_at is not None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": ""}, "name"), ({"ods_code": "Y"}, "ods_code"), ({"postcode": "E3"}, "postcode"),
     ({"phone": "ring"}, "phone"), ({"name": "rights first"}, "name")],
)  # fmt: skip
def test_an_organisation_is_written_down_right_or_not_at_all(world: World, wrong: dict[str, str], field: str) -> None:
    values = {"name": "Debt Free", "ods_code": "", "postcode": "E3 4QX", "phone": "020 7946 0000", **wrong}
    before = Organisation.objects.count()
    with pytest.raises(Refused) as refused:
        make_organisation(
            by=world.administrator, organisation=NewOrganisation(kind=Organisation.Kind.ADVICE, **values)
        )  # fmt: skip
    assert refused.value.field == field and Organisation.objects.count() == before


def test_a_team_is_made_and_changed(world: World) -> None:
    by = world.administrator
    details = TeamDetails(
        name="Hybrid team", service=Service.WELFARE_ADVICE, also=frozenset(Service), phone="020 7946 0003",
        opening="Mondays  9am to midday", serves=frozenset({world.practice.pk}), same_day_lead_id=world.adviser.user_id,
    )  # fmt: skip
    team = add_team(by=by, organisation_id=world.advice.organisation_id, details=details)
    assert (team.also, team.serves) == (["social_prescribing"], [world.practice.pk])
    assert Team.objects.get(pk=team.pk).opening == "Mondays 9am to midday"
    change_team(by=by, team=team, details=replace(team_details(team), serves=frozenset()), seen=seen_team(team))
    assert Team.objects.get(pk=team.pk).serves == []


@pytest.mark.parametrize("wrong", ["name", "serves", "same_day_lead", "phone"])
def test_a_team_is_right_or_not_made(world: World, wrong: str) -> None:
    good = TeamDetails(name="New team", service=Service.WELFARE_ADVICE)
    bad = {
        "name": replace(good, name="LINK workers"),
        "serves": replace(good, serves=frozenset({world.social.organisation_id})),
        "same_day_lead": replace(good, same_day_lead_id=world.clinician.user_id),
        "phone": replace(good, phone="ring us"),
    }[wrong]
    with pytest.raises(Refused) as refused:
        add_team(by=world.administrator, organisation_id=world.advice.organisation_id, details=bad)
    assert refused.value.field == wrong


def test_of_two_who_change_a_team_the_second_is_told(world: World) -> None:
    seen, details = seen_team(world.social), team_details(world.social)
    change_team(by=world.administrator, team=world.social, details=replace(details, phone="020 7946 0001"), seen=seen)
    with pytest.raises(Refused) as refused:
        change_team(by=world.administrator, team=world.social, details=replace(details, name="X"), seen=seen)
    assert refused.value.code == "changed_meanwhile"
    assert Team.objects.get(pk=world.social.pk).name == "Link workers"


def test_a_number_is_shown_until_it_is_taken_away(world: World) -> None:
    said = {"flag": UrgentFlag.NO_FOOD, "when": HelpNow.When.ALWAYS, "name": "Food bank", "number": "999"}
    made = add_help_now(by=world.administrator, **said)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        add_help_now(by=world.administrator, **said | {"name": "food bank"})  # type: ignore[arg-type]
    assert refused.value.field == "name"
    end_help_now(by=world.administrator, help_now=made)
    with pytest.raises(Refused):
        end_help_now(by=world.administrator, help_now=made)
    add_help_now(by=world.administrator, **said)  # type: ignore[arg-type]


def test_a_safeguarding_lead_works_there_and_so_does_the_deputy(world: World) -> None:
    by, practice = world.administrator, world.practice
    for lead, deputy, field in (
        (world.adviser.user_id, None, "lead"),
        (world.clinician.user_id, world.adviser.user_id, "deputy"),
        (world.clinician.user_id, world.clinician.user_id, "deputy"),
    ):
        with pytest.raises(Refused) as refused:
            name_safeguarding_lead(by=by, organisation=practice, user_id=lead or 0, deputy_id=deputy)
        assert refused.value.field == field
    name_safeguarding_lead(by=by, organisation=practice, user_id=world.clinician.user_id or 0)
    assert practice not in missing(by).without_safeguarding


def test_a_role_is_changed_in_place(world: World) -> None:
    held = membership(world.link_worker)
    change_role(
        by=world.administrator, membership=held, role=Role.SUPERVISOR, team_id=world.social.pk,
        seen=seen_membership(held),
    )  # fmt: skip
    assert membership(world.link_worker).role == Role.SUPERVISOR
    with pytest.raises(Refused) as refused:
        change_role(
            by=world.administrator, membership=held, role=Role.ADVISER, team_id=None, seen=seen_membership(held)
        )  # fmt: skip
    assert refused.value.code == "changed_meanwhile"


@pytest.mark.parametrize(
    ("role", "team", "field"), [(Role.ADVISER, None, "team"), (Role.LINK_WORKER, "advice", "team"),
                                (Role.SYSTEM, None, "role"), (Role.INVITED, None, "role")]
)  # fmt: skip
def test_a_role_has_the_team_that_it_needs(world: World, role: Role, team: str | None, field: str) -> None:
    held = membership(world.link_worker)
    team_id = getattr(world, team).pk if team else None
    with pytest.raises(Refused) as refused:
        change_role(by=world.administrator, membership=held, role=role, team_id=team_id, seen=seen_membership(held))
    assert refused.value.field == field


def test_who_leaves_gives_up_what_they_alone_were_named_for(world: World) -> None:
    by, lead = world.administrator, world.advice_supervisor
    organisation = world.advice.organisation
    name_safeguarding_lead(
        by=by, organisation=organisation, user_id=lead.user_id or 0, deputy_id=world.adviser.user_id
    )  # fmt: skip
    left = end_membership(by=by, membership=membership(lead))
    assert [team.name for team in left.teams] == ["Welfare advisers"] and left.safeguarding
    assert Team.objects.get(pk=world.advice.pk).same_day_lead is None
    named = SafeguardingLead.objects.get(scheme=world.scheme, organisation=organisation)
    assert (named.user_id, named.deputy_id) == (world.adviser.user_id, None)
    assert [team.name for team in missing(by).teams_without_lead] == ["Link workers", "Welfare advisers"]


def test_the_last_administrator_stays(world: World) -> None:
    with pytest.raises(Refused) as refused:
        end_membership(by=world.administrator, membership=membership(world.administrator))
    assert refused.value.code == "last_administrator"


def test_of_two_administrators_who_end_each_other_one_stays(owner: Owner) -> None:
    world = make_world()
    first, second = world.administrator, member(
        world.scheme, world.practice, Role.SCHEME_ADMINISTRATOR, "Second"
    )  # fmt: skip
    other = {first.membership_id: second, second.membership_id: first}
    won, lost = one_while_the_other_waits(
        owner, first, second, lambda by: end_membership(by=by, membership=membership(other[by.membership_id]))
    )
    assert won.membership.pk == second.membership_id
    assert isinstance(lost, Refused)
    assert Membership.objects.filter(role=Role.SCHEME_ADMINISTRATOR, ended=None).count() == 1


def asked(world: World, content: str, **options: bool) -> int:
    """How often the database is asked for a file of users, transactions aside."""
    with acting_as(world.administrator), CaptureQueriesContext(connection) as queries, suppress(BadRows):
        import_users(by=world.administrator, content=content, **options)
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


def test_a_line_more_asks_for_nothing_to_be_looked_at_and_twice_to_be_kept(world: World) -> None:
    """Its event, and the job that sends the letter."""

    def lines(which: str, rows: int, email: str = "{}@example.org") -> str:
        people = [f"Mei,{which}{email.format(each)},{world.practice.ods_code},Clinician" for each in range(rows)]
        return "\n".join(["name,email,organisation,role", *people])

    assert asked(world, lines("a", 1, "nobody")) == asked(world, lines("b", 40, "nobody"))
    assert asked(world, lines("c", 40)) - asked(world, lines("d", 1)) == 39 * 2
    assert asked(world, lines("c", 40)) == asked(world, lines("d", 1))


def test_the_same_file_at_the_same_time_invites_once(owner: Owner) -> None:
    world = make_world()
    second = member(world.scheme, world.practice, Role.SCHEME_ADMINISTRATOR, "Second")
    content = f"name,email,organisation,role\nMei,mei@example.org,{world.practice.ods_code},Clinician"
    won, late = one_while_the_other_waits(
        owner, world.administrator, second, lambda by: import_users(by=by, content=content)
    )
    assert (len(won.made), len(late.made), late.same) == (1, 0, 1)


def test_a_bad_file_keeps_nothing_even_of_its_good_lines(world: World) -> None:
    code = world.practice.ods_code
    content = f"name,email,organisation,role\nMei,mei@example.org,{code},Clinician\nTom,tom,{code},Clinician"
    with acting_as(world.administrator), pytest.raises(BadRows) as refused:
        import_users(by=world.administrator, content=content)
    assert ([each.line for each in refused.value.bad], refused.value.good) == ([3], 1)
    assert not Invitation.objects.exists()
