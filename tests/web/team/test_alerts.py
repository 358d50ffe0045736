"""Same-day alerts: on top of the worklist, owned by somebody named, ended only by help."""

import pytest

from tests.factories import referred
from tests.web.reading import errors, text
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.models import SameDayAlert

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(world) -> SameDayAlert:
    journey = referred(world, urgent_flags=frozenset({UrgentFlag.HOMELESS_TONIGHT}))
    with acting_as(world.adviser):
        return SameDayAlert.objects.select_related("journey").get(journey=journey)


def test_it_says_who_must_act_and_until_when(world, sign_in, alert) -> None:
    for page in ("/worklist/", "/alerts/", f"/journey/{alert.journey.reference}/"):
        shown = text(sign_in(world.adviser).get(page))
        assert "nowhere to sleep tonight" in shown
        assert "Joy Mensah must acknowledge it now. Help is due by midday on Monday 23 November ." in shown
        assert "Acknowledge the alert for Rosa Duarte" in shown


def test_another_service_on_the_journey_sees_it_without_buttons_or_what_help_was(world, sign_in, alert) -> None:
    sign_in(world.adviser).post(f"/alerts/{alert.pk}/help/", {"help_given": "A room at the Grand for tonight"})
    shown = text(sign_in(world.link_worker).get(f"/journey/{alert.journey.reference}/"))
    assert "Ana Sousa gave help" in shown
    assert "Record help" not in shown and "Grand" not in shown
    assert "No alert is open" in text(sign_in(world.link_worker).get("/alerts/"))


def test_acknowledging_twice_is_told_who_was_first(world, sign_in, alert) -> None:
    first = sign_in(world.adviser).post(f"/alerts/{alert.pk}/acknowledge/", follow=True)
    assert "The alert is yours. Give help by midday on Monday 23 November" in text(first)
    second = sign_in(world.advice_supervisor).post(f"/alerts/{alert.pk}/acknowledge/", follow=True)
    assert "Ana Sousa has already done this." in text(second)


def test_an_attempt_is_not_help(world, sign_in, alert) -> None:
    browser = sign_in(world.adviser)
    page = f"/alerts/{alert.pk}/help/"
    assert "An attempt is not help." in text(browser.get(page))
    assert errors(browser.post(page, {"help_given": " "})) == ["Enter what help they were given"]
    browser.post(page, {"help_given": "A room for tonight"})
    with acting_as(world.adviser):
        assert SameDayAlert.objects.get(pk=alert.pk).status == "helped"
    late = browser.post(page, {"help_given": "And breakfast"})
    assert errors(late) == ["Ana Sousa has already done this."] and "And breakfast" in text(late)


def test_it_is_for_those_who_answer_them(world, sign_in, alert) -> None:
    assert sign_in(world.clinician).get("/alerts/").status_code == 403
    assert sign_in(world.other_clinician).post(f"/alerts/{alert.pk}/acknowledge/").status_code == 403
    answer = sign_in(world.link_worker).post(f"/alerts/{alert.pk}/acknowledge/", follow=True)
    assert "another organisation's to answer" in text(answer)
