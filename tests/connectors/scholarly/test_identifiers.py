"""Identifiers in one writing each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.connectors.scholarly import cleaning, identifiers


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("https://doi.org/10.1038/Nature12373", ("doi", "10.1038/nature12373")),
        ("doi: 10.1038/nature12373.", ("doi", "10.1038/nature12373")),
        ("http://dx.doi.org/10.1002%2F(sici)1", ("doi", "10.1002/(sici)1")),
        ("10.48550/arXiv.2111.07624", ("arxiv", "2111.07624")),
        ("https://arxiv.org/pdf/2111.07624v3.pdf", ("arxiv", "2111.07624")),
        ("arXiv:math.GT/0309136v1", ("arxiv", "math.GT/0309136")),
        ("https://inria.hal.science/hal-04178712v1", ("hal", "hal-04178712")),
        ("tel-00000001", ("hal", "tel-00000001")),
        ("PMC12938590", ("pmcid", "PMC12938590")),
        ("https://pubmed.ncbi.nlm.nih.gov/8759451/", ("pmid", "8759451")),
        ("https://openalex.org/W2023053047", ("openalex", "W2023053047")),
        ("https://theses.fr/2021LYSE1234", ("nnt", "2021LYSE1234")),
        ("bonjour", None),
        ("10.1038", None),
        ("", None),
    ],
)
def test_what_is_pasted_is_understood(written: str, understood: tuple[str, str] | None) -> None:
    assert identifiers.understood(written) == understood


@given(text=st.text(max_size=120))
def test_nothing_raises_and_everything_is_stable(text: str) -> None:
    found = identifiers.understood(text)
    assert found is None or identifiers.understood(found[1]) == found
    cleaned = cleaning.title(text)
    assert cleaned is None or cleaned.strip() == cleaned


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("The <sup>13</sup>C of <i>E. coli</i>", "The ¹³C of E. coli"),
        ("&lt;i&gt;Drosophila&lt;/i&gt; &amp;amp; friends", "Drosophila & friends"),
        ("On p<0.05 and q>0.9", "On p<0.05 and q>0.9"),
        (r"{\'E}cole d'\'{e}t\'e \& {LaTeX}", "École d'été & LaTeX"),
        (r"Erd\H{o}s, \v{C}ech and Fran\c{c}ois", "Erdős, Čech and François"),
        ("A bound $O(n^{2})$ that <b>holds</b>", "A bound $O(n^{2})$ that holds"),
        ("  Two\n  lines ", "Two lines"),
        ("<mml:math><mml:mi>x</mml:mi></mml:math> grows", "x grows"),
    ],
)
def test_titles_are_words(raw: str, clean: str) -> None:
    assert cleaning.title(raw) == clean
