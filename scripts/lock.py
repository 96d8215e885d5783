"""Chooses versions again and writes the lock files: with hashes, without any address of an index."""

import sys

import console
import node
import stamps
import web

_GROUPS = {
    "requirements.lock": ("build",),
    "requirements-dev.lock": ("build", "dev"),
    "requirements-node.lock": ("node",),
    "requirements-searxng.lock": ("searxng",),
}
_ALONE = ("node", "searxng")  # groups that nothing of the package is locked with
_OPTIONS = (
    "--universal --python-version 3.11 --upgrade --quiet",
    "--generate-hashes --no-emit-index-url --no-emit-find-links --no-header",
)


def main() -> int:
    """Write every lock file; return an exit code."""
    try:
        for name, groups in _GROUPS.items():
            with console.step(name):
                _compile(name, groups)
        with console.step("web/package-lock.json"):
            npm = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
            console.run(npm, cwd=web.FOLDER, env=node.environ())
    except console.StepFailed as failure:
        return console.fail(str(failure))
    return 0


def _compile(name: str, groups: tuple[str, ...]) -> None:
    """Compile one file; what the service runs with is pinned for development too."""
    command = [str(stamps.VENV / "bin" / "uv"), "pip", "compile", *" ".join(_OPTIONS).split(), "--output-file", name]
    command += [] if groups[0] in _ALONE else ["pyproject.toml"]
    for group in groups:
        command += ["--group", group if "pyproject.toml" in command else f"pyproject.toml:{group}"]
    if name not in {"requirements.lock", "requirements-searxng.lock"}:
        command += ["--constraint", "requirements.lock" if name == "requirements-dev.lock" else "requirements-dev.lock"]
    console.run(command, cwd=stamps.ROOT)


if __name__ == "__main__":
    sys.exit(main())
