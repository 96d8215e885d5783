"""The demonstration model's file: fetched once, checked by `chatelet models fetch`; its absence stops nothing."""

import os
import subprocess
from pathlib import Path

import console
import stamps

_CATALOGUE = stamps.ROOT / "src" / "chatelet" / "inference" / "model_files.py"
_CHOICES = (
    "CHATELET_CONFIG",
    "CHATELET_EMBEDDED__NAME",
    "CHATELET_EMBEDDED__MODELS_DIR",
    "CHATELET_EMBEDDED__BUNDLE_DIR",
)
_WITHOUT = """\
  The demonstration model was not obtained (see above). Châtelet runs without it: connect a model server in
  chatelet.toml (docs/howto/connect-a-model-server.md), or try again later with `.venv/bin/chatelet models fetch`."""


def prepare(*names: str) -> None:
    """Fetch the configured model, or `names`; warn when it cannot be had."""
    step = f"model-{'-'.join(names) or 'configured'}"
    wanted = stamps.digest(*names, *(os.environ.get(choice, "") for choice in _CHOICES), files=[_CATALOGUE])
    if stamps.is_done(step, wanted) and all(Path(line).is_file() for line in stamps.note(step).splitlines()):
        return
    console.say("→ Demonstration model (SHA-256 checked)")
    command = [stamps.VENV / "bin" / "chatelet", "models", "fetch", *names]
    fetched = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    if fetched.returncode:
        console.say(_WITHOUT)
        return
    stamps.mark_done(step, wanted, note=fetched.stdout)
