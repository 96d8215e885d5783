"""Glossaries in CSV and TBX, memories in TMX: read whatever their age, written back the same."""

import pytest

from chatelet.writing import glossary
from chatelet.writing.errors import GlossaryUnreadable
from chatelet.writing.memory import TranslationMemory
from chatelet.writing.task import Term
from chatelet.writing.term_files import Unit, read_memory, read_terms, write_memory

TBX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX"><text><body><termEntry>
<langSet xml:lang="fr"><tig><term>rectorat</term></tig></langSet>
<langSet xml:lang="en-GB"><tig><term>regional education authority</term></tig>
<tig><term>rectorate</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>"""


def test_columns_are_found_by_their_names() -> None:
    data = "en;fr;interdit;casse\nregional education authority;rectorat;;\nCROUS;CROUS;;x\n".encode("cp1252")
    assert read_terms(data, "fr", "en") == [
        Term("rectorat", "regional education authority"),
        Term("CROUS", "CROUS", (), exact_case=True),
    ]
    assert read_terms(b"chat,cat\nchien,\n", "fr", "en") == [Term("chat", "cat"), Term("chien", "chien")]


def test_tbx_says_what_is_deprecated() -> None:
    assert read_terms(TBX.encode(), "fr", "en") == [Term("rectorat", "regional education authority", ("rectorate",))]


@pytest.mark.parametrize(
    "data",
    [b"", b"<tbx>", b"fr;de\nchat;Katze\n", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"a" * 600 + b";b\n"],
)
def test_what_is_no_glossary_is_refused(data: bytes) -> None:
    with pytest.raises(GlossaryUnreadable):
        read_terms(data, "fr", "en")


def test_a_memory_goes_out_and_comes_in() -> None:
    units = [Unit("Le délai est de <30> jours & plus.", "The period is <30> days & more."), Unit("Oui.", "Yes.")]
    written = "".join(write_memory(units, "fr", "en")).encode()
    assert read_memory(written, "fr", "en") == units
    memory = TranslationMemory(units)
    assert memory.exact("Oui.") == "Yes."
    assert memory.near("Le délai est de <30> jours et plus.") == (units[0].source, units[0].target)
    assert memory.near("Tout autre chose, sans rapport aucun.") is None


def test_terms_are_found_in_the_plural_and_the_longest_first() -> None:
    terms = [Term("intérêt", "interest"), Term("taux d’intérêt", "interest rate")]
    assert glossary.present(terms, "Les taux d'intérêts ont baissé.") == [terms[1]]
    assert glossary.check([Term("arrêté", "order")], "The orders of the prefect").applied == ("arrêté",)
