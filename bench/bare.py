"""The least that a view could do to take the same referral in: the same rows by plain SQL, and nothing checked."""

import json
import uuid
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Scheme, Team
from wraparound.referrals.models import new_reference

PERSON = """
    INSERT INTO people_person (
        scheme_id, organisation_ids, nhs_number, nhs_number_absent, family_name, given_names, known_as, names_plain,
        date_of_birth, possible_duplicate, address, postcode, no_fixed_abode, practice_id, mobile, landline, email,
        mobile_calls, mobile_texts, landline_calls, email_messages, letters, safe_times, voicemail,
        may_say_who_is_calling, address_withheld, contact_notes, preferred_language, interpreter_needed,
        access_needs, digital_access
    ) VALUES (%s, %s, %s, '', %s, %s, '', '', %s, false, '', %s, false, %s, %s, '', '', 'not_asked', 'not_asked',
        'not_asked', 'not_asked', 'not_asked', '', 'not_asked', 'not_asked', false, '', '', false, '', 'not_asked')
    RETURNING id
"""
AGREEMENT = """
    INSERT INTO consent_agreement (
        scheme_id, organisation_ids, person_id, how, exception_reason, wording, recorded_by_id,
        recorded_by_organisation_id, recorded_at, language, given_by, representative, capacity, capacity_note
    ) VALUES (%s, %s, %s, %s, '', 'referral-1', %s, %s, %s, 'en', 'person', '', 'no_doubt', '') RETURNING id
"""
CONSENTS = """
    INSERT INTO consent_consent (
        scheme_id, organisation_ids, person_id, agreement_id, purpose, to_organisation_ids, to_named, categories,
        given_at, ask_again_on, taken_back_how
    )
    SELECT %s, %s, %s, %s, purpose, %s, '', '{progress}', %s, current_date + 182, ''
    FROM unnest(ARRAY['share_between_services', 'tell_referrer_outcome']) purpose
"""
JOURNEY = """
    INSERT INTO referrals_journey (
        scheme_id, organisation_ids, reference, person_id, pathway_version_id, entry, from_organisation_id,
        from_user_id, hide_from_online_view, opened_at, sender_system, sender_identifier, sender_sha256,
        needs, urgent_flags, advice_ticked, clinical_reason, entry_details, letter
    ) VALUES (%s, %s, %s, %s, %s, 'clinician', %s, %s, false, %s, 'bare', %s, '', %s, '{}', true, '', '{}', '')
    RETURNING id
"""
REFERRAL = """(%s, %s, %s, %s, %s, 'referral', %s, %s, %s, %s, %s, %s, '{}', %s, '', '{}', %s, 'sent', %s,
        'receiving_team', NULL, 1, %s, %s, false, %s, 'not_answered', NULL, 0, %s, '', '',
        '{}', '', 'first', '', false, false)"""
REFERRALS = """
    INSERT INTO referrals_referral (
        scheme_id, organisation_ids, journey_id, person_id, agreement_id, kind, service, from_organisation_id,
        from_user_id, to_organisation_id, to_team_id, needs, urgent_flags, reason, told, said_differently, sent_at,
        status, status_since, whose_turn, worker_id, rank, due_at, escalate_at, escalated, timeout_at, timeout_to,
        accepted_at, attempts, last_activity_at, decline_reason, outcome, joined, pause_reason, placed, session,
        supervisor_decides, limit_runs
    ) VALUES
"""
INVOLVEMENT = "(%s, %s, %s, %s, %s, %s, NULL)"
INVOLVEMENTS = """
    INSERT INTO people_involvement (scheme_id, person_id, organisation_id, opened_by_id, reason, started, ended) VALUES
"""
EVENT = """
    INSERT INTO events_event (
        scheme_id, organisation_ids, name, person_id, journey_id, data, by_user_id, by_organisation_id, occurred_at
    ) VALUES (%s, %s, 'referral_made', %s, %s, %s, %s, %s, %s)
"""


class Fixed:
    """What a view that looks nothing up has to know beforehand."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.version = Scheme.objects.get(pk=actor.scheme_id).pathway_version_id
        first: dict[str, Team] = {}
        for team in Team.objects.filter(scheme_id=actor.scheme_id).order_by("pk"):
            first.setdefault(team.service, team)
        self.teams = list(first.values())
        self.organisations = sorted({actor.organisation_id, *(team.organisation_id for team in self.teams)})


def take_in(fixed: Fixed, said: Any) -> str:
    """Write one referral's rows in the open transaction; its reference."""
    by, now, told = fixed.actor, timezone.now(), fixed.organisations
    scheme, practice, user = by.scheme_id, by.organisation_id, by.user_id
    due, end = now + timedelta(days=2), now + timedelta(days=9)
    born = date(*(int(said[f"date_of_birth-{part}"]) for part in ("year", "month", "day")))
    reference = new_reference()
    with connection.cursor() as cursor:
        cursor.execute(
            PERSON,
            [scheme, [practice], said["nhs_number"], said["family_name"], said["given_names"], born, said["postcode"],
             practice, said["mobile"]],
        )  # fmt: skip
        [person] = cursor.fetchone()
        cursor.execute(AGREEMENT, [scheme, told, person, said["agreed_how"], user, practice, now])
        [agreement] = cursor.fetchone()
        cursor.execute(CONSENTS, [scheme, told, person, agreement, told, now])
        cursor.execute(
            JOURNEY,
            [scheme, told, reference, person, fixed.version, practice, user, now, said["submission"], [said["needs"]]],
        )
        [journey] = cursor.fetchone()
        sent: list[object] = []
        for team in fixed.teams:
            sent += [scheme, told, journey, person, agreement, team.service, practice, user, team.organisation_id,
                     team.pk, [said["needs"]], said["reason"], now, now, due, due, end, now]  # fmt: skip
        cursor.execute(REFERRALS + ", ".join([REFERRAL] * len(fixed.teams)), sent)
        involved: list[object] = [scheme, person, practice, practice, "referred", now]
        for team in fixed.teams:
            involved += [scheme, person, team.organisation_id, practice, "asked", now]
        cursor.execute(INVOLVEMENTS + ", ".join([INVOLVEMENT] * (1 + len(fixed.teams))), involved)
        data = json.dumps({"entry": "clinician", "services": [team.service for team in fixed.teams], "urgent": False})
        cursor.execute(EVENT, [scheme, told, person, journey, data, user, practice, now])
    return reference


_fixed: dict[int, Fixed] = {}


def bare(request: HttpRequest) -> HttpResponseRedirect:
    """A view of it, behind the same middleware as the page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    assert actor.user_id is not None
    fixed = _fixed.get(actor.user_id) or _fixed.setdefault(actor.user_id, Fixed(actor))
    return HttpResponseRedirect(f"/referrals/{take_in(fixed, request.POST)}/sent/")


def submission() -> str:
    return str(uuid.uuid4())
