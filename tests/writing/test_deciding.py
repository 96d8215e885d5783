"""Changes accepted or rejected one by one: what is rejected is as it was, where it was; the rest as proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.documents.rebuilding.contract import Piece
from chatelet.writing import deciding
from chatelet.writing.deciding import Decided
from chatelet.writing.giving_back import as_read
from chatelet.writing.sentences import pairs_of
from chatelet.writing.task import Outcome, Style, Task

TASK = Task("rewrite", "fr", "fr", Style.CORRECT)
SOURCE = "Il mange tard. Il mange tard. Les enfant dorme."
PROPOSED = "Il mangeait tard. Il mangeait tard. Les enfants dorment."


def _written(source: str, pieces: tuple[Piece, ...], *decided: Decided) -> str | None:
    pairs = pairs_of(TASK, source, Outcome(0, "written", pieces))
    made = deciding.pieces(pieces, pairs, decided)
    return None if made is None else as_read(made)


def _places(source: str, proposed: str, place: int) -> list[int]:
    pair = pairs_of(TASK, source, Outcome(0, "written", (Piece("text", proposed),)))[place]
    return sorted(deciding.open_changes(pair))


def test_the_second_of_two_sentences_alike_is_the_one_that_goes_back() -> None:
    [change] = _places(SOURCE, PROPOSED, 1)
    made = _written(SOURCE, (Piece("text", PROPOSED),), Decided(1, rejected=(change,)))
    assert made == "Il mangeait tard. Il mange tard. Les enfants dorment."


def test_one_change_of_a_sentence_goes_back_and_the_other_stays() -> None:
    first, second = _places(SOURCE, PROPOSED, 2)
    made = _written(SOURCE, (Piece("text", PROPOSED),), Decided(2, accepted=(first,), rejected=(second,)))
    assert made == "Il mangeait tard. Il mangeait tard. Les enfants dorme."


def test_marks_stay_around_words_that_go_back() -> None:
    pieces = (Piece("text", "Les "), Piece("open", "", 1), Piece("text", "enfants"), Piece("close", "", 1))
    proposed = (*pieces, Piece("text", " dorment."))
    pairs = pairs_of(TASK, "Les enfant dorme.", Outcome(0, "written", proposed))
    made = deciding.pieces(proposed, pairs, [Decided(0, rejected=tuple(deciding.open_changes(pairs[0])))])
    assert made == (
        Piece("text", "Les "), Piece("open", "", 1), Piece("text", "enfant"), Piece("close", "", 1),
        Piece("text", " dorme."),
    )  # fmt: skip


def test_a_change_over_what_does_not_move_is_refused() -> None:
    proposed = (Piece("text", "Voir la belle "), Piece("fixed", "[image]", 1), Piece("text", " ici."))
    pairs = pairs_of(TASK, "Regarde une image là.", Outcome(0, "written", proposed))
    assert deciding.pieces(proposed, pairs, [Decided(0, rejected=tuple(deciding.open_changes(pairs[0])))]) is None


def test_what_was_accepted_alone_is_settled() -> None:
    pieces = (Piece("text", PROPOSED),)
    pairs = pairs_of(TASK, SOURCE, Outcome(0, "written", pieces))
    first, second = _places(SOURCE, PROPOSED, 2)
    assert deciding.settled(pieces, pairs, [Decided(2, rejected=(first,))]) is None
    made = deciding.settled(pieces, pairs, [Decided(2, accepted=(second,), rejected=(first,))])
    assert made is not None
    assert as_read(made) == "Il mange tard. Il mange tard. Les enfant dorment."


def test_a_decision_taken_back_leaves_nothing() -> None:
    decided = deciding.joined((), Decided(2, rejected=(1,)))
    assert deciding.joined(decided, Decided(0, accepted=(3,))) == (Decided(0, accepted=(3,)), Decided(2, rejected=(1,)))
    assert deciding.joined(decided, Decided(2)) == ()


_WORDS = st.lists(st.sampled_from("le la chat dort. Il mange ! Non, oui ;".split()), min_size=1, max_size=14)


@given(_WORDS, _WORDS)
def test_all_rejected_is_the_text_as_it_was(before: list[str], after: list[str]) -> None:
    source, proposed = " ".join(before), " ".join(after)
    pairs = pairs_of(TASK, source, Outcome(0, "written", (Piece("text", proposed),)))
    every = [Decided(place, rejected=tuple(deciding.open_changes(pair))) for place, pair in enumerate(pairs)]
    made = deciding.pieces((Piece("text", proposed),), pairs, every)
    assert made is not None
    assert as_read(made).split() == source.split()
    assert deciding.pieces((Piece("text", proposed),), pairs, [Decided(0, accepted=(0,))]) == (Piece("text", proposed),)


@pytest.mark.parametrize("place", range(3))
def test_words_of_a_sentence_are_those_of_its_pair(place: int) -> None:
    pair = pairs_of(TASK, SOURCE, Outcome(0, "written", (Piece("text", PROPOSED),)))[place]
    assert deciding.words(pair.changes, None) == pair.written
    assert deciding.words(pair.changes, Decided(place, rejected=tuple(deciding.open_changes(pair)))) == pair.source
