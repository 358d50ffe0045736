"""Where a referral really goes: one or several teams, places, models of operation, and what nobody takes."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import NOW, World, details, intake, make_world, partner, referred
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Organisation, Scheme, Team
from wraparound.pathways.vocabulary import Need, Service, UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.actions import refer
from wraparound.referrals.models import Journey, Referral, SameDayAlert, Signpost, UnmetNeed

pytestmark = pytest.mark.django_db

ADVICE, SOCIAL = Service.WELFARE_ADVICE, Service.SOCIAL_PRESCRIBING
TONIGHT = frozenset({UrgentFlag.HOMELESS_TONIGHT})


def change(team: Team, **columns: object) -> None:
    Team.objects.filter(pk=team.pk).update(**columns)


def model(world: World, name: str) -> None:
    Scheme.objects.filter(pk=world.scheme.pk).update(model=name)


def another_team(world: World, name: str = "Advice Too", service: Service = ADVICE, **columns: object) -> Team:
    organisation = Organisation.objects.create(name=f"{name} Trust", kind=Organisation.Kind.ADVICE)
    partner(world.scheme, organisation)
    return Team.objects.create(scheme=world.scheme, organisation=organisation, name=name, service=service, **columns)


def at(organisation: Organisation, latitude: float, longitude: float) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(latitude=latitude, longitude=longitude)


def sent(world: World, journey: Journey) -> dict[str, Referral]:
    """The journey's referrals by the name of their team."""
    with acting_as(world.clinician):
        rows = Referral.objects.visible_to(world.clinician).filter(journey=journey).select_related("to_team")
        return {referral.to_team.name: referral for referral in rows}


def unmet(world: World, journey: Journey) -> list[UnmetNeed]:
    with acting_as(world.clinician):
        return list(UnmetNeed.objects.visible_to(world.clinician).filter(journey=journey).order_by("pk"))


def test_a_full_team_puts_them_on_its_waiting_list_and_counts_for_the_longest_wait() -> None:
    world = make_world()
    change(world.advice, places=0)
    advice = sent(world, referred(world))["Welfare advisers"]
    assert (advice.status, advice.placed, advice.whose_turn) == ("waiting", "first", "receiving_team")
    assert advice.due_at and advice.due_at > NOW + timedelta(days=14)


def test_the_last_place_is_taken_and_the_next_one_waits() -> None:
    world = make_world()
    change(world.advice, places=1)
    first, second = referred(world), referred(world, person=details(given_names="Wei", date_of_birth=None))
    assert sent(world, first)["Welfare advisers"].status == "sent"
    assert sent(world, second)["Welfare advisers"].status == "waiting"
    assert sent(world, second)["Link workers"].status == "sent"


def test_when_full_the_next_nearest_team_with_a_place_gets_it() -> None:
    world = make_world()
    change(world.advice, places=0)
    near, far = another_team(world, "Near"), another_team(world, "Far")
    at(world.practice, 51.5, 0.0), at(near.organisation, 51.6, 0.0), at(far.organisation, 52.6, 0.0)
    at(world.advice.organisation, 51.5, 0.01)
    advice = sent(world, referred(world))["Near"]
    assert (advice.status, advice.placed, advice.to_organisation_id) == ("sent", "next_nearest", near.organisation_id)


def test_the_nearest_team_is_first_and_one_named_for_the_practice_before_it() -> None:
    world = make_world()
    near, named = another_team(world, "Near"), another_team(world, "Named")
    at(world.practice, 51.5, 0.0), at(near.organisation, 51.51, 0.0), at(named.organisation, 55.0, 0.0)
    at(world.advice.organisation, 53.0, 0.0)
    assert set(sent(world, referred(world))) == {"Link workers", "Near"}
    change(named, serves=[world.practice.pk])
    assert set(sent(world, referred(world))) == {"Link workers", "Named"}


def test_a_team_for_the_persons_own_practice_is_theirs_whoever_refers() -> None:
    world = make_world()
    another_team(world, "Named", serves=[world.practice.pk])
    person = details(practice_ods_code=world.practice.ods_code)
    journey = referred(world, by=world.other_clinician, person=person)
    with acting_as(world.other_clinician):
        teams = set(Referral.objects.filter(journey=journey).values_list("to_team__name", flat=True))
    assert "Named" in teams


def test_in_a_co_funded_scheme_a_place_is_bought_and_elsewhere_they_wait() -> None:
    world = make_world()
    change(world.advice, places=0)
    model(world, "co_funded")
    bought = sent(world, referred(world))["Welfare advisers"]
    assert (bought.status, bought.placed) == ("sent", "spot_purchase")


def test_urgent_ones_go_beyond_the_places() -> None:
    world = make_world()
    change(world.advice, places=0)
    advice = sent(world, referred(world, urgent_flags=TONIGHT))["Welfare advisers"]
    assert (advice.status, advice.placed, advice.rank) == ("sent", "over_capacity", 0)


def test_a_closed_team_is_passed_over_and_without_another_the_need_is_unmet() -> None:
    world = make_world()
    change(world.advice, closed_until=NOW.date() + timedelta(days=1))
    journey = referred(world)
    [need] = unmet(world, journey)
    assert set(sent(world, journey)) == {"Link workers"}
    assert (need.service, need.why, need.managed_by_id) == (ADVICE, "closed", world.advice.organisation_id)
    another_team(world)
    journey = referred(world)
    assert set(sent(world, journey)) == {"Link workers", "Advice Too"} and not unmet(world, journey)


def test_without_any_team_the_rest_is_sent_and_the_front_door_is_told() -> None:
    world = make_world()
    Scheme.objects.filter(pk=world.scheme.pk).update(front_door=world.social.organisation)
    change(world.advice, service=SOCIAL)
    journey = referred(world)
    [need] = unmet(world, journey)
    assert (need.why, need.managed_by_id) == ("no_team", world.social.organisation_id)
    assert len(sent(world, journey)) == 1


def test_an_unmet_need_is_told_to_the_referrer_and_the_manager_and_opens_nobodys_record() -> None:
    world = make_world()
    change(world.advice, closed_until=NOW.date() + timedelta(days=9))
    journey = referred(world)
    for actor, sees_person in ((world.clinician, True), (world.advice_supervisor, False)):
        with acting_as(actor):
            assert UnmetNeed.objects.visible_to(actor).get(journey_id=journey.pk).reference == journey.reference
            assert Event.objects.filter(name="unmet_need_recorded").count() == 1
            assert Person.objects.visible_to(actor).exists() is sees_person
    with acting_as(world.link_worker):
        assert not UnmetNeed.objects.exists() and not Event.objects.filter(name="unmet_need_recorded").exists()


def test_a_journey_may_have_no_referral_at_all() -> None:
    world = make_world()
    Team.objects.filter(scheme=world.scheme).update(closed_until=NOW.date() + timedelta(days=9))
    journey = referred(world, urgent_flags=TONIGHT)
    assert not sent(world, journey) and len(unmet(world, journey)) == 2
    with acting_as(world.clinician):
        assert Person.objects.visible_to(world.clinician).get().pk == journey.person_id
        assert not SameDayAlert.objects.exists()


def test_where_who_must_help_today_is_closed_somebody_who_has_the_person_is_alerted() -> None:
    world = make_world()
    change(world.advice, closed_until=NOW.date() + timedelta(days=9))
    journey = referred(world, urgent_flags=TONIGHT)
    with acting_as(world.clinician):
        assert SameDayAlert.objects.get(journey=journey).to_team_id == world.social.pk


def test_a_single_service_sends_one_referral_for_everything_and_the_alert_with_it() -> None:
    world = make_world("single-service")
    model(world, "single")
    change(world.social, also=[ADVICE])
    journey = referred(world, urgent_flags=TONIGHT)
    [only] = sent(world, journey).values()
    assert {only.service, *only.joined} == {SOCIAL, ADVICE} and only.urgent and only.to_team_id == world.social.pk
    with acting_as(world.clinician):
        assert SameDayAlert.objects.get(journey=journey).to_team_id == world.social.pk


def test_a_single_service_that_no_team_gives_whole_is_still_given_in_parts() -> None:
    world = make_world("single-service")
    model(world, "single")
    found = sent(world, referred(world))
    assert {name: each.joined for name, each in found.items()} == {"Link workers": [], "Welfare advisers": []}


@pytest.mark.parametrize("name", ["separate", "co_located", "co_funded"])
def test_one_team_that_answers_for_both_gets_one_referral_in_every_model(name: str) -> None:
    world = make_world()
    model(world, name)
    change(world.advice, service=SOCIAL, name="Former advisers", closed_until=NOW.date() + timedelta(days=9))
    change(world.social, also=[ADVICE])
    [only] = sent(world, referred(world)).values()
    assert {only.service, *only.joined} == {SOCIAL, ADVICE}


def test_the_joined_referral_is_answered_as_soon_as_any_of_its_services_promises() -> None:
    world = make_world()
    change(world.social, also=[ADVICE])
    apart = {name: each.due_at for name, each in sent(world, referred(world)).items()}
    Team.objects.filter(pk=world.advice.pk).update(service=SOCIAL)
    [joined] = sent(world, referred(world)).values()
    assert joined.due_at == min(apart.values())


def test_signposts_have_a_code_and_nothing_is_sent() -> None:
    world = make_world("signpost-only")
    journey = referred(world)
    assert not sent(world, journey)
    with acting_as(world.clinician):
        given = list(Signpost.objects.visible_to(world.clinician).filter(given_on=journey))
        assert Event.objects.filter(name="signpost_given", journey=journey).count() == len(given) > 0
    assert {each.to_team_id for each in given} <= {world.social.pk, world.advice.pk}
    assert all(len(each.reference) == 9 for each in given)


def quoted(world: World, code: str, **changes: object) -> Journey:
    """Somebody comes to another organisation of the scheme and quotes a code."""
    said = {"person": details(given_names="Ines", date_of_birth=None), "signpost": code} | changes
    journey = referred(world, by=world.other_clinician, **said)
    with acting_as(world.other_clinician):
        return Journey.objects.get(pk=journey.pk)


def test_a_quoted_code_marks_the_signpost_as_followed_though_another_organisation_gave_it() -> None:
    world = make_world("signpost-only")
    given_on = referred(world)
    with acting_as(world.clinician):
        given = Signpost.objects.filter(given_on=given_on).first()
    assert given
    came = quoted(world, given.reference.lower().replace("-", " "))
    assert came.signpost_id == given.pk and "code_not_known" not in came.entry_details
    with acting_as(world.clinician):
        given.refresh_from_db()
    assert (given.followed_by_id, given.followed_at) == (came.pk, NOW)
    with acting_as(world.other_clinician):
        assert not Signpost.objects.filter(pk=given.pk).exists()


def test_a_code_quoted_twice_stays_with_who_came_first() -> None:
    world = make_world("signpost-only")
    given_on = referred(world)
    with acting_as(world.clinician):
        given = Signpost.objects.filter(given_on=given_on).first()
    assert given
    first, second = (quoted(world, given.reference, person=details(given_names=name)) for name in ("Ines", "Oluwaseun"))
    with acting_as(world.clinician):
        given.refresh_from_db()
    assert given.followed_by_id == first.pk and second.signpost_id == given.pk


def test_a_wrong_code_or_another_schemes_is_noted_where_nobody_can_look_again_and_nothing_else() -> None:
    world, elsewhere = make_world(), make_world("signpost-only")
    given_on = referred(elsewhere)
    with acting_as(elsewhere.clinician):
        given = Signpost.objects.filter(given_on=given_on).first()
    assert given
    for code in (given.reference, "nonsense that is far too long to be one"):
        came = quoted(world, code, known=False)
        assert came.signpost_id is None and came.entry_details["code_not_known"] == code[:20].strip()
    with acting_as(elsewhere.clinician):
        given.refresh_from_db()
    assert given.followed_at is None


def test_who_has_the_person_before_them_looks_again_at_a_wrong_code_and_nothing_is_kept() -> None:
    world = make_world()
    with pytest.raises(Refused) as refused:
        quoted(world, "2222-2222")
    assert (refused.value.code, refused.value.field) == ("unknown_code", "signpost")
    with acting_as(world.other_clinician):
        assert not Journey.objects.visible_to(world.other_clinician).exists()
        assert not Person.objects.visible_to(world.other_clinician).exists()


def test_nobody_marks_a_code_for_a_journey_that_is_not_theirs() -> None:
    world = make_world("signpost-only")
    given_on = referred(world)
    with acting_as(world.clinician):
        given = Signpost.objects.filter(given_on=given_on).first()
    assert given
    with acting_as(world.other_clinician), connection.cursor() as cursor:
        asked = [given.reference, given_on.pk, NOW]
        row = cursor.execute("SELECT referrals_follow_signpost(%s, %s, %s)", asked).fetchone()
    assert row == (None,)


def test_what_they_told_and_the_session_they_asked_for_go_along() -> None:
    world = make_world()
    for referral in sent(world, referred(world, told="Arrears since May ", session="morning")).values():
        assert (referral.told, referral.session) == ("Arrears since May", "morning")


def test_a_clinical_reason_decides_too() -> None:
    world = make_world("clinical-pathway")
    plain = sent(world, referred(world, needs=frozenset({Need.LONELINESS}), advice_ticked=False))
    journey = referred(world, needs=frozenset({Need.LONELINESS}), advice_ticked=False, clinical_reason="cancer")
    assert "Welfare advisers" not in plain and "Welfare advisers" in sent(world, journey)
    assert journey.clinical_reason == "cancer"


def test_details_that_anybody_could_have_written_fill_nothing_in() -> None:
    world = make_world()
    first = referred(world, person=details(nhs_number="9990000018", mobile="07700 900123"))
    said = details(nhs_number="9990000018", mobile="07700 900999", address="9 High Street")
    second = referred(world, by=world.other_clinician, person=said, known=False)
    assert second.person_id == first.person_id
    with acting_as(world.other_clinician):
        held = Person.objects.get(pk=first.person_id)
        differs = Referral.objects.filter(journey=second).first().said_differently
    assert (held.mobile, held.address) == ("07700 900123", "")
    assert differs == {"mobile": "07700 900999", "address": "9 High Street"}


def test_a_referral_to_a_limited_team_asks_at_most_thrice_more() -> None:
    from tests.referrals.test_costs import asked

    world = make_world()
    numbered = [details(nhs_number=number) for number in ("9990000018", "9990000026", "9990000034")]
    referred(world, person=numbered[0])
    with acting_as(world.clinician):
        plain = asked(lambda: refer(by=world.clinician, intake=intake(person=numbered[1])))
    change(world.advice, places=9)
    change(world.social, places=9)
    another_team(world)
    at(world.practice, 51.5, 0.0), at(world.advice.organisation, 51.6, 0.0)
    with acting_as(world.clinician):
        limited = asked(lambda: refer(by=world.clinician, intake=intake(person=numbered[2])))
    assert len(limited) == len(plain) + 3
