"""What a conversation may come to, with the neutral question for each: none of them has to be asked."""

from enum import StrEnum


class Topic(StrEnum):
    """A part of the conversation, in the order of the page."""

    MATTERS = "matters"
    STRENGTHS = "strengths"
    MONEY = "money"
    HOME = "home"
    FOOD = "food"
    WORK = "work"
    CARING = "caring"
    COMPANY = "company"
    HEALTH = "health"
    SAFETY = "safety"

    @property
    def label(self) -> str:
        return _SAID[self][0]

    @property
    def question(self) -> str:
        return _SAID[self][1]

    @property
    def is_need(self) -> bool:
        """Whether it is an area of need, of which somebody says yes or no."""
        return self not in (Topic.MATTERS, Topic.STRENGTHS)


# “Do you have any money worries?” is the report's example of a neutral question; the others are made like it, and are
# to be looked at by link workers of each scheme before they are relied on.
_SAID: dict[Topic, tuple[str, str]] = {
    Topic.MATTERS: ("What matters to you", "What matters most to you at the moment?"),
    Topic.STRENGTHS: ("What is going well", "What are you good at, what gives you strength, and who is there for you?"),
    Topic.MONEY: ("Money", "Do you have any money worries?"),
    Topic.HOME: ("Home", "Is anything about where you live worrying you?"),
    Topic.FOOD: ("Food", "Do you ever go without enough to eat?"),
    Topic.WORK: ("Work and learning", "Is anything about work or learning on your mind?"),
    Topic.CARING: ("Caring", "Do you look after somebody, or does somebody look after you?"),
    Topic.COMPANY: ("Company", "Would you like to see more of other people?"),
    Topic.HEALTH: ("Health", "Does your health keep you from what you would like to do?"),
    Topic.SAFETY: ("Feeling safe", "Is there anything or anybody that makes you feel unsafe?"),
}


class Heard(StrEnum):
    """What the person said to the question of an area. A yes is what somebody might help with."""

    NOT_ASKED = ""
    NO = "no"
    YES = "yes"
    RATHER_NOT = "rather_not"

    @property
    def label(self) -> str:
        return {
            Heard.NOT_ASKED: "Not asked yet",
            Heard.NO: "No",
            Heard.YES: "Yes",
            Heard.RATHER_NOT: "Would rather not say",
        }[self]
