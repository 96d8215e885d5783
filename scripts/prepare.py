"""What `make install` does: Python packages and web page side by side, then what was asked for besides.

virtual environment ─┬─ Python packages ── Châtelet itself ─┬─ browser, servers and Tesseract, for the tests
                     └─ Node ── web packages ── web page   ─┴─ model file (a failure is a warning)
"""

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor

import browser
import console
import environment
import model
import node
import searxng
import servers
import tesseract
import web


def main() -> int:
    """Prepare this clone; return an exit code."""
    parser = argparse.ArgumentParser(description="Prepare this clone.")
    parser.add_argument("--development", action="store_true", help="with what tests and checks need")
    parser.add_argument(
        "--models", nargs="*", metavar="NAME", help="with models' files; the configured one without NAME"
    )
    parser.add_argument("--browser", action="store_true", help="with a browser and Tesseract for the tests")
    parser.add_argument("--servers", action="store_true", help="with the servers and the office that tests use")
    wanted = parser.parse_args()
    try:
        _packages(development=wanted.development)
        if wanted.browser:
            browser.prepare()
            tesseract.prepare()
        if wanted.servers:
            servers.prepare()
            searxng.prepare()
        if wanted.models is not None:
            model.prepare(*wanted.models)
    except console.StepFailed as failure:
        return console.fail(str(failure))
    except KeyboardInterrupt:
        return 130
    return 0


def _packages(*, development: bool) -> None:
    if not node.machine_has_node():  # Node comes through pip: one after the other
        environment.prepare(development=development)
        web.prepare()
        return
    environment.make_venv()
    with ThreadPoolExecutor(2) as pool:
        page = pool.submit(web.prepare)
        environment.prepare(development=development)
        page.result()


if __name__ == "__main__":
    sys.exit(main())
