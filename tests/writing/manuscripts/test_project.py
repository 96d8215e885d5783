"""A LaTeX project in a zip: its pieces in their place, the lists it names; bombs, passwords and loops refused or cut."""

import io
import zipfile
from dataclasses import replace

import pytest

from chatelet.documents.parsing.outcome import NotRead
from chatelet.writing.manuscripts.project import BOUNDS, is_archive, source_of

MAIN = r"""\documentclass{article}
\usepackage{natbib} % \input{secret}
\begin{document}
\input{sections/introduction}
\include{sections/methods}
\bibliography{refs/works}
\end{document}
"""
FILES = {
    "article/main.tex": MAIN,
    "article/sections/introduction.tex": r"Un effet discret \cite{quiet}.",
    "article/sections/methods.tex": r"\input{main} Une méthode \citep{margin}. \input{nowhere}",
    "article/refs/works.bib": (
        "@article{lonely, title={A loud effect}, year={2020}}\n@article{margin, title={Fairness of Neural Networks}}\n"
        "@article{quiet, title={A quiet effect}, year={2018}}\n"
    ),
    "article/refs/other.bib": "@article{other, title={Another list}, year={2001}}",
    "article/figures/plot.pdf": "%PDF not a source",
    "__MACOSX/article/._main.tex": "garbage",
}


def zipped(files: dict[str, str | bytes] | dict[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return written.getvalue()


def test_pieces_stand_where_they_are_called_and_only_named_lists_are_read() -> None:
    source = source_of(zipped({name.removeprefix("article/"): text for name, text in FILES.items()}))
    assert source is not None
    assert source.index("effet discret") < source.index("Une méthode") < source.index(r"\end{document}")
    assert source.count(r"\documentclass") == 1, "a file that calls itself is there once"
    keys = [source.index(f"{{{key},") for key in ("margin", "quiet", "lonely")]
    assert keys == sorted(keys), "what is cited comes first: a library may have thousands of entries"
    assert "Another list" not in source
    assert "garbage" not in source


def test_a_project_in_a_folder_finds_its_files_beside_the_main_one() -> None:
    source = source_of(zipped(FILES))
    assert source is not None
    assert "effet discret" in source
    assert "Fairness of Neural Networks" in source


def test_lists_that_nothing_names_and_lists_already_set() -> None:
    without = source_of(zipped({"a.tex": r"\documentclass{x}\begin{document}a\end{document}", "b.bib": "@book{b, c}"}))
    assert without is not None
    assert "@book" in without
    bare = source_of(zipped({"a.tex": r"\begin{document}a\end{document}", "b.bbl": r"\bibitem{k} Guo, M. 2022."}))
    assert bare is not None
    assert r"\bibitem{k}" in bare


def test_an_archive_without_latex_is_no_project() -> None:
    assert source_of(zipped({"lettre.docx": b"PK", "../../etc/passwd": "x"})) is None
    assert not is_archive(b"PK\x03\x04", "docx")
    assert not is_archive(b"\\documentclass", "zip")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({f"{name}.tex": b" " * 1024**2 for name in "abc"}), "archive_too_large"),
        (zipped({"main.tex": b"0" * (11 * 1024**2)}), "archive_too_large"),
        (zipped({f"{number}.tex": "a" for number in range(40)}), "archive_too_many_entries"),
        (zipped({"main.tex": "a"})[:-30], "archive_damaged"),
    ],
)
def test_what_may_not_be_opened_is_coded(data: bytes, code: str) -> None:
    with pytest.raises(NotRead) as told:
        source_of(data, replace(BOUNDS, entries=30, inflated_bytes=2 * 1024**2))
    assert told.value.finding.code == code


def test_parts_that_call_each_other_without_end_are_cut() -> None:
    parts = {f"p{number}.tex": f"word{number} \\input{{p{number + 1}}}" for number in range(60)}
    source = source_of(zipped({"main.tex": r"\documentclass{x}\begin{document}\input{p0}\end{document}", **parts}))
    assert source is not None
    assert "word5" in source
    assert "word50" not in source
