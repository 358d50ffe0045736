"""An extract of a record is read inside the request: what was not picked is in no table, file or log."""

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_world
from tests.house.evidence import prepared
from tests.house.seeing import committing
from tests.web.conftest import SignIn

SECRET = "zebedeesecret"
NOTE = f"Burnt her hand at the cooker. Her son {SECRET} cooks now.\nSmoke in the kitchen since {SECRET} left."
BUNDLE = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition", "note": [{"text": NOTE}]}}]}


@pytest.mark.parametrize("given", ["file", "text"])
def test_nothing_of_the_extract_is_left_but_what_was_picked(
    given: str,
    django_db_setup: None,
    django_db_blocker,
    caplog: pytest.LogCaptureFixture,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    caplog.set_level(logging.DEBUG)
    file = SimpleUploadedFile("record.json", json.dumps(BUNDLE).encode())
    with committing(django_db_blocker) as owner:
        world = make_world()
        request, browser = prepared(world), SignIn()(world.adviser)
        page = browser.post(f"/evidence/{request.pk}/record/", {given: file if given == "file" else NOTE})
        found = page.content.decode()
        assert SECRET in found and page["Cache-Control"].count("no-store")
        first = re.findall(r'name="pick" value="([^"]+)"', found)[0]
        assert browser.post(f"/evidence/{request.pk}/picks/", {"pick": [first]}).status_code == 302
        held = "\n".join(row for rows in owner.everything().values() for row in rows)
    assert "Burnt her hand at the cooker" in held and SECRET not in held
    assert SECRET not in caplog.text and list(tmp_path.iterdir()) == []
