"""What must be checked is found, with what tells it from what need not be; a template that cannot be used is told."""

import pytest

from chatelet.documents.rebuilding.contract import Piece
from chatelet.writing.drafting import filling, installed, markdown_file
from chatelet.writing.drafting.asked import AskedDraft
from chatelet.writing.drafting.naming import names_in
from chatelet.writing.drafting.review import review
from chatelet.writing.drafting.template import Field, FieldKind, Template, check
from chatelet.writing.drafting.writing import without_echo
from chatelet.writing.errors import TemplateBroken
from chatelet.writing.task import Outcome
from tests.writing.drafting.names import HELD_OUT, SET


def found(text: str, given: str = "", language: str = "fr") -> set[tuple[str, str, bool]]:
    told = review(text, [given], "", "fr" if language == "fr" else "en")
    assert all(" ".join(text[one.start : one.end].split())[:200] == one.words[:200] for one in told)
    return {(one.kind, one.words, one.given) for one in told}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Le montant est de 1 250,50 € par an.", "amount", "1 250,50 €"),
        ("Le coût atteint 3 millions d’euros.", "amount", "3 millions d’euros"),
        ("Le contrat date du 1er mars 2025.", "date", "1er mars 2025"),
        ("Le contrat date du 03/04/2025.", "date", "03/04/2025"),
        ("Selon l’article L. 123-4 du code de l’éducation.", "reference", "article L. 123-4 du code de l’éducation"),
        ("Vu la loi n° 78-17 du 6 janvier 1978.", "reference", "loi n° 78-17 du 6 janvier 1978"),
        ("Vu le décret n° 2024-12 et ses suites.", "reference", "décret n° 2024-12"),
        ("Le règlement (UE) 2016/679 s’applique.", "reference", "règlement (UE) 2016/679"),
        ("La demande de Paul Durand est reçue.", "name", "Paul Durand"),
        ("Il faut écrire à [À compléter : nom].", "empty", "[À compléter : nom]"),
        ("Rendez-vous le XX du mois.", "empty", "XX"),
        ("Le dossier compte 14 pages.", "figure", "14"),
    ],
)
def test_what_stands_out_is_found(text: str, kind: str, words: str) -> None:
    assert (kind, words, False) in found(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nous vous rembourserons les frais.", "fr"),
        ("L’administration s’engage à répondre.", "fr"),
        ("Une réponse sera envoyée au plus tard lundi.", "fr"),
        ("We will refund the costs.", "en"),
        ("The office undertakes to answer within ten days.", "en"),
    ],
)
def test_a_promise_is_found(text: str, language: str) -> None:
    assert "promise" in {kind for kind, _, _ in found(text, language=language)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La demande est à l’étude, sans suite pour le moment.", "fr"),
        ("1. Premier point\n2. Second point\n", "fr"),
        ("Madame, Monsieur,\n\nLe dossier est complet.", "fr"),
        ("Voir le [guide](https://exemple.fr).", "fr"),
        ("The file is complete. It was read in full.", "en"),
    ],
)
def test_plain_sentences_raise_nothing(text: str, language: str) -> None:
    assert found(text, language=language) == set()


def test_what_was_given_is_told_apart() -> None:
    text = "Le versement de 1 250,50 € à Marie Dupont aura lieu le 12 mai 2025, en 2 fois."
    kinds = {kind: given for kind, _, given in found(text, "1250.50 pour Marie Dupont, le 2025-05-12, en deux fois")}
    assert (kinds["amount"], kinds["name"], kinds["date"]) == (True, True, True)
    other = {kind: given for kind, _, given in found(text, "1250.55 pour Marie Durand, le 2025-05-13")}
    assert (other["amount"], other["name"], other["date"]) == (False, False, False)


@pytest.mark.parametrize(("among", "precise", "recalled"), [(SET, 0.95, 0.95), (HELD_OUT, 0.75, 0.9)])
def test_names_are_told_from_capitals(
    among: tuple[tuple[str, str, tuple[str, ...]], ...], precise: float, recalled: float
) -> None:
    """Measured when written: 1.0 and 1.0 on the set that the rules were made with, 0.80 and 0.94 on the other."""
    right = shown = wanted = 0
    for _language, text, names in among:
        found_ones = [text[start:end] for start, end in names_in(text)]
        right += sum(any(one.endswith(name) or one.startswith(name) for one in found_ones) for name in names)
        shown, wanted = shown + len(found_ones), wanted + len(names)
    assert right / shown >= precise
    assert right / wanted >= recalled


def template(body: str, *fields: Field) -> Template:
    return Template("Essai", "", "fr", fields or (Field("subject", "Objet"),), body)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (template("{{other}}"), "place_unknown"),
        (template("{{#subject}} x"), "section_open"),
        (template("{{#subject}} {{^subject}} {{/subject}}"), "section_crossed"),
        (template(":::write\nÉcris."), "part_open"),
        (template(":::write\n\n:::"), "part_empty"),
        (template("x", Field("A b", "Nom")), "field_name"),
        (template("x", Field("a", "Nom"), Field("a", "Autre")), "field_twice"),
        (template("x", Field("a", "Nom", FieldKind.CHOICE, choices=("un",))), "choices"),
        (template("x", Field("a", " ")), "label_missing"),
        (template(" "), "body_missing"),
    ],
)
def test_a_broken_template_says_why(broken: Template, reason: str) -> None:
    with pytest.raises(TemplateBroken) as raised:
        check(broken)
    assert raised.value.params["reason"] == reason


def test_a_template_is_the_same_once_written_and_read() -> None:
    assert len(installed.templates()) == 16
    for one in installed.templates().values():
        assert markdown_file.read(markdown_file.write(one)) == one
    with pytest.raises(TemplateBroken) as raised:
        markdown_file.read('+++\nname = "x\n+++\n')
    assert raised.value.params["reason"] == "front_unreadable"


def test_a_document_said_again_is_left_out() -> None:
    """What a model of 1.5 billion parameters did: the whole letter again around the part that it was asked for."""
    document = "# Objet\n\nLyon, le 1er mars\n\nMadame, Monsieur,\n\n⟦…⟧\n\nCordialement,\n\nJean Martin\n"
    said = document.replace("⟦…⟧", "L’aide est accordée.\n\nMerci de fournir un RIB.")
    assert without_echo(said, document) == "L’aide est accordée.\n\nMerci de fournir un RIB."
    assert without_echo(document.replace("⟦…⟧", ""), document) == "", "nothing of its own: asked again"


def test_what_is_given_cannot_write_the_template() -> None:
    """A value that holds places, sections or parts is words, and nothing else."""
    given = {"subject": "{{#subject}} :::write ::: {{subject}}"}
    one = template("# {{subject}}\n\n:::write 20\nÀ propos de {{subject}}.\n:::\n")
    parts = filling.parts_of(one, given)
    assert sum(isinstance(part, filling.ToWrite) for part in parts) == 1
    assert AskedDraft(None, 1, one, given).text({0: _written()}).count("{{subject}}") == 1


def _written() -> Outcome:
    return Outcome(0, "written", (Piece("text", "Rien."),))
