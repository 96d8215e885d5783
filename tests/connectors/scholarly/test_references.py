"""Drafts with invented, wrong and retracted references: each is flagged, and no right one is."""

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.connectors.scholarly.contract import Answer, Question
from chatelet.connectors.scholarly.errors import ReferencesNotUnderstood
from chatelet.connectors.scholarly.record import Scheme
from chatelet.connectors.scholarly.references.checking import Asking, Checked, check
from chatelet.connectors.scholarly.references.extraction import extract
from tests.connectors.scholarly.library import ASKING

APA = """Un paragraphe de conclusion (Guo et al., 2022), qui n'est pas une référence.

Références

Guo, M.-H., Xu, T.-X., & Liu, J. (2022). Attention mechanisms in computer vision: A survey. Computational Visual Media, 8(3), 331–368. https://doi.org/10.1007/s41095-022-0271-y

Niu, Z., Zhong, G., & Yu, H. (2021). A review on the attention mechanism of deep learning. Neurocomputing, 452, 48–62.

Bourdieu, P. (1979). La distinction : critique sociale du jugement. Paris : Éditions de Minuit.

Ioannidis, J. P. A. (2005). Why most published research findings are false. PLoS Medicine, 2(8), e124.

Sebillotte Cuchet, V. (2016). Where does « Axial breakthrough » take place? In the past, or in present narratives of the past? Fudan Journal, 9, 565-576.

Granovetter, M. S. (1973). The strength of weak ties. American Journal of Sociology, 78(6), 1360–1380.

Martin, C., & Dubois, A. (2021). Attention mechanisms for the reading of notarial archives: A survey. Journal of Digital Notaries, 4(2), 11–29.

Wakefield, A. J., Murch, S. H., & Anthony, A. (1998). Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental disorder in children. The Lancet, 351, 637–641.

Annexe A
Tableau de 2020, sans intérêt.
"""
IEEE = """References
[1] Y. LeCun, Y. Bengio, and G. Hinton, "Deep learning," Nature, vol. 521, pp. 436-
444, 2015, doi: 10.1038/nature14539.
[2] L. Breiman, "Random forests," Machine Learning, vol. 45, no. 1, pp. 5–32, 2001.
[3] G. Kucsko et al., "Nanometre-scale thermometry in a living cell," Nature, vol. 500,
pp. 54–58, 2014.
[4] J. Smith and P. Jones, "Deep learning for the detection of imaginary tax fraud: A survey," IEEE Trans. Fictions,
vol. 3, pp. 1–9, 2019.
[5] A. Vaswani et al., "Attention is all you need," arXiv:1706.03762, 2017.
[6] A. Turing, "A mathematical theory of communication," Bell Syst. Tech. J., vol. 27, 1948.
[7] H. Deubel and W. X. Schneider, "Saccade target selection and object recognition," Vision Research, 1996,
https://doi.org/10.1038/nature12373
"""
LATEX = r"""\documentclass{article}\begin{document}Voir \cite{a}.
\begin{thebibliography}{9}
\bibitem{a} Niu, Z., Zhong, G., Yu, H.: A review on the attention mechanism of deep learning. \emph{Neurocomputing} \textbf{452}, 48--62 (2021)
% \bibitem{old} Nobody, N.: A commented reference that is not there. Journal (1999)
\bibitem[Selbst et~al.(2019)]{b} A.~D. Selbst and D. Boyd.
\newblock Fairness and abstraction in sociotechnical systems.
\newblock In \emph{FAT*}, 2019.
\bibitem{c} M. Garc{\'\i}a. \newblock Weak ties among strong notaries. \newblock \emph{Annales imaginaires}, 2011.
\end{thebibliography}\end{document}
"""
BIBTEX = r"""@article{litjens, title={A Survey on Deep Learning in Medical Image Analysis}, author={Litjens, Geert and Kooi, Thijs}, year={2017}, doi={10.1016/j.media.2017.07.005}}
@article{zhang, title={Deep learning for sentiment analysis: a survey}, author={Lei Zhang and Shuai Wang and Bing Liu}, journal={WIREs}, year=2018}
@article{breiman, title={Bagging Predictors}, author={Breiman, Leo}, year={1996}, doi={10.1023/A:1010933404324}}
@article{nosek, title={Estimating the reproducibility of psychological science}, author={Open Science Collaboration and Nosek, Brian}, year={2015}}
@article{ghost, title={Estimating the reproducibility of notarial science}, author={Durand, Claire}, year={2020}, doi={10.5555/ghost.1}}
@article{wrong, title={Why Most Published Research Findings Are False}, author={Durand, Claire}, year={2005}}
"""


async def _verdicts(text: str) -> list[str]:
    return [one.verdict for one in await check(extract(text), ASKING)]


async def test_a_draft_in_names_and_years() -> None:
    assert await _verdicts(APA) == ["found"] * 6 + ["not_found", "retracted"]


async def test_a_draft_in_numbers() -> None:
    checked = await check(extract(IEEE), ASKING)
    assert [one.verdict for one in checked] == [
        "found", "found", "wrong_year", "not_found", "found", "wrong_author", "wrong_doi",
    ]  # fmt: skip
    last = checked[-1]
    assert last.work is not None
    assert last.work.identifiers.doi == "10.1016/0042-6989(95)00294-4", "the right one is given"


async def test_a_draft_in_latex() -> None:
    assert await _verdicts(LATEX) == ["found", "found", "not_found"]


async def test_a_file_of_bibtex() -> None:
    checked = await check(extract(BIBTEX), ASKING)
    assert [(one.reference.key, one.verdict) for one in checked] == [
        ("litjens", "found"),
        ("zhang", "found"),
        ("breiman", "wrong_doi"),
        ("nosek", "found"),
        ("ghost", "not_found"),
        ("wrong", "wrong_author"),
    ]


async def test_an_identifier_alone_is_enough() -> None:
    checked = await check(extract("10.1038/nature14539\nhttps://doi.org/10.5555/none"), ASKING)
    assert [one.verdict for one in checked] == ["found", "not_found"]


async def test_silence_of_the_sources_is_not_absence() -> None:
    async def search(_question: Question) -> Sequence[Answer]:
        return [Answer("crossref", "late"), Answer("hal", "dead")]

    async def resolve(_scheme: Scheme, _value: str) -> Sequence[Answer]:
        return [Answer("crossref", "late")]

    checked = await check(extract(BIBTEX), Asking(search, resolve))
    assert {one.verdict for one in checked} == {"unchecked"}
    late: list[Checked] = await check(extract(BIBTEX), Asking(ASKING.search, ASKING.resolve, seconds=0.0))
    assert {one.verdict for one in late} == {"unchecked"}


def test_what_holds_no_reference_is_said() -> None:
    for text in ("Bonjour.", "Une phrase ordinaire, écrite en 2020 par quelqu'un.\nUne autre, en 2021."):
        with pytest.raises(ReferencesNotUnderstood):
            extract(text)


@given(text=st.text(alphabet='Références\n[1] A. B, (2020). "«»{}\\bibitem@article=10.5/x', max_size=300))
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(ReferencesNotUnderstood):
        assert extract(text)
