"""Every sentence of a summary is held by a page; what a model invents is left out, said and counted."""

import asyncio
import re
from pathlib import Path
from typing import Any

from chatelet.documents.parsing.document import Page, ParsedDocument, Report
from chatelet.evidence.passage import Passage
from chatelet.writing.summary.checking import check
from chatelet.writing.summary.sources import groups, sources_of
from tests.fakes.model_server import Script
from tests.journeys.service import installation
from tests.writing.translator import Translator

PAGES = [
    "Le conseil s’est réuni le 12 mars 2024 à Lyon. Le budget de 250 000 euros a été adopté à l’unanimité.",
    "La directrice Marie Dupont présentera le calendrier des travaux avant le 30 juin 2024.",
    "Le restaurant administratif restera fermé pendant les travaux de rénovation du bâtiment principal.",
]


class Summarising(Translator):
    """Repeats each passage with its number, then adds what nobody said."""

    def script_for(self, body: dict[str, Any]) -> Script:
        asked = str(body["messages"][-1]["content"])
        passages = re.findall(r"^\[(\d+)\] ([^\n]*)", asked, re.MULTILINE)
        lines = [f"- {text} [{number}]" for number, text in passages] or re.findall(r"^- [^\n]*", asked, re.MULTILINE)
        return Script(say="\n".join([*lines, "- Le ministre a promis 900 000 euros de plus [1]."]))


def test_a_sentence_that_nothing_holds_is_left_out() -> None:
    passages = [Passage(text, number=number, page=number) for number, text in enumerate(PAGES, start=1)]
    answer = (
        "## Constats\n\n- Le budget de 250 000 euros a été adopté à l’unanimité [1].\n"
        "- Le budget de 350 000 euros a été adopté à l’unanimité [1].\n"
        "- La directrice Marie Dupont présentera le calendrier des travaux avant le 30 juin 2024.\n"
    )
    found = check(answer, passages)
    assert "350 000" not in found.text
    assert found.text.count("[1]") == 1
    assert "[2]" in found.text, "the passage is found for a sentence that cites none"
    assert (found.held, len(found.dropped), found.used) == (2, 1, {1, 2})


def test_passages_know_their_page() -> None:
    text = "\n".join(PAGES)
    starts = [text.index(page) for page in PAGES]
    pages = [
        Page(number, start, start + len(page))
        for number, (start, page) in enumerate(zip(starts, PAGES, strict=True), 1)
    ]
    document = ParsedDocument("pdf", text, Report("read"), pages=pages)
    [source] = sources_of([("note.pdf", document)])
    assert [passage.page for passage in source.passages] == [1, 2, 3]
    assert len(list(groups(source.passages, 220))) == 2


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
    assert "250 000 euros" in done.stdout
    assert "(§ 1)" in done.stdout
    assert "900 000" not in done.stdout
    assert "left out: Le ministre a promis 900 000 euros" in done.stderr
    assert "passages read" in done.stderr
