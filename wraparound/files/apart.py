"""Making a document in a process of its own, which has little memory and time, none of the server's secrets and no
database: what comes from outside may be made to break whatever opens it."""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wraparound.files.unreadable import Unreadable

SECONDS, SECONDS_OF_WORK = 150, 120
MEMORY = 1536 * 1024 * 1024
_TOO_MUCH = "This is too large or damaged to be made into a document. Take smaller photographs, or ask for it again."


@dataclass(frozen=True)
class Made:
    """A document that may be shown: the PDF, a picture of each of its first pages, and what was done to it."""

    document: bytes
    count: int
    pages: Sequence[bytes]
    small: bytes
    said: Sequence[str]


def make_apart(parts: Sequence[tuple[str, bytes]], order: Sequence[int] = (), turns: Sequence[int] = ()) -> Made:
    """One document of these parts (the kind and the bytes of each), its pages in `order`, turned by `turns`.

    Unreadable with a whole sentence where that cannot be done.
    """
    asked = {"parts": [[kind, len(data)] for kind, data in parts], "order": list(order), "turns": list(turns)}
    given = b"".join([json.dumps(asked).encode(), b"\n", *(data for _, data in parts)])
    command = [sys.executable, "-m", "wraparound.files.apart"]
    try:
        done = subprocess.run(command, input=given, stdout=subprocess.PIPE, timeout=SECONDS, check=True, env={})
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as fault:
        raise Unreadable(_TOO_MUCH) from fault
    said, _, rest = done.stdout.partition(b"\n")
    answer: dict[str, Any] = json.loads(said)
    if answer["unreadable"]:
        raise Unreadable(answer["unreadable"])
    document, small, *pages = _cut(rest, answer["sizes"])
    return Made(document, answer["count"], pages, small, answer["said"])


def _cut(data: bytes, sizes: Sequence[int]) -> list[bytes]:
    cut, start = [], 0
    for size in sizes:
        cut.append(data[start : start + size])
        start += size
    return cut


def _make(asked: dict[str, Any], data: bytes) -> Made:
    # Loaded here: only in the process apart.
    from wraparound.files import pdfs, photographs

    kinds = [kind for kind, _ in asked["parts"]]
    pdf, said = pdfs.together(list(zip(kinds, _cut(data, [size for _, size in asked["parts"]]), strict=True)))
    if asked["order"]:
        pdf = pdfs.arranged(pdf, asked["order"], asked["turns"])
    document = pdfs.saved(pdf)
    pictures = pdfs.drawn(document)
    if len(pdf.pages) > len(pictures):
        said.append(pdfs.LONG_ONE)
    small = photographs.as_jpeg(photographs.smaller(pictures[0], pdfs.SMALL), pdfs.PREVIEW_QUALITY)
    pages = [photographs.as_jpeg(each, pdfs.PREVIEW_QUALITY) for each in pictures]
    return Made(document, len(pdf.pages), pages, small, said)


def _narrow() -> None:
    """From here on this process can do little but count."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS_OF_WORK), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 64),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def _answer() -> None:
    _narrow()
    asked = json.loads(sys.stdin.buffer.readline())
    out = sys.stdout.buffer
    try:
        made = _make(asked, sys.stdin.buffer.read())
    except Unreadable as fault:
        out.write(json.dumps({"unreadable": str(fault)}).encode() + b"\n")
        return
    every = [made.document, made.small, *made.pages]
    sizes = [len(each) for each in every]
    said = {"unreadable": "", "sizes": sizes, "count": made.count, "said": list(made.said)}
    out.write(b"".join([json.dumps(said).encode(), b"\n", *every]))


if __name__ == "__main__":
    _answer()
