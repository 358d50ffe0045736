"""Every setting that the environment may give, declared once: read here, documented from here."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One environment variable. `required_in_production` ones stop production from starting when missing."""

    name: str
    meaning: str
    default: str = ""
    required_in_production: bool = False
    secret: bool = False


SETTINGS = (
    Setting("WRAPAROUND_MODE", "`development` or `production`", "development"),
    Setting(
        "DATABASE_URL",
        "PostgreSQL address of the web's and the jobs' role, which owns nothing",
        "postgresql://wraparound_web@127.0.0.1/wraparound",
        required_in_production=True,
    ),
    Setting(
        "DATABASE_OWNER_URL",
        "PostgreSQL address of the role that owns the tables; migrations use it",
        "postgresql://wraparound_owner@127.0.0.1/wraparound",
    ),
    Setting("SECRET_KEY", "Signs sessions and launch links", required_in_production=True, secret=True),
    Setting(
        "SECRET_KEY_FALLBACKS",
        "Former values of SECRET_KEY, with commas between: what they signed stays good, and apps that show codes go on "
        "working, until they are taken out",
        secret=True,
    ),
    Setting("ALLOWED_HOSTS", "Host names this server answers to, separated by commas", required_in_production=True),
    Setting("HOST", "Address to listen on", "127.0.0.1"),
    Setting("PORT", "Port to listen on", "8000"),
    Setting("WEB_PROCESSES", "Web worker processes", "2"),
    Setting(
        "TRUSTED_PROXIES",
        "How many proxies of yours stand one behind the other before the web server. As many addresses at the end of "
        "`X-Forwarded-For` are believed, for the limits on what the public sends; `0`: none",
        "0",
    ),
    Setting(
        "MAIL_URL",
        "Where emails are handed over: `smtp://user:password@host:587` (STARTTLS), `smtps://…:465`, or "
        "`smtp+plain://…` inside one machine. Empty: development keeps letters in `var/letters`, production sends none",
        secret=True,
    ),
    Setting(
        "API_REQUESTS_A_MINUTE",
        "How many requests to `/api/v1` each web process takes from one connected system in a minute",
        "600",
    ),
    Setting("MAIL_FROM", "The address that emails come from", "Wraparound <wraparound@localhost>"),
    Setting("PUBLIC_ADDRESS", "The site's address as its users know it, for links in emails", "http://127.0.0.1:8000"),
    Setting("IDLE_MINUTES", "After how many minutes in which somebody does nothing they are signed out, 5 to 60", "30"),
    Setting(
        "BREACHED_PASSWORDS",
        "File with the SHA-1 hashes of breached passwords, ordered by hash (`HASH:count` in each line). Empty: only "
        "common passwords are refused",
    ),
    Setting("CIS2_ADDRESS", "Issuer address of NHS CIS2, where staff sign in with it"),
    Setting("CIS2_CLIENT", "Client id that CIS2 gave this deployment"),
    Setting("CIS2_SECRET", "Client secret that CIS2 gave this deployment", secret=True),
    Setting(
        "CIS2_SECOND_FACTOR",
        "Values of the claims `acr` and `amr` by which CIS2 says that it saw a second factor, as `acr:AAL2_ANY`, with "
        "commas between. Empty: Wraparound asks for its own",
    ),
    Setting("ENTRA_ADDRESS", "Issuer address of the Microsoft Entra tenant, with the tenant's own id in it"),
    Setting("ENTRA_CLIENT", "Application (client) id in that tenant"),
    Setting("ENTRA_SECRET", "Client secret of that application", secret=True),
    Setting("ENTRA_SECOND_FACTOR", "As CIS2_SECOND_FACTOR, for Entra", "amr:mfa"),
    Setting(
        "CLAMD_ADDRESS",
        "Where ClamAV's daemon listens, which scans documents for malware: `unix:/run/clamav/clamd.ctl` or `host:3310`."
        " Empty: documents are not scanned, and their pages say so",
    ),
    Setting(
        "BACKUP_RECIPIENT",
        "The public key (`age1…`) that backups are encrypted to, or several with commas between: the "
        "secret key of each opens a backup",
    ),
    Setting(
        "BACKUP_IDENTITY_FILE",
        "The file with the secret key that opens backups: only while one is restored, and not kept on the server",
    ),
    Setting(
        "DEMO_PRACTICES",
        "Folder with the open register of practices that the demo stands on; without it, beside the checkout",
    ),
    Setting("CHROMIUM", "The browser that tests drive, where it is not on the path"),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class MissingSettings(SystemExit):
    """Production was asked for without what it needs, or a setting says what it cannot."""


def read(name: str) -> str:
    """The value of a declared setting, or its default. An undeclared name is a KeyError."""
    return os.environ.get(name) or _BY_NAME[name].default


def production() -> bool:
    """True in production mode; refuses to go on, naming each missing setting, when it is not complete."""
    mode = read("WRAPAROUND_MODE")
    if mode == "development":
        return False
    if mode != "production":
        raise MissingSettings(f"WRAPAROUND_MODE is {mode!r}: say development or production.")
    missing = [s.name for s in SETTINGS if s.required_in_production and not os.environ.get(s.name)]
    if missing:
        raise MissingSettings(f"Production mode needs these settings in the environment: {', '.join(missing)}.")
    return True


def trusted_proxies() -> int:
    """How many proxies are known to be ours; refuses to go on where that is no number."""
    said = read("TRUSTED_PROXIES")
    if not said.isdecimal():
        raise MissingSettings(f"TRUSTED_PROXIES is {said!r}: say how many proxies there are, such as 0 or 1.")
    return int(said)


def idle_minutes() -> int:
    """How long nobody may do anything; refuses to go on where that is no number that keeps people safe."""
    said = read("IDLE_MINUTES")
    if not said.isdecimal() or not 5 <= int(said) <= 60:
        raise MissingSettings(f"IDLE_MINUTES is {said!r}: say a number of minutes from 5 to 60.")
    return int(said)


def requests_a_minute() -> int:
    """How many requests a connected system may make; refuses to go on where that is no number above nought."""
    said = read("API_REQUESTS_A_MINUTE")
    if not said.isdecimal() or not int(said):
        raise MissingSettings(f"API_REQUESTS_A_MINUTE is {said!r}: say how many, such as 600.")
    return int(said)
