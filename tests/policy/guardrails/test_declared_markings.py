"""Markings that an institution declares are read as shipped ones are, add to these, and never take from them."""

import pytest
from tests.documents.parsing import makers

from chatelet.documents.parsing.sensitivity import examined
from chatelet.policy.guardrails.detection import detect
from chatelet.policy.guardrails.examination import examine
from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.guardrails.labels import Verdict
from chatelet.policy.guardrails.markings.declared import Declared, declare, hold
from chatelet.policy.guardrails.streaming import DetectorStream
from chatelet.policy.sensitivity import Category, Level

OWN = declare(
    {
        Level.RESTRICTED_2: ["C2 – Confidentiel", "Secret médical renforcé"],
        Level.INTERNAL_1: ["Diffusion limitée", "NP"],
        Level.RESTRICTED: ["Sensible"],
    }
)


def own(text: str, declared: Declared = OWN) -> list[tuple[str, str]]:
    found = detect(text, frozenset({Kind.MARKINGS}), declared)
    return [(one.type, text[one.start : one.end]) for one in found if one.type.startswith("declared_")]


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        ("C2 – CONFIDENTIEL\n\nNote", "restricted_2", "C2 – CONFIDENTIEL"),
        ("C2 - Confidentiel | Page 2/7\nNote", "restricted_2", "C2 - Confidentiel"),
        ("Page 3 | c2 confidentiel", "restricted_2", "c2 confidentiel"),
        ("SECRET  MEDICAL-RENFORCE\nLe patient", "restricted_2", "SECRET  MEDICAL-RENFORCE"),
        ("Ce document est classifié Secret médical renforcé, merci.", "restricted_2", "Secret médical renforcé"),
        ("Une note, DIFFUSION LIMITÉE, arrive demain.", "internal_1", "DIFFUSION LIMITÉE"),
        ("Mention : Diffusion limitée", "internal_1", "Diffusion limitée"),
        ("**Diffusion limitée**", "internal_1", "Diffusion limitée"),
        ("D I F F U S I O N  L I M I T É E", "internal_1", "D I F F U S I O N  L I M I T É E"),
        ("D1FFUS1ON L1MITEE", "internal_1", "D1FFUS1ON L1MITEE"),
        ("Dif\u00adfusion\u00a0limitée", "internal_1", "Dif\u00adfusion\u00a0limitée"),
        ("NP\n\nTexte", "internal_1", "NP"),
        ("SENSIBLE\n\nNote", "restricted", "SENSIBLE"),
        ("Sensible — Page 1", "restricted", "Sensible"),
    ],
)
def test_it_is_read_where_shipped_ones_are(text: str, level: str, words: str) -> None:
    assert own(text) == [(f"declared_{level}", words)]


@pytest.mark.parametrize(
    "text",
    [
        "La diffusion limitée de ce film a surpris les exploitants.",
        "Le niveau C2 – Confidentiel signifie que la note reste dans le service.",
        "On parle du secret médical renforcé dans la loi.",
        "C’est un sujet sensible.",
        "sensible",
        "np",
        "le np complet",
        "Il a été confidentiel jusqu’au bout, dit le C2 du rapport.",
        "Ce secret est bien gardé.",
    ],
)
def test_words_of_every_day_are_none(text: str) -> None:
    assert own(text) == []


def test_it_adds_to_what_shipped_markings_say_and_takes_nothing() -> None:
    found = examine("SECRET MÉDICAL RENFORCÉ\n\nSECRET MÉDICAL\n\nLe dossier.", declared=OWN)
    assert found.label.level is Level.RESTRICTED_2
    assert Category.HEALTH in found.label.categories
    lower = declare({Level.INTERNAL: ["Très secret", "Diffusion restreinte"]})
    assert examine("TRÈS SECRET\n\nNote.", declared=lower).verdict is Verdict.QUARANTINE
    assert examine("DIFFUSION RESTREINTE\n\nNote.", declared=lower).label.level is Level.DIFFUSION_RESTREINTE


@pytest.mark.parametrize(
    ("level", "verdict"),
    [
        (Level.INTERNAL_1, Verdict.ALLOW),
        (Level.RESTRICTED_2, Verdict.WARN),
        (Level.DIFFUSION_RESTREINTE_1, Verdict.BLOCK),
    ],
)
def test_what_is_done_follows_the_level(level: Level, verdict: Verdict) -> None:
    found = examine("PROJET AURORE\n\nNote.", declared=declare({level: ["Projet Aurore"]}))
    assert (found.label.level, found.verdict) == (level, verdict)


def test_the_same_words_at_two_levels_give_the_higher() -> None:
    twice = declare({Level.INTERNAL_1: ["Projet Aurore"], Level.RESTRICTED_1: ["projet aurore"]})
    assert own("PROJET AURORE\n\nNote.", twice) == [("declared_restricted_1", "PROJET AURORE")]


@pytest.mark.parametrize("words", ["", "C", "!!", "12 34", "x" * 81])
def test_what_says_nothing_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="two letters"):
        declare({Level.INTERNAL: [words]})


def test_nothing_declared_finds_nothing_more() -> None:
    text = "C2 – CONFIDENTIEL\n\nDIFFUSION LIMITÉE"
    assert detect(text, declared=Declared()) == detect(text)
    assert own(text, Declared()) == []


@pytest.mark.parametrize("size", [1, 7, 61, 500])
def test_a_text_in_pieces_gives_the_same(size: int) -> None:
    filling = "Le conseil prend acte du rapport et remercie les services pour leur travail.\n"
    text = f"{filling * 20}DIFFUSION LIMITÉE\n{filling * 40}C2 – CONFIDENTIEL\n{filling * 12}"
    hold(OWN)
    try:
        stream = DetectorStream(frozenset({Kind.MARKINGS}))
        pieces = (text[start : start + size] for start in range(0, len(text), size))
        found: list[Finding] = [one for piece in pieces for one in stream.feed(piece)]
        assert [*found, *stream.flush()] == detect(text, frozenset({Kind.MARKINGS}))
        assert {"declared_internal_1", "declared_restricted_2"} <= {
            one.type for one in detect(text, frozenset({Kind.MARKINGS}))
        }
    finally:
        hold(Declared())


def test_the_header_of_a_file_bears_it() -> None:
    header = f"<w:hdr {makers.W}>{makers.paragraph('C2 – Confidentiel')}</w:hdr>"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    parts: dict[str, bytes | str] = {"word/header1.xml": header}
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/></w:sectPr>'
    body = makers.paragraph("Le dépôt est gardé.") + section
    document = makers.read(makers.docx(body, parts, rId9=(types, "header1.xml")), "note.docx")
    told = examined(document, ["markings"], OWN).report.sensitivity
    assert told is not None
    assert (told.level, told.marked) == ("restricted_2", "restricted_2")
