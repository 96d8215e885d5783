"""Words of the page: French and English, all of them, in one place; French with its own spaces."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import WEB, name_of, repository_files

_WORDS = WEB / "src" / "i18n"
_FILES = sorted(path.name for path in (_WORDS / "fr").glob("*.ts") if path.name != "index.ts")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_KEY = re.compile(r"([A-Za-z_]\w*)\s*:")
_SHOWN = re.compile(r"""(?:aria-label|placeholder|title|alt|label|description)=(?:"[^"{}]*[A-Za-zÀ-ÿ]{2}[^"{}]*")""")
_TEXT_NODE = re.compile(r">[^<>{}=;()]*[A-Za-zÀ-ÿ]{3,}[^<>{}=;()]*</")


def _tsx() -> list[Path]:
    found = [path for path in repository_files() if path.suffix == ".tsx" and name_of(path).startswith("web/src/")]
    return [path for path in found if ".test." not in path.name and "/testing/" not in name_of(path)]


def test_both_languages_have_the_same_files() -> None:
    french, english = (sorted(path.name for path in (_WORDS / language).glob("*.ts")) for language in ("fr", "en"))
    assert french == english


@pytest.mark.parametrize("name", _FILES)
def test_both_languages_have_the_same_keys_and_arguments(name: str) -> None:
    french, english = ((_WORDS / language / name).read_text("utf-8") for language in ("fr", "en"))
    assert sorted(_KEY.findall(_STRING.sub("", french))) == sorted(_KEY.findall(_STRING.sub("", english)))
    assert _arguments(french) == _arguments(english)


@pytest.mark.parametrize("name", _FILES)
def test_french_has_its_own_spaces_and_apostrophes(name: str) -> None:
    """A narrow no-break space before ; : ! ? and inside « », the curved apostrophe."""
    for words in _STRING.findall((_WORDS / "fr" / name).read_text("utf-8")):
        plain = re.sub(r"touche \S|\{\w+, (?:plural|select|number|date|time)[^}]*", "", words)
        assert not re.search(r"[\w)] [;:!?»]|« |\w'\w", plain), words


def test_no_sentence_is_written_in_a_component() -> None:
    found = []
    for path in _tsx():
        text = path.read_text("utf-8")
        found += [f"{name_of(path)}: {hit[0].strip()}" for hit in (*_SHOWN.finditer(text), *_TEXT_NODE.finditer(text))]
    assert not found, "\n".join(found)


def _arguments(source: str) -> set[str]:
    """Return the names of the ICU arguments of every string: what follows a brace that opens no branch."""
    found = set()
    for words in _STRING.findall(source):
        depth, branches = 0, []
        for mark in re.finditer(r"\{\s*(\w+)?\s*(, *(?:plural|select|selectordinal)\b)?|\}", words):
            if mark[0] == "}":
                depth -= 1
                branches = [level for level in branches if level <= depth]
                continue
            is_branch = bool(branches) and branches[-1] == depth
            depth += 1
            if not is_branch and mark[1]:
                found.add(mark[1])
            if mark[2]:
                branches.append(depth)
    return found
