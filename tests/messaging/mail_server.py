"""A mail server for tests: speaks as much SMTP as a letter needs, keeps what it took, and fails where it is told to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """`fails_at` is a command: it answers that with a refusal; `dies_at`, it closes the line instead of answering."""

    fails_at: str = ""
    dies_at: str = ""
    taken: list[str] = field(default_factory=list)
    address: str = ""

    def talk(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as said:
            line.sendall(b"220 test\r\n")
            for raw in said:
                command = raw.decode().strip().split(" ")[0].upper()
                if command == self.dies_at:
                    return
                if command == self.fails_at:
                    line.sendall(b"550 no\r\n")
                elif command == "DATA":
                    line.sendall(b"354 go on\r\n")
                    if not self._take(line, said):
                        return
                elif command == "QUIT":
                    line.sendall(b"221 bye\r\n")
                    return
                else:
                    line.sendall(b"250 ok\r\n")

    def _take(self, line: socket.socket, said: object) -> bool:
        words = []
        for raw in said:  # type: ignore[attr-defined]
            if raw == b".\r\n":
                self.taken.append(b"".join(words).decode())
                if self.dies_at == ".":
                    return False
                line.sendall(b"550 no\r\n" if self.fails_at == "." else b"250 taken\r\n")
                return True
            words.append(raw)
        return False


@contextmanager
def mail_server(**faults: str) -> Iterator[MailServer]:
    """A running one; its `address` is what MAIL_URL would be."""
    server, door = MailServer(**faults), socket.create_server(("127.0.0.1", 0))
    server.address = f"smtp+plain://127.0.0.1:{door.getsockname()[1]}"

    def serve() -> None:
        while True:
            try:
                line, _ = door.accept()
            except OSError:
                return
            server.talk(line)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join(5)
