"""Functions that run past row-level security: each is declared here, and says no more than its sentence."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

# Each is a hole in the wall. A new one is argued for where it is made, and said here in a sentence.
DECLARED = {
    "people_keep_organisations": "Writes the open involvements' organisations on the person's row; returns nothing.",
    "people_duplicate_check": "Answers yes, no or unsure about one scheme's people; the id only when proven.",
    "referrals_forget_launches": "Empties what GP systems handed over once it is too old to be sent; answers nothing.",
    "referrals_facts": "Counts referrals of the acting scheme that were alike on a day; no person, practice or text.",
    "referrals_loads": "Counts each worker's people in the acting organisation's own teams; ids and numbers alone.",
    "referrals_permitted": "Answers whether an acting scheme's journey permits organisations a purpose; yes or no.",
    "referrals_keep_readers": "Writes who may read an acting scheme's journey from what is permitted; returns nothing.",
    "referrals_consent_changed": "Writes the readers anew when a consent changes; returns nothing.",
    "referrals_journeys_after": "Lists ids of the acting scheme's journeys, for the job that keeps their readers.",
    "referrals_keep_consents": "Ends the consents of a case that closed, and begins them again; returns nothing.",
    "referrals_letters_near": "Lists ids of referrals that nobody has taken on and whose letter is near, and whose.",
    "referrals_consents_run_out": "Lists ids of consents whose last day is over, for the clock, and whose.",
    "people_withhold": "Moves a withheld address off the person's row as it is written; returns nothing else.",
    "people_share_marker": "Sets who reads a marker from who works with the person; returns nothing else.",
    "people_hidden": "Lists ids of people whose record is kept from one user, for the policies; ids alone.",
    "people_named": "Lists ids of people of the acting organisation by name and birth date; ids alone.",
    "people_find_in_emergency": "Answers the id of whom a number and a birth date together prove; nothing else.",
    "people_open_in_emergency": "Opens a record for which why is written down; answers which organisations have it.",
    "people_openings_over": "Lists ids of emergency openings whose hours are over, for the clock, and whose.",
    "referrals_closed_page": "Says of whom a link asks for its code, and whether it is over; nothing of the person.",
    "referrals_open_once": "Answers once, for a link and its code, what a person signed for; counts wrong codes.",
    "referrals_follow_emergency": "Opens or closes journeys to the acting organisation; returns nothing.",
    "referrals_workers_of": "Lists the ids of users who work with a person of the acting scheme; ids alone.",
    "referrals_in_hand": "Counts, for teams of the acting scheme, people in hand and waiting; numbers alone.",
    "referrals_teams_with_waiting": "Lists ids of teams with a waiting list for the clock, each with its owner's.",
    "referrals_follow_signpost": "Marks the acting scheme's code as followed by an own journey; answers its id.",
    "reporting_count": "Counts the days that events touched anew; answers how far it came and how many days.",
    "reporting_recount": "Counts every sender's days anew; answers how many senders there are.",
    "messaging_codes_given": "Answers which codes an open episode of one person of the acting scheme has; codes alone.",
    "messaging_digests_due": "Lists ids of one scheme's readers with no digest yet for a moment, for the clock.",
    "advice_conflict": "Answers whether names are on both sides of something in the acting organisation; yes or no.",
    "supervision_organisations": "Lists which organisations have matters to review, for the clock; ids alone.",
    "advice_limits_to_say": "Lists ids of time limits of which a set day has come, for the clock, and whose.",
    "files_to_look_at": "Lists ids of documents that wait to be looked through, for the clock, and whose.",
    "safeguarding_late": "Lists ids of concerns that nobody owns or their owner left, with scheme and organisation.",
    "safeguarding_unmarked": "Lists ids of referrals that came in while a concern was open, for the clock, and whose.",
    "privacy_holders": "Lists which organisations hold something of one person open to the asker; ids alone.",
    "privacy_changes": "Answers old versions that the acting organisation could read then, by person, user or time.",
    "privacy_join": "Moves one person's rows to another record, as a row made by the actor says; answers how many.",
    "privacy_part_again": "Puts back the rows that a joining of the actor's moved; answers how many.",
    "privacy_records_of": "Lists which records were joined to one of the acting scheme; ids alone.",
    "people_duplicate_check_of_rows": "The same as the check, before it follows records that were joined.",
    "privacy_old_versions": "Answers old versions of given rows that the acting organisation could read then.",
    "privacy_told": "Answers, of one person open to the asker, which organisations got what, why and when; no user.",
    "audit_why": "Answers in one word what opens one person's record to an organisation at a moment.",
    "audit_kept_by_name": "Lists ids of people whose record is kept from the acting user by name; ids alone.",
    "audit_sealing": "Answers when the first unsealed event was written, and the newest seal made; two times alone.",
    "audit_seal_rows": "Writes the seal of a table's next rows up to a number; answers how many rows that were.",
    "referrals_overdue": "Lists ids of overdue referrals with their scheme and organisation for the clock.",
}
FOUND = """
    SELECT proname::text, coalesce(proconfig, '{}') FROM pg_proc
    WHERE prosecdef AND pronamespace = 'public'::regnamespace
"""


def definers() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        return dict(cursor.execute(FOUND).fetchall())


def test_each_is_declared_and_none_is_declared_in_vain() -> None:
    assert set(definers()) == set(DECLARED)


def test_each_looks_names_up_in_one_place() -> None:
    for name, settings in definers().items():
        assert settings == ["search_path=public, pg_temp"], name


def test_nothing_but_functions_and_tables_runs_as_the_owner() -> None:
    """A view without `security_invoker` would show its reader what the owner sees."""
    with connection.cursor() as cursor:
        views = cursor.execute("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relowner <> 10").fetchall()
    assert not views


def test_the_clock_is_given_ids_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals_overdue(now(), 1)")
        assert cursor.description is not None
        columns = {column.name: column.type_code for column in cursor.description}
    whole_number = 20
    assert columns == {name: whole_number for name in ("referral", "scheme", "organisation")}
