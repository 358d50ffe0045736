"""The malware scanner: ClamAV's daemon, spoken to over a socket in its own protocol (clamd(8), INSTREAM)."""

import logging
import socket
import struct
import time

log = logging.getLogger(__name__)
SECONDS = 60
_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The scanner did not answer, or not with a verdict. What waits for it goes on waiting."""


class Clamd:
    """One scanner at `unix:/path/to/its.socket` or `host:port`. ValueError for another address."""

    def __init__(self, address: str, seconds: float = SECONDS) -> None:
        path = address.removeprefix("unix:")
        host, _, port = address.rpartition(":")
        if path == address and not (host and port.isdecimal()):
            raise ValueError(f"CLAMD_ADDRESS is {address!r}: say unix:/path or host:port.")
        self.path = path if path != address else ""
        self.host, self.port = host.strip("[]"), int(port) if port.isdecimal() else 0
        self.seconds = seconds

    def scan(self, data: bytes) -> str:
        """What the scanner calls what it found, or "" for nothing. ScannerAway."""
        answer = self._ask(b"zINSTREAM\0", data)
        said = answer.removeprefix("stream: ")
        if said == "OK":
            return ""
        if said.endswith(" FOUND"):
            return said.removesuffix(" FOUND")
        # Such as "INSTREAM size limit exceeded. ERROR": for whoever runs the scanner to put right.
        log.warning("The malware scanner answered: %s", said[:200])
        raise ScannerAway(said)

    def answers(self) -> bool:
        try:
            return self._ask(b"zPING\0") == "PONG"
        except ScannerAway:
            return False

    def _ask(self, command: bytes, data: bytes | None = None) -> str:
        try:
            with self._connected() as connection:
                connection.sendall(command)
                if data is not None:
                    _send(connection, data)
                return _answer(connection, time.monotonic() + self.seconds)
        except (OSError, UnicodeDecodeError) as fault:
            raise ScannerAway(type(fault).__name__) from fault

    def _connected(self) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), self.seconds)
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(self.seconds)
        try:
            connection.connect(self.path)
        except OSError:
            connection.close()
            raise
        return connection


def _send(connection: socket.socket, data: bytes) -> None:
    """Each part with its length before it, and a length of nought at the end."""
    try:
        for start in range(0, len(data), _CHUNK):
            part = data[start : start + _CHUNK]
            connection.sendall(struct.pack("!I", len(part)) + part)
        connection.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # It has heard enough, and has said why: the answer is there to be read.
        log.info("The malware scanner stopped listening before the end.")


def _answer(connection: socket.socket, until: float) -> str:
    heard = b""
    while not heard.endswith(b"\0"):
        if time.monotonic() > until or len(heard) > _LONGEST_ANSWER:
            raise TimeoutError
        more = connection.recv(1024)
        if not more:
            raise ConnectionResetError
        heard += more
    return heard.rstrip(b"\0").decode("utf-8")
