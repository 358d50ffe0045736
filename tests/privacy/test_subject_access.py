"""Everything held about a person: found whole, each organisation's part its own, nothing withheld silently."""

import json
from collections import Counter
from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest

from tests.factories import NOW
from tests.house.seeing import Owner, connected_as
from tests.house.story import Story, tell_story
from tests.privacy import asked
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.privacy import packing
from wraparound.privacy import subject_access as actions
from wraparound.privacy.collecting import everything
from wraparound.privacy.holdings import HOLDINGS, LEFT_OUT, person_models
from wraparound.privacy.marks import Reason
from wraparound.privacy.models import AccessPack, AccessPart, AccessRecord, ReleasedPart
from wraparound.privacy.models.subject_access import HandedOver, IdentityChecked, PartStatus
from wraparound.privacy.redacting import How


@pytest.fixture
def story(owner: Owner) -> Story:
    return tell_story()


def test_every_table_about_people_is_in_an_answer_or_says_why_not() -> None:
    assert set(person_models()) == set(HOLDINGS) | set(LEFT_OUT)
    assert not set(HOLDINGS) & set(LEFT_OUT)


def test_the_parts_together_are_everything_that_is_held(story: Story) -> None:
    """Read as the owner, whom no row is hidden from: what no part has would be dropped without a word."""
    request = asked.collected(story.world, story.journey.person)
    held: Counter[tuple[str, int]] = Counter()
    for lead in (story.world.practice_lead, story.world.links_lead, story.world.advice_lead):
        for each in asked.records_of(asked.part_of(request, lead), lead):
            held[each.kind, each.row] += not each.version
    with connected_as("owner"):
        whole = {(e.kind, e.row) for e in everything([story.journey.person_id], scheme_id=story.world.scheme.pk)}
    made_since = {each for each in whole if each[0].startswith("privacy.") or each[0] == "events.event"}
    assert whole - made_since <= set(held)
    assert {kind for kind, _ in whole - made_since} >= {
        "casework.note", "safeguarding.concern", "audit.access", "messaging.digestsent", "people.selfdescription",
    }  # fmt: skip
    assert set(held.values()) == {0, 1} or set(held.values()) == {1}, "something is in two parts"


def test_old_versions_say_what_was_held_before(story: Story) -> None:
    by, person = story.world.clinician, story.journey.person
    with acting_as(by):
        person.postcode = "E1 1AA"
        person.save()
    request = asked.collected(story.world, person)
    lead = story.world.practice_lead
    old = [each for each in asked.records_of(asked.part_of(request, lead), lead) if each.version]
    assert ["postcode", "Postcode", "E3 4QX", ""] in [said for each in old for said in each.said]


def test_no_part_holds_anothers_notes(story: Story) -> None:
    request = asked.collected(story.world, story.journey.person)
    for lead, own, other in (
        (story.world.links_lead, "Leila Haddad alone", "Ana Sousa alone"),
        (story.world.advice_lead, "Ana Sousa alone", "Leila Haddad alone"),
    ):
        text = json.dumps([each.said for each in asked.records_of(asked.part_of(request, lead), lead)])
        assert own in text and other not in text


def test_a_lead_sees_how_far_the_others_are_and_nothing_of_their_parts(story: Story) -> None:
    request = asked.collected(story.world, story.journey.person)
    by = story.world.practice_lead
    with acting_as(by):
        assert AccessPart.objects.visible_to(by).filter(request=request).count() >= 3
        assert set(AccessRecord.objects.values_list("organisation_id", flat=True)) == {by.organisation_id}


def test_notes_and_concerns_wait_for_a_decision(story: Story) -> None:
    request = asked.collected(story.world, story.journey.person)
    lead = story.world.links_lead
    part = asked.part_of(request, lead)
    waiting = {each.kind for each in asked.records_of(part, lead) if each.to_decide}
    assert {"casework.note", "safeguarding.concern", "events.event"} <= waiting
    with acting_as(lead), pytest.raises(Refused) as refused:
        actions.release(by=lead, part=part, handed_over=HandedOver.OURSELVES)
    assert refused.value.code == "undecided"


def note_of(part: AccessPart, lead) -> AccessRecord:  # type: ignore[no-untyped-def]
    return next(each for each in asked.records_of(part, lead) if each.kind == "casework.note")


def test_what_is_left_out_is_said_with_its_reason(story: Story) -> None:
    request = asked.collected(story.world, story.journey.person)
    lead = story.world.links_lead
    part = asked.part_of(request, lead)
    asked.decided(part, lead)
    with acting_as(lead):
        actions.decide(
            by=lead, entry=note_of(part, lead), fields=["text"], how=How.WORDS, words=["leila haddad"],
            reason=Reason.OTHER_PERSON,
        )  # fmt: skip
        part = actions.release(by=lead, part=part, handed_over=HandedOver.TOGETHER)
        content = ReleasedPart.objects.visible_to(lead).get(part=part).content
    [notes] = [section for section in content["sections"] if section["heading"] == "Notes"]
    assert ["Text", "Known to [left out: it is about somebody else] alone"] in notes["entries"][0]["values"]
    assert content["left_out"][0]["count"] == 1 and "schedule 2" in content["left_out"][0]["source"]


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"how": How.WORDS, "words": ["sister"], "reason": Reason.OTHER_PERSON}, "not_there"),
        ({"how": How.WORDS, "words": [" "], "reason": Reason.OTHER_PERSON}, "no_words"),
        ({"how": How.LEAVE_OUT}, "no_reason"),
    ],
)
def test_a_decision_that_would_leave_nothing_out_is_refused(story: Story, how: dict[str, object], code: str) -> None:
    request = asked.collected(story.world, story.journey.person)
    lead = story.world.links_lead
    entry = note_of(asked.part_of(request, lead), lead)
    with acting_as(lead), pytest.raises(Refused) as refused:
        actions.decide(by=lead, entry=entry, fields=["text"], **how)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_the_pack_has_the_parts_that_go_together_and_names_the_others(story: Story) -> None:
    request = asked.everybody_released(story.world, story.journey.person)
    by = story.world.practice_lead
    with acting_as(by):
        pack = packing.pack_of(request, by)
        pdf = bytes(AccessPack.objects.visible_to(by).get(request=request).pdf)
    assert [part.organisation for part in pack.parts] == ["Elm Street Surgery", "Neighbourly"]
    assert pack.apart == ["Rights First"] and "Ana Sousa alone" not in json.dumps(pack.to_json())
    reader = pypdf.PdfReader(BytesIO(pdf))
    words = " ".join(page.extract_text() for page in reader.pages)
    assert "Neighbourly" in words and "Notes" in words and "Rights First" in words
    assert "ua" in str(reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else "").lower()


def test_the_advisers_part_is_read_by_nobody_else(story: Story) -> None:
    request = asked.everybody_released(story.world, story.journey.person)
    by = story.world.practice_lead
    with acting_as(by):
        assert "Ana Sousa alone" not in json.dumps(list(ReleasedPart.objects.values_list("content", flat=True)))
    own = story.world.advice_lead
    with acting_as(own):
        released = ReleasedPart.objects.visible_to(own).get(part__request=request, organisation_id=own.organisation_id)
        assert bytes(released.pdf).startswith(b"%PDF") and "Ana Sousa alone" in json.dumps(released.content)


def test_nothing_is_collected_before_it_is_known_who_asked(story: Story) -> None:
    request = asked.taken(story.world, story.journey.person)
    assert request.due_on is None
    assert asked.part_of(request, story.world.practice_lead).status == PartStatus.COLLECTING
    by = story.world.practice_lead
    with acting_as(by):
        held = actions.confirm_identity(by=by, request=request, identity=IdentityChecked.KNOWN, identity_on=NOW.date())
    assert held.due_on == date(2026, 12, 23)


def test_an_extension_comes_once_and_within_the_first_month(story: Story) -> None:
    request = asked.collected(story.world, story.journey.person)
    by = story.world.practice_lead
    late = by.at(NOW + timedelta(days=40))
    with acting_as(late), pytest.raises(Refused) as refused:
        actions.extend(by=late, request=request, reason="Ten years of work")
    assert refused.value.code == "too_late"
    with acting_as(by):
        assert actions.extend(by=by, request=request, reason="Ten years of work").due_on == date(2027, 2, 23)
        with pytest.raises(Refused):
            actions.extend(by=by, request=request, reason="Once more")


def test_it_does_not_end_as_answered_while_a_part_is_open(story: Story) -> None:
    request = asked.collected(story.world, story.journey.person)
    by = story.world.practice_lead
    with acting_as(by):
        with pytest.raises(Refused) as refused:
            actions.end_request(by=by, request=request, ending="Handed over at the desk")
        assert refused.value.code == "parts_open"
        actions.end_request(by=by, request=request, ending="She no longer wants it", answered=False)
        assert actions.take_request(by=by, person=story.journey.person, asked_on=NOW.date(), asked_how="letter")
