"""Names leave as others and come back as they were: stable, consistent, right at every cut of the stream."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.policy.guardrails.detection import detect
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.pii.checksums import luhn
from chatelet.policy.guardrails.pii.first_names import first_names
from chatelet.policy.guardrails.pii.nir import key_of
from chatelet.policy.guardrails.pseudonyms.allotting import new_ledger
from chatelet.policy.guardrails.pseudonyms.genders import gender_of
from chatelet.policy.guardrails.pseudonyms.ledger import Entry, Ledger
from chatelet.policy.guardrails.pseudonyms.replacing import Replaced, replace
from chatelet.policy.guardrails.pseudonyms.restoring import restore, restorer
from chatelet.policy.guardrails.pseudonyms.stock import FAMILY, GIVEN, elides
from chatelet.policy.guardrails.reading import fold

LETTER = (
    "Lettre à Mme Jeanne Dupont, née le 12 mars 1985, demeurant 14 rue Victor Hugo, 21000 Dijon.\n"
    "NIR 1 85 05 78 006 084 91, compte FR76 3000 6000 0112 3456 7890 189, carte 4970 1012 3456 7893, tél. 06 12 34 56"
    " 78 ou +33 6 12 34 56 78, jeanne.dupont@exemple.fr. DUPONT est absente, dit M. Élie Hamon ; l'avis d'Anne Petit,"
    " un petit avis, vaut. Date de naissance : 01/02/1990. Serveur 10.11.12.13. Dupont's file."
)
ORIGINALS = (
    "Jeanne", "Dupont", "12 mars 1985", "Victor Hugo", "21000", "1 85 05 78 006", "3000 6000", "4970 1012",
    "12 34 56 78", "jeanne.dupont", "DUPONT", "Élie", "Hamon", "Anne", "Petit", "01/02/1990", "10.11.12.13",
)  # fmt: skip


def replaced(*texts: str, ledger: Ledger | None = None) -> Replaced:
    return replace(texts, ledger or Ledger("a seed"))


def of(found: Replaced, original: str) -> Entry:
    return next(entry for entry in found.ledger.entries if fold(entry.original) == fold(original))


def in_pieces(pieces: list[str], ledger: Ledger) -> str:
    machine = restorer(ledger)
    return "".join([machine.feed(piece) for piece in pieces]) + machine.flush()


def test_nothing_of_who_it_is_leaves_and_all_comes_back() -> None:
    found = replaced(LETTER)
    [sent] = found.texts
    assert [one for one in ORIGINALS if one in sent] == []
    assert "un petit avis" in sent
    assert found.left == ()
    assert restore(sent, found.ledger) == LETTER
    assert set(found.counts) == {"name", "birth_date", "phone", "address", "iban", "nir", "card", "email", "ip"}


def test_the_answer_is_right_wherever_it_is_cut() -> None:
    found = replaced(LETTER)
    [sent] = found.texts
    for cut in range(len(sent) + 1):
        assert in_pieces([sent[:cut], sent[cut:]], found.ledger) == LETTER, cut
    for size in (1, 2, 3, 7):
        assert in_pieces([sent[at : at + size] for at in range(0, len(sent), size)], found.ledger) == LETTER


@settings(max_examples=150, deadline=None)
@given(cuts=st.lists(st.integers(0, 900), max_size=40), words=st.text(max_size=60))
def test_any_text_with_stand_ins_in_it_is_read_alike(cuts: list[int], words: str) -> None:
    found = replaced(LETTER)
    name, phone = of(found, "Dupont").stand_in, of(found, "0612345678").stand_in
    text = f"{words}{name}{words} {phone[:4]} {phone[4:]}{words}\n{name.upper()}’s {words} {found.texts[0][:300]}"
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert in_pieces(pieces, found.ledger) == restore(text, found.ledger)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{F}", "Élodie Lefèvre"),
        ("{first.upper} {last.upper}", "ÉLODIE LEFÈVRE"),
        ("{first.lower}", "élodie"),
        ("{last}'s", "Lefèvre's"),
        ("{last}’s", "Lefèvre’s"),
        ("d'{first}", "d'Élodie"),
        ("qu’{first}", "qu’Élodie"),
        ("Mme {last},", "Mme Lefèvre,"),
        ("**{last}**", "**Lefèvre**"),
        ("{first}_{last}", "Élodie_Lefèvre"),
        ("{last}x", "{last}x"),
        ("x{last}", "x{last}"),
    ],
)
def test_however_a_stand_in_is_written(written: str, expected: str) -> None:
    found = replaced("Mme Élodie Lefèvre est reçue.")
    first, last = of(found, "Élodie").stand_in, of(found, "Lefèvre").stand_in

    def fill(form: str) -> str:
        form = form.replace("{F}", f"{first} {last}")
        form = form.replace("{first.upper}", first.upper()).replace("{last.upper}", last.upper())
        return form.replace("{first.lower}", first.lower()).replace("{first}", first).replace("{last}", last)

    assert restore(fill(written), found.ledger) == fill(expected)


def test_without_accents_it_comes_back_without() -> None:
    ledger = Ledger("s", (Entry("given_f", "Élodie", "Évelyne"), Entry("family", "Bréhat", "Thévenard")))
    assert restore("Evelyne THEVENARD, Évelyne", ledger) == "Elodie BREHAT, Élodie"
    assert restore("É́velyne", ledger) != ""


def test_a_person_is_the_same_in_every_text_and_later() -> None:
    first = replaced("Mme Jeanne Dupont demande un congé.", "Dupont viendra.")
    later = replaced("JEANNE DUPONT est revenue, dit Mme Odile Dupont.", ledger=first.ledger)
    last = of(first, "Dupont").stand_in
    assert first.texts[1] == f"{last} viendra."
    assert of(later, "Dupont").stand_in == last
    assert later.texts[0].startswith(f"{of(first, 'Jeanne').stand_in.upper()} {last.upper()} est")
    assert of(later, "Odile").stand_in != of(later, "Jeanne").stand_in


@pytest.mark.parametrize(("name", "gender"), [("Jeanne", "f"), ("Élie", "m"), ("Agnès", "f"), ("Alexandre", "m")])
def test_gender_and_elision_are_kept(name: str, gender: str) -> None:
    found = replaced(f"Nous avons reçu {name} Guérin hier.")
    stand_in = of(found, name).stand_in
    assert stand_in in GIVEN[gender, elides(name)]
    assert elides(stand_in) == elides(name)


def test_the_word_before_tells_the_gender_of_a_name_not_known() -> None:
    assert of(replaced("Mme Camille Guérin"), "Camille").sort == "given_f"
    assert of(replaced("M. Camille Guérin"), "Camille").sort == "given_m"


def test_a_name_that_the_text_holds_never_stands_in() -> None:
    every = " ".join(name for names in FAMILY.values() for name in names if name != "Tessier")
    found = replaced(f"{every}. Mme Guérin est là.")
    assert of(found, "Guérin").stand_in == "Tessier"


def test_a_stand_in_that_a_person_writes_is_somebody_else() -> None:
    first = replaced("Mme Dupont demande un congé.")
    stand_in = of(first, "Dupont").stand_in
    later = replaced(f"Et {stand_in} ? Et Dupont ?", ledger=first.ledger)
    [sent] = later.texts
    assert not sent.startswith(f"Et {stand_in} ")
    assert restore(sent, later.ledger) == f"Et {stand_in} ? Et Dupont ?"


def test_more_names_than_the_stock_has() -> None:
    names = [f"Mme Z{chr(97 + n // 26)}{chr(97 + n % 26)}rbin est là." for n in range(120)]
    found = replaced(*names)
    assert len({entry.stand_in for entry in found.ledger.entries}) == len(found.ledger.entries) == 120
    assert [restore(text, found.ledger) for text in found.texts] == names


def test_numbers_have_the_right_form_and_belong_to_nobody() -> None:
    found = replaced(LETTER)
    nir = of(found, "185057800608491").stand_in
    assert (nir[0], nir[10:13], int(nir[13:])) == ("1", "000", key_of(nir[:13]))
    assert luhn(of(found, "4970101234567893").stand_in)
    assert of(found, "0612345678").stand_in.startswith("063998")
    assert of(found, "jeanne.dupont@exemple.fr").stand_in.endswith(("example.org", "example.net", "example.com"))
    kinds = {one.type for one in detect(found.texts[0], frozenset({Kind.PII}))}
    assert {"nir", "iban", "card", "phone", "email", "birth_date", "address"} <= kinds


def test_days_are_moved_together_and_come_back_in_every_form() -> None:
    found = replaced("Né le 12/03/1985. Date de naissance : 1985-03-22.")
    moved = [entry.stand_in for entry in found.ledger.entries]
    assert int(moved[1][-2:]) - int(moved[0][-2:]) in {10, 10 - 28, 10 - 29, 10 - 30, 10 - 31}
    year, month, day = moved[0].split("-")
    assert restore(f"le {day}/{month}/{year}, {day}.{month}.{year}, {moved[0]}", found.ledger) == (
        "le 12/03/1985, 12.03.1985, 1985-03-12"
    )


def test_a_town_alone_comes_back() -> None:
    found = replaced("Elle habite 14 rue Victor Hugo, 21000 Dijon.")
    town = of(found, "14 rue Victor Hugo, 21000 Dijon").stand_in.rsplit(" ", 1)[-1]
    assert restore(f"À {town} ?", found.ledger) == "À Dijon ?"


def test_health_and_secrets_stay_with_their_label() -> None:
    found = replaced("Mme Dupont a un diabète. mot de passe : Xk9!tuLp2. DIFFUSION RESTREINTE")
    assert {category.value for category in found.label.categories} >= {"health", "defence"}
    assert found.label.level.value == "diffusion_restreinte"


def test_without_a_name_nothing_changes() -> None:
    found = replaced("Quelle est la capitale de l’Autriche ?", "La rue Victor Hugo, le petit Nicolas.")
    assert (found.counts, found.ledger.entries) == ({}, ())


def test_the_ledger_is_read_back() -> None:
    ledger = replaced(LETTER).ledger
    assert Ledger.decode(ledger.encode()) == ledger
    assert new_ledger().seed != new_ledger().seed


def test_the_stock_is_of_the_gender_it_says() -> None:
    known = first_names()
    for (gender, elided), names in GIVEN.items():
        assert all(elides(name) == elided for name in names)
        if gender != "x":
            assert [name for name in names if fold(name) in known and gender_of(name) not in {gender, "x"}] == []
    assert all(elides(name) == elided for elided, names in FAMILY.items() for name in names)


def test_a_first_name_alone_is_replaced_once_it_was_named_in_full() -> None:
    whole = replace(["Claire Martin a écrit."], new_ledger())
    texts = ["Claire viendra. La réponse est claire : que dit CLAIRE ?", "Rose Petit part. Une rose, et Rose."]
    later = replace(texts, whole.ledger)
    assert "Claire" not in later.texts[0]
    assert "CLAIRE" not in later.texts[0]
    assert "La réponse est claire" in later.texts[0]
    assert later.texts[1].count("Rose") == 0
    assert "Une rose, et" in later.texts[1]
    assert [restore(text, later.ledger) for text in later.texts] == texts
