"""Prompts are files under review, in both languages, without any secret: their leak would reveal nothing (TA-052)."""

import math
import re

import pytest

from tests.architecture.sources import PACKAGE

_PROMPTS = sorted(PACKAGE.glob("*/prompts/*"))
_SECRET = re.compile(
    r"(?i)\b(password|passwd|secret|api[_ -]?key|token|bearer|mot de passe)\b\s*[:=]|https?://|[\w.+-]+@[\w-]+\.\w|"
    r"-----BEGIN|\bsk-\w{8}|\b[A-Za-z0-9+/_-]{32,}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b"
)
_PLACES = re.compile(r"\{(\w+)\}")


def test_each_prompt_is_written_in_both_languages() -> None:
    names = {path.name.rsplit(".", 2)[0] for path in _PROMPTS}
    assert names
    assert sorted(path.name for path in _PROMPTS) == sorted(
        f"{name}.{lang}.md" for name in names for lang in ("en", "fr")
    )


def test_no_prompt_holds_a_secret_or_an_address() -> None:
    for path in _PROMPTS:
        text = path.read_text("utf-8")
        assert not _SECRET.search(text), path.name
        assert all(_entropy(word) < 4.2 for word in text.split()), path.name


def test_a_prompt_receives_nothing_but_the_name_of_the_institution() -> None:
    for path in _PROMPTS:
        assert set(_PLACES.findall(path.read_text("utf-8"))) <= {"name"}, path.name


def test_the_system_prompt_is_short() -> None:
    """The demonstration model reads about thirty tokens a second: a long prompt is a slow first word."""
    for path in PACKAGE.glob("chat/prompts/system.*.md"):
        assert len(path.read_text("utf-8")) <= 700, path.name


@pytest.mark.parametrize(
    ("language", "rules"),
    [
        (
            "fr",
            [
                "Reste neutre",
                "illicite",
                "Ne juge personne",
                "origine",
                "sexe",
                "âge",
                "opinions",
                "santé",
                "un humain",
            ],
        ),
        ("en", ["Stay neutral", "unlawful", "Judge nobody", "origin", "sex", "age", "opinions", "health", "a human"]),
    ],
)
def test_the_system_prompt_asks_for_neutral_and_lawful_answers(language: str, rules: list[str]) -> None:
    text = (PACKAGE / "chat" / "prompts" / f"system.{language}.md").read_text("utf-8")
    assert [words for words in rules if not re.search(rf"\b{words}\b", text)] == []


def _entropy(word: str) -> float:
    """Return bits per character: random strings have more than words."""
    shares = [word.count(char) / len(word) for char in set(word)]
    return -sum(share * math.log2(share) for share in shares)
