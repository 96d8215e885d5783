"""A web process of several: `python -m chatelet.commands.workers.web`, started by the supervisor.

One JSON object on standard input says which worker it is and which descriptors it was given: the socket that all listen
on, and its line with the parent. At the end of that line the parent is gone, and the worker ends in good order.
"""

import contextlib
import json
import os
import signal
import socket
import sys
from typing import Any

from chatelet.commands.running import importing

with importing():
    from chatelet.app import Process, build_app
    from chatelet.commands.web import WebServer
    from chatelet.kernel.logs import configure_logs
    from chatelet.kernel.siblings import Siblings
    from chatelet.settings import load_settings


def main() -> int:
    """Answer until the parent says to stop, or is gone."""
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    number, of = int(order["number"]), int(order["of"])
    settings = load_settings().model_copy(update={"port": order["port"], "workers": of})
    configure_logs(settings.log_format, settings.log_level, worker=number)
    siblings = Siblings(number, of, _given(order["line"], socket.AF_UNIX))
    process = Process(alone=False, siblings=siblings, end=lambda: os.kill(os.getpid(), signal.SIGTERM))
    app = build_app(settings, order["application"], process)
    server = WebServer(app, settings, on_started=lambda: siblings.line.send("ready"))
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[_given(order["listening"], order["family"])])
    return 0 if server.started else 1


def _given(descriptor: int, family: int) -> socket.socket:
    """Take a socket that the parent passed on."""
    taken = socket.fromfd(descriptor, family, socket.SOCK_STREAM)
    os.close(descriptor)
    return taken


if __name__ == "__main__":
    sys.exit(main())
