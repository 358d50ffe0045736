"""A team's day on its pages: asked and answered, paused, given on, sent on, decided, done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import NOW, World, make_world, referral_to, referred
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from tests.web.working import an_hour_later, taken_on
from wraparound.casework.actions import record_contact
from wraparound.casework.models import Case, ContactBy, ContactResult, Task
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import Need, UrgentFlag
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Journey, Question, Referral, Transfer

__all__ = ["an_hour_later"]
ASKED = {"given_by": "person", "capacity": "no_doubt"}
pytestmark = pytest.mark.django_db


def due(days: int) -> dict[str, int]:
    """The boxes of a task's day, so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return {f"due_on-{part}": getattr(day, part) for part in ("day", "month", "year")}


def claimed(world: World, **changes: object) -> tuple[Journey, Referral]:
    journey = referred(world, **changes)
    referral = referral_to(journey, world.link_worker)
    with acting_as(world.link_worker):
        return journey, claim(by=world.link_worker, referral=referral)


def status(referral: Referral, by: Actor) -> str:
    with acting_as(by):
        return Referral.objects.values_list("status", flat=True).get(pk=referral.pk)


def journey_page(browser: Client, journey: Journey) -> str:
    return text(browser.get(f"/journey/{journey.reference}/"))


def tried_enough(world: World, case: Case, by: Actor) -> None:
    for day in range(3):
        at = by.at(NOW + timedelta(days=day - 3, hours=4 * (day % 2)))
        with acting_as(by):
            Case.objects.filter(pk=case.pk).update(opened_at=NOW - timedelta(days=9))
            fresh = Case.objects.get(pk=case.pk)
            record_contact(by=at, case=fresh, channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER)


def test_a_question_is_asked_answered_and_read(world: World, sign_in: SignIn) -> None:
    journey, referral = claimed(world)
    leila, amara = sign_in(world.link_worker), sign_in(world.clinician)
    page = f"/referral/{referral.pk}/ask/"
    assert errors(leila.post(page)) == ["Enter what you need to know"]
    leila.post(page, {"question": "Does she speak English?"})
    assert "Elm Street Surgery: answer the question" in journey_page(leila, journey)
    with acting_as(world.link_worker):
        question = Question.objects.get()
    theirs = amara.get(f"/referrals/{journey.reference}/")
    assert f'href="/questions/{question.pk}/"' in theirs.content.decode()
    assert "Your turn" in text(theirs) and "Does she speak English?" in text(theirs)
    assert "Your turn" in text(amara.get("/referrals/"))
    assert errors(amara.post(f"/questions/{question.pk}/")) == ["Enter your answer"]
    done = amara.post(f"/questions/{question.pk}/", {"answer": "Portuguese is better."})
    assert done.url == f"/referrals/{journey.reference}/"
    assert "Elm Street Surgery answered your question." in text(leila.get("/worklist/"))
    assert "Dr Amara Okafor answered: Portuguese is better." in journey_page(leila, journey)
    assert "<textarea" not in amara.get(f"/questions/{question.pk}/").content.decode()


def test_a_service_answers_what_it_is_asked_about_its_handover(world: World, sign_in: SignIn) -> None:
    journey, case = taken_on(world, advice_ticked=False)
    leila, ana = sign_in(world.link_worker), sign_in(world.adviser)
    told = {"needs": ["debt"], "told": "Arrears since May", "agreed_how": "by_phone", **ASKED}
    leila.post(f"/case/{case.pk}/handover/", told)
    with acting_as(world.adviser):
        handed_over = Referral.objects.get(kind="handover")
    ana.post(f"/referral/{handed_over.pk}/claim/")
    ana.post(f"/referral/{handed_over.pk}/ask/", {"question": "Which council?"})
    with acting_as(world.adviser):
        question = Question.objects.get()
    assert "Welfare advisers asks you something." in text(leila.get("/worklist/"))
    assert "Answer the question" in journey_page(leila, journey)
    done = leila.post(f"/questions/{question.pk}/", {"answer": "Southborough"})
    assert done.url == f"/journey/{journey.reference}/"
    assert "Leila Haddad answered: Southborough" in journey_page(ana, journey)


def test_what_cannot_wait_is_rung_about(world: World, sign_in: SignIn) -> None:
    _journey, referral = claimed(world, urgent_flags=frozenset({UrgentFlag.NO_FOOD}))
    page = sign_in(world.link_worker).get(f"/referral/{referral.pk}/ask/")
    assert "Ring them: this cannot wait" in text(page) and "<textarea" not in page.content.decode()


def until(days: int) -> dict[str, str]:
    day = NOW + timedelta(days=days)
    return {"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year)}


def test_work_is_paused_until_a_day_and_started_again(world: World, sign_in: SignIn) -> None:
    journey, case = taken_on(world)
    leila = sign_in(world.link_worker)
    page = f"/referral/{case.referral_id}/pause/"
    assert len(errors(leila.post(page))) == 2
    assert "The day must be tomorrow or later." in errors(leila.post(page, {"reason": "away"} | until(0)))
    leila.post(page, {"reason": "in_hospital"} | until(7))
    shown = journey_page(leila, journey)
    assert "Yours: paused until Monday 30 November" in shown and "In hospital" in shown
    assert "Record contact" not in shown
    assert "paused until Monday 30 November" in text(leila.get("/worklist/?status=paused"))
    assert "Paused until Monday 30 November." in text(sign_in(world.clinician).get(f"/referrals/{journey.reference}/"))
    leila.post(f"/referral/{case.referral_id}/resume/")
    assert status(case.referral, world.link_worker) == "accepted"


def test_what_is_urgent_is_paused_by_a_supervisor(world: World, sign_in: SignIn) -> None:
    _journey, case = taken_on(world, world.adviser, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    page = f"/referral/{case.referral_id}/pause/"
    assert "only a supervisor pauses it" in text(sign_in(world.adviser).get(page))
    assert "until-day" not in sign_in(world.adviser).get(page).content.decode()
    assert sign_in(world.advice_supervisor).post(page, {"reason": "away"} | until(7)).status_code == 302


def test_work_is_offered_to_a_colleague_and_taken_on(world: World, sign_in: SignIn) -> None:
    journey, case = taken_on(world)
    leila, tom = sign_in(world.link_worker), sign_in(world.second_link_worker)
    page = f"/referral/{case.referral_id}/give/"
    form = leila.get(page)
    assert "Tom Price" in text(form) and f'value="{world.link_worker.user_id}"' not in form.content.decode()
    assert errors(leila.post(page)) == ["Select who should take it on", "Enter what they need to know"]
    leila.post(page, {"to": str(world.second_link_worker.user_id), "why": "I leave on Friday"})
    assert "Leila Haddad offers this to Tom Price." in journey_page(leila, journey)
    worklist = text(tom.get("/worklist/"))
    assert "Leila Haddad asks you to take this on. I leave on Friday" in worklist
    assert worklist.index("asks you to take this on") < worklist.index("Any urgency")
    assert "offers this to you" in journey_page(tom, journey)
    with acting_as(world.link_worker):
        transfer = Transfer.objects.get()
    assert leila.post(f"/transfers/{transfer.pk}/take/", follow=True).status_code == 200
    assert status(case.referral, world.link_worker) == "accepted"
    tom.post(f"/transfers/{transfer.pk}/take/")
    with acting_as(world.link_worker):
        assert Referral.objects.get(pk=case.referral_id).worker_id == world.second_link_worker.user_id


def test_what_is_not_taken_on_comes_back_with_a_sentence(world: World, sign_in: SignIn) -> None:
    journey, case = taken_on(world)
    leila, tom = sign_in(world.link_worker), sign_in(world.second_link_worker)
    page = f"/referral/{case.referral_id}/give/"
    leila.post(page, {"to": str(world.second_link_worker.user_id), "why": "I leave on Friday"})
    with acting_as(world.link_worker):
        transfer = Transfer.objects.get()
    assert errors(tom.post(f"/transfers/{transfer.pk}/not-take/")) == ["Enter a sentence for your colleague"]
    tom.post(f"/transfers/{transfer.pk}/not-take/", {"why": "I am full."})
    assert "Tom Price did not take this on: I am full. It is still yours." in text(leila.get("/worklist/"))
    assert "Tom Price did not take this on: I am full." in journey_page(leila, journey)
    leila.post(page, {"to": str(world.link_supervisor.user_id), "why": "Tom is full"})
    with acting_as(world.link_worker):
        again = Transfer.objects.latest("pk")
    leila.post(f"/transfers/{again.pk}/take-back/")
    assert "offers this" not in journey_page(leila, journey)


def test_a_referral_is_sent_on_with_each_teams_room_in_view(world: World, sign_in: SignIn) -> None:
    world.advice.places = 3
    world.advice.save()
    journey = referred(world, advice_ticked=False)
    referral = referral_to(journey, world.link_worker)
    leila = sign_in(world.link_worker)
    page = f"/referral/{referral.pk}/send-on/"
    assert "Welfare advice, Rights First. 3 places free." in text(leila.get(page))
    assert len(errors(leila.post(page))) == 3
    said = {"team": str(world.advice.pk), "why": "other_service", "told": "Rent arrears"}
    assert leila.post(page, said).url == "/worklist/"
    assert leila.get(f"/journey/{journey.reference}/").status_code == 404
    theirs = text(sign_in(world.clinician).get(f"/referrals/{journey.reference}/"))
    assert "Sent on to another team before work began." in theirs and "Welfare advisers" in theirs
    ana = journey_page(sign_in(world.adviser), journey)
    assert "Rent arrears" in ana and "Leila Haddad sent the referral to Link workers on to Welfare advisers" in ana


def test_a_supervisor_decides_where_nobody_may_simply_stop(world: World, sign_in: SignIn) -> None:
    journey, case = taken_on(world, world.adviser, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    tried_enough(world, case, world.adviser)
    ana, joy = sign_in(world.adviser), sign_in(world.advice_supervisor)
    assert "A supervisor decides: go on trying, write, or stop." in journey_page(ana, journey)
    assert "Decide how to go on" not in journey_page(ana, journey)
    assert "all tries are made. Decide how to go on" in text(joy.get("/worklist/"))
    assert "Yours, as supervisor: decide: go on trying, write, or stop" in text(joy.get("/worklist/"))
    page = f"/case/{case.pk}/decide/"
    assert "This is a supervisor’s decision." in text(ana.get(page))
    assert errors(ana.post(page, {"decision": "go_on"})) == ["This needs a supervisor."]
    assert errors(joy.post(page)) == ["Select what should happen"]
    joy.post(page, {"decision": "write"})
    assert "Write to them" in text(ana.get("/tasks/"))
    assert status(case.referral, world.adviser) == "accepted"


@pytest.mark.parametrize(("decision", "after"), [("go_on", "accepted"), ("stop", "lost_contact")])
def test_each_decision_does_what_it_says(world: World, sign_in: SignIn, decision: str, after: str) -> None:
    _journey, case = taken_on(world, world.adviser, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    tried_enough(world, case, world.adviser)
    sign_in(world.advice_supervisor).post(f"/case/{case.pk}/decide/", {"decision": decision})
    assert status(case.referral, world.adviser) == after


def test_an_appointment_is_written_down_like_any_contact(world: World, sign_in: SignIn) -> None:
    journey, case = taken_on(world)
    leila = sign_in(world.link_worker)
    page = f"/case/{case.pk}/contact-attempt/"
    leila.post(page, {"channel": "in_person", "result": "did_not_come", "when": "now"})
    shown = journey_page(leila, journey)
    assert "In person: did not come to an appointment" in shown and "Tried on" not in shown
    assert "The person did not come to an appointment with Link workers." in shown
    leila.post(page, {"channel": "in_person", "result": "came", "when": "now"})
    assert "The person came to an appointment with Link workers." in journey_page(leila, journey)
    with acting_as(world.link_worker):
        referral = Referral.objects.get(pk=case.referral_id)
    assert referral.attended_at == referral.reached_at == NOW + timedelta(hours=1)
    assert (referral.status, referral.attempts) == ("in_progress", 0)


def test_closed_work_is_opened_again(world: World, sign_in: SignIn) -> None:
    journey, case = taken_on(world)
    leila = sign_in(world.link_worker)
    leila.post(f"/case/{case.pk}/close/", {"outcome": "helped"})
    assert "Open again" in journey_page(leila, journey)
    shown = text(leila.post(f"/case/{case.pk}/reopen/", follow=True))
    assert "Opened again. It is yours" in shown and "Record contact or an appointment" in shown
    assert "This was not done" not in shown


def test_a_task_is_added_given_and_done(world: World, sign_in: SignIn) -> None:
    journey, case = taken_on(world)
    leila, tom = sign_in(world.link_worker), sign_in(world.second_link_worker)
    page = f"/case/{case.pk}/task/"
    assert len(errors(leila.post(page))) == 3
    day = due(0)
    me = str(world.link_worker.user_id)
    leila.post(page, {"title": "Ring the lunch club", "worker": me} | day)
    with acting_as(world.link_worker):
        task = Task.objects.get()
    assert "Ring the lunch club : Rosa Duarte" in text(leila.get("/worklist/"))
    assert "Ring the lunch club" in journey_page(leila, journey)
    leila.post(f"/tasks/{task.pk}/give/", {"worker": str(world.second_link_worker.user_id)})
    assert "Ring the lunch club" not in text(leila.get("/tasks/"))
    assert "Ring the lunch club" in text(leila.get("/tasks/?whose=team"))
    assert "Ring the lunch club" in text(tom.get("/tasks/"))
    tom.post(f"/tasks/{task.pk}/done/")
    assert "Nothing is to be done." in text(tom.get("/tasks/"))


def test_a_task_about_nobody_and_one_that_is_not_needed(world: World, sign_in: SignIn) -> None:
    leila = sign_in(world.link_worker)
    day = due(1)
    assert leila.post("/tasks/new/", {"title": "Tidy the leaflets", "worker": "team"} | day).url == "/tasks/"
    with acting_as(world.link_worker):
        task = Task.objects.get()
    assert "Tidy the leaflets" not in text(leila.get("/worklist/"))
    assert "anybody in the team" in text(leila.get("/tasks/"))
    leila.post(f"/tasks/{task.pk}/not-needed/")
    with acting_as(world.link_worker):
        assert Task.objects.get().not_needed


@pytest.mark.parametrize(("said", "leads_to"), [("wanted", "handover"), ("not_wanted", ""), ("not_asked", "")])
def test_at_closing_the_page_asks_about_the_other_service(sign_in: SignIn, said: str, leads_to: str) -> None:
    """The adviser's pathway hands over once the first appointment is done; nobody wrote one down here."""
    world = make_world("advice-first")
    journey, case = taken_on(world, world.adviser, advice_ticked=True, needs=frozenset({Need.DEBT}))
    ana = sign_in(world.adviser)
    page = f"/case/{case.pk}/close/"
    missing = "Select whether they would like a link worker to help with the rest"
    assert errors(ana.post(page, {"outcome": "helped"})) == [missing]
    done = ana.post(page, {"outcome": "helped", "other_service": said})
    assert done.url == (f"/case/{case.pk}/{leads_to}/" if leads_to else f"/journey/{journey.reference}/")
    if leads_to:
        told = {"needs": ["loneliness"], "told": "Alone since May", "agreed_how": "by_phone", **ASKED}
        assert ana.post(done.url, told).status_code == 302
    shown = journey_page(ana, journey)
    assert ("Ask whether a link worker could help" in shown) == (said == "not_asked")
    assert ("Warm handover" in shown) == (said != "wanted")


def test_with_the_other_service_there_already_nothing_is_asked(world: World, sign_in: SignIn) -> None:
    _, case = taken_on(world, world.adviser)
    assert "help with the rest" not in text(sign_in(world.adviser).get(f"/case/{case.pk}/close/"))


def test_the_journey_page_has_one_thing_first(world: World, sign_in: SignIn) -> None:
    journey, _referral = claimed(world)
    page = sign_in(world.link_worker).get(f"/journey/{journey.reference}/").content.decode()
    assert page.count('<button class="nhsuk-button nhsuk-button--small"') == 1
    assert "wr-more" in page and "Send to another team" in page and "Ask the referrer" in page
