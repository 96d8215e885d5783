"""Keys and tokens are masked before anyone sees them, wherever the stream is cut (TA-109)."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.policy.guardrails import masking
from chatelet.policy.guardrails.detection import DetectorFailed, detect, detect_forms
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.labels import Verdict, verdict_of
from chatelet.policy.guardrails.masking import MASK, SecretMask

TOKEN = "gh" + "p_" + "a1B2c3D4e5" * 3 + "F6g7H8"
KEY = (
    "-----BEGIN RSA PRIVATE "
    + "KEY-----\n"
    + "\n".join(f"{n:02}abCD" * 10 for n in range(8))
    + "\n-----END RSA PRIVATE "
    + "KEY-----"
)
TEXT = f"Utilisez `{TOKEN}` ici, puis\n{KEY}\net international-business.example/page-2024, AKIA" + "Z7QK" * 4 + "."


def read(pieces: list[str]) -> str:
    machine = SecretMask()
    return "".join([machine.feed(piece) for piece in pieces]) + machine.flush()


def test_what_is_sure_is_masked() -> None:
    machine = SecretMask()
    seen = machine.feed(TEXT) + machine.flush()
    assert TOKEN[10:] not in seen
    assert "abCD" not in seen
    assert seen.count(MASK) == 3
    assert dict(machine.masked) == {"github_token": 1, "private_key": 1, "aws_key": 1}
    assert "et international-business.example/page-2024, AKIA" in seen
    assert not [one for one in detect(seen, frozenset({Kind.SECRETS})) if one.type == "github_token"]


@pytest.mark.parametrize("family", ["secrets", "pii"])
def test_forms_alone_give_all_that_is_masked(family: str) -> None:
    """What announces a password never masks: looking for it there changed nothing but the time."""
    lines = (Path(__file__).parents[3] / "evals" / "detect" / f"{family}.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    sure = [
        [one for one in detect(text, frozenset({Kind.SECRETS})) if verdict_of([one]) is Verdict.BLOCK] for text in texts
    ]
    assert [[one for one in detect_forms(text) if verdict_of([one]) is Verdict.BLOCK] for text in texts] == sure
    assert family == "pii" or sum(map(len, sure)) > 50


def test_a_word_of_any_length_is_read_alike_in_tokens() -> None:
    for length in (7_990, 8_000, 8_010, 8_990, 9_000, 9_010):
        text = f"avant {'a1' * (length // 2)} puis `{TOKEN}` après"
        assert read([text[at : at + 4] for at in range(0, len(text), 4)]).endswith(f"puis `{TOKEN[:7]}{MASK}` après")


def test_cut_in_two_at_every_offset() -> None:
    whole = read([TEXT])
    for cut in range(len(TEXT)):
        assert read([TEXT[:cut], TEXT[cut:]]) == whole, cut


@pytest.mark.parametrize("size", [1, 3, 5, 40])
def test_cut_in_pieces_of_one_size(size: int) -> None:
    assert read([TEXT[at : at + size] for at in range(0, len(TEXT), size)]) == read([TEXT])


@settings(max_examples=100, deadline=None)
@given(words=st.text(max_size=80), cuts=st.lists(st.integers(0, 400), max_size=20))
def test_any_text_is_read_alike(words: str, cuts: list[int]) -> None:
    text = f"{words}{TOKEN} {words} plain words that pass {words}"
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    assert read([text[start:end] for start, end in pairwise(places)]) == read([text])


def test_ordinary_words_pass_at_once() -> None:
    machine = SecretMask()
    assert [machine.feed(piece) for piece in ("La lumière", " se propage", " en ligne")] == [
        "La lumière", " se propage", " en ligne",
    ]  # fmt: skip


def test_a_key_that_never_ends_never_passes() -> None:
    seen = read([KEY[:200]])
    assert seen.endswith(MASK)
    assert "abCD" not in seen


def test_a_detector_that_breaks_lets_nothing_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: str) -> list[object]:
        raise DetectorFailed(Kind.SECRETS)

    monkeypatch.setattr(masking, "detect_forms", broken)
    machine = SecretMask()
    assert machine.feed(TOKEN) == TOKEN[:7]
    with pytest.raises(DetectorFailed):
        machine.feed(" ")
