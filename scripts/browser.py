"""Chromium for the browser journeys: its headless shell (a third less work than the whole one), else what there is."""

import shutil

import console
import environment
import stamps

_SHELL = "chromium-headless-shell"
_WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FONTS = "fonts-liberation"


def prepare() -> None:
    """Install a browser unless there is one: the system's package when root, else Playwright's."""
    if shutil.which(_SHELL) or stamps.is_done("browser", stamps.digest("browser")):
        return
    with console.step("Chromium, for the browser journeys"):
        has_whole = any(shutil.which(name) for name in _WHOLE)
        if environment.can_install_packages():
            try:
                environment.apt_get(_SHELL, _FONTS)
            except console.StepFailed:  # a system that does not offer it, or not now
                if not has_whole:
                    environment.apt_get("chromium", _FONTS)
        elif not has_whole:
            console.run([stamps.VENV / "bin" / "python", "-m", "playwright", "install", "--only-shell", "chromium"])
        stamps.mark_done("browser", stamps.digest("browser"))
