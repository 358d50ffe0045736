"""Which team takes somebody: a table of cases, and what holds for all of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wraparound.pathways.placing import Candidate, Ends, How, NobodyWhy, Placement, Serves, in_order, place, place_again
from wraparound.pathways.vocabulary import Model, WhenFull

NEXT, BUY, WAIT, TELL = (
    WhenFull.OFFER_NEXT_NEAREST,
    WhenFull.SPOT_PURCHASE,
    WhenFull.WAITING_LIST,
    WhenFull.TELL_REFERRER,
)
ALL = (NEXT, BUY, WAIT, TELL)
NEAR, FULL, CLOSED = Candidate(1, "Near"), Candidate(1, "Near", full=True), Candidate(1, "Near", closed=True)
FAR, FAR_FULL = Candidate(2, "Far", km=9.0), Candidate(2, "Far", full=True, km=9.0)
FAR_CLOSED = Candidate(2, "Far", closed=True)
APART = Candidate(1, "Near", no_agreement=True)
NEAREST = {"serves": Serves.THIS}


def outcome(placed: Placement) -> tuple[int | None, str | None, str]:
    return placed.team, placed.placed and placed.placed.value, placed.status.value


@pytest.mark.parametrize(
    ("teams", "when_full", "model", "urgent", "expected"),
    [
        ([NEAR], ALL, Model.SEPARATE, False, (1, "first", "sent")),
        ([NEAR, FAR], ALL, Model.SEPARATE, False, (2, "first", "sent")),
        ([FULL], ALL, Model.SEPARATE, False, (1, "first", "waiting")),
        ([FULL], (), Model.SEPARATE, False, (1, "over_capacity", "sent")),
        ([FULL], (TELL,), Model.SEPARATE, False, (None, None, "unmet")),
        ([FULL], (NEXT,), Model.SEPARATE, False, (1, "over_capacity", "sent")),
        ([FULL], (BUY,), Model.SEPARATE, False, (1, "over_capacity", "sent")),
        ([FULL], (BUY, WAIT), Model.SINGLE, False, (1, "first", "waiting")),
        ([FULL], (BUY, WAIT), Model.CO_FUNDED, False, (1, "spot_purchase", "sent")),
        ([FULL], (WAIT, BUY), Model.CO_FUNDED, False, (1, "first", "waiting")),
        ([FULL], ALL, Model.SEPARATE, True, (1, "over_capacity", "sent")),
        ([FULL], (TELL,), Model.SEPARATE, True, (1, "over_capacity", "sent")),
        ([CLOSED], ALL, Model.SEPARATE, False, (None, None, "unmet")),
        ([CLOSED], (), Model.SEPARATE, True, (None, None, "unmet")),
        ([], ALL, Model.SEPARATE, True, (None, None, "unmet")),
        ([APART], ALL, Model.SEPARATE, True, (None, None, "unmet")),
        ([CLOSED, FAR], (), Model.SEPARATE, False, (2, "first", "sent")),
        ([CLOSED, FAR_FULL], ALL, Model.SEPARATE, False, (2, "first", "waiting")),
    ],
)
def test_a_new_referral(
    teams: list[Candidate], when_full: tuple[WhenFull, ...], model: Model, urgent: bool, expected: object
) -> None:
    assert outcome(place(when_full, model, teams, urgent=urgent)) == expected


HOME = Candidate(1, "Near", full=True, serves=Serves.THIS)


@pytest.mark.parametrize(
    ("others", "when_full", "model", "urgent", "expected"),
    [
        ([FAR], ALL, Model.SEPARATE, False, (2, "next_nearest", "sent")),
        ([FAR], (WAIT, NEXT), Model.SEPARATE, False, (1, "first", "waiting")),
        ([FAR], (TELL, NEXT), Model.SEPARATE, False, (None, None, "unmet")),
        ([FAR_FULL], ALL, Model.SEPARATE, False, (1, "first", "waiting")),
        ([FAR_FULL], ALL, Model.CO_FUNDED, False, (2, "spot_purchase", "sent")),
        ([FAR_CLOSED], ALL, Model.SEPARATE, False, (1, "first", "waiting")),
        ([FAR_CLOSED], ALL, Model.CO_FUNDED, False, (1, "spot_purchase", "sent")),
        ([FAR], ALL, Model.SEPARATE, True, (2, "next_nearest", "sent")),
        ([FAR], (WAIT, TELL), Model.SEPARATE, True, (1, "over_capacity", "sent")),
        ([FAR_FULL], ALL, Model.SEPARATE, True, (1, "over_capacity", "sent")),
    ],
)
def test_a_full_team_with_others_about(
    others: list[Candidate], when_full: tuple[WhenFull, ...], model: Model, urgent: bool, expected: object
) -> None:
    assert outcome(place(when_full, model, [HOME, *others], urgent=urgent)) == expected


@pytest.mark.parametrize(
    ("others", "when_full", "model", "urgent", "expected"),
    [
        ([FAR], ALL, Model.SEPARATE, False, (2, "next_nearest", "sent")),
        ([FAR], (TELL,), Model.SEPARATE, False, (None, None, "unmet")),
        ([FAR], (), Model.SEPARATE, False, (None, None, "unmet")),
        ([FAR], (WAIT, TELL), Model.SEPARATE, False, (None, None, "unmet")),
        ([FAR], (TELL, NEXT), Model.SEPARATE, False, (None, None, "unmet")),
        ([FAR_FULL], ALL, Model.SEPARATE, False, (None, None, "unmet")),
        ([FAR_FULL], ALL, Model.CO_FUNDED, False, (2, "spot_purchase", "sent")),
        ([FAR_CLOSED], ALL, Model.CO_FUNDED, True, (None, None, "unmet")),
        ([FAR_FULL], (TELL,), Model.SEPARATE, True, (2, "over_capacity", "sent")),
        ([FAR_FULL, NEAR], (), Model.SEPARATE, True, (1, "next_nearest", "sent")),
        ([], ALL, Model.CO_FUNDED, True, (None, None, "unmet")),
    ],
)
def test_after_a_team_has_said_no(
    others: list[Candidate], when_full: tuple[WhenFull, ...], model: Model, urgent: bool, expected: object
) -> None:
    placed = place_again(when_full, model, others, declined_by="Other", urgent=urgent)
    assert outcome(placed) == expected


def test_the_nearest_is_the_one_named_for_the_place_then_by_distance_then_the_oldest() -> None:
    named = Candidate(9, "Named", serves=Serves.THIS, km=50.0)
    close, far = Candidate(8, "Close", km=1.0), Candidate(3, "Far", km=2.0)
    unknown, older = Candidate(7, "Unknown"), Candidate(4, "Older")
    elsewhere = Candidate(1, "For others", serves=Serves.OTHERS, km=0.1)
    assert in_order([elsewhere, unknown, far, older, close, named]) == [named, close, far, older, unknown, elsewhere]


@pytest.mark.parametrize(
    ("placed", "sentence"),
    [
        (place(ALL, Model.SEPARATE, [NEAR]), "Near is the team for this place."),
        (place(ALL, Model.SEPARATE, [HOME, FAR]), "Near is full at present; Far is the next nearest with a place."),
        (place(ALL, Model.SEPARATE, [FULL]), "Near is full at present; they are on its waiting list."),
        (
            place(ALL, Model.CO_FUNDED, [FULL]),
            "Near is full at present; a place at Near is paid for from the shared pot.",
        ),
        (place((), Model.SEPARATE, [FULL]), "Near is full at present; it is sent all the same."),
        (
            place(ALL, Model.SEPARATE, [FULL], urgent=True),
            "Near is full at present; urgent referrals do not wait for a place.",
        ),
        (place(ALL, Model.SEPARATE, []), "No team gives this here."),
        (place(ALL, Model.SEPARATE, [CLOSED]), "Near takes nobody new at present."),
        (place(ALL, Model.SEPARATE, [CLOSED, FAR_CLOSED]), "Near and Far take nobody new at present."),
    ],
)
def test_each_says_why_to_the_referrer(placed: Placement, sentence: str) -> None:
    assert placed.because == sentence


@pytest.mark.parametrize(
    ("placed", "why"),
    [
        (place(ALL, Model.SEPARATE, []), NobodyWhy.NO_TEAM),
        (place(ALL, Model.SEPARATE, [CLOSED]), NobodyWhy.CLOSED),
        (place((TELL,), Model.SEPARATE, [FULL]), NobodyWhy.FULL),
        (place_again(ALL, Model.SEPARATE, [], declined_by="Near"), NobodyWhy.DECLINED),
        (place_again(ALL, Model.SEPARATE, [], declined_by="Near", for_room=False), NobodyWhy.NO_TEAM),
    ],
)
def test_what_nobody_takes_says_why(placed: Placement, why: NobodyWhy) -> None:
    assert placed.nobody is why and placed.tell_referrer


# What holds for every table of teams.
lists = st.lists(st.sampled_from(ALL), unique=True, max_size=4)
some_teams = st.lists(
    st.builds(
        Candidate,
        id=st.integers(1, 50),
        name=st.just("Team"),
        full=st.booleans(),
        closed=st.booleans(),
        serves=st.sampled_from(Serves),
        km=st.none() | st.floats(0, 500),
    ),
    unique_by=lambda team: team.id,
    max_size=6,
)
anybody = st.tuples(lists, st.sampled_from(Model), some_teams, st.booleans())
thorough = settings(max_examples=600, deadline=None)


def chosen(placed: Placement, teams: list[Candidate]) -> Candidate | None:
    return next((team for team in teams if team.id == placed.team), None)


def both(asked: tuple[list[WhenFull], Model, list[Candidate], bool]) -> list[Placement]:
    when_full, model, teams, urgent = asked
    return [
        place(when_full, model, teams, urgent=urgent),
        place_again(when_full, model, teams, declined_by="Another", urgent=urgent),
    ]


@given(anybody)
@thorough
def test_urgent_never_waits_and_is_never_unmet_while_a_team_is_open(asked) -> None:
    when_full, model, teams, _ = asked
    for placed in both((when_full, model, teams, True)):
        assert placed.status is not Ends.WAITING
        assert (placed.status is Ends.UNMET) == all(team.closed for team in teams)


@given(anybody)
@thorough
def test_a_closed_team_is_never_chosen(asked) -> None:
    for placed in both(asked):
        team = chosen(placed, asked[2])
        assert team is None or not team.closed


@given(anybody)
@thorough
def test_a_place_is_bought_in_co_funded_schemes_alone(asked) -> None:
    when_full, model, _, _ = asked
    for placed in both(asked):
        if placed.placed is How.SPOT_PURCHASE:
            assert model is Model.CO_FUNDED and WhenFull.SPOT_PURCHASE in when_full


@given(anybody)
@thorough
def test_what_is_sent_has_a_team_and_what_is_unmet_has_a_reason_and_both_have_words(asked) -> None:
    for placed in both(asked):
        assert (placed.team is None) == (placed.placed is None) == (placed.status is Ends.UNMET)
        assert (placed.nobody is not None) == placed.tell_referrer == (placed.status is Ends.UNMET)
        assert placed.because.endswith(".")


@given(st.sampled_from(Model), some_teams, st.booleans())
@thorough
def test_an_empty_list_sends_all_the_same(model, teams, urgent) -> None:
    placed = place((), model, teams, urgent=urgent)
    assert placed.status is (Ends.UNMET if all(team.closed for team in teams) else Ends.SENT)


def comes_to(word: WhenFull, model: Model, home: Candidate, others: list[Candidate], urgent: bool) -> str | None:
    """What one word alone comes to, said another way than the code says it."""
    if word is NEXT:
        return "next_nearest" if any(not team.full for team in others) else None
    if word is BUY:
        return "spot_purchase" if model is Model.CO_FUNDED else None
    return None if urgent else {WAIT: "waiting", TELL: "unmet"}[word]


@given(anybody)
@thorough
def test_when_full_is_tried_in_its_order(asked) -> None:
    when_full, model, teams, urgent = asked
    open_ = [team for team in in_order(teams) if not team.closed]
    if not open_ or not open_[0].full:
        return
    home, *others = open_
    tried = [said for word in when_full if (said := comes_to(word, model, home, others, urgent))]
    placed = place(when_full, model, teams, urgent=urgent)
    how = placed.placed.value if placed.status is Ends.SENT and placed.placed else placed.status.value
    assert how == (tried[0] if tried else "over_capacity")


@given(anybody, st.randoms())
@thorough
def test_the_order_in_which_teams_are_read_makes_no_difference(asked, chance) -> None:
    when_full, model, teams, urgent = asked
    shuffled = list(teams)
    chance.shuffle(shuffled)
    assert place(when_full, model, teams, urgent=urgent) == place(when_full, model, shuffled, urgent=urgent)


@given(anybody)
@thorough
def test_nobody_is_sent_further_while_a_nearer_open_team_has_a_place(asked) -> None:
    when_full, model, teams, urgent = asked
    ordered = in_order(teams)
    placed = place(when_full, model, teams, urgent=urgent)
    if placed.placed in (How.FIRST, How.NEXT_NEAREST) and placed.status is Ends.SENT:
        nearer = ordered[: ordered.index(chosen(placed, teams))]
        assert all(team.closed or team.full for team in nearer)


def test_why_nobody_can_take_it_says_that_an_agreement_is_wanting() -> None:
    found = place((), Model.SEPARATE, [FAR_CLOSED, APART])
    assert found.nobody is NobodyWhy.NO_AGREEMENT
    assert found.because == "No data-sharing agreement is in force with Near."


def test_the_next_team_is_chosen_before_one_without_an_agreement() -> None:
    found = place((), Model.SEPARATE, [Candidate(1, "Near", no_agreement=True, serves=Serves.THIS), FAR])
    assert (found.team, found.placed) == (2, How.NEXT_NEAREST)
    assert found.because.startswith("There is no data-sharing agreement with Near;")
