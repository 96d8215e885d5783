"""Figures, times and units: the same value whatever each language writes; a changed one is found."""

import pytest

from chatelet.writing.figures import compare

SAME = [
    ("Le total est de 1 234,50 euros.", "The total is 1,234.50 euros."),
    ("Le total est de 1\u202f234,50 €.", "The total is €1,234.5."),
    ("Environ 2,5 millions de personnes", "About 2.5 million people"),
    ("La réunion est à 14 h 30.", "The meeting is at 2:30 pm."),
    ("La séance est à 9 h.", "The session is at 9 a.m."),
    ("le 03/04/2024", "3 April 2024"),
    ("trois agents et 12 élèves", "3 agents and twelve pupils"),
    ("une hausse de 12 %", "an increase of 12 percent"),
    ("version 1.2.3 du logiciel", "version 1.2.3 of the software"),
    ("au XIXe siècle", "in the 19th century"),
    ("en 2023, 5 000 dossiers", "5,000 files in 2023"),
    ("La température est de 20 °C.", "The temperature is 20 degrees Celsius."),
]
OTHER = [
    ("Le total est de 1 234,50 euros.", "The total is 1,243.50 euros.", "1 234,50"),
    ("La réunion est à 14 h 30.", "The meeting is at 4:30 pm.", "14 h 30"),
    ("avant le 12 mars 2024", "before March 2024", "12"),
    ("12,5 litres", "125 litres", "12,5"),
]


@pytest.mark.parametrize(("source", "written"), SAME)
def test_the_same_value(source: str, written: str) -> None:
    found = compare(source, written)
    assert (found.missing, found.added, found.units) == ((), (), ())


@pytest.mark.parametrize(("source", "written", "missing"), OTHER)
def test_another_value(source: str, written: str, missing: str) -> None:
    assert compare(source, written).missing == (missing,)


def test_a_lost_unit() -> None:
    assert compare("Il mesure 12 km.", "It measures 12.").units == ("km",)
