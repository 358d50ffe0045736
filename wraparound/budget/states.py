"""What can be said of a debt, and how somebody agreed that a statement goes to their creditors."""

from enum import StrEnum


class DebtStatus(StrEnum):
    """How a debt stands. It is said anew whenever that changes, in any order; each version is kept."""

    STANDS = "stands"
    HELD = "held"
    PLAN = "plan"
    WRITTEN_OFF = "written_off"
    DISPUTED = "disputed"
    PAID = "paid"
    MISTAKE = "mistake"

    @property
    def label(self) -> str:
        return {
            DebtStatus.STANDS: "As it stands",
            DebtStatus.HELD: "Held: nobody is chasing it",
            DebtStatus.PLAN: "In a plan that is kept to",
            DebtStatus.WRITTEN_OFF: "Written off",
            DebtStatus.DISPUTED: "Disputed",
            DebtStatus.PAID: "Paid",
            DebtStatus.MISTAKE: "Entered by mistake",
        }[self]

    @property
    def owed(self) -> bool:
        """Whether it counts among what is owed."""
        return self not in (DebtStatus.WRITTEN_OFF, DebtStatus.PAID, DebtStatus.MISTAKE)

    @property
    def offered(self) -> bool:
        """Whether a creditor is made an offer: nothing is offered on what is disputed."""
        return self.owed and self is not DebtStatus.DISPUTED


class HowAgreed(StrEnum):
    """How somebody agreed."""

    SIGNED = "signed"
    SAID = "said"
    WROTE = "wrote"

    @property
    def label(self) -> str:
        return {
            HowAgreed.SIGNED: "They signed for it",
            HowAgreed.SAID: "They said so",
            HowAgreed.WROTE: "They wrote it in a message",
        }[self]
