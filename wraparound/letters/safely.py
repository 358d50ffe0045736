"""Whether a letter may reach somebody where it goes: what they said of letters, and an address that is withheld."""

from wraparound.events.action import Refused
from wraparound.letters.states import Left
from wraparound.organisations.actor import Actor
from wraparound.people.models import Contact, Person, WithheldAddress
from wraparound.people.reading import abuse_marker_of

HAND_OVER = "Hand it over in person, or ask them again and change how to reach them."


def look_first(by: Actor, person: Person, left: Left) -> bool:
    """Whether whoever sends must first say that they have read how to make contact safely."""
    if left not in (Left.POST, Left.EMAIL):
        return False
    asked = _channel(person, left)[1] == Contact.YES
    return not asked or person.contact_with_care or abuse_marker_of(by, person) is not None


def refuse_unsafe(by: Actor, person: Person, left: Left, *, looked: bool) -> None:
    """Refused `not_wanted`, `no_address` (field `left`) or `look_first` (`safe`) for a letter to the person."""
    if left not in (Left.POST, Left.EMAIL):
        return
    what, may, reaches = _channel(person, left)
    if may == Contact.NO:
        raise Refused("not_wanted", f"They do not want {what}. {HAND_OVER}", "left")
    if not reaches:
        raise Refused("no_address", f"There is nowhere to send {what}. {HAND_OVER}", "left")
    if look_first(by, person, left) and not looked:
        sentence = "Read how to contact them safely. Then tick that it is safe, or hand it over in person."
        raise Refused("look_first", sentence, "safe")


def refuse_withheld_address(by: Actor, person: Person, text: str) -> None:
    """Refused `address_withheld` where a letter that others read holds the address or postcode that is withheld."""
    if not person.address_withheld:
        return
    held = WithheldAddress.objects.visible_to(by).filter(person=person).first()
    plain = _plain(text)
    lines = [held.postcode, *held.address.splitlines()[:1]] if held else []
    if any(_plain(each) and _plain(each) in plain for each in lines):
        sentence = "Their address is withheld: take it out. Use your organisation’s address for answers."
        raise Refused("address_withheld", sentence, "text")


def _channel(person: Person, left: Left) -> tuple[str, str, bool]:
    """What it is called, what they said of it, and whether it can reach them.

    A withheld address is on no row of theirs: those who work with them write it on the envelope.
    """
    if left is Left.EMAIL:
        return "emails", person.email_messages, bool(person.email)
    return "letters", person.letters, bool(person.address or person.postcode or person.address_withheld)


def _plain(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())
