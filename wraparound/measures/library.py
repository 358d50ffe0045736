"""The measures that come with Wraparound: all of them free to use. Another open one is added here, and nowhere else."""

from collections.abc import Mapping
from datetime import date

from wraparound.measures.definition import Better, Measure, Question

_OGL = "Open Government Licence v3.0"


def _nought_to_ten(lowest: str, highest: str) -> Mapping[int, str]:
    return {number: {0: lowest, 10: highest}.get(number, "") for number in range(11)}


ONS4 = Measure(
    key="ons4",
    title="Well-being: four questions (ONS4)",
    intro=(
        "Next I would like to ask you four questions about your feelings on aspects of your life. There are no right "
        "or wrong answers. For each of these questions I’d like you to give an answer on a scale of 0 to 10, where 0 "
        "is “not at all” and 10 is “completely”."
    ),
    questions=(
        Question(
            "satisfied",
            "Overall, how satisfied are you with your life nowadays?",
            "Satisfied with life",
            _nought_to_ten("not at all", "completely"),
            Better.HIGHER,
        ),
        Question(
            "worthwhile",
            "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
            "Things are worthwhile",
            _nought_to_ten("not at all", "completely"),
            Better.HIGHER,
        ),
        Question(
            "happy",
            "Overall, how happy did you feel yesterday?",
            "Happy yesterday",
            _nought_to_ten("not at all", "completely"),
            Better.HIGHER,
        ),
        Question(
            "anxious",
            "On a scale where 0 is “not at all anxious” and 10 is “completely anxious”, overall, how anxious did you "
            "feel yesterday?",
            "Anxious yesterday",
            _nought_to_ten("not at all anxious", "completely anxious"),
            Better.LOWER,
        ),
    ),
    source="Personal well-being harmonised standard, Office for National Statistics, 19 May 2020",
    address="https://analysisfunction.civilservice.gov.uk/policy-store/personal-well-being/",
    seen_on=date(2026, 11, 23),
    licence=_OGL,
)

LONELY = Measure(
    key="lonely",
    title="Loneliness: one question (ONS)",
    intro="The next question is about relationships with others. Please say how often (if at all) you feel that way.",
    questions=(
        Question(
            "lonely",
            "How often do you feel lonely?",
            "Feeling lonely",
            {1: "Often or always", 2: "Some of the time", 3: "Occasionally", 4: "Hardly ever", 5: "Never"},
            Better.HIGHER,
        ),
    ),
    source="Loneliness harmonised standard, Office for National Statistics, 13 May 2020: the direct question",
    address="https://gss.civilservice.gov.uk/policy-store/loneliness-indicators/",
    seen_on=date(2026, 11, 23),
    licence=_OGL,
)

MEASURES: Mapping[str, Measure] = {each.key: each for each in (ONS4, LONELY)}

# Asked for by name, and not shipped: whoever wants one has to agree with its owner first.
NOT_SHIPPED: Mapping[str, str] = {
    "SWEMWBS": "The Short Warwick-Edinburgh Mental Wellbeing Scale needs registering with its owner, the University of "
    "Warwick, before it is used.",
}
