"""Set-up: what is copied, what is said when something is missing, and that nothing is done twice."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import prepare

CSS = """.a{color:red}@font-face{font-family:Frutiger W01;src:url(https://assets.example/f.woff2) format("woff2")}
@font-face {
  font-family: Other;
  src: url(https://assets.example/g.woff);
}
.b{background:url(/assets/images/cross.svg)}
/*# sourceMappingURL=nhsuk-frontend.min.css.map */
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set-up pointed at an empty folder."""
    monkeypatch.setattr(prepare, "CHECKOUT", tmp_path)
    for name, place in {"VENV": ".venv", "VAR": "var", "LOG": "var/prepare.log", "UV_PROGRAM": ".venv/bin/uv"}.items():
        monkeypatch.setattr(prepare, name, tmp_path / place)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / lock).write_text("")
    (tmp_path / "var").mkdir()
    return tmp_path


def test_the_design_system_is_copied_without_fonts_of_another_host(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    (dist / "assets" / "images").mkdir(parents=True)
    (dist / "assets" / "images" / "cross.svg").write_text("<svg/>")
    (dist / "nhsuk-frontend.min.css").write_text(CSS)
    (dist / "nhsuk-frontend.min.js").write_text("export{x};//# sourceMappingURL=nhsuk-frontend.min.js.map\n")
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "old.css").write_text("")

    prepare.copy_design_system(dist, vendor)

    css = (vendor / "nhsuk-frontend.min.css").read_text()
    assert "font-face" not in css
    assert "://" not in css
    assert "sourceMappingURL" not in css
    assert ".a{color:red}" in css
    assert ".b{background:url(images/cross.svg)}" in css
    assert (vendor / "images" / "cross.svg").exists()
    assert (vendor / "nhsuk-frontend.min.js").read_text().strip() == "export{x};"
    assert not (vendor / "old.css").exists()


def test_the_copy_that_pages_use_asks_no_other_host() -> None:
    css = (prepare.VENDOR / "nhsuk-frontend.min.css").read_text()
    assert "://" not in css.replace("http://www.w3.org/2000/svg", "")
    assert "@font-face" not in css


@pytest.mark.parametrize("version", [(3, 8), (3, 10)])
def test_an_old_python_is_named(version: tuple[int, int]) -> None:
    with pytest.raises(prepare.Problem, match=rf"needs Python 3\.11 or newer and this is {version[0]}\.{version[1]}:"):
        prepare.check_python(version)


def test_without_the_venv_module_its_package_is_named(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(prepare.Problem, match="apt-get install python3-venv"):
        prepare.make_venv()


def test_little_room_is_said_first(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "ROOM_NEEDED_MB", {False: 10**9, True: 10**9})
    with pytest.raises(prepare.Problem, match="too little room on the disk"):
        prepare.python_packages(dev=False)


def test_a_tool_that_fails_leaves_its_words_in_the_log(checkout: Path) -> None:
    with pytest.raises(prepare.Problem, match=r"^No network \(what happened is in var/prepare.log\)\.$"):
        prepare.call(["sh", "-c", "echo a long story; exit 1"], otherwise="No network")
    assert "a long story" in prepare.LOG.read_text()


def test_a_tool_that_meets_a_full_disk_says_so(checkout: Path) -> None:
    with pytest.raises(prepare.Problem, match="is full: make room"):
        prepare.call(["sh", "-c", "echo write: No space left on device; exit 1"], otherwise="No network")


def test_without_node_a_packaged_one_is_fetched_once(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def install(command: list[object], *, otherwise: str) -> None:
        asked.append(otherwise)
        (checkout / "var" / "node").mkdir()

    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(prepare, "call", install)
    assert prepare.npm() == prepare.npm()
    assert asked == ["There is no Node here and none could be fetched: install Node.js 20 or newer with npm"]


def test_a_browser_that_cannot_be_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(prepare.Problem, match="CHROMIUM names /nowhere/chromium"):
        prepare.browser()


def test_no_browser_and_no_way_to_install_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(prepare.Problem, match="The tests need Chromium"):
        prepare.browser()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "is full: make room"),
        (errno.EACCES, "/there cannot be written to by this user"),
        (errno.EROFS, "/there cannot be written to by this user"),
        (errno.EIO, "Set-up stopped"),
    ],
)
def test_what_the_machine_refuses_is_one_sentence(
    number: int, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(dev: bool) -> None:
        raise OSError(number, os.strerror(number), "/there")

    monkeypatch.setattr(prepare, "python_packages", refuse)
    assert prepare.main([]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


class Installer:
    """Stands in for the tools that fetch; counts what it was asked."""

    def __init__(self, venv: Path) -> None:
        self.venv = venv
        self.asked: list[str] = []

    def __call__(self, command: list[object], *, otherwise: str) -> None:
        words = " ".join(map(str, command))
        self.asked.append("sync dev" if "-dev.lock" in words else "sync" if "sync" in words else "make")
        (self.venv / "bin").mkdir(parents=True, exist_ok=True)
        (self.venv / "lib" / "python3.11" / "site-packages").mkdir(parents=True, exist_ok=True)
        python = self.venv / "bin" / "python"
        if not python.exists():
            python.symlink_to(sys.executable)


@pytest.fixture
def installer(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    stand_in = Installer(prepare.VENV)
    monkeypatch.setattr(prepare, "call", stand_in)
    return stand_in


def test_a_second_set_up_does_nothing(installer: Installer) -> None:
    prepare.python_packages(dev=False)
    assert installer.asked == ["make", "make", "sync"]
    prepare.python_packages(dev=False)
    assert len(installer.asked) == 3


def test_the_test_tools_serve_a_run_too(installer: Installer) -> None:
    prepare.python_packages(dev=True)
    prepare.python_packages(dev=False)
    prepare.python_packages(dev=True)
    assert installer.asked == ["make", "make", "sync dev"]


def _change_the_lock_file() -> None:
    (prepare.CHECKOUT / "requirements.lock").write_text("new")


def _cut_off() -> None:
    (prepare.VENV / "half-done").touch()
    (prepare.VENV / "prepared.json").unlink()


def _take_python_away() -> None:
    (prepare.VENV / "bin" / "python").unlink()


@pytest.mark.parametrize(
    ("spoil", "again"),
    [
        (_change_the_lock_file, ["sync"]),
        (_cut_off, ["make", "make", "sync"]),
        (_take_python_away, ["make", "make", "sync"]),
    ],
)
def test_what_is_not_as_it_should_be_is_made_again(
    installer: Installer, spoil: Callable[[], None], again: list[str]
) -> None:
    prepare.python_packages(dev=False)
    installer.asked.clear()
    spoil()
    prepare.python_packages(dev=False)
    assert installer.asked == again


def test_it_can_be_read_by_an_old_python() -> None:
    text = Path(prepare.__file__).read_text()
    done = subprocess.run(
        [sys.executable, "-c", "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 8))"],
        input=text,
        text=True,
        check=False,
    )
    assert done.returncode == 0
