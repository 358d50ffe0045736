"""The page of a plan, its paper, and what is due on the first page."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.factories import NOW
from tests.social_prescribing.talking import WORDS, a_goal, a_step, said, talked_with
from tests.web.reading import errors, text
from wraparound.audit.models import Access
from wraparound.casework.actions import close
from wraparound.measures.library import ONS4
from wraparound.organisations.actor import acting_as
from wraparound.referrals.states import Outcome as Ended
from wraparound.social_prescribing.measuring import record_measure
from wraparound.social_prescribing.states import Who
from wraparound.social_prescribing.topics import Topic

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def planned(world):
    case, by = talked_with(world), world.link_worker
    said(case, by, Topic.MATTERS, "Her late husband’s garden.")
    goal = a_goal(case, by, review_on=TODAY)
    a_step(goal, by, "Ring the lunch club")
    a_step(goal, by, "Bring the apron", Who.PERSON)
    a_step(goal, by, "Drive there on Friday", Who.SOMEBODY_ELSE, named="Her sister Ana")
    return case


def test_the_journey_leads_to_the_plan(world, sign_in, planned) -> None:
    browser = sign_in(world.link_worker)
    with acting_as(world.link_worker):
        journey = planned.journey.reference
    assert f'href="/case/{planned.pk}/plan/"' in browser.get(f"/journey/{journey}/").content.decode()
    words = text(browser.get(f"/case/{planned.pk}/plan/"))
    for each in (WORDS, "The link worker: Ring the lunch club", "Her sister Ana: Drive there", "Review due"):
        assert each in words


def test_a_goal_a_step_and_a_review_are_written_on_pages(world, sign_in) -> None:
    case, browser = talked_with(world), sign_in(world.link_worker)
    goal = {"words": "Sleep through", "importance": "9", "confidence": ""}
    assert browser.post(f"/case/{case.pk}/plan/goal/", goal).status_code == 302
    page = browser.get(f"/case/{case.pk}/plan/").content.decode()
    review = page.split('/review/"')[0].rpartition('"')[2] + "/review/"
    step = {"what": "Write down the nights", "who": "person", "named": ""}
    assert browser.post(review.replace("review", "step"), step).status_code == 302
    done = browser.get(f"/case/{case.pk}/plan/").content.decode().split('/done/"')[0].rpartition('"')[2] + "/done/"
    assert browser.post(done).status_code == 302
    assert errors(browser.post(review, {"how": "Slept twice"})) == ["Select what becomes of the goal"]
    assert browser.post(review, {"how": "Slept twice", "verb": "reach"}).status_code == 302
    words = text(browser.get(f"/case/{case.pk}/plan/"))
    assert "Reached" in words and "Slept twice" in words and "Matters to them: 9 of 10." in words and "Done" in words


def test_a_review_that_is_due_is_on_the_first_page_without_its_words(world, sign_in, planned) -> None:
    words = text(sign_in(world.link_worker).get("/home/"))
    assert "Plans to look at again" in words and "Look at a goal together." in words and WORDS not in words
    for chair in ("second_link_worker", "adviser", "clinician"):
        assert "Plans to look at again" not in text(sign_in(world.actors[chair]).get("/home/"))


def test_the_paper_says_what_each_does_and_nothing_that_was_talked_about(world, sign_in, planned) -> None:
    browser = sign_in(world.link_worker)
    answer = browser.get(f"/case/{planned.pk}/plan/plan.pdf")
    reader = PdfReader(BytesIO(answer.content))
    printed = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    page = text(browser.get(f"/case/{planned.pk}/plan/paper/"))
    for words in (printed, page):
        for each in (
            WORDS,
            "You: Bring the apron",
            "Leila Haddad: Ring the lunch club",
            "Her sister Ana: Drive",
            "We look at this again on 23 November 2026.",
        ):
            assert each in words, each
        assert "garden" not in words
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"] == "en-GB"
    with acting_as(world.link_worker):
        assert planned.person.family_name not in answer["Content-Disposition"]
        assert Access.objects.filter(page="plan-pdf", what="document").count() == 1


def test_a_measure_is_asked_word_for_word_and_shown_as_a_table(world, sign_in) -> None:
    case, by = talked_with(world), world.link_worker
    browser = sign_in(by)
    page = text(browser.get(f"/case/{case.pk}/plan/measure/"))
    assert ONS4.intro in page and all(question.text in page for question in ONS4.questions)
    assert "Open Government Licence" in page and "SWEMWBS" in page
    assert browser.post(f"/case/{case.pk}/plan/measure/", {"happy": "3", "anxious": "8"}).status_code == 302
    with acting_as(by):
        later = by.at(timezone.now() + timedelta(days=30))
        record_measure(by=later, case=case, measure=ONS4, answers={"happy": 6, "anxious": 4})
    words = text(browser.get(f"/case/{case.pk}/plan/"))
    assert (
        "asked 2 times" in words and "First 3 Last 6 Change Better" in words and "First 8 Last 4 Change Better" in words
    )
    assert "17" not in words.split("How they feel it goes")[1].split("For the person")[0]


def test_an_unknown_measure_is_not_there(world, sign_in) -> None:
    case = talked_with(world)
    assert sign_in(world.link_worker).get(f"/case/{case.pk}/plan/measure/?measure=swemwbs").status_code == 404


def test_once_closed_it_is_read_and_offers_nothing(world, sign_in, planned) -> None:
    with acting_as(world.link_worker):
        close(by=world.link_worker, case=planned, outcome=Ended.HELPED)
    browser = sign_in(world.link_worker)
    html = browser.get(f"/case/{planned.pk}/plan/").content.decode()
    assert WORDS in html and "Add a goal" not in html and "/step/" not in html
    assert "<textarea" not in browser.get(f"/case/{planned.pk}/conversation/").content.decode()
    answer = browser.post(f"/case/{planned.pk}/plan/goal/", {"words": "More"})
    assert errors(answer) == ["This work is closed. Open it again to go on with the plan."]
