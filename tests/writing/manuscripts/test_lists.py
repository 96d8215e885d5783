"""Whole drafts of 48 works that exist and two that do not, in every format and nine styles: each is told for what it is."""

from collections.abc import Callable

import pytest

from chatelet.connectors.scholarly.references import extraction
from chatelet.connectors.scholarly.references.checking import check
from chatelet.connectors.scholarly.references.extraction import Reference
from chatelet.documents.parsing.reader import read_file
from chatelet.writing.manuscripts import listing
from tests.connectors.scholarly.library import asking_of
from tests.connectors.scholarly.works import ALL
from tests.writing.manuscripts.drafts import INVENTED, as_docx, as_odt, as_pdf, entries
from tests.writing.manuscripts.styles import STYLES

ASKING = asking_of(ALL)
BODY = ["L'attention est un mécanisme (Guo et al., 2022). Le reste suit [1]."] * 12
Make = Callable[[list[str]], bytes]


def _listed(data: bytes, name: str) -> list[Reference]:
    parted = listing.part(read_file(data, name))
    assert parted.has_heading
    assert "L'attention est un mécanisme" in parted.body
    found, left_out = extraction.of_lines(parted.entries)
    assert left_out == []
    return found


async def _told_right(references: list[Reference]) -> None:
    checked = await check(references, ASKING)
    assert len(checked) == len(ALL) + len(INVENTED)
    unknown = [one.reference.written for one in checked if one.verdict == "not_found"]
    assert [one[:20] for one in unknown] == [one[:20] for one in INVENTED], "invented, and no other"
    rest = [one for one in checked if one.verdict != "not_found"]
    wrong = [(one.reference.written, one.verdict) for one in rest if one.verdict not in ("found", "retracted")]
    assert wrong == [], "no real one is flagged"
    assert [one.reference.written[:9] for one in rest if one.verdict == "retracted"] == [
        one.reference.written[:9] for one in rest if "Ileal-lymphoid" in one.reference.written
    ]
    assert sum(one.verdict == "retracted" for one in rest) == 1


@pytest.mark.parametrize("style", STYLES)
async def test_every_style_in_a_word_processor(style: str) -> None:
    await _told_right(_listed(as_docx(BODY, entries(STYLES[style])), "draft.docx"))


async def test_a_numbered_list_and_an_open_document() -> None:
    await _told_right(_listed(as_docx(BODY, entries(STYLES["vancouver"]), "7. References", ordered=True), "a.docx"))
    await _told_right(_listed(as_odt(BODY, entries(STYLES["french"])), "draft.odt"))


@pytest.mark.parametrize(
    ("style", "more"),
    [
        ("apa", {"indent": 24}),
        ("chicago", {"indent": 18, "columns": 2}),
        ("french_dated", {"gap": 7}),
        ("lncs", {"indent": 20}),
        ("apa", {}),
        ("mla", {"indent": 24, "gap": 5}),
    ],
)
async def test_pages_whose_entries_are_told_by_their_look(style: str, more: dict[str, float]) -> None:
    data = as_pdf(BODY, entries(STYLES[style]), **more)  # type: ignore[arg-type]
    await _told_right(_listed(data, "draft.pdf"))


@pytest.mark.parametrize("columns", [1, 2])
async def test_pages_with_numbers(columns: int) -> None:
    lines = [f"[{place}] {line}" for place, line in enumerate(entries(STYLES["ieee"]), 1)]
    references = _listed(as_pdf(BODY, lines, indent=22, columns=columns), "draft.pdf")
    assert [one.label for one in references] == [str(place) for place in range(1, len(lines) + 1)]
    await _told_right(references)


def test_a_list_without_heading_is_looked_for_in_the_notes_only() -> None:
    parted = listing.part(read_file(as_docx(BODY, entries(STYLES["apa"]), "Conclusion"), "a.docx"))
    assert not parted.has_heading
    assert parted.entries == ()


def test_an_address_on_a_line_of_its_own_and_works_without_date() -> None:
    found, left_out = extraction.of_lines(
        [
            "Insee. (s. d.). La population des communes, chiffres détaillés.",
            "https://example.org/insee/communes",
            "Sources primaires",
            "Nobody, A. (in press). A work that waits for its volume. Journal of Waiting.",
        ]
    )
    assert [one.written[:6] for one in found] == ["Insee.", "Nobody"]
    assert found[0].written.endswith("communes")
    assert left_out == ["Sources primaires"]
