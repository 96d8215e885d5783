"""Coded errors: each code once, described, and told in both languages when a person can meet it."""

import re
from importlib import import_module
from pkgutil import walk_packages

import chatelet
from chatelet.kernel.errors import AppError
from chatelet.policy.errors import Refusal
from chatelet.reference.error_page import ON_A_TERMINAL
from tests.architecture.sources import WEB, name_of, python_files


def _errors() -> list[type[AppError]]:
    for module in walk_packages(chatelet.__path__, "chatelet."):
        if not module.name.startswith(("chatelet.migrations.env", "chatelet.migrations.versions")):
            import_module(module.name)
    found, waiting = [], [AppError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return [kind for kind in found if kind.__module__.startswith("chatelet.")]


def _coded() -> list[type[AppError]]:
    """Return the errors that are raised; a base class only groups others, and has its parent's code."""
    return [kind for kind in _errors() if "code" in vars(kind)]


def test_each_code_is_used_once() -> None:
    codes = [kind.code for kind in _coded()]
    assert sorted(codes) == sorted(set(codes))
    assert not [code for code in codes if not re.fullmatch(r"[a-z][a-z0-9_]{2,63}", code)]


def test_each_error_is_described_and_has_a_status() -> None:
    for kind in _coded():
        assert vars(kind).get("__doc__"), kind
        assert 400 <= kind.status <= 599, kind


def test_each_error_a_person_can_meet_has_its_sentence_in_both_languages() -> None:
    shown = {kind.code for kind in _coded() if not kind.__module__.startswith(ON_A_TERMINAL)}
    for language in ("fr", "en"):
        words = (WEB / "src" / "i18n" / language / "errors.ts").read_text("utf-8")
        missing = shown - set(re.findall(r"^\s*(\w+):", words, re.MULTILINE))
        assert not missing, (language, missing)


def test_no_error_is_raised_by_its_status_alone() -> None:
    """HTTPException carries no code: only the server of files raises it."""
    raised = [name_of(path) for path in python_files("src") if "raise HTTPException" in path.read_text("utf-8")]
    assert raised in ([], ["src/chatelet/kernel/static.py"])


def test_each_decision_of_a_safeguard_can_be_contested() -> None:
    """Whatever refuses for what words hold is known to the page, which puts a button beside it."""
    refusals = {kind.code for kind in _coded() if issubclass(kind, Refusal)} - {"quota_reached"}
    others = {"detection_failed", "file_not_examined", "file_quarantined", "level_cannot_drop"}
    words = (WEB / "src" / "features" / "reports" / "safeguards.ts").read_text("utf-8")
    known = set(re.findall(r'^  "(\w+)",$', words, re.MULTILINE))
    assert known == refusals | others
