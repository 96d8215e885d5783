"""LaTeX: words between commands change; maths, references, listings, comments and preambles stay."""

import pytest

from chatelet.documents.rebuilding.contract import Options, Part, Piece
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.rebuilding.makers import PLAIN, capitals, shown

_FORM = format_of("latex")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\section[x]{Un \label{a}} mot", r"\section[x]{UN \label{a}} MOT"),
        (r"un \textbf{gras \emph{et}} fin", r"UN \textbf{GRAS \emph{ET}} FIN"),
        (r"soit $x$, \(y\) et \cite[p.~3]{cle}~!", r"SOIT $x$, \(y\) ET \cite[p.~3]{cle}~!"),
        ("a % rien\nb", "A % rien\nB"),
        (r"50\,\% de R\&D \_x", r"50\,\% DE R\&D \_X"),
        (r"un\footnote{deux \verb|x| fin} trois", r"UN\footnote{DEUX \verb|x| FIN} TROIS"),
        (r"\'et\'e et c{\oe}ur", "ÉTÉ ET C{Œ}UR"),
        (r"\href{http://a_b}{lien} puis \url{x_y}", r"\href{http://a_b}{LIEN} PUIS \url{x_y}"),
        (
            "\\begin{tabular}{ll}\na & b\\\\\nc & 12\\\\\n\\end{tabular}",
            "\\begin{tabular}{ll}\nA & B\\\\\nC & 12\\\\\n\\end{tabular}",
        ),
        ("\\begin{lstlisting}\nun\n\\end{lstlisting} mot", "\\begin{lstlisting}\nun\n\\end{lstlisting} MOT"),
        (
            "\\begin{itemize}\n \\item un\r\n \\item[x] deux\n\\end{itemize}",
            "\\begin{itemize}\n \\item UN\r\n \\item[x] DEUX\n\\end{itemize}",
        ),
        (r"\inconnu[a]{b}{c} mot \color{red} fin", r"\inconnu[a]{b}{c} MOT \color{red} FIN"),
        ("un\\\\[2pt]deux", "UN\\\\[2pt]DEUX"),
    ],
)
def test_words_alone_change(source: str, expected: str) -> None:
    assert capitals(_FORM, source.encode()) == expected


def test_the_preamble_stays_but_its_titles() -> None:
    source = b"\\newcommand{\\x}{mot}\n\\title{Titre}\n\\author{Nom}\n\\begin{document}\nmot\n\\end{document}\n"
    assert [(segment.part, shown(segment)) for segment in _FORM.segments(source)] == [
        (Part.TITLE, "Titre"),
        (Part.BODY, "mot"),
    ]
    expected = (
        source.replace(b"Titre", b"TITRE")
        .replace(b"\nmot", b"\nMOT")
        .replace(b"\\end{d", b"\nIA \\& co\n% ai-generated: true\n\\end{d")
    )
    assert capitals(_FORM, source, Options(visible_mark="IA & co")).encode() == expected.replace(b"IA", b"IA")


def test_new_words_are_never_read_as_commands() -> None:
    words = "a_b 50% $x$ {y} \\z #1 ~ ^"
    rebuilt = _FORM.rebuild(b"mot", {0: [Piece("text", words)]}, PLAIN).data
    assert rebuilt.decode() == r"a\_b 50\% \$x\$ \{y\} \textbackslash{}z \#1 \textasciitilde{} \textasciicircum{}"


def test_lines_are_broken_again() -> None:
    source = b"Une ligne assez longue pour que cela compte\r\n  puis la suite.\r\n"
    rebuilt = _FORM.rebuild(source, {0: [Piece("text", "word " * 16 + "end")]}, PLAIN).data
    assert rebuilt == b"word word word word word word word word\r\n  word word word word word word word word end\r\n"
