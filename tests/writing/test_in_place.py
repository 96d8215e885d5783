"""A PDF from its segments to the file, as works and the command line do it, without a service."""

from collections.abc import Sequence

from chatelet.documents.parsing.reader import read_file
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.rebuilding.contract import Options
from chatelet.inference.exchange import ChatRequest, Finish
from chatelet.inference.gateway import Completion
from chatelet.inference.usage import Usage
from chatelet.settings import DocumentSettings
from chatelet.writing import report
from chatelet.writing.carrying import Given, carry
from chatelet.writing.task import Outcome, Reason, Task
from chatelet.writing.trying import Limits
from tests.writing.pdf_file import pdf_file
from tests.writing.translator import SEGMENT, english

_USAGE = Usage("scripted", prompt_tokens=1, completion_tokens=1, estimated=False, energy_wh=None, cost_euros=None)


def _answer(number: str, text: str, says: dict[str, str]) -> str:
    said = next((words for fragment, words in says.items() if fragment in text), english(text))
    return f"<s{number}>{said}</s{number}>"


async def _given_back(says: dict[str, str]) -> tuple[bytes, report.Report]:
    reader, data = SandboxedReader(DocumentSettings()), pdf_file()
    segments = await reader.segments(data, "note.pdf")

    async def ask(request: ChatRequest) -> Completion:
        found = SEGMENT.findall(str(request.messages[-1].content))
        said = "\n".join(_answer(number, text, says) for number, text in found)
        return Completion(said, "scripted", Finish.STOP, _USAGE)

    async def keep(_done: Sequence[Outcome]) -> None:
        """Nothing is kept."""

    given = Given(data, "note.pdf", Task("translate", "fr", "en"), Options(language="en", pdf_as="pdf"))
    back = await carry(reader, given, segments, ask, Limits(), keep)
    assert back.rebuilt.kind == "pdf"
    return back.rebuilt.data, report.make(segments, back.outcomes, back.rebuilt.left_out)


async def test_every_segment_is_in_its_place_with_its_figures() -> None:
    data, told = await _given_back({})
    text = read_file(data, "note.en.pdf").text
    assert (told.kept, told.written) == (0, 3)
    assert "crédits" not in text
    assert [figure for figure in ("1250", "12", "3") if figure not in text] == []


async def test_what_does_not_fit_stays_and_its_words_are_told() -> None:
    longer = "The means of the division and of all its services " + "with care and attention " * 2
    data, told = await _given_back({"Les moyens": longer.strip()})
    [line] = [line for line in told.to_look_at if line.kept]
    assert (Reason.NO_ROOM in line.reasons, line.written) == (True, longer.strip())
    assert "Les moyens de la direction" in read_file(data, "note.en.pdf").text
    assert not told.is_whole
