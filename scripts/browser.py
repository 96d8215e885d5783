"""Chromium for the browser journeys: the machine's own, else the system's package when root, else Playwright's."""

import shutil

import console
import environment
import stamps

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def prepare() -> None:
    """Install a browser unless there is one."""
    if any(shutil.which(name) for name in _NAMES) or stamps.is_done("browser", stamps.digest("browser")):
        return
    with console.step("Chromium, for the browser journeys"):
        if environment.can_install_packages():
            environment.apt_get("chromium", "fonts-liberation")
        else:
            console.run([stamps.VENV / "bin" / "python", "-m", "playwright", "install", "chromium"])
            stamps.mark_done("browser", stamps.digest("browser"))
