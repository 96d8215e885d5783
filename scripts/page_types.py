"""Are the page's types those of the API? Makes them again from docs/reference/openapi.json and compares."""

import json
import shlex
import sys
import tempfile
from pathlib import Path

import console
import node
import web


def main() -> int:
    """Compare; return an exit code."""
    words = shlex.split(json.loads((web.FOLDER / "package.json").read_text())["scripts"]["generate"])
    place = words.index("--output") + 1
    written = web.FOLDER / words[place]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / written.name
        words[0], words[place] = f"node_modules/.bin/{words[0]}", str(made)
        try:
            console.run(words, cwd=web.FOLDER, env=node.environ())
        except console.StepFailed as failure:
            return console.fail(str(failure))
        if made.read_bytes() != written.read_bytes():
            return console.fail(f"{written.relative_to(web.FOLDER.parent)} is out of step: run `make reference`")
    console.say("page-types: well")
    return 0


if __name__ == "__main__":
    sys.exit(main())
