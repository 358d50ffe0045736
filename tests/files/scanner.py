"""ClamAV's own daemon with a signature of the harmless test file alone; where it is not installed, a stand-in that
speaks its protocol as clamd(8) writes it down."""

import hashlib
import shutil
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wraparound.files.clamd import Clamd

# The test file of EICAR, in two parts so that this file is not taken for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Eicar-Test"
LARGEST = 1024 * 1024


def program() -> str | None:
    return shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/sbin")


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a scanner that takes a megabyte at most."""
    found = program()
    with _real(found, folder) if found else _stand_in(folder) as address:
        yield address


@contextmanager
def _real(found: str, folder: Path) -> Iterator[str]:
    signatures, socket = folder / "signatures", folder / "clamd.ctl"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"{NAME}:0:*:{EICAR.hex()}\n")
    (signatures / "own.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:{NAME}\n")
    said = {
        "DatabaseDirectory": signatures, "LocalSocket": socket, "TemporaryDirectory": folder,
        "Foreground": "yes", "StreamMaxLength": f"{LARGEST // 1024}K", "LogFile": folder / "log",
    }  # fmt: skip
    settings = folder / "clamd.conf"
    settings.write_text("".join(f"{name} {value}\n" for name, value in said.items()))
    with subprocess.Popen([found, "--config-file", str(settings)], stdout=subprocess.DEVNULL) as daemon:
        try:
            address = f"unix:{socket}"
            until = time.monotonic() + 60
            while not Clamd(address, 1).answers():
                assert daemon.poll() is None and time.monotonic() < until, (folder / "log").read_text()
                time.sleep(0.1)
            yield address
        finally:
            daemon.terminate()


class _Answering(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        heard = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            heard += self.rfile.read(size)
            if len(heard) > LARGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        found = f"stream: {NAME}.UNOFFICIAL FOUND" if EICAR in heard else "stream: OK"
        self.wfile.write(found.encode() + b"\0")


@contextmanager
def _stand_in(folder: Path) -> Iterator[str]:
    socket = folder / "stand-in.ctl"
    with socketserver.ThreadingUnixStreamServer(str(socket), _Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"unix:{socket}"
        server.shutdown()
