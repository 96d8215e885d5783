"""Every sentence of a summary is held by a page; what a model invents is left out, said and counted."""

import asyncio
from pathlib import Path

from chatelet.documents.parsing.document import Page, ParsedDocument, Report
from chatelet.evidence.passage import Passage
from chatelet.kernel.identifiers import uuid7
from chatelet.writing.summary.checking import cited, notes_of
from chatelet.writing.summary.coverage import covered
from chatelet.writing.summary.sources import Given, compared, groups, sources_of
from tests.journeys.service import installation
from tests.writing.summarising import PAGES, Summarising

FILE = uuid7()


def passages() -> list[Passage]:
    return [Passage(text, file_id=FILE, number=number, page=number) for number, text in enumerate(PAGES, start=1)]


def test_a_sentence_that_nothing_holds_is_said_to_be_so() -> None:
    answer = (
        "## Constats\n\n- Le budget de 250 000 euros a été adopté à l’unanimité [1].\n"
        "- Le budget de 350 000 euros a été adopté à l’unanimité [1].\n"
        "- La directrice Marie Dupont présentera le calendrier des travaux avant le 30 juin 2024.\n"
    )
    found = cited(answer, passages())
    assert found.text == answer, "its numbers were in their order already"
    assert (found.held, found.statements, found.numbers) == (2, 3, {1: 1, 2: 2})
    wrong, alone = found.citations[1], found.citations[2]
    assert (wrong.reason, wrong.marker) == ("figures_absent", (answer.rindex("[1]"), answer.rindex("[1]") + 3))
    assert (alone.verified, alone.marker, alone.page) == (True, None, 2), "found for a sentence that cites none"
    for one in found.citations:
        assert found.text[one.start : one.end].startswith(("Le budget", "La directrice"))
    notes, dropped = notes_of(answer, passages())
    assert [note.text[:12] for note in notes] == ["Le budget de", "La directric"]
    assert dropped == 1


def test_numbers_come_in_order_and_wrong_ones_go() -> None:
    answer = "Le restaurant administratif restera fermé pendant les travaux [3][2]. Le budget de 250 000 euros a été adopté [1]."
    found = cited(answer, passages())
    assert found.text == (
        "Le restaurant administratif restera fermé pendant les travaux [1]. Le budget de 250 000 euros a été adopté [2]."
    )
    assert found.numbers == {1: 3, 2: 1}
    assert [found.text[slice(*one.marker)] for one in found.citations if one.marker] == ["[1]", "[2]"]


def paged(*pages: str, name: str = "note.pdf") -> Given:
    text = "\n".join(pages)
    places: list[Page] = []
    start = 0
    for number, page in enumerate(pages, start=1):
        places.append(Page(number, start, start + len(page)))
        start += len(page) + 1
    return Given(uuid7(), name, ParsedDocument("pdf", text, Report("read"), pages=places))


def test_passages_know_their_page() -> None:
    [source] = sources_of([paged(*PAGES, "")])
    assert [passage.page for passage in source.passages] == [1, 2, 3]
    assert source.blank == (4,)
    assert len(groups([source], 220)) == 2


def test_what_is_beyond_the_limit_is_said() -> None:
    long, short = paged(*PAGES * 20), paged(PAGES[0], name="court.pdf")
    sources = sources_of([long, short], 1_000)
    assert len(sources[1].passages) == 1, "a short document is read whole beside a long one"
    assert sum(len(one.text) for one in sources[0].passages) <= 1_000
    first, second = covered(sources, frozenset({1}), {})
    assert (first.cited, first.read + len(sources[0].left), second.unread) == (1, 60, ())
    assert [(one.last, one.reason) for one in first.unread] == [(60, "beyond_limit")]


def test_versions_are_told_apart_by_code() -> None:
    before, after = paged(*PAGES), paged(PAGES[0].replace("250 000", "300 000"), *PAGES[1:], name="v2.pdf")
    sources = compared(*sources_of([before, after]))
    assert [[one.page for one in source.asked] for source in sources] == [[1], [1]]
    [group] = groups(sources, 6_000)
    assert [one.file_id for one in group] == [before.id, after.id], "both are read together"
    same = compared(*sources_of([before, paged(*PAGES)]))
    assert groups(same, 6_000) == []
    assert not any(source.same for source in compared(*sources_of([before, paged("Tout autre chose ici.")])))


async def test_files_are_summarised_with_their_places(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("\n\n".join(PAGES))
    server = Summarising()
    await server.start()
    try:
        with installation(server.url) as service:
            done = await asyncio.to_thread(service.command, "summarise", str(note), "--form", "key-points")
    finally:
        await server.stop()
    assert done.returncode == 2, done.stderr
    assert "250\N{NARROW NO-BREAK SPACE}000\N{NO-BREAK SPACE}euros" in done.stdout
    assert "(§ 1)" in done.stdout
    assert "900 000" not in done.stdout
    assert "left out: Le ministre a promis 900 000 euros" in done.stderr
    assert "passages read" in done.stderr
