"""The virtual environment: made once, filled from the lock files (every hash checked), the package itself editable."""

import os
import shutil
import sys
from pathlib import Path

import console
import stamps

_NO_VENV = """\
This Python cannot make virtual environments (its module `ensurepip` is missing).
On Debian and Ubuntu: apt-get install python3-venv. Then start again."""


def prepare(*, development: bool) -> None:
    """Install what the service needs, and with `development` what its tests and checks need too."""
    lock = stamps.ROOT / ("requirements-dev.lock" if development else "requirements.lock")
    make_venv()
    packages = stamps.digest(lock.name, files=[lock])
    if not (stamps.is_done("packages", packages) or (not development and _has_development_packages())):
        with console.step(f"Python packages ({lock.name}, hashes checked)"):
            pip("--require-hashes", "-r", lock)
        stamps.mark_done("packages", packages)
    itself = stamps.digest("itself", files=[stamps.ROOT / "pyproject.toml"])
    if not stamps.is_done("itself", itself):
        with console.step("Châtelet itself"):
            pip("--no-deps", "--no-build-isolation", "-e", stamps.ROOT)
        stamps.mark_done("itself", itself)


def pip(*arguments: str | Path, into: Path | None = None) -> None:
    """Install into the environment, or with its pip into that of another Python."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input", "--no-compile")
    elsewhere = () if into is None else ("--python", into)
    console.run([stamps.VENV / "bin" / "python", "-m", "pip", *elsewhere, "install", *quiet, *arguments])


def _has_development_packages() -> bool:
    lock = stamps.ROOT / "requirements-dev.lock"
    return stamps.is_done("packages", stamps.digest(lock.name, files=[lock]))


def make_venv() -> None:
    """Make the environment, unless this Python made it here before."""
    wanted = stamps.digest("venv", f"{sys.version_info.major}.{sys.version_info.minor}")
    if stamps.is_done("venv", wanted) and (stamps.VENV / "bin" / "python").exists():
        return
    with console.step(f"Virtual environment (Python {sys.version_info.major}.{sys.version_info.minor})"):
        try:
            _run_venv()
        except console.StepFailed as failure:
            if not can_install_packages():
                raise console.StepFailed(f"{failure}\n\n{_NO_VENV}") from None
            version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            apt_get(version)
            _run_venv()
    stamps.mark_done("venv", wanted)


def _run_venv() -> None:
    console.run([sys.executable, "-m", "venv", "--clear", stamps.VENV])


def apt_get(*packages: str) -> None:
    """Install system packages; to be called by root only."""
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    console.run(["apt-get", "-qq", "update"], env=silent)
    console.run(["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages], env=silent)


def can_install_packages() -> bool:
    """Tell whether `apt_get` can be used here."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None
