"""Names come back in JSON that a model writes piece by piece, escaped or not, and it stays JSON wherever it was cut."""

import json

import pytest

from chatelet.policy.guardrails.masking import MASK, SecretMask
from chatelet.policy.guardrails.pseudonyms.json_text import Letters, as_json, restorer, texts_of, with_texts
from chatelet.policy.guardrails.pseudonyms.ledger import Entry, Ledger

LEDGER = Ledger(
    "a",
    (
        Entry("given_f", "Élise", "Odile"),
        Entry("family", "Roux", "Évrardin"),
        Entry("address", '3 rue "des Lilas"', "7 rue des Glycines"),
    ),
)
WRITTEN = '{"to": "Odile \\u00c9vrardin\\nOdile,\\tÉVRARDIN", "at": "7 rue des Glycines", "q": "\\"\\\\no\\u0007"}'
WANTED = {"to": "Élise Roux\nÉlise,\tROUX", "at": '3 rue "des Lilas"', "q": '"\\no\x07'}


def back(pieces: list[str]) -> str:
    letters, swap = Letters(), restorer(LEDGER)
    out = [as_json(swap.feed(letters.feed(piece))) for piece in pieces]
    return "".join(out) + as_json(swap.feed(letters.flush()) + swap.flush())


def test_cut_at_every_offset() -> None:
    assert json.loads(back([WRITTEN])) == WANTED
    for cut in range(len(WRITTEN)):
        assert back([WRITTEN[:cut], WRITTEN[cut:]]) == back([WRITTEN]), cut


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_cut_in_pieces(size: int) -> None:
    assert back([WRITTEN[at : at + size] for at in range(0, len(WRITTEN), size)]) == back([WRITTEN])


def test_every_text_of_a_value_changes_names_of_fields_too() -> None:
    value = {"Élise": ["Roux", {"n": 1, "x": None, "y": True}]}
    assert list(texts_of(value)) == ["Élise", "Roux", "n", "x", "y"]
    assert with_texts(value, str.upper) == {"ÉLISE": ["ROUX", {"N": 1, "X": None, "Y": True}]}


def test_a_private_key_masked_in_json_leaves_json() -> None:
    key = "-----BEGIN RSA PRIVATE " + "KEY-----\n" + "abCD12" * 40 + '"x\n-----END RSA PRIVATE ' + "KEY-----"
    for held in (key, key.partition("-----END")[0]):
        written = json.dumps({"a": held, "b": "suite"})
        for cut in range(len(written)):
            mask = SecretMask(in_json=True)
            seen = json.loads(mask.feed(written[:cut]) + mask.feed(written[cut:]) + mask.flush())
            assert seen["b"] == "suite"
            assert MASK in seen["a"]
            assert "abCD" not in seen["a"]
