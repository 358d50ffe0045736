"""Following a referral to its end: the list, the journey as its referrer sees it, and messages back."""

from datetime import timedelta

import pytest

from tests.factories import NOW, World, details, referral_to, referred
from tests.web.conftest import SignIn
from tests.web.reading import text
from wraparound.audit.models import Access, What
from wraparound.casework.actions import accept
from wraparound.messaging.models import MessageBack
from wraparound.messaging.tasks import write_message_back
from wraparound.organisations.actor import acting_as
from wraparound.referrals.actions import claim, decline
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.states import DeclineReason


@pytest.fixture
def journey(world: World) -> Journey:
    return referred(world, reason="Lives alone", hide_from_online_view=True)


def _declined(world: World, journey: Journey, *, message: bool = True) -> Referral:
    referral = referral_to(journey, world.adviser)
    with acting_as(world.adviser):
        claim(by=world.adviser, referral=referral)
        decline(by=world.adviser, referral=referral, reason=DeclineReason.NO_CAPACITY)
    if message:
        write_message_back.now(by=world.adviser, referral_id=referral.pk, occasion="declined")
    return referral


def test_the_list_says_where_each_is_whose_turn_and_when(world: World, journey: Journey, sign_in: SignIn) -> None:
    page = text(sign_in(world.clinician).get("/referrals/"))
    assert "Rosa Duarte" in page
    assert journey.reference in page
    assert "By Wednesday 25 November: an answer from Welfare advisers." in page
    assert "By Monday 30 November: first contact with them by a link worker." in page


def test_the_list_is_mine_or_the_practice_s(world: World, journey: Journey, sign_in: SignIn) -> None:
    client = sign_in(world.receptionist)
    assert "You have sent no referrals yet" in text(client.get("/referrals/"))
    assert "by Dr Amara Okafor" in text(client.get("/referrals/?whose=practice"))


def test_another_practice_sees_nothing(world: World, journey: Journey, sign_in: SignIn) -> None:
    client = sign_in(world.other_clinician)
    assert "Rosa" not in text(client.get("/referrals/?whose=practice"))
    referral = referral_to(journey, world.adviser)
    for end in ("", "sent/", f"{referral.pk}/withdraw/"):
        assert client.get(f"/referrals/{journey.reference}/{end}").status_code == 404
    assert client.post(f"/referrals/{journey.reference}/{referral.pk}/seen/").status_code == 404


def test_many_referrals_come_in_pages_that_miss_none(world: World, sign_in: SignIn) -> None:
    for number in range(27):
        actor = world.clinician.at(NOW - timedelta(minutes=number % 3))
        referred(world, by=actor, person=details(given_names=f"Person{number:02}", mobile=""))
    client, seen, address = sign_in(world.clinician), "", "/referrals/"
    for _ in range(3):
        page = client.get(address)
        seen += text(page)
        after = page.content.decode().partition("&amp;after=")[2].partition('"')[0]
        if not after:
            break
        address = f"/referrals/?whose=me&after={after}"
    assert all(seen.count(f"Person{number:02}") == 1 for number in range(27))


def test_the_journey_shows_what_happened_and_what_was_written(world: World, journey: Journey, sign_in: SignIn) -> None:
    referral = referral_to(journey, world.link_worker)
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=referral)
        accept(by=world.link_worker, referral=referral)
    page = text(sign_in(world.clinician).get(f"/referrals/{journey.reference}/"))
    assert "Social prescribing: Accepted" in page
    assert "first contact by Leila Haddad" in page
    assert "Lives alone" in page
    assert "Keep the replies out of their online record" in page
    with acting_as(world.clinician):
        assert Access.objects.filter(person_id=journey.person_id, page="referral").exists()


def test_reception_sees_the_journey_without_the_reason(world: World, journey: Journey, sign_in: SignIn) -> None:
    page = text(sign_in(world.receptionist).get(f"/referrals/{journey.reference}/"))
    assert "Rosa Duarte" in page
    assert "Lives alone" not in page


def test_a_decline_says_who_acts_next_and_is_seen_with_one_press(
    world: World, journey: Journey, sign_in: SignIn
) -> None:
    referral, client = _declined(world, journey), sign_in(world.clinician)
    page = client.get(f"/referrals/{journey.reference}/")
    assert "No room at present. Tell the person, and try another service." in text(page)
    assert "you to read what happened" in text(page)
    assert "1 new message" in text(client.get("/referrals/"))
    page = client.post(f"/referrals/{journey.reference}/{referral.pk}/seen/", follow=True)
    assert "Noted: you have seen what Welfare advisers said." in text(page)
    page = client.post(f"/referrals/{journey.reference}/{referral.pk}/seen/", follow=True)
    assert "This is already closed." in text(page)


def test_a_message_back_is_a_page_a_pdf_and_then_read(world: World, journey: Journey, sign_in: SignIn) -> None:
    _declined(world, journey)
    client = sign_in(world.clinician)
    with acting_as(world.clinician):
        message = MessageBack.objects.get(journey=journey)
        assert message.read_at is None
    page = text(client.get(f"/messages/{message.pk}/"))
    assert "Not for the patient’s online record" in page
    assert "No room at present." in page
    pdf = client.get(f"/messages/{message.pk}/message.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    with acting_as(world.clinician):
        message.refresh_from_db()
        assert message.read_at is not None
        noted = Access.objects.filter(page__startswith="message", user_id=world.clinician.user_id).order_by("pk")
        assert [each.what for each in noted] == [What.LOOK, What.DOCUMENT]
        MessageBack.objects.filter(pk=message.pk).update(pdf=None)
    later = client.get(f"/messages/{message.pk}/message.pdf")
    assert later.status_code == 202
    assert "The PDF is being made" in text(later)
    assert sign_in(world.other_clinician).get(f"/messages/{message.pk}/").status_code == 404


def test_a_referral_is_withdrawn_after_asking_once(world: World, journey: Journey, sign_in: SignIn) -> None:
    referral, client = referral_to(journey, world.adviser), sign_in(world.clinician)
    address = f"/referrals/{journey.reference}/{referral.pk}/withdraw/"
    assert "will no longer have Rosa Duarte’s referral" in text(client.get(address))
    page = client.post(address, follow=True)
    assert "Withdrawn. Welfare advisers no longer has this referral." in text(page)
    assert "This can no longer be withdrawn" in text(client.get(address))
    assert "The referrer has withdrawn this." in text(client.post(address, follow=True))


def test_contact_with_care_is_shown_where_it_matters(world: World, journey: Journey, sign_in: SignIn) -> None:
    with acting_as(world.clinician):
        person = journey.person
        person.safe_times, person.voicemail = "Mornings, when he is out", "no"
        person.save()
    client = sign_in(world.clinician)
    for address in (f"/referrals/{journey.reference}/", f"/refer/person/{journey.person_id}/"):
        page = text(client.get(address, follow=True))
        assert "Safe times: Mornings, when he is out" in page
        assert "Do not leave a voicemail" in page
