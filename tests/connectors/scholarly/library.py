"""A small library of works that exist, and a search over it that always answers its nearest works, as services do."""

from collections.abc import Sequence

from chatelet.connectors.scholarly.contract import Answer, Question
from chatelet.connectors.scholarly.names import folded
from chatelet.connectors.scholarly.record import Author, Identifiers, Kind, Notice, Record, Scheme
from chatelet.connectors.scholarly.references.checking import Asking


def a_work(title: str, authors: str, year: int, doi: str | None, venue: str, **more: object) -> Record:
    names = [one.strip().split(", ") for one in authors.split(";")]
    parted = tuple(Author(f"{given} {family}", family, given) for family, given in names)
    arxiv = more.pop("arxiv", None)
    kind: Kind = more.pop("kind", "article")  # type: ignore[assignment]
    identifiers = Identifiers(doi=doi, arxiv=arxiv)  # type: ignore[arg-type]
    return Record(
        ("crossref",), title=title, authors=parted, year=year, venue=venue, kind=kind, identifiers=identifiers, **more
    )  # type: ignore[arg-type]


WORKS = [
    a_work("Attention Mechanisms in Computer Vision: A Survey", "Guo, Meng-Hao; Xu, Tian-Xing; Liu, Jiangjiang", 2022,
          "10.1007/s41095-022-0271-y", "Computational Visual Media", arxiv="2111.07624"),
    a_work("A review on the attention mechanism of deep learning", "Niu, Zhaoyang; Zhong, Guoqiang; Yu, Hui", 2021,
          "10.1016/j.neucom.2021.03.091", "Neurocomputing"),
    a_work("Nanometre-scale thermometry in a living cell", "Kucsko, G.; Maurer, P. C.; Yao, N. Y.", 2013,
          "10.1038/nature12373", "Nature"),
    a_work("Saccade target selection and object recognition: Evidence for a common attentional mechanism",
          "Deubel, Heiner; Schneider, Werner X.", 1996, "10.1016/0042-6989(95)00294-4", "Vision Research"),
    a_work("Deep learning", "LeCun, Yann; Bengio, Yoshua; Hinton, Geoffrey", 2015, "10.1038/nature14539", "Nature"),
    a_work("Attention Is All You Need", "Vaswani, Ashish; Shazeer, Noam; Parmar, Niki", 2017, None, "NeurIPS",
          arxiv="1706.03762", kind="preprint"),
    a_work("Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental disorder in children",
          "Wakefield, A. J.; Murch, S. H.; Anthony, A.", 1998, "10.1016/s0140-6736(97)11096-0", "The Lancet",
          notices=(Notice("retraction", "crossref"),)),
    a_work("Random Forests", "Breiman, Leo", 2001, "10.1023/a:1010933404324", "Machine Learning"),
    a_work("Bagging predictors", "Breiman, Leo", 1996, "10.1007/bf00058655", "Machine Learning"),
    a_work("Why Most Published Research Findings Are False", "Ioannidis, John P. A.", 2005,
          "10.1371/journal.pmed.0020124", "PLoS Medicine"),
    a_work("Estimating the reproducibility of psychological science", "Nosek, Brian A.", 2015,
          "10.1126/science.aac4716", "Science"),
    a_work("Where does « Axial breakthrough » take place? In the past, or in present narratives of the past?",
          "Sebillotte Cuchet, Violaine", 2016, "10.1007/s40647-016-0150-y", "Fudan Journal"),
    a_work("La distinction : critique sociale du jugement", "Bourdieu, Pierre", 1979, None, "Éditions de Minuit",
          kind="book"),
    a_work("The Strength of Weak Ties", "Granovetter, Mark S.", 1973, "10.1086/225469", "American Journal of Sociology"),
    a_work("A mathematical theory of communication", "Shannon, C. E.", 1948, "10.1002/j.1538-7305.1948.tb01338.x",
          "Bell System Technical Journal"),
    a_work("A survey on deep learning in medical image analysis", "Litjens, Geert; Kooi, Thijs", 2017,
          "10.1016/j.media.2017.07.005", "Medical Image Analysis"),
    a_work("Deep learning for sentiment analysis: A survey", "Zhang, Lei; Wang, Shuai; Liu, Bing", 2018,
          "10.1002/widm.1253", "WIREs Data Mining"),
    a_work("Fairness and Abstraction in Sociotechnical Systems", "Selbst, Andrew D.; Boyd, Danah", 2019,
          "10.1145/3287560.3287598", "FAT*", kind="conference"),
]  # fmt: skip


def asking_of(works: Sequence[Record]) -> Asking:
    """Return a way to ask a library of these works."""

    async def search(question: Question) -> Sequence[Answer]:
        words = set(folded(question.words).split())

        def shared(record: Record) -> float:
            own = set(folded(f"{record.title} {' '.join(one.name for one in record.authors)} {record.year}").split())
            return len(words & own) / (len(words | own) or 1)

        nearest = sorted(works, key=shared, reverse=True)[: question.limit]
        return [Answer("crossref", "answered", nearest), Answer("hal", "answered", [])]

    async def resolve(scheme: Scheme, value: str) -> Sequence[Answer]:
        found = [one for one in works if getattr(one.identifiers, scheme) == value]
        return [Answer("crossref", "answered", found)]

    return Asking(search, resolve, seconds=20)


ASKING = asking_of(WORKS)
