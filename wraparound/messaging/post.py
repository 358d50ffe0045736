"""Email: one class that hands a letter over, and one error when it could not.

In development, where no server is named, it keeps each letter as a file, exactly as it would have been handed over.
"""

import secrets
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

PATIENCE = 20
KEPT = 200


@dataclass(frozen=True)
class Letter:
    """What is sent. Neither the subject nor the body says anything about anybody."""

    to: str
    subject: str
    body: str


class NotSent(Exception):
    """It did not go; or, where `known` is False, nobody can tell whether it did."""

    def __init__(self, why: str, *, known: bool = True) -> None:
        super().__init__(why)
        self.known = known


class Post:
    """`send` hands a letter to the server of `address`, or keeps it as a file in `folder` where there is none."""

    def __init__(self, address: str, sender: str, folder: Path | None = None) -> None:
        self.address, self.sender, self.folder = address, sender, folder

    @property
    def ready(self) -> bool:
        """Whether letters go anywhere at all."""
        return bool(self.address or self.folder)

    def send(self, letter: Letter) -> None:
        """NotSent when it could not be handed over, with whether that is known for sure."""
        message = self._written(letter)
        if self.address:
            self._hand_over(message)
        elif self.folder:
            self._keep(message, self.folder)
        else:
            raise NotSent("MAIL_URL is not set, so no email can be sent.")

    def kept(self) -> list[tuple[datetime | None, Letter]]:
        """The letters that were kept instead of sent, newest first."""
        files = sorted(self.folder.glob("*.eml"), reverse=True)[:KEPT] if self.folder else []
        return [_read(path) for path in files]

    def _written(self, letter: Letter) -> EmailMessage:
        try:
            validate_email(letter.to)
            letter.to.encode("ascii")
            message = EmailMessage(policy=policy.SMTP)
            message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        except (ValidationError, ValueError) as fault:
            raise NotSent(f"An address or the subject of the letter is no good ({type(fault).__name__}).") from None
        message["Date"] = format_datetime(timezone.now())
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2].rstrip(">") or None)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body)
        return message

    def _hand_over(self, message: EmailMessage) -> None:
        with self._server() as server:
            try:
                server.send_message(message)
            # What the server says names whom the letter is to, and a fault ends in the log: its code alone is told.
            except smtplib.SMTPRecipientsRefused as fault:
                codes = ", ".join(str(code) for code, _ in fault.recipients.values())
                raise NotSent(f"The mail server refused the letter ({codes}).") from None
            except smtplib.SMTPResponseException as fault:
                raise NotSent(f"The mail server refused the letter ({fault.smtp_code}).") from None
            except (smtplib.SMTPException, OSError) as fault:
                # It may have been taken before the line went dead.
                how = type(fault).__name__
                raise NotSent(f"The mail server went away in the middle of the letter ({how}).", known=False) from None

    @contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        parts = urlsplit(self.address)
        host, secure = parts.hostname or "", ssl.create_default_context()
        server: smtplib.SMTP | None = None
        try:
            if parts.scheme == "smtps":
                server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=secure)
            else:
                server = smtplib.SMTP(host, parts.port or 587, timeout=PATIENCE)
                if parts.scheme == "smtp":
                    server.starttls(context=secure)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except (smtplib.SMTPException, OSError) as fault:
            if server:
                server.close()
            raise NotSent("The mail server could not be reached.") from fault
        try:
            yield server
        finally:
            # Closed without a word more: what the server says to a good-bye must not undo what it took.
            server.close()

    def _keep(self, message: EmailMessage, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}"
        path.write_bytes(message.as_bytes())
        path.rename(path.with_suffix(".eml"))


def the_post() -> Post:
    """As the settings say."""
    return Post(settings.MAIL_URL, settings.MAIL_FROM, settings.KEEP_LETTERS_IN)


def _read(path: Path) -> tuple[datetime | None, Letter]:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    date = message["Date"]
    letter = Letter(str(message["To"]), str(message["Subject"]), message.get_content().replace("\r\n", "\n"))
    return (date.datetime if date else None, letter)
