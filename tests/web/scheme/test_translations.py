"""The pages of translations: none at first, one added once it was checked, a page at a time."""

import pytest

from tests.house.consenting import ARABIC, a_translation
from tests.web.reading import errors, text
from wraparound.people.languages import LANGUAGES

pytestmark = pytest.mark.django_db
SAID = {"wording": "referral-1", "language": "ar", "words": ARABIC, "checked_by": "Eastmarsh Language Service",
        "checked_on-day": "1", "checked_on-month": "11", "checked_on-year": "2026", "checked": "yes"}  # fmt: skip


def test_there_is_none_until_one_is_added(world, sign_in) -> None:
    browser = sign_in(world.administrator)
    assert "No translation has been added yet." in text(browser.get("/scheme/translations/"))
    unchecked = {name: value for name, value in SAID.items() if name not in ("checked", "checked_by")}
    page = browser.post("/scheme/translations/new/", unchecked)
    assert errors(page) == ["Enter who checked it", "Tick that somebody who speaks both languages well has read it"]
    assert "هل توافق" in page.content.decode()
    made = browser.post("/scheme/translations/new/", SAID)
    page = browser.get(made["Location"])
    assert 'lang="ar" dir="rtl"' in page.content.decode()
    assert "Checked by Eastmarsh Language Service" in text(page) and "Yusuf Demir" in text(page)
    assert "Arabic: A referral In use" in text(browser.get("/scheme/translations/"))


def test_one_that_is_withdrawn_stays_to_be_read(world, sign_in) -> None:
    browser, made = sign_in(world.administrator), a_translation(world)
    page = text(browser.post(f"/scheme/translations/{made.pk}/withdraw/", follow=True))
    assert "Withdrawn. No page shows it any more." in page and "Withdraw it" not in page
    assert "Ended" in text(browser.get("/scheme/translations/"))


def test_many_are_shown_a_page_at_a_time(world, sign_in) -> None:
    for code in list(LANGUAGES)[:27]:
        a_translation(world, language=code)
    browser = sign_in(world.administrator)
    first = browser.get("/scheme/translations/")
    assert text(first).count("Checked by") == 25
    after = first.content.decode().split("?after=")[1].split('"')[0]
    assert text(browser.get(f"/scheme/translations/?after={after}")).count("Checked by") == 2


def test_it_is_nobody_elses(world, sign_in) -> None:
    made = a_translation(world)
    for who in (world.clinician, world.link_worker, world.voluntary):
        assert sign_in(who).get("/scheme/translations/").status_code == 403
        assert sign_in(who).post(f"/scheme/translations/{made.pk}/withdraw/").status_code == 403
