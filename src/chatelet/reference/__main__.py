"""Writes the reference pages into a folder: `python -m chatelet.reference docs/reference`."""

import sys
from pathlib import Path

from chatelet.reference.pages import all_pages


def main() -> int:
    """Write every page that changed, and tell which."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference")
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in all_pages().items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != page:
            path.write_text(page, "utf-8")
            sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
