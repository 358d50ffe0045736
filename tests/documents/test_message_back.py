import json
import re

import pytest

from tests.documents.message import message
from wraparound.documents.message_back import BroadCategory, MessageBackContent, SnomedCode, broad_category
from wraparound.pathways.vocabulary import Need

# Words that would tell a GP record, or whoever reads it over somebody's shoulder, what the trouble is.
CONFIDENTIAL = re.compile(
    r"debt|arrears|bailiff|benefit|immigra|asylum|visa|abuse|violen|evict|homeless|destitut|alcohol|drug|gambl|prison",
    re.IGNORECASE,
)

TRUTH = {
    Need.BENEFITS: "Welfare advice",
    Need.DEBT: "Welfare advice",
    Need.IMMIGRATION: "Welfare advice",
    Need.HOUSING: "Home",
    Need.FOOD_OR_FUEL: "Money and everyday living",
    Need.EMPLOYMENT: "Work",
    Need.LONELINESS: "Wellbeing and connection",
    Need.WELLBEING: "Wellbeing and connection",
    Need.ACTIVITY: "Wellbeing and connection",
    Need.BEREAVEMENT: "Wellbeing and connection",
    Need.CARING: "Family and caring",
    Need.OTHER: "Something else",
}


@pytest.mark.parametrize("need", Need)
def test_every_need_has_a_broad_category(need: Need) -> None:
    assert broad_category(need) == TRUTH[need]


def test_a_need_without_a_category_is_an_error() -> None:
    with pytest.raises(KeyError):
        broad_category("domestic_abuse")


@pytest.mark.parametrize("category", BroadCategory)
def test_no_category_tells_what_the_trouble_is(category: BroadCategory) -> None:
    assert not CONFIDENTIAL.search(category)


@pytest.mark.parametrize("need", ["Debt", "debt", "Immigration status", "domestic abuse", *Need])
def test_a_message_takes_no_need_but_a_broad_category(need: str) -> None:
    with pytest.raises(ValueError, match="BroadCategory"):
        message(needs=(need,))


def test_needs_of_one_category_show_once_and_in_one_order() -> None:
    told = message(needs=tuple(broad_category(need) for need in (Need.DEBT, Need.HOUSING, Need.BENEFITS)))
    assert told.needs == (BroadCategory.HOME, BroadCategory.WELFARE_ADVICE)
    assert told == message(needs=tuple(reversed(told.needs)))


def test_a_message_comes_back_from_json_as_it_was() -> None:
    for kept in (message(), message(date_of_birth=None, codes=(), needs=(), support=())):
        assert MessageBackContent.from_json(json.loads(json.dumps(kept.to_json()))) == kept


def test_a_message_stored_before_codes_is_still_read() -> None:
    stored = message(codes=()).to_json()
    del stored["codes"]
    assert MessageBackContent.from_json(stored) == message(codes=())


@pytest.mark.parametrize("fault", [{"needs": ["debt"]}, {"support": "one sentence"}, {"surprise": 1}])
def test_what_is_not_a_message_is_refused(fault: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        MessageBackContent.from_json({**message().to_json(), **fault})


@pytest.mark.parametrize("code", ["", "12345", "871731000000107", "87173100000010a", "８７１７３１００００００１０６"])
def test_a_wrong_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="is not a SNOMED CT code"):
        SnomedCode(code, "Term")


def test_a_code_needs_its_term() -> None:
    with pytest.raises(ValueError, match="needs its term"):
        SnomedCode("871731000000106", "")
