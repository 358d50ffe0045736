"""Who may do what: one readable list. Nothing is allowed that is not listed here."""

from enum import StrEnum


class Capability(StrEnum):
    REFER = "refer"
    FOLLOW_REFERRALS = "follow_referrals"
    SEE_PRACTICE_REFERRALS = "see_practice_referrals"
    SEE_PEOPLE = "see_people"
    SEE_REASON = "see_reason"
    SEE_SELF_DESCRIPTION = "see_self_description"
    SEE_WORKLIST = "see_worklist"
    WORK_REFERRALS = "work_referrals"
    WRITE_NOTES = "write_notes"
    GIVE_ADVICE = "give_advice"
    SUPERVISE = "supervise"
    ANSWER_SAME_DAY = "answer_same_day"
    MANAGE_TEAM = "manage_team"
    MANAGE_SCHEME = "manage_scheme"
    MANAGE_MEMBERS = "manage_members"
    SEE_FIGURES = "see_figures"
    LET_TIME_PASS = "let_time_pass"
    SHARE_OUT = "share_out"
    RUN_CALL_LISTS = "run_call_lists"
    RAISE_CONCERN = "raise_concern"
    ANSWER_CONCERN = "answer_concern"
    SEND_DIGESTS = "send_digests"
    ACCEPT_INVITATION = "accept_invitation"
    ASK_IN_PUBLIC = "ask_in_public"
    ANSWER_RIGHTS = "answer_rights"
    KEEP_RECORDS = "keep_records"
    JOIN_RECORDS = "join_records"
    INVESTIGATE = "investigate"
    RECORD_CONSENT = "record_consent"
    RESTRICT_RECORDS = "restrict_records"
    SEE_ABUSE_MARKERS = "see_abuse_markers"
    OPEN_IN_EMERGENCY = "open_in_emergency"
    LOOK_AT_OPENINGS = "look_at_openings"
    OPEN_ONCE = "open_once"
    SIGN_EVIDENCE = "sign_evidence"


C = Capability
_REFERRING = frozenset(
    {C.REFER, C.FOLLOW_REFERRALS, C.SEE_PRACTICE_REFERRALS, C.SEE_PEOPLE, C.RAISE_CONCERN, C.RECORD_CONSENT}
)
_WORKING = frozenset(
    {
        C.REFER,
        C.SEE_PRACTICE_REFERRALS,
        C.RAISE_CONCERN,
        C.SEE_PEOPLE,
        C.SEE_REASON,
        C.SEE_WORKLIST,
        C.WORK_REFERRALS,
        C.FOLLOW_REFERRALS,
        C.WRITE_NOTES,
        C.ANSWER_SAME_DAY,
        C.RECORD_CONSENT,
        C.RESTRICT_RECORDS,
        C.OPEN_IN_EMERGENCY,
        C.SEE_ABUSE_MARKERS,
    }
)


class Role(StrEnum):
    """What a membership makes of a user in one organisation of one scheme; those in `NOBODYS` are nobody's."""

    CLINICIAN = "clinician"
    RECEPTIONIST = "receptionist"
    PRACTICE_MANAGER = "practice_manager"
    LINK_WORKER = "link_worker"
    ADVISER = "adviser"
    HYBRID_WORKER = "hybrid_worker"
    SUPERVISOR = "supervisor"
    VOLUNTEER = "volunteer"
    SERVICE_MANAGER = "service_manager"
    COMMISSIONER = "commissioner"
    SCHEME_ADMINISTRATOR = "scheme_administrator"
    HEALTH_VISITOR = "health_visitor"
    REFERRING_WORKER = "referring_worker"
    INFORMATION_GOVERNANCE_LEAD = "information_governance_lead"
    PUBLIC = "public"
    FRONT_DOOR = "front_door"
    INVITED = "invited"
    SHOWN_ONCE = "shown_once"
    CONNECTED_SYSTEM = "connected_system"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


NOBODYS = (Role.PUBLIC, Role.FRONT_DOOR, Role.INVITED, Role.SHOWN_ONCE, Role.CONNECTED_SYSTEM, Role.SYSTEM)

CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.CLINICIAN: _REFERRING
    | {C.SEE_REASON, C.RUN_CALL_LISTS, C.ANSWER_CONCERN, C.RESTRICT_RECORDS, C.OPEN_IN_EMERGENCY}
    | {C.SEE_ABUSE_MARKERS, C.SIGN_EVIDENCE},
    Role.RECEPTIONIST: _REFERRING | {C.RUN_CALL_LISTS},
    Role.PRACTICE_MANAGER: frozenset({C.SEE_PRACTICE_REFERRALS, C.SEE_FIGURES, C.LOOK_AT_OPENINGS}),
    Role.LINK_WORKER: _WORKING | {C.SEE_SELF_DESCRIPTION},
    Role.ADVISER: _WORKING | {C.GIVE_ADVICE, C.SEE_SELF_DESCRIPTION},
    Role.HYBRID_WORKER: _WORKING | {C.GIVE_ADVICE, C.SEE_SELF_DESCRIPTION},
    Role.SUPERVISOR: _WORKING
    | {C.GIVE_ADVICE, C.SUPERVISE, C.SHARE_OUT, C.ANSWER_CONCERN, C.SEE_SELF_DESCRIPTION, C.SEE_FIGURES}
    | {C.LOOK_AT_OPENINGS},
    Role.VOLUNTEER: frozenset({C.SEE_WORKLIST, C.SEE_PEOPLE, C.RAISE_CONCERN}),
    Role.SERVICE_MANAGER: frozenset(
        {
            C.SEE_PEOPLE,
            C.SEE_REASON,
            C.SEE_WORKLIST,
            C.SUPERVISE,
            C.MANAGE_TEAM,
            C.SEE_FIGURES,
            C.ANSWER_SAME_DAY,
            C.SHARE_OUT,
            C.RAISE_CONCERN,
            C.ANSWER_CONCERN,
            C.RECORD_CONSENT,
            C.RESTRICT_RECORDS,
            C.LOOK_AT_OPENINGS,
        }
    ),
    Role.COMMISSIONER: frozenset({C.SEE_FIGURES}),
    Role.SCHEME_ADMINISTRATOR: frozenset({C.MANAGE_SCHEME, C.SEE_FIGURES}),
    # A hospital ward, a council or a voluntary organisation: what it is says where its referrals come in.
    Role.HEALTH_VISITOR: _REFERRING | {C.SEE_REASON, C.OPEN_IN_EMERGENCY},
    Role.REFERRING_WORKER: _REFERRING | {C.SEE_REASON},
    # Answers for what one organisation holds. Works with nobody; each look is noted like any other.
    Role.INFORMATION_GOVERNANCE_LEAD: frozenset(
        {C.SEE_PEOPLE, C.ANSWER_RIGHTS, C.KEEP_RECORDS, C.JOIN_RECORDS, C.INVESTIGATE}
    ),
    # Somebody asking for help from outside: sees nothing. The front door, inside, takes the request in.
    Role.PUBLIC: frozenset({C.ASK_IN_PUBLIC}),
    Role.FRONT_DOOR: frozenset({C.REFER, C.SEE_PEOPLE}),
    # Whoever holds the link of an invitation: sees nothing, and becomes the member that it says.
    Role.INVITED: frozenset({C.ACCEPT_INVITATION}),
    # Whoever holds the link of a one-time page: sees nothing but what its code opens.
    Role.SHOWN_ONCE: frozenset({C.OPEN_ONCE}),
    # Another system, acting for an organisation with a credential: of these what `GRANTS` says that it was given.
    Role.CONNECTED_SYSTEM: frozenset(
        {C.REFER, C.SEE_PEOPLE, C.SEE_REASON, C.SEE_PRACTICE_REFERRALS, C.FOLLOW_REFERRALS}
    ),
    # The clock and the jobs, acting for one organisation at a time.
    Role.SYSTEM: frozenset(
        {C.LET_TIME_PASS, C.SEE_PEOPLE, C.SEE_WORKLIST, C.SEE_REASON, C.SHARE_OUT, C.SEND_DIGESTS, C.SEE_FIGURES}
        # Collects each organisation's part of an answer, as that organisation.
        | {C.ANSWER_RIGHTS}
        # Raises none by itself: it marks what comes in about somebody of whom a concern is open.
        | {C.RAISE_CONCERN}
    ),
}

# What a membership that administers its organisation may do besides what its role may.
ADMINISTERING = frozenset({C.MANAGE_MEMBERS})

# What a credential may be given, and what each needs in order to be done.
GRANTS: dict[Capability, frozenset[Capability]] = {
    C.REFER: frozenset({C.REFER, C.SEE_PEOPLE, C.SEE_REASON}),
    C.SEE_PRACTICE_REFERRALS: frozenset({C.SEE_PRACTICE_REFERRALS}),
    C.FOLLOW_REFERRALS: frozenset({C.FOLLOW_REFERRALS, C.SEE_PRACTICE_REFERRALS}),
}

# Who meets people at all: whoever only sees figures, or sets a scheme up, answers no concern.
MEETING = tuple(
    role
    for role, held in CAPABILITIES.items()
    if role is not Role.CONNECTED_SYSTEM and held & {C.SEE_PEOPLE, C.SEE_PRACTICE_REFERRALS}
)
ANSWERING_SAME_DAY = tuple(role for role, held in CAPABILITIES.items() if C.ANSWER_SAME_DAY in held)

# What a person reads when they may not: a sentence, never a code.
REFUSALS: dict[Capability, str] = {
    C.REFER: "Your role cannot make referrals.",
    C.FOLLOW_REFERRALS: "Your role cannot answer for what it sent.",
    C.SEE_PRACTICE_REFERRALS: "Your role cannot see the practice's referrals.",
    C.SEE_PEOPLE: "Your role cannot see people's records.",
    C.SEE_REASON: "Your role cannot see the reason for a referral.",
    C.SEE_SELF_DESCRIPTION: "Your role cannot see how people describe themselves.",
    C.SEE_WORKLIST: "Your role has no worklist.",
    C.WORK_REFERRALS: "Your role cannot take on or answer referrals.",
    C.WRITE_NOTES: "Your role cannot write case notes.",
    C.GIVE_ADVICE: "Your role can spot and prepare an advice issue, and refer it; an adviser gives the advice.",
    C.SUPERVISE: "This needs a supervisor.",
    C.ANSWER_SAME_DAY: "Your role cannot answer a same-day alert.",
    C.MANAGE_TEAM: "This needs a service manager.",
    C.MANAGE_SCHEME: "This needs a scheme administrator.",
    C.MANAGE_MEMBERS: "This needs an administrator of your organisation.",
    C.SEE_FIGURES: "Your role cannot see the figures.",
    C.LET_TIME_PASS: "Only the system's clock does this.",
    C.SHARE_OUT: "A supervisor or a service manager shares out the work.",
    C.RUN_CALL_LISTS: "Your role has no call lists.",
    C.RAISE_CONCERN: "Your role cannot raise a safeguarding concern here. Tell your safeguarding lead.",
    C.ANSWER_CONCERN: "A safeguarding concern is answered by the named lead, a supervisor or a clinician.",
    C.SEND_DIGESTS: "Only the system sends digests.",
    C.ACCEPT_INVITATION: "An invitation is accepted by its own link.",
    C.ANSWER_RIGHTS: "The organisation's information governance lead answers requests for what is held.",
    C.KEEP_RECORDS: "The organisation's information governance lead decides how long records are kept.",
    C.JOIN_RECORDS: "The organisation's information governance lead joins two records of one person.",
    C.INVESTIGATE: "The organisation's information governance lead looks into who read and changed records.",
    C.RECORD_CONSENT: "Your role cannot write down what people agree to.",
    C.ASK_IN_PUBLIC: "This is how the public asks for help. Refer the person instead.",
    C.SEE_ABUSE_MARKERS: "What may be dangerous at home is for those who make contact with the person.",
    C.RESTRICT_RECORDS: "Your role cannot restrict who sees a record. Ask your supervisor.",
    C.OPEN_IN_EMERGENCY: "Your role cannot open a record in an emergency. Ask a clinician or a worker who can.",
    C.OPEN_ONCE: "A one-time page is for whoever was sent its link.",
    C.SIGN_EVIDENCE: "Medical evidence is signed by a clinician.",
    C.LOOK_AT_OPENINGS: "A supervisor or manager looks at what was opened in an emergency.",
}
