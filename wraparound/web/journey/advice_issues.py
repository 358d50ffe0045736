"""What somebody who does not give advice may say of an advice issue: what to bring, and what an adviser can do."""

from dataclasses import dataclass

from wraparound.pathways.vocabulary import Need


@dataclass(frozen=True)
class Issue:
    """`bring` and `adviser` are read to the person; neither says what they should do about the problem."""

    bring: tuple[str, ...]
    adviser: tuple[str, ...]


ALWAYS_BRING = (
    "every letter about it, opened or not, with its envelope if they have it",
    "anything that shows a date to answer by, a hearing or a visit",
    "proof of who they are, and their National Insurance number if they have one",
)

ISSUES: dict[Need, Issue] = {
    Need.BENEFITS: Issue(
        ("letters about the benefit and forms not yet filled in", "recent bank statements and payslips"),
        (
            "check what they could claim",
            "help with forms, and with a decision they think is wrong",
            "speak to the benefit office for them",
        ),
    ),
    Need.DEBT: Issue(
        ("letters and messages from anybody they owe", "what comes in and goes out in a month, as far as they know"),
        (
            "go through all debts with them and say what the choices are",
            "write to those they owe",
            "explain what bailiffs may and may not do",
        ),
    ),
    Need.HOUSING: Issue(
        (
            "the tenancy or mortgage papers",
            "any notice, court paper or message from the landlord",
            "photographs of what is in disrepair",
        ),
        (
            "explain their rights in their home",
            "deal with the landlord, the council or the court for them",
            "help with an application for housing",
        ),
    ),
    Need.EMPLOYMENT: Issue(
        ("the contract and recent payslips", "letters, emails or messages from the employer"),
        ("explain their rights at work", "say which steps are open to them and by when", "help them put it in writing"),
    ),
    Need.IMMIGRATION: Issue(
        ("passports, visas, residence cards or the code that proves their status", "letters from the Home Office"),
        (
            "say who is allowed to advise on it, and refer to them",
            "explain what their status means for work, benefits and housing",
        ),
    ),
}  # fmt: skip
