r"""Formulas of titles: read from MathML, indices and `\(…\)`; as exact in what is exported as in what was told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.connectors.scholarly import cleaning, formulas
from chatelet.connectors.scholarly.exchange import bibtex, reading
from chatelet.connectors.scholarly.names import folded
from chatelet.connectors.scholarly.record import Record

_DECAY = (
    'Search for <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msup><mml:mi>B</mml:mi><mml:mn>0</mml:mn>'
    "</mml:msup><mml:mo>→</mml:mo><mml:msup><mml:mi>K</mml:mi><mml:mrow><mml:mo>*</mml:mo><mml:mn>0</mml:mn></mml:mrow>"
    "</mml:msup><mml:mi>γ</mml:mi></mml:math> decays"
)
_TWICE = (
    "<inline-formula><alternatives><tex-math>\\documentclass{x} $E$</tex-math><mml:math><mml:mi>E</mml:mi>"
    "<mml:mo>=</mml:mo><mml:mi>m</mml:mi><mml:msup><mml:mi>c</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>"
    "</alternatives></inline-formula> again"
)
_ROOT = (
    "<math><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>+</mo><msqrt><mi>n</mi><mi>m</mi></msqrt><mover><mi>x</mi><mo>¯</mo>"
    "</mover><mtext>if $</mtext></math>"
)


@pytest.mark.parametrize(
    ("raw", "title", "written"),
    [
        (_DECAY, "Search for $B^{0}→K^{*0}γ$ decays", "Search for $B^{0}→K^{*0}γ$ decays"),
        (_TWICE, "$E=mc^{2}$ again", "$E=mc^{2}$ again"),
        (_ROOT, r"$\frac{a}{b}+\sqrt{nm}\bar{x}\text{if }$", r"$\frac{a}{b}+\sqrt{nm}\bar{x}\text{if }$"),
        (
            "CO<sub>2</sub> at 10<sup>-3</sup> M, <i>in situ</i>",
            "CO₂ at 10⁻³ M, in situ",
            r"CO\textsubscript{2} at 10\textsuperscript{-3} M, in situ",
        ),
        (r"Moduli of \(\mathcal{M}_g\), {K}3 & $\alpha_s$", None, r"Moduli of $\mathcal{M}_g$, K3 \& $\alpha_s$"),
        ("<math><mi>β</mi></math>-decay, the 1<sup>er</sup>", "β-decay, the 1er", "β-decay, the 1er"),
        ("Half <math><msup><mi>x</mi></math> said, 5 < 6", "Half x said, 5 < 6", "Half x said, 5 < 6"),
    ],
)
def test_a_title_is_read_shown_and_written_again(raw: str, title: str | None, written: str) -> None:
    read = cleaning.title(raw)
    assert read == (title or r"Moduli of $\mathcal{M}_g$, K3 & $\alpha_s$")
    assert bibtex.escaped(read) == written
    [back] = reading.read(bibtex.write([Record((), title=read, kind="article", year=2020)]))
    assert back.title == read


def test_titles_are_alike_however_their_formulas_were_written() -> None:
    told = cleaning.title(_TWICE), r"$E = m c^2$ again", "E=mc<sup>2</sup> again", r"\(E=m\,c^{2}\) again"
    assert {folded(cleaning.title(one) or "").replace(" ", "") for one in told} == {"emc2again"}


def test_paragraphs_keep_their_formulas() -> None:
    assert cleaning.abstract(f"<jats:p>{_TWICE}</jats:p><jats:p>H<jats:sub>2</jats:sub>O</jats:p>") == (
        "$E=mc^{2}$ again\nH₂O"
    )


@given(st.lists(st.sampled_from(["<math>", "</math>", "<msup>", "<mi>x</mi>", "</msup>", "<mover/>", "$", "&", "<"])))
def test_no_markup_raises(parts: list[str]) -> None:
    cleaning.title(f"<math>{''.join(parts)}</math>")
    formulas.readable("<math>" + "<mrow>" * 5_000 + "".join(parts) + "</math>")
