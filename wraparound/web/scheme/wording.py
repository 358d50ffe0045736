"""What the pages for administrators say of models, pathways and roles."""

from wraparound.organisations.models import Scheme
from wraparound.pathways.vocabulary import HandoverAt, WhenFull

M = Scheme.Model
MODELS: dict[Scheme.Model, str] = {
    M.SEPARATE: "Two services with their own waiting lists. One refers on to the other as it would to anybody.",
    M.CO_LOCATED: "Two services under one roof. When one hands over, the two workers speak and introduce the person.",
    M.CO_FUNDED: "Two services paid from one pot, so that a full team may buy a place elsewhere for somebody.",
    M.SINGLE: "One service does both. Whoever needs both gets one referral to one team, and one worker.",
}

SUITS: dict[str, dict[Scheme.Model, str]] = {
    "link-worker-first": {
        M.SEPARATE: "Suits separate services: the link worker prepares the person and refers on, with the wait said.",
        M.CO_LOCATED: "Made for this: the link worker introduces the person to the adviser next door.",
        M.CO_FUNDED: "Suits: the pot can pay for advice elsewhere when the advisers are full.",
        M.SINGLE: "Works, though nobody is first where one worker does both: the two become one referral.",
    },
    "advice-first": {
        M.SEPARATE: "Suits where the advice service has the shorter wait. Its hand-over is an ordinary referral.",
        M.CO_LOCATED: "Suits where most people come with debts or benefits, and the link worker is near.",
        M.CO_FUNDED: "Suits: advice is often the dearer place, and the pot can pay for one elsewhere.",
        M.SINGLE: "Works, though nobody is first where one worker does both: the two become one referral.",
    },
    "both-at-once": {
        M.SEPARATE: "Works: both services receive it on the same day, and each has its own wait.",
        M.CO_LOCATED: "Made for this: both start together and can speak to each other.",
        M.CO_FUNDED: "Suits: one tick brings both, paid from one pot.",
        M.SINGLE: "Suits: what would be two referrals is one, to one worker.",
    },
    "single-service": {
        M.SEPARATE: "Not the best here: everybody is sent to both services, needed or not.",
        M.CO_LOCATED: "Works where both really meet everybody; otherwise one of them is sent people for nothing.",
        M.CO_FUNDED: "Works where the pot pays for both for everybody.",
        M.SINGLE: "Made for this: every referral reaches one team that does both.",
    },
    "reception-booking": {
        M.SEPARATE: "Suits where each service gives reception its own sessions to book.",
        M.CO_LOCATED: "Made for this: sessions in the practice, booked at its desk.",
        M.CO_FUNDED: "Suits: sessions in the practice, and a paid place elsewhere when they are full.",
        M.SINGLE: "Suits: reception books one session with one worker.",
    },
    "signpost-only": {
        M.SEPARATE: "Suits loosely joined services: people are told where to go, and few referrals are made.",
        M.CO_LOCATED: "Works, but gives away what being under one roof is for.",
        M.CO_FUNDED: "Works, but nobody knows whether people went, which a shared budget will be asked.",
        M.SINGLE: "Works: people are told of one service for everything.",
    },
    "clinical-pathway": {
        M.SEPARATE: "Works: the advice service needs places kept for these referrals, since they cannot wait long.",
        M.CO_LOCATED: "Suits: the adviser comes to the ward or clinic with the link worker.",
        M.CO_FUNDED: "Suits: a paid place elsewhere when a diagnosis cannot wait for one.",
        M.SINGLE: "Suits: one worker for benefits and for company in a hard time.",
    },
    "proactive-call-list": {
        M.SEPARATE: "Works: whoever rings must know both services’ waits.",
        M.CO_LOCATED: "Suits: the practice rings, and the services next door take it on.",
        M.CO_FUNDED: "Suits: the pot can pay for the places that a list fills all at once.",
        M.SINGLE: "Suits: whoever is rung gets one worker for whatever they say.",
    },
}

WHEN_FULL: dict[WhenFull, str] = {
    WhenFull.OFFER_NEXT_NEAREST: "Offer the next nearest team",
    WhenFull.SPOT_PURCHASE: "Buy a place elsewhere (co-funded schemes only)",
    WhenFull.WAITING_LIST: "Put them on the waiting list",
    WhenFull.TELL_REFERRER: "Tell the referrer that nobody has a place",
}

MOMENTS: dict[HandoverAt, str] = {
    HandoverAt.AT_ONCE: "At once, with the referral itself",
    HandoverAt.PREPARED: "Once the person is prepared",
    HandoverAt.FIRST_APPOINTMENT_DONE: "After the first appointment",
    HandoverAt.ISSUE_RESOLVED: "At the end, when the problem is resolved",
}
