"""A page that shows somebody outside the scheme, once, what the person signed for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.factories import NOW, World, details, make_world, referred
from wraparound.audit.models import Access, What, Why
from wraparound.consent.actions import agree_to, take_back
from wraparound.consent.agreed import ONWARD, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.consent.models import Consent, TakenBackHow
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.actions import change_contact
from wraparound.referrals.models import Journey, OneTimePage
from wraparound.referrals.one_time import (
    LASTS,
    MOST_WRONG,
    MadePage,
    closed_page,
    end_one_time_page,
    make_one_time_page,
    open_once,
)

pytestmark = pytest.mark.django_db
CLUB = "Stepney Lunch Club"


def begun(world: World) -> Journey:
    return referred(world, person=details(address="1 Quiet Street", landline="020 7946 0000"))


def agreed(by: Actor, journey: Journey, how: AgreedHow = AgreedHow.IN_WRITING) -> Consent:
    with acting_as(by):
        said = Agreed(how=how, wording=ONWARD)
        return agree_to(by=by, person=journey.person, agreed=said, to_named=CLUB).consents.get()


def made(by: Actor, journey: Journey, consent: Consent) -> MadePage:
    with acting_as(by):
        return make_one_time_page(by=by, journey=journey, consent=consent, asked="A hot meal on Tuesdays")


def page(world: World, **changes: object) -> MadePage:
    journey = begun(world)
    if changes:
        with acting_as(world.link_worker):
            change_contact(by=world.link_worker, person=journey.person, changes=changes)
    return made(world.link_worker, journey, agreed(world.link_worker, journey))


def tried(it: MadePage, code: str = "", after: timedelta = timedelta()) -> Mapping[str, Any] | None:
    with acting_as(None):
        found = closed_page(it.token)
        assert found is not None
    reader = found.reader.at(NOW + after)
    with acting_as(reader):
        return open_once(by=reader, token=it.token, code=code or it.code)


def closed(it: MadePage, after: timedelta = timedelta()) -> bool:
    """Whether it opens nothing any more, with the right code."""
    try:
        tried(it, after=after)
    except Refused as refused:
        return refused.code == "over"
    return False


def test_it_shows_once_what_was_signed_for() -> None:
    world = make_world()
    it = page(world)
    shown = tried(it, code=f"{it.code[:4]} {it.code[4:]}")
    assert shown is not None
    told = {name: shown[name] for name in ("name", "to", "asked", "needs")}
    assert told == {"name": "Rosa Duarte", "to": CLUB, "asked": "A hot meal on Tuesdays", "needs": ["benefits"]}
    assert shown["contact"]["address"] == "1 Quiet Street"
    assert closed(it)


def test_a_withheld_address_and_ways_that_they_refuse_are_not_on_it() -> None:
    world = make_world()
    it = page(world, address_withheld=True, mobile_calls="no", mobile_texts="no", voicemail="no")
    shown = tried(it)
    assert shown is not None and "Quiet" not in str(shown) and "07700" not in str(shown) and "E3" not in str(shown)
    assert shown["contact"]["landline"] == "020 7946 0000" and shown["contact"]["voicemail"] == "no"


def test_the_person_can_be_shown_who_got_it() -> None:
    world = make_world()
    it = page(world)
    tried(it)
    with acting_as(world.link_worker):
        [row] = Access.objects.filter(what=What.SHOWN_ONCE)
        assert (row.to_named, row.why, row.user_id, row.person_id) == (CLUB, Why.AUTHORITY, None, it.page.person_id)
        assert OneTimePage.objects.get(pk=it.page.pk).opened_at == NOW


def test_agreeing_is_not_enough_where_there_is_no_data_sharing_agreement() -> None:
    world = make_world()
    journey = begun(world)
    consent = agreed(world.link_worker, journey, AgreedHow.BY_PHONE)
    with pytest.raises(Refused) as refused:
        made(world.link_worker, journey, consent)
    assert refused.value.code == "not_signed"


def test_what_was_taken_back_is_not_shown_any_more() -> None:
    world = make_world()
    it = page(world)
    by = world.link_worker
    with acting_as(by):
        take_back(by=by, consent=it.page.consent, how=TakenBackHow.BY_PHONE)
    assert closed(it)


def test_it_runs_out_and_can_be_ended() -> None:
    world = make_world()
    it = page(world)
    assert closed(it, after=LASTS)
    with acting_as(world.link_worker):
        end_one_time_page(by=world.link_worker, page=it.page)
    assert closed(it)
    with acting_as(world.link_worker), pytest.raises(Refused):
        end_one_time_page(by=world.link_worker, page=it.page)


def test_wrong_codes_are_counted_and_too_many_close_it_for_good() -> None:
    world = make_world()
    it = page(world)
    wrong = f"{(int(it.code) + 1) % 10**8:08d}"
    for _ in range(MOST_WRONG):
        assert tried(it, wrong) is None
    assert closed(it)
    with acting_as(world.link_worker):
        assert Event.objects.filter(name="one_time_page_wrong_code").count() == MOST_WRONG


def test_a_new_page_for_the_same_takes_the_place_of_one_that_nobody_opened() -> None:
    world = make_world()
    journey = begun(world)
    consent = agreed(world.link_worker, journey)
    first, second = made(world.link_worker, journey, consent), made(world.link_worker, journey, consent)
    assert closed(first) and tried(second)


def test_a_link_of_nobody_leads_to_nothing() -> None:
    world = make_world()
    page(world)
    with acting_as(None):
        assert closed_page("x" * 43) is None


def test_whoever_has_the_link_sees_no_table() -> None:
    world = make_world()
    it = page(world)
    with acting_as(None):
        found = closed_page(it.token)
        assert found is not None and not OneTimePage.objects.exists()
    assert not found.reader.can("see_people")  # type: ignore[arg-type]
    assert not OneTimePage.objects.visible_to(found.reader).exists()


def test_it_is_its_own_organisations_alone() -> None:
    world = make_world()
    it = page(world)
    for other in (world.adviser, world.clinician):
        with acting_as(other), connection.cursor() as cursor:
            assert cursor.execute("SELECT count(*) FROM referrals_onetimepage").fetchone() == (0,)
    with acting_as(world.adviser), pytest.raises(OneTimePage.DoesNotExist):
        end_one_time_page(by=world.adviser, page=it.page)
