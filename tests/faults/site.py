"""The product's web server on a PostgreSQL of its own, as processes, for tests that break one of them."""

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from tests.factories import PASSWORD
from wraparound.cli import processes
from wraparound.cli.database import environment, make_roles_and_database
from wraparound.cli.private_postgres import QUICK_NOT_DURABLE, PrivatePostgres

SOMEBODY = f"""
import django
django.setup()
from tests.factories import make_world
from wraparound.organisations.models import User
user = User.objects.get(pk=make_world().clinician.user_id)
user.set_password({PASSWORD!r})
user.save()
print(user.email)
"""


class Site:
    """Made, migrated and started; `email` may sign in with the tests' password."""

    def __init__(self, folder: Path) -> None:
        self.postgres = PrivatePostgres(folder / "postgres", options=QUICK_NOT_DURABLE)
        self.web: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self) -> None:
        self.postgres.start()
        make_roles_and_database(self.postgres)
        addresses = environment(self.postgres)
        self.environment = {**os.environ, **addresses, "DJANGO_SETTINGS_MODULE": "wraparound.config.settings"}
        self.run("-m", "wraparound", "manage", "migrate", "--database", "owner", "--verbosity", "0")
        self.email = self.run("-c", SOMEBODY).strip()
        gunicorn = ["-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--no-control-socket"]
        command = [sys.executable, *gunicorn, "--log-level", "error", "wraparound.config.wsgi:application"]
        self.web = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)
        assert processes.wait_until(lambda: Browser(self).status("/healthz") == 200, 60)

    def run(self, *words: str) -> str:
        return subprocess.run(
            [sys.executable, *words], env=self.environment, check=True, capture_output=True, text=True, timeout=120
        ).stdout

    def stop(self) -> None:
        if self.web:
            self.web.kill()
            self.web.wait()
        self.postgres.stop()


class Browser:
    """Somebody's browser, as far as status codes go."""

    def __init__(self, site: Site) -> None:
        self.base = f"http://127.0.0.1:{site.port}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str, data: bytes | None = None) -> tuple[int, str]:
        """Status and page; 0 when nobody answers at all."""
        request = urllib.request.Request(self.base + path, data, {"Referer": self.base + path})
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except OSError:
            return 0, ""

    def status(self, path: str) -> int:
        return self.get(path)[0]

    def sign_in(self, email: str) -> None:
        _, page = self.get("/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        said = {"csrfmiddlewaretoken": token[1], "username": email, "password": PASSWORD}
        status, page = self.get("/sign-in/", urllib.parse.urlencode(said).encode())
        assert status == 200 and "Sign out" in page, page[:2000]
