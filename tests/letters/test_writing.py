"""A letter is drafted from what the matter knows, kept version by version, and leaves whole, safely and in whose name
it may."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.advice.advising import Advised
from tests.factories import NOW
from tests.house.letters import (
    AGREED,
    HANDED,
    SAID,
    a_letter,
    an_agreement,
    approved,
    sent,
    supervise,
    waiting,
    written,
)
from wraparound.advice.models import Competence, Matter
from wraparound.advice.states import Level
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.letters.agreeing import end_agreement, record_agreement
from wraparound.letters.approving import approve, ask_approval, send_back
from wraparound.letters.closing import close_in_writing, confirmed
from wraparound.letters.kinds import gaps_in
from wraparound.letters.models import ClientAgreement, Letter, SentLetter
from wraparound.letters.reading import letters_on, to_approve, to_go_on, version_of, versions_of
from wraparound.letters.sending import digest_of, keep_note, send_letter
from wraparound.letters.states import AgreedTo, Left, LetterStatus, NoLetter
from wraparound.letters.writing import Clash, Written, begin_letter, set_aside, write_letter
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.models import Contact, Person

pytestmark = pytest.mark.django_db
POSTED = replace(HANDED, left=Left.POST)
TO_THEM = Written("Department for Work and Pensions", "Please look again", "Dear DWP,\n\nPlease look again.")


def text_of(letter: Letter, by: Actor) -> str:
    with acting_as(by):
        return version_of(by, letter).text


def send(letter: Letter, by: Actor, **changes: object) -> SentLetter:
    with acting_as(by):
        return send_letter(by=by, letter=letter, sending=replace(HANDED, **changes), shown=letter.version)


def refused(letter: Letter, by: Actor, **changes: object) -> str:
    with pytest.raises(Refused) as refusal:
        send(letter, by, **changes)
    return refusal.value.code


def change(person_id: int, by: Actor, **changes: object) -> None:
    with acting_as(by):
        Person.objects.filter(pk=person_id).update(**changes)


def to_opponent(found: Advised, *, own: bool = False, said: Written = TO_THEM) -> Letter:
    letter = a_letter(found.world, "mandatory_reconsideration", found.matter(), own=own)
    with acting_as(found.adviser):
        return write_letter(by=found.adviser, letter=letter, said=said, shown=1)


def test_it_says_what_the_matter_knows_and_leaves_a_gap_for_the_rest(found: Advised) -> None:
    matter = found.matter(their_reference="JP 12")
    found.limit(matter, date(2026, 11, 2))
    text = text_of(a_letter(found.world, "mandatory_reconsideration", matter), found.adviser)
    assert "your decision of 2 November 2026 about Personal Independence Payments" in text
    assert "Your reference: JP 12" in text and "Dear Department for Work and Pensions," in text
    assert "[National Insurance number]" in text
    assert "your own" not in text and found.adviser.name in text


def test_a_letter_with_a_gap_does_not_leave(found: Advised) -> None:
    letter = a_letter(found.world, matter=found.matter())
    with acting_as(found.adviser), pytest.raises(Refused) as refusal:
        send_letter(by=found.adviser, letter=letter, sending=HANDED, shown=1)
    assert (refusal.value.code, refusal.value.field) == ("gaps", "text")
    assert "what the person told us" in refusal.value.sentence


def test_each_version_can_be_read_with_who_wrote_it(found: Advised) -> None:
    letter, by = written(found.world, matter=found.matter()), found.world.advice_supervisor
    with acting_as(by):
        again = write_letter(by=by, letter=letter, said=replace(SAID, heading="Our advice"), shown=2)
        versions = versions_of(by, again)
        assert [(each.number, each.author_id) for each in versions] == [
            (3, by.user_id), (2, found.adviser.user_id), (1, found.adviser.user_id),
        ]  # fmt: skip
        assert version_of(by, again, 2).heading == SAID.heading and version_of(by, again).heading == "Our advice"


def test_of_two_who_write_at_once_neither_loses_anything(found: Advised) -> None:
    letter, first, second = a_letter(found.world, matter=found.matter()), found.adviser, found.world.advice_supervisor
    with acting_as(first):
        write_letter(by=first, letter=letter, said=SAID, shown=1)
    with acting_as(second), pytest.raises(Clash):
        write_letter(by=second, letter=letter, said=replace(SAID, text="Mine"), shown=1)
    with acting_as(second):
        kept = write_letter(by=second, letter=letter, said=replace(SAID, text="Both"), shown=2)
        assert version_of(second, kept, 2).text == SAID.text and version_of(second, kept).text == "Both"


def test_what_is_saved_already_makes_no_version(found: Advised) -> None:
    letter = written(found.world, matter=found.matter())
    with acting_as(found.adviser), pytest.raises(Refused) as refusal:
        write_letter(by=found.adviser, letter=letter, said=SAID, shown=1)
    assert refusal.value.code == "already_saved"


def test_what_was_sent_stays_as_it_was(found: Advised) -> None:
    letter = sent(found.world, matter=found.matter())
    with acting_as(found.adviser):
        held = SentLetter.objects.visible_to(found.adviser).get(letter=letter)
        assert held.said["text"] == SAID.text and held.sha256 == digest_of(held.said)
        with pytest.raises(Refused) as refusal:
            write_letter(by=found.adviser, letter=letter, said=replace(SAID, text="Else"), shown=2)
        assert refusal.value.code == "too_late"


def test_a_letter_that_was_changed_meanwhile_is_not_sent_unread(found: Advised) -> None:
    letter = written(found.world, matter=found.matter())
    with acting_as(found.adviser), pytest.raises(Refused) as refusal:
        send_letter(by=found.adviser, letter=letter, sending=HANDED, shown=1)
    assert refusal.value.code == "changed"


def test_nothing_goes_out_in_their_name_before_they_let_it(found: Advised) -> None:
    letter = to_opponent(found)
    assert refused(letter, found.adviser, left=Left.POST, to_whom="DWP") == "no_authority"
    with acting_as(found.adviser):
        record_agreement(by=found.adviser, case=found.case, agreed=replace(AGREED, authority=False))
    assert refused(letter, found.adviser, left=Left.POST, to_whom="DWP") == "no_authority"
    an_agreement(found.world)
    assert send(letter, found.adviser, left=Left.POST, to_whom="DWP").to_whom == "DWP"


def test_a_letter_of_their_own_needs_no_authority(found: Advised) -> None:
    letter = to_opponent(found, own=True)
    assert send(letter, found.adviser).said["signs"] == letter.person.name


def test_authority_that_was_taken_back_is_none(found: Advised) -> None:
    agreement = an_agreement(found.world)
    letter = to_opponent(found)
    with acting_as(found.adviser):
        end_agreement(by=found.adviser, agreement=agreement, why="Rang: does not want it", authority_alone=True)
        assert ClientAgreement.objects.visible_to(found.adviser).get(pk=agreement.pk).ended_at is None
    assert refused(letter, found.adviser, left=Left.EMAIL, to_whom="DWP") == "no_authority"


def test_the_words_that_were_agreed_to_are_kept_and_one_agreement_is_in_force(found: Advised) -> None:
    first = an_agreement(found.world)
    assert "I let Rights First speak and write for me" in first.words and "Our help is free." in first.words
    with acting_as(found.adviser):
        paper = replace(AGREED, how=AgreedTo.PAPER, kept_at="Room 4")
        again = record_agreement(by=found.adviser, case=found.case, agreed=paper)
        rows = ClientAgreement.objects.visible_to(found.adviser).filter(case=found.case, ended_at=None)
        assert [each.pk for each in rows] == [again.pk]
        with pytest.raises(Refused) as refusal:
            record_agreement(by=found.adviser, case=found.case, agreed=replace(AGREED, version="2025-01"))
        assert refusal.value.code == "changed"
        with pytest.raises(Refused) as refusal:
            record_agreement(by=found.adviser, case=found.case, agreed=replace(paper, kept_at=" "))
        assert refusal.value.field == "kept_at"


@pytest.mark.parametrize(
    ("held", "sending", "code"),
    [
        ({"letters": Contact.NO}, {"left": Left.POST}, "not_wanted"),
        ({"letters": Contact.NOT_ASKED}, {"left": Left.POST}, "look_first"),
        ({"letters": Contact.NOT_ASKED}, {"left": Left.POST, "safe": True}, ""),
        ({"letters": Contact.YES}, {"left": Left.POST}, ""),
        ({"letters": Contact.YES, "contact_notes": "Her husband opens letters"}, {"left": Left.POST}, "look_first"),
        ({"letters": Contact.YES, "address": ""}, {"left": Left.POST}, "no_address"),
        ({"letters": Contact.NO}, {"left": Left.HANDED}, ""),
        ({"email_messages": Contact.NO, "email": "r@mail.example"}, {"left": Left.EMAIL}, "not_wanted"),
        ({"email_messages": Contact.YES, "email": ""}, {"left": Left.EMAIL}, "no_address"),
    ],
)
def test_a_letter_to_the_person_goes_only_where_it_is_safe(
    found: Advised, held: dict[str, object], sending: dict[str, object], code: str
) -> None:
    change(found.case.person_id, found.adviser, **({"address": "4 Tallow Lane", "postcode": ""} | held))
    letter = written(found.world, matter=found.matter())
    if code:
        assert refused(letter, found.adviser, **sending) == code
    else:
        assert send(letter, found.adviser, **sending).left == sending["left"]


def test_an_address_that_is_withheld_is_in_no_draft_and_in_no_letter_to_others(found: Advised) -> None:
    person = found.case.person_id
    change(person, found.adviser, address="4 Tallow Lane", postcode="E3 4QX")
    change(person, found.adviser, address_withheld=True)
    for kind in ("advice_given", "free_other_side"):
        letter = a_letter(found.world, kind, found.matter(), own=kind == "free_other_side")
        with acting_as(found.adviser):
            version = version_of(found.adviser, letter)
        assert "Tallow" not in version.to + version.text and "E3 4QX" not in version.to + version.text
    told = to_opponent(found, own=True, said=replace(TO_THEM, text="I live at 4 tallow lane."))
    assert refused(told, found.adviser, left=Left.POST, to_whom="DWP") == "address_withheld"


def test_a_note_for_the_file_never_leaves(found: Advised) -> None:
    note = written(found.world, "file_note", found.matter())
    assert refused(note, found.adviser) == "never_leaves"
    with acting_as(found.adviser):
        assert keep_note(by=found.adviser, letter=note, shown=2).status == LetterStatus.KEPT


def test_nothing_of_a_supervised_workers_leaves_without_approval(found: Advised) -> None:
    supervise(found.world)
    letter = written(found.world, matter=found.matter())
    assert refused(letter, found.adviser) == "not_approved"
    assert refused(letter, found.world.advice_supervisor) == "not_approved"
    other = written(found.world, matter=found.matter(), by=found.world.advice_supervisor)
    assert refused(other, found.world.advice_supervisor) == "not_approved"


def test_a_supervised_worker_does_not_send_what_a_colleague_wrote(found: Advised) -> None:
    matter, by = found.matter(), found.world.advice_supervisor
    with acting_as(by):
        letter = begin_letter(by=by, matter=matter, kind="advice_given")
        letter = write_letter(by=by, letter=letter, said=SAID, shown=1)
    supervise(found.world)
    assert refused(letter, found.adviser) == "not_approved"
    assert send(letter, by)


def test_who_was_supervised_stays_so_when_the_sign_off_runs_out(found: Advised) -> None:
    supervise(found.world)
    letter = written(found.world, matter=found.matter())
    later = found.adviser.at(NOW + timedelta(days=900))
    with acting_as(found.world.advice_supervisor):
        Competence.objects.visible_to(found.world.advice_supervisor).update(until=NOW.date())
    assert refused(letter, later, on=later.today()) == "not_approved"


def test_an_approval_is_of_one_version(found: Advised) -> None:
    letter, by = approved(found.world), found.adviser
    with acting_as(by):
        changed = write_letter(by=by, letter=letter, said=replace(SAID, text="Another word"), shown=2)
        assert changed.status == LetterStatus.DRAFT
    assert refused(changed, by) == "not_approved"


def test_what_is_approved_can_leave(found: Advised) -> None:
    assert send(approved(found.world), found.adviser).version == 2


def test_nobody_approves_their_own_letter_or_one_that_changed_meanwhile(found: Advised) -> None:
    by = found.world.advice_supervisor
    with acting_as(by):
        letter = begin_letter(by=by, matter=found.matter(by), kind="advice_given")
        letter = write_letter(by=by, letter=letter, said=SAID, shown=1)
        letter = ask_approval(by=by, letter=letter, shown=2)
        with pytest.raises(Refused) as refusal:
            approve(by=by, letter=letter, shown=2)
        assert refusal.value.code == "own_letter"
        assert not to_approve(by).rows
    other = waiting(found.world)
    with acting_as(by), pytest.raises(Refused) as refusal:
        approve(by=by, letter=other, shown=1)
    assert refusal.value.code == "changed"


def test_an_adviser_approves_nothing(found: Advised) -> None:
    letter = waiting(found.world)
    with acting_as(found.adviser), pytest.raises(Refused) as refusal:
        approve(by=found.adviser, letter=letter, shown=2)
    assert refusal.value.code == "not_allowed"


def test_a_supervisor_has_what_waits_and_the_writer_what_came_back(found: Advised) -> None:
    supervise(found.world)
    far, near = found.matter(title="No limit"), found.matter(title="Near")
    found.limit(near, date(2026, 11, 2))
    by, supervisor = found.adviser, found.world.advice_supervisor
    for matter in (far, near):
        letter = written(found.world, matter=matter)
        with acting_as(by):
            ask_approval(by=by, letter=letter, shown=2)
    with acting_as(supervisor):
        rows = to_approve(supervisor).rows
        assert [each.matter.title for each in rows] == ["Near", "No limit"]
        page = to_approve(supervisor, size=1)
        assert [each.matter.title for each in to_approve(supervisor, page.after).rows] == ["No limit"]
        send_back(by=supervisor, letter=rows[0], shown=2, words="Say by when")
        approve(by=supervisor, letter=rows[1], shown=2)
        assert not to_approve(supervisor).rows
    with acting_as(by):
        assert [each.status for each in to_go_on(by).rows] == ["sent_back", "approved"]


def test_a_matter_says_whether_the_advice_is_in_writing(found: Advised) -> None:
    matter = found.matter()
    information = found.matter(level=Level.INFORMATION, title="Leaflet")
    with acting_as(found.adviser):
        assert not confirmed(found.adviser, matter) and confirmed(found.adviser, information)
    sent(found.world, matter=matter)
    with acting_as(found.adviser):
        assert confirmed(found.adviser, matter)


def closes(found: Advised, matter: Matter, **said: object) -> Matter:
    with acting_as(found.adviser):
        return close_in_writing(by=found.adviser, matter=matter, why="Award reinstated", **said)


def test_a_matter_closes_with_its_letter_or_with_why_there_is_none(found: Advised) -> None:
    matter = found.matter()
    with pytest.raises(Refused) as refusal:
        closes(found, matter)
    assert (refusal.value.code, refusal.value.field) == ("no_closing_letter", "no_letter")
    with pytest.raises(Refused):
        closes(found, matter, no_letter=NoLetter.OTHER)
    assert closes(found, matter, no_letter=NoLetter.NOT_SAFE).closed_at
    lettered = found.matter()
    sent(found.world, "closing", lettered)
    assert closes(found, lettered).closed_at
    assert closes(found, found.matter(level=Level.INFORMATION)).closed_at


def test_a_letter_that_did_not_leave_confirms_nothing(found: Advised) -> None:
    letter = sent(found.world, matter=found.matter())
    with acting_as(found.adviser):
        set_aside(by=found.adviser, letter=letter, why="Came back from the post")
        assert not confirmed(found.adviser, letter.matter)
        assert SentLetter.objects.visible_to(found.adviser).filter(letter=letter).exists()


def test_events_say_nothing_that_a_letter_says(found: Advised) -> None:
    letter = sent(found.world, matter=found.matter())
    with acting_as(found.adviser):
        told = Event.objects.filter(name__startswith="letter_").order_by("pk")
        assert [each.name for each in told] == ["letter_begun", "letter_write", "letter_send"]
        assert all(each.data == {"letter": letter.pk} for each in told)
        assert all(each.organisation_ids == [found.adviser.organisation_id] for each in told)


def test_another_organisation_and_a_link_worker_see_no_letter(found: Advised) -> None:
    letter = written(found.world, matter=found.matter())
    for chair in ("link_worker", "clinician", "commissioner"):
        other = found.world.actors[chair]
        with acting_as(other):
            assert not Letter.objects.visible_to(other).exists() and not Letter.objects.filter(pk=letter.pk).exists()


def test_a_list_of_letters_goes_on(found: Advised) -> None:
    matter = found.matter()
    made = [written(found.world, kind, matter).pk for kind in ("advice_given", "closing", "free_person")]
    with acting_as(found.adviser):
        page = letters_on(found.adviser, matter, size=2)
        assert [each.pk for each in page.rows] == made[:0:-1]
        assert [each.pk for each in letters_on(found.adviser, matter, page.after).rows] == made[:1]


def test_a_draft_for_the_person_names_the_last_days(found: Advised) -> None:
    matter = found.matter()
    found.limit(matter, date(2026, 11, 20))
    text = text_of(a_letter(found.world, "advice_given", matter), found.adviser)
    assert "by 20 December 2026" in text or "by 21 December 2026" in text
    assert "what we advised" in " ".join(gaps_in(text))
