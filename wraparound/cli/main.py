"""The `wraparound` command. Each subcommand loads what it needs only when it is the one asked for."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from wraparound.cli.problem import Problem, sentence_for
from wraparound.config.logs import tell

SCHEME = {
    "name": "its name",
    "nation": "england, wales, scotland or northern_ireland",
    "model": "how its services stand to each other: separate, co_located, co_funded or single",
    "public-name": "the end of its public address, where people may ask for help themselves",
    "ods-code": "code of the first administrator's organisation, which may be known already",
    "organisation": "name of that organisation",
    "kind": "its kind, such as borough, practice or advice",
    "administrator": "full name of the first administrator",
    "email": "their email address",
}

ARCHIVE = {"wal": "FILE FOLDER", "base": "FOLDER", "fetch": "FOLDER NAME FILE", "open": "FILE"}


def main(arguments: Sequence[str] | None = None) -> int:
    sys.excepthook = tell
    wanted = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wraparound.config.settings")
    try:
        return wanted.run(wanted) or 0
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wraparound", description="Social prescribing and legal advice, joined.")
    add = parser.add_subparsers(required=True, metavar="COMMAND").add_parser

    run = add("run", help="start the database, the web server and the job worker")
    run.add_argument("--with-parent", action="store_true", help="stop when the process that started this ends")
    run.set_defaults(run=_run)

    add("worker", help="do queued jobs").set_defaults(run=_worker)
    add("migrate", help="bring the database up to date; in development, load the demo if empty").set_defaults(
        run=_migrate
    )

    manage = add("manage", help="run a Django command", add_help=False, prefix_chars="\0")
    manage.add_argument("words", nargs=argparse.REMAINDER)
    manage.set_defaults(run=_manage)

    receive = add("receive", help="take in a file of referrals")
    receive.add_argument("file")
    receive.add_argument("--from", dest="sender", help="ODS code of the organisation that sends it")
    receive.set_defaults(run=_receive)

    imports = add("import", help="take in a CSV file of practices, users or teams")
    imports.add_argument("what", choices=("practices", "users", "teams"))
    imports.add_argument("file")
    imports.add_argument("--scheme", default="", help="the scheme's name; practices may be imported without one")
    imports.add_argument("--keep-good", action="store_true", help="leave bad lines out instead of keeping nothing")
    imports.set_defaults(run=_import)

    _add_around(add)
    return parser


def _add_around(add: Callable[..., argparse.ArgumentParser]) -> None:
    """What is done beside running the product."""
    scheme = add("scheme", help="make a scheme, and invite its first administrator")
    scheme.add_argument("what", choices=("new",))
    for name, meaning in SCHEME.items():
        scheme.add_argument(f"--{name}", help=meaning)
    scheme.set_defaults(run=_scheme)

    _add_credential(add)
    demo = add("demo", help="the invented people that a development database begins with")
    demo.add_argument("what", choices=("load", "reset"))
    demo.set_defaults(run=_demo)

    _add_backups(add)
    _add_rights(add)
    add("recount", help="count every figure anew").set_defaults(run=_recount)

    audit = add("audit", help="prove that the audit trail is whole, or print its newest seal")
    audit.add_argument("what", choices=("verify", "newest"))
    audit.add_argument("--from", dest="since", metavar="DATE", help="only what was sealed since that day: 2026-11-23")
    audit.add_argument("--kept", metavar="SEAL", help="a seal kept elsewhere, as `audit newest` printed it")
    audit.set_defaults(run=_audit)

    docs = add("docs", help="write the generated documents")
    docs.add_argument("--check", action="store_true", help="only say whether they are as they should be")
    docs.set_defaults(run=_docs)

    tests = add("test-database", help="run a command with a database for tests", prefix_chars="\0", add_help=False)
    tests.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND")
    tests.set_defaults(run=_test_database)


def _add_credential(add: Callable[..., argparse.ArgumentParser]) -> None:
    credential = add("credential", help="connect a system to an organisation, or shut one out")
    credential.add_argument("what", choices=("new", "list", "end"))
    credential.add_argument("--scheme", help="the scheme's name")
    credential.add_argument("--organisation", help="the organisation's code or name")
    credential.add_argument("--name", help="with new: what the system is called")
    credential.add_argument(
        "--may", action="append", default=[], metavar="CAPABILITY",
        help="with new, once for each: refer, see_practice_referrals, follow_referrals",
    )  # fmt: skip
    credential.add_argument("--client", action="store_true", help="with new: a client id and a secret, for OAuth 2.0")
    credential.add_argument("--until", metavar="DATE", help="with new: the last day that it is good")
    credential.add_argument("--id", help="with end: its id, as `list` says it")
    credential.set_defaults(run=_credential)


def _add_backups(add: Callable[..., argparse.ArgumentParser]) -> None:
    backup = add("backup", help="write the whole database into an encrypted file, or make the keys for it")
    backup.add_argument(
        "where", nargs="?", default="", help="a folder, a new file, or `new-key` (default: var/backups)"
    )
    backup.add_argument("key_file", nargs="?", default="", help="with new-key: the new file for the secret key")
    backup.set_defaults(run=_backup)

    restore = add("restore", help="bring a backup back, and count its rows")
    restore.add_argument("file")
    restore.add_argument("--replace", action="store_true", help="take the place of a database that is not empty")
    restore.set_defaults(run=_restore)

    archive = add("archive", help="keep PostgreSQL's own archive encrypted, and read it to go back to a moment")
    archive.add_argument("what", choices=tuple(ARCHIVE))
    archive.add_argument("words", nargs="*", metavar="WORD", help="; ".join(f"{k}: {v}" for k, v in ARCHIVE.items()))
    archive.set_defaults(run=_archive)


def _add_rights(add: Callable[..., argparse.ArgumentParser]) -> None:
    """What people may ask of what is held about them, where it needs the owner of the tables."""
    access = add("subject-access", help="write everything held about one person, as JSON and PDF")
    access.add_argument("person", help="their NHS number, or the reference of a journey of theirs")
    access.add_argument("--scheme", required=True, help="the scheme's name")
    access.add_argument("--into", required=True, metavar="FOLDER", help="a new folder, which only you can read")
    access.set_defaults(run=_subject_access)

    retention = add("retention", help="say how long records are kept, or do the removals that two people agreed to")
    retention.add_argument("what", choices=("rules", "run"))
    retention.set_defaults(run=_retention)


def _run(wanted: argparse.Namespace) -> None:
    from wraparound.cli.run import run

    run(with_parent=wanted.with_parent)


def _worker(wanted: argparse.Namespace) -> None:
    from wraparound.cli.django_commands import work

    work()


def _migrate(wanted: argparse.Namespace) -> None:
    from wraparound.cli.database import database
    from wraparound.cli.up_to_date import bring_up_to_date

    with database():
        bring_up_to_date(print)


def _manage(wanted: argparse.Namespace) -> None:
    from wraparound.cli.django_commands import manage

    manage(wanted.words)


def _receive(wanted: argparse.Namespace) -> int:
    from wraparound.cli.django_commands import receive

    return receive(wanted.file, wanted.sender)


def _import(wanted: argparse.Namespace) -> int:
    from wraparound.cli.django_commands import import_file

    if wanted.what != "practices" and not wanted.scheme:
        raise Problem(f"Say with --scheme for which scheme the {wanted.what} are.")
    return import_file(wanted.what, wanted.file, wanted.scheme, keep_good=wanted.keep_good)


def _scheme(wanted: argparse.Namespace) -> None:
    from wraparound.cli.scheme import new

    new({name: getattr(wanted, name.replace("-", "_")) for name in SCHEME})


def _credential(wanted: argparse.Namespace) -> None:
    from wraparound.cli.credential import credential

    credential(wanted)


def _demo(wanted: argparse.Namespace) -> None:
    from wraparound.cli import demo, reset
    from wraparound.cli.database import database

    if wanted.what == "reset":
        reset.reset(print)
        return
    with database():
        demo.load(print)


def _backup(wanted: argparse.Namespace) -> None:
    from wraparound.cli.backup import backup
    from wraparound.cli.backup_keys import new_key

    if wanted.where == "new-key":
        new_key(wanted.key_file, print)
    elif wanted.key_file:
        raise Problem("Say one folder or one file.")
    else:
        backup(wanted.where, print)


def _restore(wanted: argparse.Namespace) -> None:
    from wraparound.cli.restore import restore

    restore(wanted.file, replace=wanted.replace, write=print)


def _archive(wanted: argparse.Namespace) -> int:
    if len(wanted.words) != len(ARCHIVE[wanted.what].split()):
        raise Problem(f"Say: wraparound archive {wanted.what} {ARCHIVE[wanted.what]}")
    if wanted.what == "base":
        from wraparound.cli.base_backup import base

        base(wanted.words[0], print)
        return 0
    from wraparound.cli import archive

    if wanted.what == "fetch":
        return archive.fetch(*wanted.words)
    (archive.keep if wanted.what == "wal" else archive.show)(*wanted.words)
    return 0


def _recount(wanted: argparse.Namespace) -> None:
    from wraparound.cli.django_commands import recount

    recount(print)


def _audit(wanted: argparse.Namespace) -> int:
    from wraparound.cli import audit

    if wanted.what == "newest":
        audit.newest_seal()
        return 0
    return audit.verify(wanted.since, wanted.kept)


def _subject_access(wanted: argparse.Namespace) -> None:
    from wraparound.cli.subject_access import write

    write(wanted.scheme, wanted.person, wanted.into)


def _retention(wanted: argparse.Namespace) -> None:
    from wraparound.cli import retention

    if wanted.what == "rules":
        retention.rules()
    else:
        retention.run()


def _docs(wanted: argparse.Namespace) -> int:
    from wraparound.cli.docs import check, write

    return check() if wanted.check else write()


def _test_database(wanted: argparse.Namespace) -> int:
    from wraparound.cli.testing import run_with_test_database

    return run_with_test_database(wanted.words)
