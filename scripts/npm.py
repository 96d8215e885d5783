"""`npm` in the folder of the page, with the Node that `make install` chose: `python scripts/npm.py run check`."""

import subprocess
import sys

import node
import web


def main() -> int:
    """Run npm; return its exit code."""
    return subprocess.run(["npm", *sys.argv[1:]], cwd=web.FOLDER, env=node.environ(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
