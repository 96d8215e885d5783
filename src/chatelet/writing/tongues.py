"""The languages that the desk offers, by their names in French and in English; models know others, by their code."""

from typing import Final

from chatelet.kernel.errors import AppError

UNKNOWN: Final = "und"
# code: name in French, in English
NAMES: Final[dict[str, tuple[str, str]]] = {
    "ar": ("arabe", "Arabic"),
    "bg": ("bulgare", "Bulgarian"),
    "br": ("breton", "Breton"),
    "ca": ("catalan", "Catalan"),
    "co": ("corse", "Corsican"),
    "cs": ("tchèque", "Czech"),
    "da": ("danois", "Danish"),
    "de": ("allemand", "German"),
    "el": ("grec", "Greek"),
    "en": ("anglais", "English"),
    "es": ("espagnol", "Spanish"),
    "et": ("estonien", "Estonian"),
    "eu": ("basque", "Basque"),
    "fa": ("persan", "Persian"),
    "fi": ("finnois", "Finnish"),
    "fr": ("français", "French"),
    "ga": ("irlandais", "Irish"),
    "he": ("hébreu", "Hebrew"),
    "hi": ("hindi", "Hindi"),
    "hr": ("croate", "Croatian"),
    "hu": ("hongrois", "Hungarian"),
    "hy": ("arménien", "Armenian"),
    "it": ("italien", "Italian"),
    "ja": ("japonais", "Japanese"),
    "ko": ("coréen", "Korean"),
    "lb": ("luxembourgeois", "Luxembourgish"),
    "lt": ("lituanien", "Lithuanian"),
    "lv": ("letton", "Latvian"),
    "mt": ("maltais", "Maltese"),
    "nl": ("néerlandais", "Dutch"),
    "no": ("norvégien", "Norwegian"),
    "oc": ("occitan", "Occitan"),
    "pl": ("polonais", "Polish"),
    "pt": ("portugais", "Portuguese"),
    "ro": ("roumain", "Romanian"),
    "ru": ("russe", "Russian"),
    "sk": ("slovaque", "Slovak"),
    "sl": ("slovène", "Slovenian"),
    "sq": ("albanais", "Albanian"),
    "sr": ("serbe", "Serbian"),
    "sv": ("suédois", "Swedish"),
    "tr": ("turc", "Turkish"),
    "uk": ("ukrainien", "Ukrainian"),
    "vi": ("vietnamien", "Vietnamese"),
    "zh": ("chinois", "Chinese"),
}


class LanguageUnknown(AppError):
    """This language is not among those that the desk writes, or that of the text could not be told."""

    code = "language_unknown"
    status = 422


def split(code: str) -> tuple[str, str | None]:
    """Return the language and the region of a code ("en-GB"). Raises `LanguageUnknown`."""
    language, _, region = code.replace("_", "-").partition("-")
    if language.lower() not in NAMES:
        raise LanguageUnknown(language=code[:16])
    return language.lower(), region.upper() or None


def name_of(code: str, language: str) -> str:
    """Return the name of a language in French or in English; its code when it has none here."""
    known = NAMES.get(code)
    return code if known is None else known[0 if language == "fr" else 1]
