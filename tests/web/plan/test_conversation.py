"""The page of a conversation: kept while one writes, resumed, and shared between two who write at once."""

import pytest

from tests.casework.taking_on import taken_on
from tests.factories import referred
from tests.social_prescribing.talking import said, talked_with, texts
from tests.web.journey.test_contact import filled
from tests.web.reading import errors, text
from wraparound.social_prescribing.topics import Heard, Topic

pytestmark = pytest.mark.django_db
BY_ITSELF = {"headers": {"Sent-By-Itself": "yes"}}


def page_of(case) -> str:
    return f"/case/{case.pk}/conversation/"


def sent(browser, page: str, **changes: str) -> dict[str, str]:
    """What a browser sends: the radio buttons that are chosen among it."""
    html = browser.get(page).content.decode()
    chosen = {f"heard_{topic.value}": "not_asked" for topic in Topic if topic.is_need}
    assert "heard_money" in html
    return chosen | filled(browser, page) | changes


def test_the_button_saves_and_another_day_goes_on(world, sign_in) -> None:
    case, browser = talked_with(world), sign_in(world.link_worker)
    page = page_of(case)
    done = browser.post(page, sent(browser, page, text_matters="Her garden.", heard_money="yes"))
    assert done.status_code == 302 and done.url == f"/case/{case.pk}/plan/"
    assert "Her garden." in text(browser.get(done.url))
    again = browser.get(page).content.decode()
    assert "Her garden." in again and 'value="yes" checked' in again.replace("\n", " ")


def test_what_keeps_itself_answers_what_it_was_kept_as(world, sign_in) -> None:
    case, browser = talked_with(world), sign_in(world.link_worker)
    page = page_of(case)
    first = sent(browser, page, text_matters="Her gar")
    kept = browser.post(page, first, **BY_ITSELF).json()
    assert kept["wrong"] == "" and texts(case, world.link_worker)["matters"] == "Her gar"
    later = browser.post(page, first | kept["seen"] | {"text_matters": "Her garden."}, **BY_ITSELF).json()
    assert later["wrong"] == "" and texts(case, world.link_worker)["matters"] == "Her garden."


def test_the_second_of_two_is_shown_both_and_the_rest_is_saved(world, sign_in) -> None:
    case, browser = talked_with(world), sign_in(world.link_worker)
    page = page_of(case)
    typed = sent(browser, page, text_matters="Her cat.", text_food="Skips lunch.", heard_food="yes")
    said(case, world.second_link_worker, Topic.MATTERS, "Her garden.")
    told = browser.post(page, typed, **BY_ITSELF).json()
    assert "What matters to you" in told["wrong"] and "seen_matters" not in told["seen"]
    shown = browser.post(page, typed | told["seen"])
    assert errors(shown) == ["What matters to you: Tom Price wrote here too. Choose what should stay"]
    assert "Her garden." in text(shown) and "Her cat." in shown.content.decode()
    assert texts(case, world.link_worker) == {"matters": "Her garden.", "food": "Skips lunch."}


@pytest.mark.parametrize(
    ("choice", "stays"),
    [("both", "Her garden.\n\nHer cat."), ("mine", "Her cat."), ("theirs", "Her garden.")],
)
def test_the_second_of_two_chooses_what_stays(world, sign_in, choice: str, stays: str) -> None:
    case, browser = talked_with(world), sign_in(world.link_worker)
    page = page_of(case)
    typed = sent(browser, page, text_matters="Her cat.")
    said(case, world.second_link_worker, Topic.MATTERS, "Her garden.")
    shown = browser.post(page, typed).content.decode()
    digest = shown.split('name="shown_matters"')[1].split('value="')[1].split('"')[0]
    again = typed | {"shown_matters": digest, "choice_matters": choice}
    assert browser.post(page, again).status_code == 302
    assert texts(case, world.link_worker)["matters"] == stays


def test_who_chose_is_asked_again_where_it_changed_meanwhile(world, sign_in) -> None:
    case, browser = talked_with(world), sign_in(world.link_worker)
    page = page_of(case)
    typed = sent(browser, page, text_matters="Her cat.")
    said(case, world.second_link_worker, Topic.MATTERS, "Her garden.")
    shown = browser.post(page, typed).content.decode()
    digest = shown.split('name="shown_matters"')[1].split('value="')[1].split('"')[0]
    said(case, world.second_link_worker, Topic.MATTERS, "Her garden and her sister.")
    answer = browser.post(page, typed | {"shown_matters": digest, "choice_matters": "mine"})
    assert errors(answer) and texts(case, world.link_worker)["matters"] == "Her garden and her sister."


def test_a_yes_leads_on_and_no_page_advises(world, sign_in) -> None:
    case, browser = talked_with(world), sign_in(world.link_worker)
    said(case, world.link_worker, Topic.MONEY, "Owes the council.", Heard.YES)
    html = browser.get(page_of(case)).content.decode()
    for issue in ("issue=benefits&amp;issue=debt", "issue=housing", "issue=employment"):
        assert f"/case/{case.pk}/advice-issue/?{issue}" in html.replace("&amp;issue", "&amp;issue")
    words = text(browser.get(page_of(case))) + text(browser.get(f"/case/{case.pk}/plan/"))
    assert "You do not advise." in words
    for advice in ("Universal Credit", "PIP", "claim ", "appeal", "entitled", "bankrupt", "breathing space"):
        assert advice.lower() not in words.lower()


@pytest.mark.parametrize("chair", ["clinician", "receptionist", "adviser", "commissioner"])
def test_nobody_else_gets_a_page(world, sign_in, chair: str) -> None:
    case = talked_with(world)
    for page in ("conversation", "plan", "plan/paper", "plan/plan.pdf"):
        assert sign_in(world.actors[chair]).get(f"/case/{case.pk}/{page}/".replace(".pdf/", ".pdf")).status_code in (
            403,
            404,
        )


def test_an_advisers_case_has_no_plan(world, sign_in) -> None:
    journey = referred(world)
    case, browser = taken_on(world, world.adviser, journey), sign_in(world.adviser)
    assert browser.get(f"/case/{case.pk}/plan/").status_code == 404
    assert "Conversation and plan" not in text(browser.get(f"/journey/{journey.reference}/"))
