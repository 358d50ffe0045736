"""The jobs that write messages back with their PDFs, put digests together, and hand letters over."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from wraparound.documents.message_back import MessageBackContent, SnomedCode
from wraparound.documents.pdf import message_back_pdf
from wraparound.events.models import Event
from wraparound.messaging.coding import Told, code_for
from wraparound.messaging.content import reopened_before, services_of, write_content
from wraparound.messaging.digests import put_together
from wraparound.messaging.letters import (
    NOTICES,
    digest_letter,
    invitation_letter,
    link_letter,
    notice_letter,
    sign_in_letter,
)
from wraparound.messaging.models import CodedEntry, DigestSent, MessageBack, Occasion
from wraparound.messaging.post import Letter, NotSent, the_post
from wraparound.messaging.slots import daily_slot, weekly_slot
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.invitations import Standing, standing
from wraparound.organisations.jobs import RETRY, job
from wraparound.organisations.models import Digest, Invitation, Membership, Scheme, User
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation, Service, Status
from wraparound.referrals.models import WITH_A_TEAM, Referral
from wraparound.referrals.told import note_told
from wraparound.safeguarding.leads import answerers, who_may_answer
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.states import ConcernStatus

OCCASIONS = {
    Status.ACCEPTED: Occasion.ACCEPTED,
    Status.DECLINED: Occasion.DECLINED,
    Status.LOST_CONTACT: Occasion.LOST_CONTACT,
    Status.NOT_ANSWERED: Occasion.NOT_ANSWERED,
    Status.CLOSED: Occasion.CLOSED,
    # Come to from `accepted` it is the first contact; a pause that ends is nothing to tell.
    Status.IN_PROGRESS: Occasion.IN_CONTACT,
}
# That somebody took the person on, and was in contact, is told (and coded) once however often work is opened again.
ONCE = (Occasion.ACCEPTED, Occasion.IN_CONTACT)
MOST_AT_ONCE = 2000
log = logging.getLogger(__name__)
WITH_THE_SERVICE = frozenset(Status(each) for each in WITH_A_TEAM)


def tell_referrer(event: Event, by: Any) -> None:
    """Handler: a move that came to one of the occasions is told to the referrer by a job."""
    was, moved_to = Status(event.data["from"]), Status(event.data["to"])
    answered_before = was not in WITH_THE_SERVICE
    if was != moved_to and moved_to in OCCASIONS and not answered_before:
        write_message_back.later(
            # For the reader, whose record stays open to it whatever the service does next.
            by=replace(system(event.scheme_id, event.data["sender"]), moment=by.moment),
            referral_id=event.referral_id,
            occasion=OCCASIONS[moved_to],
            event_id=event.pk,
        )


@job(queue="messages")
def write_message_back(*, by: Actor, referral_id: int, occasion: str, event_id: int = 0) -> None:
    """Write the message once per occasion, with its code and its PDF. Run again, it changes nothing.

    Where work is opened again, how it then ends is told again. The person and the case stay with the organisations
    that may see them: the row carries what is told.
    """
    reopened = [] if occasion in ONCE else reopened_before(referral_id, event_id)
    told = MessageBack.objects.visible_to(by).filter(referral_id=referral_id, occasion=occasion)
    if told.filter(times_reopened=len(reopened)).exists():
        return
    referral = (
        Referral.objects.visible_to(by)
        .select_related("person__practice", "journey", "to_team__organisation", "from_organisation", "from_user")
        .filter(pk=referral_id)
        .first()
    )
    # Whom the person does not let be told reads no row of it.
    if referral is None:
        return
    if occasion == Occasion.IN_CONTACT and Service.SOCIAL_PRESCRIBING not in services_of(referral):
        return
    code = _code(referral, Occasion(occasion))
    content = write_content(referral, Occasion(occasion), code, reopened=reopened[-1] if reopened else None)
    message = MessageBack.objects.create(
        scheme_id=referral.scheme_id,
        organisation_ids=sorted({referral.from_organisation_id, referral.to_organisation_id}),
        journey_id=referral.journey_id,
        referral=referral,
        person_id=referral.person_id,
        to_organisation_id=referral.from_organisation_id,
        to_user_id=referral.from_user_id,
        occasion=occasion,
        times_reopened=len(reopened),
        content=content.to_json(),
        hide_from_online_view=content.hide_from_online_view,
        written_at=by.now(),
        pdf=message_back_pdf(MessageBackContent.from_json(content.to_json())),
    )
    _written(message, code, by)


def _code(referral: Referral, occasion: Occasion) -> SnomedCode | None:
    """The code that this message gives. One message of a person's is written at a time, so that two do not both."""
    told = Told(occasion, services_of(referral), referral.decline_reason)
    if code_for(told, given=()) is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"codes of {referral.person_id}"])
        given = cursor.execute(
            "SELECT code FROM messaging_codes_given(%s, %s)", [referral.person_id, referral.sent_at]
        ).fetchall()
    return code_for(told, {code for (code,) in given})


def _written(message: MessageBack, code: SnomedCode | None, by: Actor) -> None:
    """What goes with a message: that it reached its reader, and its code."""
    note_told(message.person_id, message.to_organisation_id, "message-back", by=by)
    if code is not None:
        _enter(code, message, by)


def _enter(code: SnomedCode, message: MessageBack, by: Actor) -> None:
    CodedEntry.objects.create(
        scheme_id=message.scheme_id,
        organisation_ids=message.organisation_ids,
        person_id=message.person_id,
        referral_id=message.referral_id,
        message=message,
        code=code.code,
        term=code.term,
        entered_at=by.now(),
    )


def invite_by_letter(event: Event, by: Any) -> None:
    """Handler: an invitation was made."""
    send_invitation.later(by=system(event.scheme_id, by.organisation_id), invitation_id=event.data["invitation"])


@job(queue="messages")
def send_invitation(*, by: Actor, invitation_id: int) -> None:
    """Send the link, as long as it is still good. Tried again, it may come twice, which does no harm."""
    invitation = Invitation.objects.get(pk=invitation_id, scheme_id=by.scheme_id)
    if standing(invitation, by.now()) is Standing.OPEN:
        _post(invitation_letter(invitation))


def ask_to_sign_in(event: Event, by: Any) -> None:
    """Handler: a concern was raised or grew late. The letter does not say so."""
    ask_those_of_concern.later(
        by=system(event.scheme_id, by.organisation_id), concern_id=event.data["concern"], practice=False
    )


def ask_practice_to_sign_in(event: Event, by: Any) -> None:
    """Handler: it was decided whether a practice is told of a concern."""
    ask_those_of_concern.later(
        by=system(event.scheme_id, by.organisation_id), concern_id=event.data["concern"], practice=True
    )


@job(queue="messages")
def ask_those_of_concern(*, by: Actor, concern_id: int, practice: bool) -> None:
    """A letter of its own to each who must answer, so that what becomes of one is nothing to another."""
    concern = Concern.objects.visible_to(by).get(pk=concern_id)
    asked = _asked_at_practice(concern) if practice else _asked_here(concern)
    # Whoever raised it knows, until it is left by whom they gave it to.
    told = {concern.raised_by_id} if concern.status == ConcernStatus.RAISED else set()
    for user_id in sorted(asked - told):
        ask_one.later(by=by, user_id=user_id)


@job(queue="messages")
def ask_one(*, by: Actor, user_id: int) -> None:
    """Better twice than not at all."""
    _post(sign_in_letter(User.objects.get(pk=user_id).email))


def _asked_here(concern: Concern) -> set[int]:
    """The lead and the deputy while it is not late, else everybody who may answer; nobody while somebody sees to it."""
    if concern.status == ConcernStatus.ENDED or (concern.status == ConcernStatus.OWNED and not concern.late_at):
        return set()
    named = {pk for pk in (concern.lead_id, concern.deputy_id) if pk}
    if named and not concern.late_at:
        return named
    return {user.pk for user in answerers(concern)}


def _asked_at_practice(concern: Concern) -> set[int]:
    if concern.practice_id is None:
        return set()
    return {user.pk for user in who_may_answer(concern.scheme_id, concern.practice_id, _hidden(concern))}


def _hidden(concern: Concern) -> frozenset[int]:
    return frozenset(concern.kept_from)


def send_link(user_id: int) -> None:
    """Queue the letter with a link to a new password; for 0, which is nobody, a job that does nothing takes as long."""
    write_link.defer(user_id=user_id)


@app.task(name="messaging.write_link", queue="messages", retry=RETRY)
def write_link(user_id: int) -> None:
    """The link is made when it is sent, so that the queue holds none."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is not None:
        _post(link_letter(user))


def send_notice(user_id: int, what: str) -> None:
    """Queue the letter that tells a user what became of their account; `what` is one of NOTICES."""
    if what not in NOTICES:
        raise KeyError(what)
    write_notice.defer(user_id=user_id, what=what)


@app.task(name="messaging.write_notice", queue="messages", retry=RETRY)
def write_notice(user_id: int, what: str) -> None:
    _post(notice_letter(User.objects.get(pk=user_id).email, what))


def _post(letter: Letter) -> None:
    """Hand a letter over, where there is a mail server or its stand-in: a fault of the moment is tried again."""
    post = the_post()
    if post.ready:
        post.send(letter)
    else:
        log.warning("MAIL_URL is not set: a letter was not sent.")


def sweep_digests(now: datetime) -> int:
    """Queue a digest for each reader who has none yet for the latest moment of theirs; how many."""
    queued = 0
    for scheme in Scheme.objects.order_by("pk"):
        calendar = calendar_for(Nation(scheme.nation))
        for kind, until in ((Digest.DAILY, daily_slot(now, calendar)), (Digest.WEEKLY, weekly_slot(now, calendar))):
            for membership, organisation in _readers(scheme, kind, until) if until else ():
                make_digest.later(
                    by=system(scheme, organisation), membership_id=membership, until=until.isoformat() if until else ""
                )
                queued += 1
    return queued


def _readers(scheme: Scheme, kind: Digest, until: datetime) -> Iterable[tuple[int, int]]:
    """Memberships with their organisations. Only ids come out of the database here."""
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute(
            "SELECT membership, organisation FROM messaging_digests_due(%s, %s, %s, %s)",
            [scheme.pk, [kind.value], until, MOST_AT_ONCE],
        )
        return [(membership, organisation) for membership, organisation in cursor.fetchall()]


@app.periodic(cron="*/10 * * * *")
@app.task(queue="clock", queueing_lock="messaging.digests", name="messaging.sweep_digests")
def sweep_digests_every_ten_minutes(timestamp: int) -> None:
    sweep_digests(timezone.now())


@job(queue="messages")
def make_digest(*, by: Actor, membership_id: int, until: str) -> None:
    """Put one reader's digest together. Run again, it is the same one; with no news, none is sent."""
    reader = Membership.objects.select_related("user").get(
        pk=membership_id, scheme_id=by.scheme_id, organisation_id=by.organisation_id
    )
    if reader.ended is not None or reader.digest == Digest.NONE:
        return
    digest = put_together(reader, datetime.fromisoformat(until), by)
    if digest.content and digest.attempted_at is None and the_post().ready:
        post_digest.later(by=by, digest_id=digest.pk)


@job(queue="messages")
def post_digest(*, by: Actor, digest_id: int) -> None:
    """Hand its letter over once. That it is tried is committed before: what became of a try is not guessed at."""
    digest = DigestSent.objects.visible_to(by).select_for_update().get(pk=digest_id)
    if digest.attempted_at is not None:
        return
    digest.attempted_at = by.now()
    digest.save(update_fields=["attempted_at"])
    letter = digest_letter(digest.membership.user.email, digest.pk, len(digest.content))
    transaction.on_commit(partial(_hand_over, by, digest_id, letter))


def _hand_over(by: Actor, digest_id: int, letter: Letter) -> None:
    """After the commit. Surely not sent, it may be tried again; with an unknown end it is left as it is."""
    try:
        the_post().send(letter)
    except NotSent as fault:
        if not fault.known:
            log.exception("Nobody knows whether the letter of digest %s went: it is not sent again.", digest_id)
            return
        _note(by, digest_id, attempted_at=None)
        raise
    _note(by, digest_id, sent_at=by.now())


def _note(by: Actor, digest_id: int, **changes: datetime | None) -> None:
    with acting_as(by):
        DigestSent.objects.visible_to(by).filter(pk=digest_id).update(**changes)
