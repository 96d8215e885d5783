"""What a passage supports: quoted words, figures, dates, references and names are looked for, one by one."""

from uuid import uuid4

import pytest

from chatelet.evidence.elements import elements_of
from chatelet.evidence.passage import Citation, Passage
from chatelet.evidence.statements import StatementStream
from chatelet.evidence.support import Support

FILE = uuid4()
RETENTION = (
    "Article R. 1112-7. Les dossiers médicaux sont conservés pendant vingt ans, soit 20 ans, à compter du 18 juin 2023. "
    "Le budget annuel alloué à la conservation s'élève à 208 000 € hors taxes. "
    "La directrice Claire Martin signe les décisions par délégation."
)
ENERGY = "Le laboratoire consomme 1 250,5 kWh par mois. Cette consommation électrique a baissé de 12 % en 2022."
PASSAGES = [
    Passage(RETENTION, file_id=FILE, number=1, offset=1_000, page=3),
    Passage(ENERGY, file_id=FILE, number=2, offset=5_000, page=9),
]


def check(answer: str) -> list[Citation]:
    machine, support = StatementStream(), Support(PASSAGES)
    found = machine.feed(answer) + machine.flush()
    return [citation for one in found for citation in support.check(one)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Les dossiers médicaux sont conservés pendant 20 ans [1].", None),
        ("Les dossiers médicaux sont conservés pendant 30 ans [1].", "figures_absent"),
        ("La conservation des dossiers court à compter du 18/06/2023. [1]", None),
        ("La conservation des dossiers court à compter du 19 juin 2023. [1]", "figures_absent"),
        ("Le budget alloué à la conservation s'élève à 208000 euros hors taxes [1].", None),
        ("La conservation des dossiers suit l'article R. 1112-7 [1].", None),
        ("La conservation des dossiers suit l'article R. 1112-9 [1].", "figures_absent"),
        ("Les décisions sont signées par Claire Martin, directrice, par délégation [1].", None),
        ("Les décisions sont signées par Paul Durand, directeur, par délégation [1].", "names_absent"),
        ("Le texte dit « conservés pendant vingt ans » [1].", None),
        ("Le texte dit « conservés pendant trente ans » [1].", "words_absent"),
        ("Le laboratoire consomme 1250,5 kWh chaque mois [2].", None),
        ("Les dossiers médicaux sont conservés pendant 20 ans [2].", "figures_absent"),
        ("La cantine propose des menus végétariens variés [2].", "meaning_apart"),
        ("Les dossiers médicaux sont conservés pendant 20 ans [7].", "passage_unknown"),
    ],
)
def test_a_cited_sentence_is_checked(answer: str, reason: str | None) -> None:
    [citation] = check(answer)
    assert citation.reason == reason
    assert citation.verified is (reason is None)
    assert answer[slice(*(citation.marker or (0, 0)))].strip("[]").isdigit()


def test_where_it_stands_is_in_the_file() -> None:
    [citation] = check("Le budget alloué à la conservation s'élève à 208 000 € hors taxes [1].")
    start, end = citation.source_start - 1_000, citation.source_end - 1_000
    assert RETENTION[start:end] == "Le budget annuel alloué à la conservation s'élève à 208 000 € hors taxes."
    assert (citation.file_id, citation.page, citation.number) == (FILE, 3, 1)
    [quoted] = check("Le texte dit « conservés pendant vingt ans » [1].")
    assert RETENTION[quoted.source_start - 1_000 : quoted.source_end - 1_000] == "conservés pendant vingt ans"


def test_a_sentence_that_cites_nothing_is_given_its_passage_or_marked() -> None:
    found, lacking = check(
        "Le laboratoire consomme 1 250,5 kWh par mois. La cantine propose désormais des menus végétariens variés."
    )
    assert (found.number, found.marker, found.verified) == (2, None, True)
    assert lacking.reason == "no_source"


@pytest.mark.parametrize(
    "answer",
    [
        "Voici la réponse.",
        "Les passages donnés ne disent rien de la cantine et ne mentionnent aucun menu particulier ne permet pas.",
        "Souhaitez-vous connaître le détail du budget de la conservation des dossiers ?",
        "| Année | Dossiers |\n|---|---|",
    ],
)
def test_what_states_nothing_is_not_marked(answer: str) -> None:
    assert check(answer) == []


def test_a_short_answer_is_found_where_the_question_was_answered() -> None:
    twice = [
        Passage("La cheffe du pôle signe les marchés. La limite est de 40 000 € hors taxes.", file_id=FILE, number=1),
        Passage("Le directeur signe les conventions. La limite est de 40 000 € hors taxes.", file_id=FILE, number=2),
    ]
    machine, support = StatementStream(), Support(twice, "Jusqu'à quel montant le directeur signe-t-il ?")
    [citation] = support.check((machine.feed("Jusqu'à 40 000 € hors taxes.") + machine.flush())[0])
    assert (citation.number, citation.verified) == (2, True)
    machine = StatementStream()
    [wrong] = support.check((machine.feed("Jusqu'à 45 000 €.") + machine.flush())[0])
    assert wrong.reason == "no_source"


def test_a_cut_between_two_passages_is_no_lack() -> None:
    cut = [
        Passage("Délégation est donnée jusqu'à 40 000 € hors taxes aux agents suivants :", file_id=FILE, number=1),
        Passage("Mme Fadila Leturcq, cheffe du pôle « Campus du numérique ».", file_id=FILE, number=2),
        Passage("Mme Jeanne Martin, cheffe du pôle « Données ».", file_id=uuid4(), number=3),
    ]
    support = Support(cut)
    said = "Le pôle « Campus du numérique » a délégation jusqu'à 40 000 € hors taxes [1]."
    other = "Le pôle « Données » a délégation jusqu'à 40 000 € hors taxes [2]."
    for answer, reason in ((said, None), (other, "words_absent")):
        machine = StatementStream()
        [citation] = support.check((machine.feed(answer) + machine.flush())[0])
        assert citation.reason == reason


def test_what_the_passage_beside_says_is_shown_there() -> None:
    mail = [
        Passage("Objet : contrat d'entretien des ascenseurs.", file_id=FILE, number=1, page=1),
        Passage(
            "Le contrat d'entretien des ascenseurs court jusqu'au 30 juin 2027.", file_id=FILE, number=2, offset=90
        ),
    ]
    machine = StatementStream()
    said = "Le contrat d'entretien des ascenseurs court jusqu'au 30 juin 2027 [1]."
    [citation] = Support(mail).check((machine.feed(said) + machine.flush())[0])
    assert (citation.reason, citation.number) == (None, 1)
    assert (citation.source_start, citation.source_end) == (90, 90 + len(mail[1].text))


def test_two_passages_hold_a_sentence_together() -> None:
    citations = check("Le budget est de 208 000 € et la consommation électrique du laboratoire de 1 250,5 kWh [1][2].")
    assert [one.reason for one in citations] == [None, None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 250,50 €", "1.250,5 euros"),
        ("208\u202f000", "208000"),
        ("3.14", "3,14"),
        ("1,000,000", "1 000 000"),
        ("007", "7"),
    ],
)
def test_figures_have_one_form(one: str, other: str) -> None:
    assert elements_of(one).figures == elements_of(other).figures != frozenset()


@pytest.mark.parametrize("date", ["18 juin 2023", "June 18, 2023", "18/06/2023", "2023-06-18", "le 18 JUIN 2023"])
def test_dates_have_one_form(date: str) -> None:
    assert elements_of(date).dates == {(2023, 6, 18)}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Les participants étaient 312, dont 58 % de femmes, dans les deux villes de l'étude [1].", "other_language"),
        ("Les participants étaient 321, dont 58 % de femmes, dans les deux villes de l'étude [1].", "figures_absent"),
        ("The 312 participants were recruited in Lyon and Grenoble [1].", None),
    ],
)
def test_a_passage_in_another_language_is_told_as_such(answer: str, reason: str | None) -> None:
    passage = Passage("The 312 participants (58% of them women) were recruited in Lyon and Grenoble in 2021.", number=1)
    machine, support = StatementStream(), Support([passage])
    [citation] = [one for found in machine.feed(answer) + machine.flush() for one in support.check(found)]
    assert citation.reason == reason
