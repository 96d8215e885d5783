"""`make dev`: the service, restarted when its Python changes, and Vite, which reloads the page by itself.

Stop both with Ctrl-C. The page is at the address that Vite prints; it passes /api on to the service.
"""

import signal
import subprocess
import sys
import time
from pathlib import Path

import node
import stamps
import web

_LOOK_SECONDS = 1.0
_STOP_SECONDS = 20.0


def main() -> int:
    """Run both until Ctrl-C, or until Vite ends."""
    vite = subprocess.Popen(["npm", "run", "--silent", "dev"], cwd=web.FOLDER, env=node.environ())
    service = _start()
    seen = _newest()
    try:
        while vite.poll() is None:
            time.sleep(_LOOK_SECONDS)
            changed = _newest()
            if changed != seen:
                seen = changed
                _stop(service)
                service = _start()
    except KeyboardInterrupt:
        pass
    finally:
        _stop(service)
        _stop(vite)
    return 0


def _start() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([stamps.VENV / "bin" / "chatelet", "serve"], start_new_session=True)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _newest() -> tuple[int, float]:
    """Return how many source files there are and the date of the last changed: what tells a change."""
    files: list[Path] = [*(stamps.ROOT / "src" / "chatelet").rglob("*.py"), stamps.ROOT / "pyproject.toml"]
    return len(files), max(path.stat().st_mtime for path in files if path.exists())


if __name__ == "__main__":
    sys.exit(main())
