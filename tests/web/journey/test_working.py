"""A service's own work: each form does its one thing, keeps what was typed, and says what stands against it."""

from datetime import timedelta

import pytest

from tests.factories import NOW, referral_to, referred
from tests.web.reading import errors, text
from tests.web.working import taken_on
from wraparound.casework.actions import record_contact
from wraparound.casework.models import Case, ContactAttempt, ContactBy, ContactResult, Note
from wraparound.consent.agreed import HANDOVER as HANDED
from wraparound.consent.models import Agreement
from wraparound.consent.translating import add_translation
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.models import Referral
from wraparound.web.journey.moments import read_time

pytestmark = pytest.mark.django_db
ATTEMPT = {"channel": "phone", "result": "no_answer", "when": "now"}


def tried(world, case, days: range) -> None:
    for day in days:
        by = world.link_worker.at(NOW + timedelta(days=day, hours=4 * (day % 2)))
        with acting_as(by):
            record_contact(
                by=by, case=Case.objects.get(pk=case.pk), channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER
            )


def test_an_attempt_just_now(world, sign_in) -> None:
    journey, case = taken_on(world)
    done = sign_in(world.link_worker).post(f"/case/{case.pk}/contact-attempt/", ATTEMPT | {"remark": "Rang out"})
    assert done.url == f"/journey/{journey.reference}/"
    with acting_as(world.link_worker):
        attempt = ContactAttempt.objects.get(case=case)
    assert (attempt.by, attempt.result, attempt.remark) == ("phone", "no_answer", "Rang out")
    shown = text(sign_in(world.link_worker).get(done.url))
    assert "Yours: try to make contact again by Wednesday 25 November" in shown
    assert "Phone: no answer" in shown and "Tried on 1 day of 3" in shown


def earlier(day: str, month: str, year: str, time: str) -> dict[str, str]:
    at = {"day": day, "month": month, "year": year, "time": time}
    return ATTEMPT | {"when": "earlier"} | {f"occurred_at-{name}": value for name, value in at.items()}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (earlier("", "", "", ""), "Enter the day and time"),
        (earlier("30", "2", "2026", "10:00"), "Day and time must be a real date"),
        (earlier("23", "11", "2026", "half past"), "Day and time must include a time, such as 14:30 or 2:30pm"),
        (earlier("23", "11", "2026", "11:30pm"), "This time has not come yet. Check the date and time."),
        (earlier("20", "11", "2026", "10:00"), "This is before you accepted the referral. Check the date and time."),
        ({"channel": "phone", "when": "now"}, "Select what came of it"),
        ({"result": "spoke", "when": "now"}, "Select how you tried or met"),
    ],
)
def test_an_attempt_that_cannot_be_is_refused_and_stays_typed(world, sign_in, typed, said) -> None:
    _, case = taken_on(world)
    answer = sign_in(world.link_worker).post(f"/case/{case.pk}/contact-attempt/", typed | {"remark": "She was out"})
    assert said in errors(answer)
    assert 'value="She was out"' in answer.content.decode()
    with acting_as(world.link_worker):
        assert not ContactAttempt.objects.exists()


def test_the_form_shows_how_to_make_contact_safely_first(world, sign_in) -> None:
    _, case = taken_on(world)
    with acting_as(world.clinician):
        Person.objects.filter(pk=case.person_id).update(mobile_texts="no", safe_times="Before noon")
    shown = text(sign_in(world.link_worker).get(f"/case/{case.pk}/contact-attempt/"))
    assert shown.index("Safe times: Before noon") < shown.index("How did you try, or meet?")
    assert "Text message Do not send texts" in shown


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("14:30", 14, 30),
        ("2:30pm", 14, 30),
        ("2pm", 14, 0),
        ("12am", 0, 0),
        ("12 pm", 12, 0),
        ("0905", 9, 5),
        ("9.05", 9, 5),
    ],
)
def test_times_as_people_write_them(typed, hour, minute) -> None:
    found = read_time(typed)
    assert found is not None and (found.hour, found.minute) == (hour, minute)


@pytest.mark.parametrize("typed", ["", "25:00", "14:60", "13pm", "0pm", "noon", "1:2", "²:30"])
def test_what_is_no_time(typed) -> None:
    assert read_time(typed) is None


def test_a_long_note_is_kept_and_a_too_long_one_stays_typed(world, sign_in) -> None:
    journey, case = taken_on(world)
    browser = sign_in(world.link_worker)
    long = "Line one & <b>\r\n" + "é" * 12_000
    assert browser.post(f"/case/{case.pk}/note/", {"text": long}).status_code == 302
    with acting_as(world.link_worker):
        assert Note.objects.get(case=case).text == long.replace("\r\n", "\n")
    assert "<b>" not in text(browser.get(f"/journey/{journey.reference}/")).replace("& <b>", "")
    answer = browser.post(f"/case/{case.pk}/note/", {"text": "x" * 20_001})
    assert errors(answer) == ["Note must be 20000 characters or fewer"] and "x" * 20_001 in answer.content.decode()
    assert errors(browser.post(f"/case/{case.pk}/note/", {"text": " "})) == ["Write the note first"]


def test_older_notes_are_a_page_further(world, sign_in) -> None:
    journey, case = taken_on(world)
    browser = sign_in(world.link_worker)
    for n in range(27):
        browser.post(f"/case/{case.pk}/note/", {"text": f"Note number {n}."})
    assert "All notes" in text(browser.get(f"/journey/{journey.reference}/"))
    first = browser.get(f"/case/{case.pk}/notes/")
    assert "Note number 26." in text(first) and "Note number 1." not in text(first)
    older = first.content.decode().split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "Note number 1." in text(browser.get(f"/case/{case.pk}/notes/{older}"))


HANDOVER = {"needs": ["debt"], "told": "Owes rent since June", "agreed_how": "in_person", "given_by": "person",
            "capacity": "no_doubt"}  # fmt: skip


def test_a_warm_handover_goes_to_the_other_team_with_what_was_told(world, sign_in) -> None:
    journey, case = taken_on(world, advice_ticked=False)
    browser = sign_in(world.link_worker)
    form = browser.get(f"/case/{case.pk}/handover/?need=housing&need=nonsense").content.decode()
    assert 'value="housing" checked' in " ".join(form.split())
    assert "Handed over. Welfare advisers must accept it" in text(
        browser.post(f"/case/{case.pk}/handover/", HANDOVER, follow=True)
    )
    shown = text(sign_in(world.adviser).get(f"/journey/{journey.reference}/"))
    assert "Owes rent since June" in shown and "Handed over" in shown and "Accept the referral" in shown
    assert "Warm handover from Neighbourly" in text(sign_in(world.adviser).get("/worklist/"))
    again = browser.post(f"/case/{case.pk}/handover/", HANDOVER)
    assert errors(again) == ["Welfare advisers already has an open referral for this person."]
    assert "Owes rent since June" in again.content.decode()


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({"told": ""}, "Enter what they have already told you"),
        ({"needs": []}, "Select at least one thing that they want help with"),
        ({"agreed_how": ""}, "Select how they agreed. Ask them first: without that you cannot hand over"),
        ({"agreed_how": "safeguarding"}, "Enter what the concern is and why they were not asked"),
    ],
)
def test_a_handover_needs_all_of_it(world, sign_in, left_out, said) -> None:
    _, case = taken_on(world, advice_ticked=False)
    answer = sign_in(world.link_worker).post(f"/case/{case.pk}/handover/", HANDOVER | left_out)
    assert errors(answer) == [said]


def test_closing_says_how_it_ended(world, sign_in) -> None:
    journey, case = taken_on(world)
    browser = sign_in(world.link_worker)
    assert errors(browser.post(f"/case/{case.pk}/close/")) == ["Select how it ended for the person"]
    assert errors(browser.post(f"/case/{case.pk}/close/", {"outcome": "not_recorded"})) != []
    browser.post(f"/case/{case.pk}/close/", {"outcome": "helped"})
    shown = text(browser.get(f"/journey/{journey.reference}/"))
    assert "Helped with what they came for." in shown and "Record contact" not in shown
    assert "Closed: this is already closed" not in shown
    assert "This is already closed." in " ".join(errors(browser.post(f"/case/{case.pk}/close/", {"outcome": "helped"})))


def test_lost_contact_says_how_many_days_are_missing(world, sign_in) -> None:
    _, case = taken_on(world)
    tried(world, case, range(1))
    browser = sign_in(world.link_worker)
    page = f"/case/{case.pk}/lost-contact/"
    assert "Try on 2 more days, at least once in the afternoon or in the evening." in text(browser.get(page))
    assert "You may stop after tries on 3 different days" in " ".join(errors(browser.post(page)))
    tried(world, case, range(1, 3))
    assert "Try on" not in text(browser.get(page))
    assert browser.post(page).status_code == 302
    with acting_as(world.link_worker):
        assert Referral.objects.get(pk=case.referral_id).status == "lost_contact"


def test_an_urgent_one_is_lost_only_by_a_supervisor(world, sign_in) -> None:
    journey = referred(world, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    sign_in(world.adviser).post(f"/referral/{referral_to(journey, world.adviser).pk}/accept/")
    with acting_as(world.adviser):
        case = Case.objects.get(journey=journey)
    for day in range(3):
        by = world.adviser.at(NOW + timedelta(days=day, hours=1 + 2 * (day % 2)))
        with acting_as(by):
            record_contact(
                by=by, case=Case.objects.get(pk=case.pk), channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER
            )
    page = f"/case/{case.pk}/lost-contact/"
    assert "supervisor’s decision" in text(sign_in(world.adviser).get(page))
    assert errors(sign_in(world.adviser).post(page)) == ["This needs a supervisor."]
    assert sign_in(world.advice_supervisor).post(page).status_code == 302


@pytest.mark.parametrize(
    "page", ["contact-attempt", "note", "notes", "handover", "close", "lost-contact", "advice-issue"]
)
def test_another_organisations_case_is_not_there(world, sign_in, page) -> None:
    _, case = taken_on(world)
    for other in (world.adviser, world.advice_supervisor):
        assert sign_in(other).get(f"/case/{case.pk}/{page}/").status_code == 404
    assert sign_in(world.other_clinician).get(f"/case/{case.pk}/{page}/").status_code in (403, 404)


def test_a_colleague_without_the_claim_may_write_a_note_and_no_more(world, sign_in) -> None:
    _, case = taken_on(world)
    browser = sign_in(world.second_link_worker)
    assert browser.post(f"/case/{case.pk}/note/", {"text": "Rang the office"}).status_code == 302
    refused = browser.post(f"/case/{case.pk}/contact-attempt/", ATTEMPT)
    assert errors(refused) == ["Leila Haddad has taken this on. Ask them or a supervisor."]


def test_who_agreed_to_a_handover_is_written_down_with_the_language(world, sign_in) -> None:
    journey, case = taken_on(world, advice_ticked=False)
    with acting_as(world.administrator):
        add_translation(
            by=world.administrator, wording=HANDED.name, language="pl", words="Czy to w porządku?",
            checked_by="Ewa Zając, translator", checked_on=NOW.date(), checked=True,
        )  # fmt: skip
    with acting_as(world.link_worker):
        Person.objects.filter(pk=journey.person_id).update(preferred_language="Polish")
    browser, address = sign_in(world.link_worker), f"/case/{case.pk}/handover/"
    assert 'lang="pl"' in browser.get(address).content.decode()
    asked = {**HANDOVER, "language": "pl", "given_by": "attorney"}
    assert "Write who agreed, and how you know that they may." in text(browser.post(address, asked))
    sent = browser.post(address, {**asked, "representative": "Jan Lis, deed seen", "needs": ["debt"]})
    assert sent.status_code == 302
    with acting_as(world.link_worker):
        agreement = Agreement.objects.filter(person_id=journey.person_id).latest("pk")
    assert (agreement.language, agreement.given_by, agreement.representative) == (
        "pl",
        "attorney",
        "Jan Lis, deed seen",
    )
