"""The malware scanner is spoken to in its own words, and whatever goes wrong leaves the document waiting."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.files.scanner import EICAR, LARGEST, NAME
from tests.house.files import a_pdf, a_photograph
from wraparound.files.clamd import Clamd, ScannerAway


def test_it_finds_what_is_harmful_and_nothing_else(scanner: str) -> None:
    held = Clamd(scanner)
    assert held.scan(a_pdf()) == held.scan(a_photograph()) == held.scan(b"") == ""
    assert held.scan(EICAR).startswith(NAME)
    assert held.scan(a_pdf() + EICAR).startswith(NAME)


def test_more_than_one_part_is_sent_whole(scanner: str) -> None:
    assert Clamd(scanner).scan(b"\0" * 700_000) == ""
    assert Clamd(scanner).scan(b"\0" * 700_000 + EICAR).startswith(NAME)


def test_what_is_larger_than_the_scanner_takes_waits(scanner: str) -> None:
    with pytest.raises(ScannerAway):
        Clamd(scanner).scan(b"\0" * (LARGEST + 1024))


def test_it_says_whether_it_is_there(scanner: str) -> None:
    assert Clamd(scanner).answers()
    assert not Clamd("unix:/nowhere/clamd.ctl").answers()


@contextmanager
def answering(said: bytes) -> Iterator[str]:
    """Something on a port that answers so to whoever comes, and then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(said)
                connection.shutdown(socket.SHUT_WR)

        threading.Thread(target=answer, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("said", [b"", b"\0", b"HTTP/1.1 400", b"stream: ERROR\0", b"\xff\xfe\0", b"x" * 10_000])
def test_no_answer_but_a_verdict_lets_anything_through(said: bytes) -> None:
    with answering(said) as address, pytest.raises(ScannerAway):
        Clamd(address, 2).scan(b"a letter")


def test_one_that_never_answers_is_not_waited_for_without_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(ScannerAway):
        Clamd(f"127.0.0.1:{server.getsockname()[1]}", 0.3).scan(b"a letter")


@pytest.mark.parametrize("address", ["", "clamd", "host:", ":3310", "host:port"])
def test_an_address_that_is_none_is_said(address: str) -> None:
    with pytest.raises(ValueError, match="CLAMD_ADDRESS"):
        Clamd(address)
