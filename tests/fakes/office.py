"""LibreOffice without a window, one for a session of tests: opens what we make, decides on changes, gives PDFs.

A process of its own with a profile of its own, in a temporary folder; spoken to through the system's Python and UNO.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

_SCRIPT = Path(__file__).with_name("office_script.py")
_PYTHON = "/usr/bin/python3"
_PDF = {"docx": "writer", "odt": "writer", "xlsx": "calc", "ods": "calc", "pptx": "impress", "odp": "impress"}


class NotOpened(Exception):
    """LibreOffice does not open the file, or only by repairing it."""


def missing() -> str | None:
    """Tell what this machine lacks, in a sentence; None when nothing."""
    sentence = "LibreOffice is missing: `apt-get install {}` (see scripts/servers.py)"
    if shutil.which("soffice") is None:
        return sentence.format("libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui")
    has_uno = subprocess.run([_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0
    return None if has_uno else sentence.format("python3-uno")


@dataclass
class Office:
    """A running LibreOffice."""

    folder: Path
    script: "subprocess.Popen[str]"

    def pdf(self, data: bytes, kind: str) -> bytes:
        """Return the pages of a document. Raises `NotOpened`."""
        return self.stored(data, kind, f"{_PDF[kind]}_pdf_Export")

    def stored(self, data: bytes, kind: str, filter_name: str) -> bytes:
        """Return a document in another format, by the name of LibreOffice's filter for it. Raises `NotOpened`."""
        stored = self.folder / uuid4().hex
        self._ask(data, kind, store=str(stored), filter=filter_name)
        return stored.read_bytes()

    def decided(self, data: bytes, kind: str, changes: Literal["accept", "reject"]) -> list[str]:
        """Return the paragraphs of a document once its changes are all accepted, or all rejected."""
        return list(self._ask(data, kind, changes=changes))

    def _ask(self, data: bytes, kind: str, **asked: str) -> list[str]:
        file = self.folder / f"{uuid4().hex}.{kind}"
        file.write_bytes(data)
        assert self.script.stdin is not None
        assert self.script.stdout is not None
        self.script.stdin.write(json.dumps({"open": str(file), **asked}) + "\n")
        self.script.stdin.flush()
        answer = json.loads(self.script.stdout.readline())
        if "error" in answer:
            raise NotOpened(answer["error"])
        return answer["text"]


@contextmanager
def running() -> Iterator[Office]:
    """Start one, and stop it with what it started."""
    lacking = missing()
    assert lacking is None, lacking
    with tempfile.TemporaryDirectory(prefix="chatelet-office-") as name:
        folder, pipe = Path(name), f"chatelet{uuid4().hex}"
        environment = {**os.environ, "HOME": name, "SAL_USE_VCLPLUGIN": "svp"}
        environment.pop("PYTHONPATH", None)  # of our own Python, not of the system's
        program = ["soffice", "--headless", "--invisible", "--norestore", "--nologo"]
        program += [
            "--nofirststartwizard",
            f"-env:UserInstallation=file://{name}/profile",
            f"--accept=pipe,name={pipe};urp;",
        ]
        with (folder / "log").open("wb") as log:
            office = subprocess.Popen(
                program, stdout=log, stderr=log, env=environment, cwd=name, start_new_session=True
            )
            script = subprocess.Popen(
                [_PYTHON, str(_SCRIPT), pipe],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=environment,
            )  # fmt: skip
            try:
                yield Office(folder, script)
            finally:
                assert script.stdin is not None
                script.stdin.close()
                _ended(script)
                if script.stdout is not None:
                    script.stdout.close()
                _ended(office)


def _ended(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    """Wait for the end of a process; LibreOffice's starter has a process under it, of the same session."""
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        is_leader = os.getpgid(process.pid) == process.pid
        os.killpg(process.pid, signal.SIGKILL) if is_leader else process.kill()
        process.wait()
