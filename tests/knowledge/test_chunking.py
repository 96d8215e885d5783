"""Passages are slices of the document, in order, whole, and never across what is not of the body."""

from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.documents.parsing.document import Block, BlockKind, Page, ParsedDocument, Report, Status
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.chunking import cuts_of, passages_of

_BODY = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.CODE)
_OUT = (BlockKind.PAGE_HEADER, BlockKind.PAGE_FOOTER, BlockKind.COMMENT, BlockKind.DELETION)
_BESIDE = (BlockKind.FOOTNOTE, BlockKind.SPEAKER_NOTES, BlockKind.INSERTION)


def _document(*blocks: tuple[BlockKind, str], hidden: frozenset[int] = frozenset(), levels: int = 1) -> ParsedDocument:
    text, made = "", []
    for number, (kind, said) in enumerate(blocks):
        made.append(Block(kind, len(text), len(text) + len(said), level=levels, hidden=number in hidden))
        text += said + "\n\n"
    return ParsedDocument("text", text, Report(Status.READ), blocks=made, pages=[Page(1, 0, len(text))])


def _texts(parsed: ParsedDocument) -> list[str]:
    return [parsed.text[cut.start : cut.end] for cut in cuts_of(parsed)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((*_BODY, *_OUT, *_BESIDE)),
            st.text(alphabet="abé .\n|!A1—", min_size=1, max_size=400) | st.integers(1, 500).map(lambda n: "mot " * n),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_all_of_the_body_is_there_once(blocks: list[tuple[BlockKind, str, bool]]) -> None:
    parsed = _document(
        *((kind, said) for kind, said, _ in blocks), hidden=frozenset(n for n, block in enumerate(blocks) if block[2])
    )
    cuts = cuts_of(parsed)
    assert cuts == cuts_of(parsed)
    assert all(one.end <= other.start for one, other in pairwise(cuts))
    wanted = [
        place
        for block in parsed.blocks
        if not block.hidden and block.kind not in _OUT
        for place in range(block.start, block.end)
        if not parsed.text[place].isspace()
    ]
    held = [place for cut in cuts for place in range(cut.start, cut.end) if not parsed.text[place].isspace()]
    assert held == wanted
    assert all(len(parsed.text[cut.start : cut.end].split()) <= 180 for cut in cuts)
    assert all(parsed.text[cut.start : cut.end].strip() == parsed.text[cut.start : cut.end] for cut in cuts)


def test_text_that_no_block_claims_is_body() -> None:
    text = "Premier paragraphe.\n\nSecond paragraphe."
    assert _texts(ParsedDocument("text", text, Report(Status.READ))) == [text]


def test_a_passage_stops_at_the_foot_of_the_page() -> None:
    parsed = _document(
        (BlockKind.PARAGRAPH, "La phrase commence"),
        (BlockKind.PAGE_FOOTER, "Page 1"),
        (BlockKind.PARAGRAPH, "et finit."),
        (BlockKind.FOOTNOTE, "1. Une note."),
    )
    assert _texts(parsed) == ["La phrase commence", "et finit.", "1. Une note."]
    assert [cut.beside for cut in cuts_of(parsed)] == [False, False, True]


def test_headings_lead_to_their_text() -> None:
    long = "Un mot de plus dans cette section. " * 8
    parsed = _document(
        (BlockKind.TITLE, "Règlement"),
        (BlockKind.HEADING, "Chapitre  premier"),
        (BlockKind.PARAGRAPH, long),
        (BlockKind.HEADING, "Chapitre 2"),
        (BlockKind.PARAGRAPH, long),
    )
    cuts = cuts_of(parsed)
    assert cuts[0].headings == ("Règlement",)
    assert parsed.text[cuts[0].start :].startswith("Règlement")
    assert cuts[1].headings == ("Règlement", "Chapitre 2")
    assert len(cuts) == 2


def test_rows_bring_the_header_of_their_table() -> None:
    rows = "\n".join(f"Ville {number} | {number} habitants au dernier recensement" for number in range(60))
    parsed = _document((BlockKind.TABLE, f"Ville | Population\n{rows}"))
    cuts = cuts_of(parsed)
    assert len(cuts) > 2
    assert cuts[0].headings == ()
    assert all(cut.headings == ("Ville | Population",) for cut in cuts[1:])
    assert "\n".join(_texts(parsed)) == parsed.text.strip()


def test_passages_know_their_page_and_language() -> None:
    text = "Le règlement est applicable dans toutes les écoles.\n\n" + "Les élèves sont reçus par le directeur. " * 40
    parsed = ParsedDocument("text", text, Report(Status.READ), pages=[Page(1, 0, 52), Page(2, 52, len(text))])
    owner: UUID = uuid7()
    passages = passages_of(parsed, collection_id=owner, document_id=owner, version_id=owner, title="Règlement")
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert (passages[0].page, passages[-1].page) == (1, 2)
    assert {passage.language for passage in passages} == {"fr"}
    assert all(passage.text == text[passage.start : passage.end] for passage in passages)
