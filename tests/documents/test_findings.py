"""Each code of a finding has its sentence in both languages, and each sentence is that of a code."""

import ast
import re

from tests.architecture.sources import WEB, calls_of, python_files

_SAYING = {"refused", "damaged", "unsupported", "find", "leave_out", "_tell", "Finding", "NotRead"}
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")


def _codes() -> set[str]:
    found: set[str] = set()
    for path in python_files("src/chatelet/documents"):
        for call, name in calls_of(path):
            if name.rsplit(".", 1)[-1] in _SAYING:
                words = [
                    part for argument in call.args[:2] for part in _chosen(argument) if isinstance(part, ast.Constant)
                ]
                found |= {word.value for word in words if isinstance(word.value, str) and _CODE.fullmatch(word.value)}
    return found | {"legacy_office"}  # chosen in a variable


def _chosen(argument: ast.expr) -> list[ast.expr]:
    """Return what an argument may be: itself, or either side of a choice."""
    return [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]


def test_each_finding_has_its_sentence_in_both_languages() -> None:
    codes = _codes()
    assert len(codes) > 40
    for language in ("fr", "en"):
        words = (WEB / "src" / "i18n" / language / "findings.ts").read_text("utf-8")
        told = set(re.findall(r"^  (\w+):", words, re.MULTILINE))
        assert not codes - told, (language, codes - told)
