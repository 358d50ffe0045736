"""A mandate is signed to the very words that were shown, by whoever may, in any of three ways."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import NOW, World, details, make_world, referred
from tests.house.consenting import a_mandate, text_of
from wraparound.consent.actions import take_back
from wraparound.consent.agreed import Capacity, GivenBy, SignedHow
from wraparound.consent.mandates import as_json, content_of, digest_of, mandate_of, said_by
from wraparound.consent.models import Consent, MandateDocument, Signature, TakenBackHow
from wraparound.consent.rules import Standing
from wraparound.consent.signing import Name, prepare_document, sign, sign_on_paper
from wraparound.consent.tasks import set_mandate
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.people.models import Person, Restriction
from wraparound.referrals.restricting import restrict

pytestmark = pytest.mark.django_db
ROSA = Name(name="Rosa Duarte")
DRAWN = "10,150 60,20 110,150 35,90 85,90"


def signs(world: World, consent: Consent, **changes: Any) -> Signature:
    by = world.link_worker
    values = {"name": ROSA, "read": True, "shown": text_of(consent, by), **changes}
    with acting_as(by):
        return sign(by=by, consent=consent, **values)


def test_the_text_says_what_to_whom_which_parts_until_when_and_how_to_take_it_back() -> None:
    world = make_world()
    consent = a_mandate(world, referred(world, person=details(practice_ods_code=world.practice.ods_code)))
    with acting_as(world.adviser):
        text = " ".join(line for section in said_by(mandate_of(world.adviser, consent.pk)) for line in section.lines)
    for words in ("Rosa Duarte", "Born on 29 February 1980", "Elm Street Surgery", "Rights First",
                  "The parts of my health record", "Until my case is closed", "I tell Neighbourly",
                  "I need not say why"):  # fmt: skip
        assert words in text


def test_it_is_plain_enough_to_read_at_eleven() -> None:
    """Short sentences of short words: no sentence above twenty words, four in five words of at most six letters."""
    world = make_world()
    consent = a_mandate(world)
    with acting_as(world.adviser):
        said = said_by(mandate_of(world.adviser, consent.pk))
    fixed = [line for section in said if section.heading in ("What I agree to", "Until when") for line in section.lines]
    sentences = [each for line in fixed for each in line.split(". ")]
    words = " ".join(sentences).replace(".", "").split()
    assert max(len(each.split()) for each in sentences) <= 20
    assert sum(len(each) <= 6 for each in words) / len(words) > 0.8


def test_a_typed_name_is_a_signature_to_the_very_text() -> None:
    world = make_world()
    consent = a_mandate(world)
    signature = signs(world, consent)
    assert (signature.how, signature.name, signature.drawing) == (SignedHow.TYPED, "Rosa Duarte", "")
    assert signature.sha256 == digest_of(signature.said) == text_of(consent, world.link_worker)
    assert (signature.recorded_by_id, signature.recorded_at) == (world.link_worker.user_id, NOW)


def test_a_drawn_one_is_kept_as_points_beside_the_name() -> None:
    world = make_world()
    signature = signs(world, a_mandate(world), drawing=DRAWN)
    assert (signature.how, signature.drawing) == (SignedHow.DRAWN, DRAWN)


def test_a_paper_is_written_down_with_where_it_is() -> None:
    world = make_world()
    consent, by = a_mandate(world), world.adviser
    day = NOW.date() - timedelta(days=2)
    with acting_as(by):
        signature = sign_on_paper(by=by, consent=consent, name=ROSA, on=day, kept_at=" Room 4 ")
    assert (signature.how, signature.signed_on, signature.kept_at) == (SignedHow.ON_PAPER, day, "Room 4")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"read": False}, "not_read", "read"),
        ({"name": Name(name="  ")}, "no_name", "name"),
        ({"shown": "0" * 64}, "changed", "read"),
        ({"drawing": "<svg>"}, "bad_drawing", "drawing"),
        ({"name": Name(name="Ann", signed_by=GivenBy.ATTORNEY)}, "no_representative", "representative"),
        ({"name": Name(name="Ann", signed_by=GivenBy.PARENT, representative="Says so")}, "decides_themselves",
         "signed_by"),
    ],
)  # fmt: skip
def test_refused(changes: dict[str, Any], code: str, field: str) -> None:
    world = make_world()
    consent = a_mandate(world)
    with pytest.raises(Refused) as refused:
        signs(world, consent, **changes)
    assert (refused.value.code, refused.value.field) == (code, field)
    with acting_as(world.link_worker):
        assert not Signature.objects.exists()


def test_who_cannot_decide_does_not_sign_but_their_attorney_does() -> None:
    world = make_world()
    cannot = {"capacity": Capacity.CANNOT_DECIDE, "capacity_note": "Forgets at once", "given_by": GivenBy.ATTORNEY,
              "representative": "Ann Lee, deed seen"}  # fmt: skip
    consent = a_mandate(world, **cannot)
    with pytest.raises(Refused) as refused:
        signs(world, consent)
    assert refused.value.code == "cannot_decide"
    attorney = Name(name="Ann Lee", signed_by=GivenBy.ATTORNEY, representative="Deed seen, 3 May 2024")
    assert signs(world, consent, name=attorney).representative == "Deed seen, 3 May 2024"


def test_a_parent_signs_for_who_is_under_sixteen() -> None:
    world = make_world()
    born = NOW.date().replace(year=NOW.year - 12)
    parent = {"given_by": GivenBy.PARENT, "representative": "Ana Duarte, birth certificate seen"}
    consent = a_mandate(world, referred(world, person=details(date_of_birth=born), **parent), **parent)
    with pytest.raises(Refused) as refused:
        signs(world, consent)
    assert refused.value.code == "under_sixteen"
    name = Name(name="Ana Duarte", signed_by=GivenBy.PARENT, representative="Birth certificate seen")
    assert signs(world, consent, name=name).signed_by == GivenBy.PARENT


def test_who_the_text_names_otherwise_by_now_reads_it_again() -> None:
    world = make_world()
    consent = a_mandate(world)
    shown = text_of(consent, world.link_worker)
    with acting_as(world.link_worker):
        Person.objects.filter(pk=consent.person_id).update(family_name="Duarte Silva")
    with pytest.raises(Refused) as refused:
        signs(world, consent, shown=shown)
    assert refused.value.code == "changed"


def test_what_was_taken_back_is_signed_no_more_and_its_document_says_so() -> None:
    world = make_world()
    consent, by = a_mandate(world), world.link_worker
    signature = signs(world, consent)
    with acting_as(by):
        take_back(by=by, consent=consent, how=TakenBackHow.BY_PHONE)
        held = mandate_of(by, consent.pk)
        content = content_of(by, held, Standing.TAKEN_BACK, signature)
    assert content["ended"]["heading"] == "TAKEN BACK on 23 November 2026"
    with pytest.raises(Refused) as refused:
        signs(world, consent)
    assert refused.value.code == "too_late"


def test_a_document_is_set_once_and_anew_when_it_says_something_else() -> None:
    world = make_world()
    consent, by = a_mandate(world), world.link_worker

    def prepared(standing: Standing) -> MandateDocument:
        document = prepare_document(by=by, consent=consent, standing=standing)
        set_mandate.now(by=by, document_id=document.pk)
        return MandateDocument.objects.get(pk=document.pk)

    with acting_as(by):
        first, again = prepared(Standing.HOLDS), prepared(Standing.HOLDS)
        assert first.pk == again.pk and bytes(first.pdf or b"").startswith(b"%PDF") and first.asked_at == again.asked_at
        assert first.pdf == again.pdf
        ended = prepared(Standing.CASE_CLOSED)
        assert ended.pk == first.pk and ended.pdf != first.pdf


def test_another_purpose_has_no_mandate() -> None:
    world = make_world()
    with acting_as(world.link_worker):
        person = referred(world).person
        other = Consent.objects.filter(person=person).first()
        assert other is not None
        with pytest.raises(Consent.DoesNotExist):
            mandate_of(world.link_worker, other.pk)


def test_the_text_is_the_same_until_a_fact_changes() -> None:
    world = make_world()
    consent, by = a_mandate(world), world.link_worker
    with acting_as(by):
        first, again = (as_json(said_by(mandate_of(by, consent.pk))) for _ in range(2))
    assert digest_of(first) == digest_of(again)


def test_of_a_record_that_is_kept_from_somebody_there_is_no_mandate_either() -> None:
    world = make_world()
    journey, reader, stranger = referred(world), world.link_worker, world.second_link_worker
    consent = a_mandate(world, journey)
    signs(world, consent)
    with acting_as(reader):
        prepare_document(by=reader, consent=consent, standing=Standing.HOLDS)

    def rows() -> list[int]:
        with acting_as(stranger):
            return [Signature.objects.count(), MandateDocument.objects.count()]

    assert rows() == [1, 1]
    with acting_as(world.link_supervisor):
        said = {"why": Restriction.Why.STAFF, "readers": [reader.user()], "kept_from": []}
        restrict(by=world.link_supervisor, person=journey.person, **said)
    assert rows() == [0, 0]
