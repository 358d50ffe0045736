"""The demo's people on the sign-in page: by scheme and model, each role once, and one press away."""

import re
from collections import Counter

import pytest
from django.test import Client

from tests.factories import NOW
from wraparound.demo.people import PASSWORD
from wraparound.demo.practices import made_up
from wraparound.demo.scheme import make_scheme
from wraparound.demo.schemes import MILLBROOK, NORTHFOLD, SCHEMES
from wraparound.demo.signing_in import sign_in_as
from wraparound.organisations.models import User
from wraparound.pathways.vocabulary import Model

pytestmark = pytest.mark.django_db


def test_people_are_grouped_by_scheme_with_its_model_and_each_role_once() -> None:
    for data in (MILLBROOK, NORTHFOLD):
        make_scheme(data, made_up(data.ladder), NOW)
    page = Client().get("/sign-in/").content.decode()
    headings = [" ".join(each.split()) for each in re.findall(r"<h3[^>]*>(.*?)</h3>", page, re.S)]
    assert headings == ["Northfold Connects: separate services", "Millbrook Hub: single service"]
    roles = re.findall(r"<strong>(.*?)</strong>", page[page.index("Millbrook Hub: single") :])
    assert set(Counter(roles).values()) == {1} and {"Hybrid worker", "Volunteer"} <= set(roles)


def test_one_press_signs_in() -> None:
    make_scheme(MILLBROOK, made_up(MILLBROOK.ladder), NOW)
    client = Client()
    assert client.post("/sign-in/demo/", {"email": "tess.ngata@millbrook.example"}).status_code == 302
    assert client.get("/home/").status_code == 200
    assert User.objects.get(email="tess.ngata@millbrook.example").check_password(PASSWORD)


def test_each_model_of_operation_has_its_group_before_anything_is_loaded() -> None:
    assert [data.model for data in SCHEMES] == [Model.CO_LOCATED, Model.SEPARATE, Model.CO_FUNDED, Model.SINGLE]
    for group in sign_in_as():
        places = Counter((user.role, user.organisation) for user in group.users)
        assert set(places.values()) == {1}
