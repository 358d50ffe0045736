"""The journey page: what each reader sees of the person, of every service, and of their own work alone."""

from datetime import date

import pytest

from tests.factories import details, referral_to, referred
from tests.web.reading import text
from tests.web.working import questions, taken_on
from wraparound.audit.models import Access
from wraparound.casework.actions import accept, record_contact, write_note
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.events.models import Event
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Team
from wraparound.people.models import Person
from wraparound.referrals.states import MOVES
from wraparound.web.journey.timeline import SENTENCES

pytestmark = pytest.mark.django_db


def change(world, journey, **columns: object) -> None:
    with acting_as(world.clinician):
        Person.objects.filter(pk=journey.person_id).update(**columns)


def test_who_it_is_and_how_to_reach_them(world, sign_in) -> None:
    journey, _ = taken_on(world, person=details(nhs_number="9990000018", known_as="Rosie", landline="020 7946 0000"))
    change(
        world, journey, mobile_texts="no", mobile_calls="yes", voicemail="no", may_say_who_is_calling="no",
        safe_times="Weekdays before 3pm", contact_notes="Ask for Rosie", interpreter_needed=True,
        preferred_language="Portuguese", access_needs="Large print",
    )  # fmt: skip
    shown = text(sign_in(world.link_worker).get(f"/journey/{journey.reference}/"))
    for words in (
        "Known as Rosie", "29 February 1980 (aged 46)", "999 000 0018", "Contact with care: read this first",
        "Safe times: Weekdays before 3pm", "Do not text", "Do not leave a voicemail", "Do not say who is calling",
        "Ask for Rosie", "Calls (agreed)", "Portuguese Needs an interpreter", "Large print",
    ):  # fmt: skip
        assert words in shown


def test_a_withheld_address_is_for_those_working_with_the_person(world, sign_in) -> None:
    journey, _ = taken_on(world, person=details(address="1 High Street"))
    change(world, journey, address_withheld=True)
    page = f"/journey/{journey.reference}/"
    assert "1 High Street" in text(sign_in(world.link_worker).get(page))
    for other in (world.adviser, world.clinician):
        shown = text(sign_in(other).get(page))
        assert "1 High Street" not in shown and "E3 4QX" not in shown and "The address is withheld" in shown


def test_notes_and_attempts_never_reach_another_organisation(world, sign_in) -> None:
    journey, case = taken_on(world)
    with acting_as(world.link_worker):
        write_note(by=world.link_worker, case=case, text="Lonely since the funeral")
        record_contact(
            by=world.link_worker,
            case=case,
            channel=ContactBy.PHONE,
            result=ContactResult.NOT_SAFE,
            remark="A man answered",
        )
    with acting_as(world.adviser):
        theirs = accept(by=world.adviser, referral=referral_to(journey, world.adviser))
        write_note(by=world.adviser, case=theirs, text="Overpayment of tax credits")
    page = f"/journey/{journey.reference}/"
    ours = text(sign_in(world.link_worker).get(page))
    assert "Lonely since the funeral" in ours and "A man answered" in ours
    assert "Overpayment" not in ours and "Ana Sousa wrote a note" not in ours
    for other in (world.adviser, world.clinician):
        shown = text(sign_in(other).get(page))
        assert "Lonely" not in shown and "A man answered" not in shown and "Not safe" not in shown
        assert "Leila Haddad wrote a note" not in shown
        assert "Leila Haddad tried to make contact." in shown
    for other in (world.adviser, world.clinician):
        assert sign_in(other).get(f"/case/{case.pk}/notes/").status_code == 404


def test_nobody_from_another_practice_or_without_people_gets_in(world, sign_in) -> None:
    journey, _ = taken_on(world, advice_ticked=False)
    page = f"/journey/{journey.reference}/"
    assert sign_in(world.other_clinician).get(page).status_code == 404
    assert sign_in(world.adviser).get(page).status_code == 404
    assert sign_in(world.commissioner).get(page).status_code == 403
    assert sign_in(world.link_worker).get("/journey/XXXX-XXXX/").status_code == 404


def test_every_look_is_noted_with_the_page(world, sign_in) -> None:
    journey, case = taken_on(world)
    browser = sign_in(world.link_worker)
    for page in (f"/journey/{journey.reference}/", f"/journey/{journey.reference}/contact/", f"/case/{case.pk}/note/"):
        browser.get(page)
    with acting_as(world.link_worker):
        looks = Access.objects.filter(person_id=journey.person_id).order_by("pk")
        assert list(looks.values_list("page", flat=True)) == ["journey", "journey-contact", "note"]


def test_what_the_sender_said_differently_is_shown_beside_the_record(world, sign_in) -> None:
    known = details(nhs_number="9990000018", address="1 High Street")
    referred(world, person=known)
    again = referred(world, by=world.other_clinician, person=details(nhs_number="9990000018", address="2 Low Road"))
    shown = text(sign_in(world.link_worker).get(f"/journey/{again.reference}/"))
    assert "The sender gave another address: 2 Low Road. The record has 1 High Street." in shown


def test_a_possible_duplicate_is_said(world, sign_in) -> None:
    journey = referred(world)
    change(world, journey, possible_duplicate=True)
    shown = text(sign_in(world.link_worker).get(f"/journey/{journey.reference}/"))
    assert "This may be somebody the scheme already knows." in shown


def test_an_advice_issue_is_spotted_prepared_and_referred(world, sign_in) -> None:
    journey, case = taken_on(world, advice_ticked=False)
    browser = sign_in(world.link_worker)
    shown = text(browser.get(f"/journey/{journey.reference}/"))
    assert "This is an advice issue" in shown and "The advice itself is given by an adviser." in shown
    prepared = browser.get(f"/case/{case.pk}/advice-issue/?issue=benefits&issue=debt")
    assert "What to bring" in text(prepared) and "What an adviser can do" in text(prepared)
    assert f"/case/{case.pk}/handover/?need=benefits&amp;need=debt" in prepared.content.decode()
    assert "Select what it is about" in text(browser.get(f"/case/{case.pk}/advice-issue/"))


def test_when_the_advisers_have_it_already_the_person_is_only_prepared(world, sign_in) -> None:
    journey, case = taken_on(world)
    browser = sign_in(world.link_worker)
    shown = text(browser.get(f"/journey/{journey.reference}/"))
    assert "There is an open referral to Welfare advisers already: prepare the person" in shown
    assert "Warm handover" not in shown
    prepared = browser.get(f"/case/{case.pk}/advice-issue/?issue=debt")
    assert "What to bring" in text(prepared) and "/handover/" not in prepared.content.decode()
    assert "speak with the team" in text(browser.get(f"/case/{case.pk}/handover/"))


def test_whoever_gives_advice_has_no_such_panel(world, sign_in) -> None:
    journey, _ = taken_on(world, by=world.adviser)
    with acting_as(world.adviser):
        theirs = Case.objects.get(journey=journey)
    browser = sign_in(world.adviser)
    assert "advice issue" not in text(browser.get(f"/journey/{journey.reference}/"))
    assert browser.get(f"/case/{theirs.pk}/advice-issue/?issue=debt").status_code == 404


def test_the_timeline_knows_every_move_and_names_no_values(world, sign_in) -> None:
    # That a referral was marked for safeguarding is told on no timeline.
    assert {f"referral_{verb}" for verb in MOVES} - set(SENTENCES) == {"referral_mark"}
    journey, _ = taken_on(world)
    with acting_as(world.link_worker):
        names = set(Event.objects.filter(journey=journey).values_list("name", flat=True))
    assert names <= set(SENTENCES)


def test_the_database_is_asked_as_often_for_a_long_case_as_for_a_short_one(world, sign_in) -> None:
    journey, case = taken_on(world)
    browser = sign_in(world.link_worker)
    page = f"/journey/{journey.reference}/"

    def work(number: int = 0) -> None:
        with acting_as(world.link_worker):
            write_note(by=world.link_worker, case=case, text=f"Note {number}")
            now = Case.objects.get(pk=case.pk)
            record_contact(
                by=world.link_worker,
                case=now,
                channel=ContactBy.PHONE,
                result=ContactResult.NO_ANSWER,
                remark=str(number),
            )

    work()
    few = questions(browser, page)
    for number in range(1, 31):
        work(number)
    assert questions(browser, page) == few <= 30


def test_one_referral_for_both_services_says_both(world, sign_in) -> None:
    Team.objects.filter(pk=world.social.pk).update(also=["welfare_advice"])
    Team.objects.filter(pk=world.advice.pk).update(closed_until=date(2099, 1, 1))
    journey, _ = taken_on(world)
    shown = text(sign_in(world.link_worker).get(f"/journey/{journey.reference}/"))
    assert "Social prescribing and welfare advice Accepted" in shown
    assert "Your work: social prescribing and welfare advice" in shown
