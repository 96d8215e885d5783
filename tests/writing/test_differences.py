"""Each change of a correction has its reason, found by code; the stretches make both sentences again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.documents.rebuilding.contract import Piece, Segment
from chatelet.writing import report
from chatelet.writing.differences import Why, changes_of, counted, is_reworded
from chatelet.writing.task import Outcome

EXPLAINED = [
    (
        "Les enfant mange.",
        "Les enfants mangent.",
        [("enfant", "enfants", "agreement"), ("mange", "mangent", "agreement")],
    ),
    ("Il a mange hier.", "Il a mangé hier.", [("mange", "mangé", "agreement")]),
    ("La reunion", "La réunion", [("reunion", "réunion", "accent")]),
    ("le dévelopement", "le développement", [("dévelopement", "développement", "spelling")]),
    ("sa va bien", "ça va bien", [("sa", "ça", "mistaken")]),
    ("il est tombé et malade", "il est tombé est malade", [("et", "est", "mistaken")]),
    ("the childs is here", "the children are here", [("childs", "children", "spelling"), ("is", "are", "wording")]),
    ("le conseil municipal", "le Conseil municipal", [("conseil", "Conseil", "capital")]),
    ("Bonjour !", "Bonjour\u202f!", [(" ", "\u202f", "typography")]),
    ("l'eau", "l’eau", [("'", "’", "typography")]),
    ("oui, non", "oui ; non", [(",", " ;", "punctuation")]),
    ("le le dossier", "le dossier", [("le ", "", "removed")]),
    ("le dossier complet", "le dossier est complet", [("est ", "", "added")]),
    ("Il faut que l’on parte", "On doit partir", [("Il faut que l’on parte", "On doit partir", "wording")]),
]


@pytest.mark.parametrize(("before", "after", "told"), EXPLAINED)
def test_each_change_has_its_reason(before: str, after: str, told: list[tuple[str, str, str]]) -> None:
    found = counted(before, after)
    assert [one.why for one in found] == [why for *_, why in told]
    if told[0][2] != "added":
        assert [(one.before, one.after) for one in found] == [(was, now) for was, now, _ in told]


_WORDS = st.lists(
    st.sampled_from(["le", "les", "agent", "agents", " ", "\u202f", "!", ",", "a", "à", "’", "É"]), max_size=14
)


@given(_WORDS, _WORDS)
def test_the_stretches_make_both_sentences(before: list[str], after: list[str]) -> None:
    found = changes_of("".join(before), "".join(after))
    assert "".join(one.before for one in found) == "".join(before)
    assert "".join(one.after for one in found) == "".join(after)
    assert all((one.why is None) == (one.before == one.after) for one in found)


def test_a_correction_that_says_something_else_is_told() -> None:
    assert not is_reworded("Les enfant mange des pomme rouge.", "Les enfants mangent des pommes rouges.")
    assert is_reworded("Les enfant mange des pomme rouge.", "Des fruits sont servis chaque midi à la cantine.")


def test_the_report_counts_changes_by_reason() -> None:
    segment = Segment(0, (Piece("text", "Les enfant mange. Fin"),))
    outcome = Outcome(0, "written", (Piece("text", "Les enfants mangent. Fin."),))
    made = report.make([segment], {0: outcome}, is_compared=True)
    assert made.changes == {Why.AGREEMENT: 2, Why.PUNCTUATION: 1}
    assert [(one.before, one.after) for one in made.corrections] == [
        ("enfant", "enfants"),
        ("mange", "mangent"),
        ("", "."),
    ]
    assert report.make([segment], {0: outcome}).changes == {}
