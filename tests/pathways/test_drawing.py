"""The drawing stands by itself, is safe, says what the words say, and its text stays inside its boxes."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise, product
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from tests.pathways.samples import PATHWAYS
from wraparound.pathways import library, words
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.drawing import describe, draw
from wraparound.pathways.engine import Facts, plan
from wraparound.pathways.svg import COLOUR, text_width, wrap
from wraparound.pathways.vocabulary import Entry, Model, Nation, Need, UrgentFlag

NOW = datetime(2026, 11, 23, 10, 20, tzinfo=ZoneInfo("Europe/London"))
SVG = "{http://www.w3.org/2000/svg}"
WAYS = {
    "whole": None,
    "plain": Facts(Entry.CLINICIAN),
    "ticked": Facts(Entry.CLINICIAN, advice_ticked=True),
    "urgent": Facts(Entry.CLINICIAN, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE})),
    "same day": Facts(Entry.CLINICIAN, urgent_flags=frozenset({UrgentFlag.NO_FOOD})),
}
every_way = pytest.mark.parametrize("way", WAYS)
every_pathway = pytest.mark.parametrize("name", library.names())
both_widths = pytest.mark.parametrize("narrow", [False, True])


def planned(name, way):
    facts = WAYS[way]
    return facts and plan(library.load(name), facts, calendar_for(Nation.ENGLAND), NOW)


def drawn(name, way, narrow):
    return ElementTree.fromstring(draw(library.load(name), planned(name, way), narrow=narrow))


def words_of(root):
    """The visible text, joined over its wrapped lines."""
    return " ".join(element.text or "" for element in root.iter(f"{SVG}text"))


@every_pathway
@every_way
@both_widths
def test_it_is_an_image_with_title_and_description_and_scales(name, way, narrow):
    root = drawn(name, way, narrow)
    title, desc = root[0], root[1]
    assert root.get("role") == "img" and root.get("width") is None
    assert root.get("viewBox").startswith("0 0 360 " if narrow else "0 0 960 ")
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == library.load(name).title
    assert desc.text == " ".join(describe(library.load(name), planned(name, way)))


@every_pathway
@every_way
@both_widths
def test_it_needs_and_runs_nothing(name, way, narrow):
    root = drawn(name, way, narrow)
    plain = {"svg", "title", "desc", "rect", "path", "polygon", "text"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= plain
    for element in root.iter():
        for key, value in element.attrib.items():
            assert key not in ("style", "href") and not key.startswith("on")
            assert "url(" not in value and "://" not in value


@every_pathway
@every_way
@both_widths
def test_the_drawing_shows_what_the_words_say(name, way, narrow):
    shown = words_of(drawn(name, way, narrow))
    plan = planned(name, way)
    for card in (*plan.steps, *plan.signposts) if plan else library.load(name).services:
        assert card.service.label in shown
    sent = plan is None or bool(plan.steps)
    assert ("What happened comes back to the referrer" in shown) is sent
    assert ("If nobody acts" in shown and "goes back to the referrer" in shown) is sent
    assert ("straight here" in shown) is (way in ("whole", "urgent", "same day"))


def test_due_dates_of_a_plan_are_drawn():
    assert "Contact by Monday 30 November" in words_of(drawn("both-at-once", "plain", False))
    assert "Urgent: contact by Tuesday 24 November" in words_of(drawn("both-at-once", "urgent", False))
    assert "12:20pm on Monday 23 November" in words_of(drawn("both-at-once", "same day", True))
    assert "Contact expected by Thursday 10 December" in words_of(drawn("link-worker-first", "ticked", True))


@every_pathway
@every_way
@both_widths
def test_text_is_readable_and_stays_inside(name, way, narrow):
    assert_inside(drawn(name, way, narrow))


def assert_inside(root):
    _, _, width, height = map(float, root.get("viewBox").split())
    boxes = [[float(box.get(key)) for key in ("x", "y", "width", "height")] for box in root.iter(f"{SVG}rect")]
    for text in root.iter(f"{SVG}text"):
        x, y, size = (float(text.get(key)) for key in ("x", "y", "font-size"))
        right = x + text_width(text.text, size, strong=text.get("font-weight") == "bold")
        assert size >= 16
        assert right <= width and y <= height
        for left, top, wide, high in boxes:
            if left <= x <= left + wide and top <= y - size / 2 <= top + high:
                assert right <= left + wide and y + 4 <= top + high, text.text
    for _, top, _, high in boxes:
        assert top + high <= height


@every_pathway
@every_way
@both_widths
def test_no_line_of_text_lies_on_another(name, way, narrow):
    assert_apart(drawn(name, way, narrow))


def assert_apart(root):
    texts = []
    for text in root.iter(f"{SVG}text"):
        x, y, size = (float(text.get(key)) for key in ("x", "y", "font-size"))
        texts.append((x, x + text_width(text.text, size), y - size, y))
    for one, (left, right, top, bottom) in enumerate(texts):
        for other_left, other_right, other_top, other_bottom in texts[one + 1 :]:
            beside = right <= other_left or other_right <= left
            above = bottom <= other_top or other_bottom <= top
            assert beside or above


@pytest.mark.parametrize("model", Model)
@every_pathway
@both_widths
def test_every_view_of_a_pathway_keeps_its_text_apart_and_inside(name, model, narrow):
    for entry in Entry:
        assert_view(library.load(name), model, entry, narrow)


def assert_view(pathway, model, entry, narrow):
    root = ElementTree.fromstring(draw(pathway, narrow=narrow, entry=entry, model=model))
    assert_inside(root)
    assert_apart(root)
    assert root[1].text == " ".join(describe(pathway, entry=entry, model=model))
    shown = words_of(root)
    assert words.ENTRIES[entry] in shown
    assert ("One hybrid worker for everything" in shown) is (model is Model.SINGLE)
    assert "Warm hand-over" not in shown or model in (Model.CO_LOCATED, Model.CO_FUNDED)


@pytest.mark.parametrize("model", Model)
@every_pathway
@both_widths
def test_every_plan_keeps_its_text_apart_and_inside(name, model, narrow):
    pathway = library.load(name)
    for entry, flags in product(Entry, (frozenset(), frozenset({UrgentFlag.NO_FOOD}))):
        facts = Facts(entry, frozenset({Need.DEBT, Need.LONELINESS}), flags)
        root = ElementTree.fromstring(
            draw(pathway, plan(pathway, facts, calendar_for(Nation.ENGLAND), NOW, model), narrow=narrow)
        )
        assert_inside(root)
        assert_apart(root)


def test_what_is_only_told_is_drawn_with_a_broken_line_and_nothing_comes_back():
    root = drawn("signpost-only", "plain", False)
    assert "Told about it" in words_of(root) and "Nothing comes back to the referrer" in words_of(root)
    lines = list(root.iter(f"{SVG}path"))
    assert lines and all(path.get("stroke-dasharray") and path.get("stroke") == COLOUR.quiet for path in lines)
    assert "If nobody acts" not in words_of(root)


def test_a_whole_pathway_shows_sessions_full_services_and_the_waiting_list():
    shown = words_of(ElementTree.fromstring(draw(library.load("reception-booking"), entry=Entry.RECEPTION)))
    assert "A session is booked at once" in shown
    assert "When full: offers the next nearest team" in shown
    assert "At most 20 working days on the waiting list" in shown
    assert "A session" not in words_of(drawn("reception-booking", "whole", False))


def test_joined_services_are_one_card():
    pathway = library.load("link-worker-first")
    made = plan(pathway, Facts(Entry.CLINICIAN, advice_ticked=True), calendar_for(Nation.ENGLAND), NOW, Model.SINGLE)
    shown = words_of(ElementTree.fromstring(draw(pathway, made)))
    assert "Social prescribing and welfare advice" in shown and "One hybrid worker for both" in shown


def test_an_entry_that_is_not_taken_cannot_be_drawn():
    pathway = replace(PATHWAYS[0], entries=PATHWAYS[0].entries[:1])
    with pytest.raises(LookupError, match="takes no referrals"):
        draw(pathway, entry=Entry.CALL_LIST)


def test_whatever_a_title_holds_is_text():
    nasty = '<script>alert("1")</script> & \' "'
    pathway = replace(PATHWAYS[0], title=nasty)
    svg = draw(pathway)
    assert "<script" not in svg
    assert ElementTree.fromstring(svg)[0].text == nasty


def test_two_drawings_on_one_page_share_no_identifier():
    shown = [drawn("both-at-once", way, narrow) for way in WAYS for narrow in (False, True)]
    found = [element.get("id") for root in shown for element in root.iter() if element.get("id")]
    assert len(found) == len(set(found))


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", [COLOUR.text, COLOUR.red, COLOUR.green, COLOUR.dark_blue, COLOUR.quiet, COLOUR.blue])
def test_text_and_lines_stand_out_on_white_and_pale_grounds(ink):
    assert contrast(ink, COLOUR.white) >= 4.5
    assert contrast(ink, COLOUR.pale) >= 4.5


def test_white_stands_out_on_the_referrers_box():
    assert contrast(COLOUR.white, COLOUR.dark_blue) >= 7


def test_wrapped_lines_fit_and_lose_no_word():
    text = "After another 2 working days it goes back to the referrer who reads it"
    lines = wrap(text, 16, 120)
    assert " ".join(lines) == text
    assert all(text_width(line, 16) <= 120 for line in lines)
    assert all(text_width(f"{one} {other.split()[0]}", 16) > 120 for one, other in pairwise(lines))


def test_the_words_for_a_link_worker_first_referral():
    assert describe(library.load("link-worker-first"), planned("link-worker-first", "urgent")) == (
        "This referral.",
        "Welfare advice: Urgent: straight here.",
        "Urgent: contact by Tuesday 24 November.",
        "Tries 3 times, on different days, before telling the referrer that contact is lost.",
        "Social prescribing: Sent at once.",
        "Contact by Thursday 26 November.",
        "Tries 3 times, on different days, before telling the referrer that contact is lost.",
        "Welfare advice to social prescribing: is told at the same moment.",
        "What happened comes back to the referrer: contacted, declined and why, not reached, or done.",
        "If nobody acts: The service has 1 working day to accept or decline.",
        "Then its supervisor has 1 working day to step in.",
        "After another 1 working day it goes back to the referrer.",
        "Unread for 17 working days, it is closed.",
    )
