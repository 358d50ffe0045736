"""What each figure is, in one place: its name, what it counts in plain words, and what it may not be used for.

Pages, `docs/generated/figures.md` and the table of counts are all held to this list.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure. `name` is its name in the code, `label` its name on a page."""

    name: str
    label: str
    means: str
    not_for: str


_WAY = "Comparing workers or people: those who were sent last are still on their way."
_LEFT = "Blame: it says where people are lost, and never why one was."
_DAYS = "A promise to anybody: a mean hides the longest, and those still waiting are not in it."
_NOW = "Planning a year: it is how things stand when the page is opened."

# Columns of a cohort: referrals that one organisation sent to one team on one day, on one pathway.
COUNTED: tuple[Figure, ...] = (
    Figure("referred", "Referred", "Referrals sent, by the day on which they were sent. Warm handovers and referrals "
           "sent on are counted by themselves. For a signpost: times that somebody was told where to go.",
           "Counting people: one person may be referred to two services, or twice."),
    Figure("urgent", "Urgent", "Of those referred, how many came with something that could not wait its turn.",
           "How urgent people's lives are: only what the referrer ticked is known."),
    Figure("answered", "Answered", "Of those referred, how many the team said yes or no to, or sent on to another "
           "team. Coming back because nobody answered is not an answer.", _WAY),
    Figure("accepted", "Accepted", "Of those answered, how many a worker of the team took on.", _WAY),
    Figure("reached", "Reached", "Of those accepted, how many the team was in contact with, by any means. Work that "
           "was finished counts as contact. For a signpost: how many came to the service with its code.",
           "Saying that a signpost did not help: somebody may have gone without the code."),
    Figure("attended", "Attended", "Of those reached, how many came to a first appointment, or had their work "
           "finished without needing one.", "Counting appointments: only the first is known here."),
    Figure("finished", "Finished", "Of those who attended, how many had their work closed by the worker as helped, "
           "partly helped, given information, or passed on to another service.",
           "The outcome for a person: it is the worker's word for how the work ended."),
    Figure("left_unanswered", "Not answered", "Came back to the referrer because the team gave no answer in time, or "
           "waited too long for a place.", _LEFT),
    Figure("left_withdrawn", "Withdrawn", "Taken back by the referrer before the team had answered.", _LEFT),
    Figure("left_declined", "Declined", "The team said no, for one of the coded reasons; also when the person did "
           "not want it.", _LEFT),
    Figure("left_sent_on", "Sent on", "The team sent them on to another team before taking them on. Where that led "
           "is counted under “Sent on by another team”.", _LEFT),
    Figure("left_unreached", "Not reached", "Accepted, and ended without any contact with the person.", _LEFT),
    Figure("left_unattended", "Did not attend", "Reached, and ended before a first appointment: the person stopped, "
           "was lost again, or did not come.", _LEFT),
    Figure("left_unfinished", "Stopped before the end", "Attended, and ended without the work being finished: the "
           "person stopped, or nothing more was written down.", _LEFT),
    Figure("days_to_answer", "Days to answer", "Days from sending to the answer, weekends included, over those "
           "answered; the mean is this sum through their number.", _DAYS),
    Figure("days_to_contact", "Days to contact", "Days from sending to the first contact, weekends included, over "
           "those reached; the mean is this sum through their number. Where no contact was written down before the "
           "work ended, its end counts.", _DAYS),
)  # fmt: skip

# What pages make of them, and of rows that are few enough to be counted when they are shown.
SHOWN: tuple[Figure, ...] = (
    Figure("still", "Still on the way", "Came to this step, have not left, and are not at the next one yet.", _WAY),
    Figure("nine_in_ten", "Nine in ten within", "Of the referrals sent in the last 90 days that have come so far, at "
           "most the newest 1,000: the number of days within which nine in ten had their answer, or their first "
           "contact.", _DAYS),
    Figure("share", "Share", "How many in a hundred of those referred were reached, or of those signposted came to "
           "the service. The range beside it is where the true share probably lies (Wilson, 95 per cent).",
           "Choosing signposting or referral for one person: different people are given the one or the other."),
    Figure("unmet", "Unmet needs", "Times that no team could take somebody for a service: every team full or closed, "
           "or none that gives it. Open ones have no ending yet.",
           "The need in a place: those whom nobody referred are not in it."),
    Figure("why_not_taken", "Why not taken", "The coded reasons of referrals that were declined, at most of the "
           "newest 1,000 sent in the months shown.", _LEFT),
    Figure("messages_back", "Messages back", "Messages that the services wrote to the practice about its referrals: "
           "each is news that nobody had to ask for.", "Minutes saved: nobody has measured how long asking takes."),
    Figure("not_chased", "Needed no chasing", "Referrals that were answered before the time by which a supervisor is "
           "told, at most of the newest 1,000 sent in the months shown.",
           "Minutes saved: nobody has measured how long chasing takes."),
    Figure("places", "Places", "People that a team can work with at once: the team's own number, or the sum of its "
           "present workers' places, without those on leave of a fortnight or more. None set means no limit.", _NOW),
    Figure("in_hand", "With the team", "Open referrals that the team has now, the waiting list left out.", _NOW),
    Figure("waiting", "Waiting for a place", "Referrals on the waiting list now.", _NOW),
    Figure("longest_wait", "Longest wait", "How long the referral has waited that has been on the waiting list "
           "longest.", _NOW),
    Figure("load", "Load", "Open referrals that a worker has claimed or accepted, beside their places.",
           "Judging a worker: how much work one person's is differs."),
)  # fmt: skip

FIGURES: Mapping[str, Figure] = {figure.name: figure for figure in (*COUNTED, *SHOWN)}

# The steps of every way, and how somebody may leave between each and the next.
STEPS: tuple[str, ...] = ("referred", "answered", "reached", "attended", "finished")
LEAVING: Mapping[str, tuple[str, ...]] = {
    "referred": ("left_unanswered", "left_withdrawn"),
    "answered": ("left_declined", "left_sent_on", "left_unreached"),
    "reached": ("left_unattended",),
    "attended": ("left_unfinished",),
    "finished": (),
}
# A signpost is given and followed, or not: nobody knows more.
SIGNPOST_STEPS: tuple[str, ...] = ("referred", "reached")

_HEAD = """# Figures

Every figure that a page shows: what it is, and what it may not be used for.
Kept in `wraparound/reporting/definitions.py`.

Figures are counted from the referrals' own rows, once a minute; each page says when. Counts below 5 are not told to
those who see a whole scheme and no people: they read “Fewer than 5”, and every other count in the nearest 5.

| figure | what it is | not to be used for |
|---|---|---|
"""


def figures_page() -> str:
    """`docs/generated/figures.md`."""
    rows = (
        f"| **{figure.label}** (`{figure.name}`) | {figure.means} | {figure.not_for} |" for figure in FIGURES.values()
    )
    return _HEAD + "\n".join(rows) + "\n"
