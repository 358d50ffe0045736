"""A checkout in miniature: the real commands over a Django project of one page, so that they start in a moment."""

import shutil
from pathlib import Path

from wraparound.cli import places

SETTINGS = """
from wraparound.config import environment
from wraparound.config.database import from_url

SECRET_KEY = environment.read("SECRET_KEY")
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.contenttypes", "procrastinate.contrib.django"]
ROOT_URLCONF = "wraparound.config.urls"
OWNER = from_url(environment.read("DATABASE_OWNER_URL"))
DATABASES = {"default": OWNER, "owner": OWNER}
USE_TZ = True
"""
URLS = """
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("Here."))]
"""
SCHEME = """
class Scheme:
    class objects:
        using = staticmethod(lambda alias: Scheme.objects)
        exists = staticmethod(lambda: True)
"""


def make(checkout: Path) -> Path:
    package = checkout / "wraparound"
    for name in ("__init__.py", "__main__.py", "cli", "config/__init__.py", "config/environment.py"):
        _copy(name, package)
    for name in ("config/database.py", "config/logs.py", "config/wsgi.py"):
        _copy(name, package)
    (package / "config" / "settings.py").write_text(SETTINGS)
    (package / "config" / "urls.py").write_text(URLS)
    (package / "demo").mkdir()
    (package / "demo" / "people.py").write_text('PASSWORD = ""\n')
    (package / "demo" / "signing_in.py").write_text("def sign_in_as():\n    return ()\n")
    (package / "organisations").mkdir()
    (package / "organisations" / "models.py").write_text(SCHEME)
    (checkout / "requirements.lock").write_text("")
    return checkout


def _copy(name: str, package: Path) -> None:
    source = places.CHECKOUT / "wraparound" / name
    target = package / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)
