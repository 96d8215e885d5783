"""Tesseract for the tests of recognition: the machine's own, else the system's packages when root.

Elsewhere the tests run with the engine that comes as a Python package, and those of Tesseract say what is missing.
"""

import shutil
import subprocess

import console
import environment

_LANGUAGES = {"fra", "eng"}


def prepare() -> None:
    """Install Tesseract with French unless it is there or cannot be installed."""
    if _languages() >= _LANGUAGES or not environment.can_install_packages():
        return
    with console.step("Tesseract, for the tests of recognition"):
        environment.apt_get("tesseract-ocr", "tesseract-ocr-fra", "tesseract-ocr-eng")


def _languages() -> set[str]:
    if shutil.which("tesseract") is None:
        return set()
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return set(told.stdout.split())
