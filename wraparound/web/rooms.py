"""How much room a team has, in the words that stand wherever somebody chooses a team."""

from wraparound.referrals.capacity import Room
from wraparound.web.formats import counted, day


def room_said(room: Room | None) -> str:
    """“3 places free”, “Full: about 12 waiting”, “Closed until Monday 4 January”; "" where nobody needs to know."""
    if room is None:
        return ""
    if room.closed_until:
        return f"Closed until {day(room.closed_until)}"
    if room.free is None:
        return "Has room"
    if room.free:
        return f"{counted(room.free, 'place')} free"
    return f"Full: about {room.waiting:,} waiting" if room.waiting else "Full: nobody waiting yet"
