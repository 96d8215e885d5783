"""A task on a whole document is never answered from its best passages alone (USER_PAINS 61), and what is shown is told."""

import itertools
from uuid import UUID

import pytest

from chatelet.chat import selection
from chatelet.chat.selection import Readable
from chatelet.evidence.passage import Passage

_FILLER = "Le service tient ses registres à jour et les agents les relisent chaque semaine avec soin. " * 6


def readable(number: int, count: int, needle: int = -1) -> Readable:
    """Return a file of so many passages; one of them tells of the budget, all others of registers."""
    texts = [f"Partie {place}. {_FILLER}" for place in range(count)]
    if needle >= 0:
        texts[needle] = f"Partie {needle}. Le budget de la bibliothèque est de 208 000 euros. {_FILLER}"
    file, offset, passages = UUID(int=number), 0, list[Passage]()
    for text in texts:
        passages.append(Passage(text, file_id=file, offset=offset, page=1))
        offset += len(text) + 2
    return Readable(file, f"{number}.txt", tuple(passages), pages=count)


def parts(chosen: selection.Chosen) -> list[int]:
    return [int(passage.text.split(".")[0].removeprefix("Partie ")) for passage in chosen.passages]


def size(chosen: list[selection.Chosen]) -> int:
    return sum(len(passage.text) for one in chosen for passage in one.passages)


@pytest.mark.parametrize(
    "question",
    [
        "Résume ce document",
        "Fais-moi une synthèse du budget de la bibliothèque",  # its words would draw a search to one passage
        "Summarise the budget",
        "De quoi parle ce rapport ?",
        "Quels sont les points clés ?",
        "Traduis ce texte",
        "What is this about?",
        "Récapitule ce rapport en dix lignes",
        "Fais-en un récapitulatif",
        "Donne-moi l’essentiel",
        "Condense ce texte",
        "Que faut-il retenir du budget ?",
        "Quelles sont les principales conclusions ?",
        "Quels sont les points importants ?",
        "Que dit ce document ?",
        "De quoi ça parle ?",
        "Liste toutes les obligations",
        "Give me a recap",
        "What’s the gist?",
        "Key takeaways of this report",
        "What are the main findings?",
        "What does this report say?",
        "List every obligation of the tenant",
    ],
)
@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.6, 0.95])
def test_a_task_on_the_whole_reads_from_the_beginning_to_the_end(question: str, share: float) -> None:
    file = readable(1, 200, needle=120)
    whole = sum(len(passage.text) for passage in file.passages)
    [chosen] = selection.choose([file], question, int(whole * share))
    shown = parts(chosen)
    assert (shown[0], shown[-1]) == (0, 199)
    assert shown == sorted(shown)
    gaps = [after - before for before, after in itertools.pairwise(shown)]
    assert max(gaps) <= min(gaps) + 1, "evenly: no part of the document is looked at more than another"
    assert chosen.manner == "spread"
    assert 0.6 * share * whole <= size([chosen]) <= share * whole
    assert abs(chosen.percent - 100 * size([chosen]) / whole) <= 1


def test_all_of_its_passages_cut_short_are_not_the_whole() -> None:
    file = readable(1, 20)
    whole = sum(len(passage.text) for passage in file.passages)
    [chosen] = selection.choose([file], "Résume", int(0.9 * whole))
    assert len(chosen.passages) == chosen.total
    assert chosen.manner == "spread"
    assert 75 <= chosen.percent < 91


def test_several_files_have_each_their_part() -> None:
    files = [readable(1, 90), readable(2, 10), readable(3, 0)]
    chosen = selection.choose(files, "Compare et résume ces documents", 12_000)
    assert [one.file_id for one in chosen] == [file.file_id for file in files]
    assert [parts(one)[-1:] for one in chosen] == [[89], [9], []]
    assert size(chosen) <= 12_000


def test_a_question_reads_what_fits_it_best() -> None:
    [chosen] = selection.choose([readable(1, 200, needle=120)], "Quel est le budget de la bibliothèque ?", 6_000)
    assert 120 in parts(chosen)
    assert (chosen.manner, chosen.total) == ("best", 200)
    assert 0 < chosen.percent < 10


@pytest.mark.parametrize("question", ["Résume ce document", "Quel est le budget ?"])
def test_what_fits_is_given_whole(question: str) -> None:
    file = readable(1, 4)
    [chosen] = selection.choose([file], question, 10_000)
    assert chosen.passages == file.passages
    assert (chosen.manner, chosen.percent) == ("whole", 100)


@pytest.mark.parametrize("question", ["Que dit l’article 12 ?", "Que dit le contrat sur la résiliation ?"])
def test_a_precise_question_is_none_about_the_whole(question: str) -> None:
    assert not selection.concerns_the_whole(question)
