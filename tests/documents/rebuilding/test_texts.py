"""Plain text, subtitles and tables: lines, times, separators and quoting stay; words change."""

from chatelet.documents.rebuilding.contract import Options, Part, Piece
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.rebuilding.makers import PLAIN, capitals, shown, words

_TEXT, _CSV, _SUBTITLES = format_of("text"), format_of("csv"), format_of("text", "a.srt")
_WRAPPED = (
    b"Ce paragraphe a des lignes que son auteur a coupees a la main\r\n"
    b"pour qu'elles tiennent dans la largeur de son ecran, ce qui se\r\n"
    b"voit.\r\n\r\nAdresse :\r\n12 rue Longue\r\nParis\r\n"
)


def test_lines_broken_for_their_width_are_one_segment_and_broken_again() -> None:
    found = words(_TEXT, _WRAPPED)
    assert len(found) == 4
    assert found[0].endswith("son ecran, ce qui se voit.")
    rebuilt = _TEXT.rebuild(_WRAPPED, {0: [Piece("text", "mot " * 40 + "fin")]}, PLAIN).data.decode()
    lines = rebuilt.split("\r\n")
    assert max(map(len, lines[:3])) <= 62
    assert " ".join(lines[:3]) == "mot " * 40 + "fin"
    assert lines[3:] == ["", "Adresse :", "12 rue Longue", "Paris", ""]


def test_bullets_and_quotations_stay() -> None:
    data = b"- premier\n  * deuxieme\n12) douze\n> cite\n> > encore\n"
    assert words(_TEXT, data) == ["premier", "deuxieme", "douze", "cite", "encore"]
    assert capitals(_TEXT, data) == "- PREMIER\n  * DEUXIEME\n12) DOUZE\n> CITE\n> > ENCORE\n"


def test_what_an_encoding_lacks_makes_the_file_utf_8_and_says_so() -> None:
    rebuilt = _TEXT.rebuild("été".encode("cp1252"), {0: [Piece("text", "лето")]}, Options(mark_ai=False))
    assert rebuilt.data.decode() == "лето"
    assert rebuilt.left_out == ("encoding_changed",)


def test_a_sentence_is_added_when_wanted_and_what_a_text_cannot_tell_is_told() -> None:
    options = Options(visible_mark="Traduit par une machine.", unsure=frozenset({0}), track=True)
    rebuilt = _TEXT.rebuild(b"Un.\n", {0: [Piece("text", "One.")]}, options)
    assert rebuilt.data.decode() == "One.\n\nTraduit par une machine.\n"
    assert rebuilt.left_out == ("ai_mark_not_kept", "unsure_not_shown", "tracking_unsupported")


_CUES = (
    "1\r\n00:00:01,000 --> 00:00:02,500 X1:40\r\n<i>Bonjour à tous\r\net bienvenue</i> ici.\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,500\r\n- Salut !\r\n- {\\an8}Bonsoir <font color=red>toi</font>\r\n"
).encode()


def test_cues_keep_their_times_their_tags_and_their_voices() -> None:
    found = _SUBTITLES.segments(_CUES)
    assert [shown(cue) for cue in found] == [
        "<1>Bonjour à tous et bienvenue</1> ici.",
        "Salut ![1][2]Bonsoir <3>toi</3>",
    ]
    assert {cue.part for cue in found} == {Part.CUE}
    pieces = [Piece("open", "", 1), Piece("text", "Hello everybody, you are all welcome"), Piece("close", "", 1)]
    rebuilt = _SUBTITLES.rebuild(_CUES, {0: [*pieces, Piece("text", " here.")]}, PLAIN).data.decode()
    assert rebuilt.split("\r\n")[2:4] == ["<i>Hello everybody, you", "are all welcome</i> here."]
    assert rebuilt.split("\r\n")[5:] == _CUES.decode().split("\r\n")[5:]


def test_notes_styles_and_voices_of_webvtt_are_not_words() -> None:
    data = (
        b"WEBVTT - Titre\n\nNOTE rien\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 align:start\n"
        b"<v Marie>Bonjour <c.x>vous</c>\n"
    )
    form = format_of("text", "a.vtt")
    assert words(form, data) == ["Bonjour vous"]
    rebuilt = capitals(form, data, Options())
    assert rebuilt == data.decode().replace("Bonjour", "BONJOUR").replace("vous", "VOUS") + "\nNOTE AI-generated\n"


def test_cells_of_words_change_and_separators_quotes_and_figures_stay() -> None:
    data = b'Nom;Date;Note\r\n"Dupont; Jean";2024-01-02;"Il a dit ""oui"""\r\nBob;1 250,50;AB-123\r\n'
    assert words(_CSV, data) == ["Nom", "Date", "Note", "Dupont; Jean", 'Il a dit "oui"', "Bob"]
    expected = b'NOM;DATE;NOTE\r\n"DUPONT; JEAN";2024-01-02;"IL A DIT ""OUI"""\r\nBOB;1 250,50;AB-123\r\n'
    assert capitals(_CSV, data) == expected.decode()


def test_new_words_are_quoted_when_they_need_it_and_never_run() -> None:
    data = b"a,b\nchat,chien\n"
    rebuilt = _CSV.rebuild(data, {2: [Piece("text", 'un "chat", noir')], 3: [Piece("text", "=A1")]}, PLAIN)
    assert rebuilt.data == b'a,b\n"un ""chat"", noir",\'=A1\n'
