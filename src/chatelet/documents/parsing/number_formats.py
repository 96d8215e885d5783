"""Numbers of spreadsheets as people see them: dates, times, percents, decimals, currencies (ECMA-376, 18.8.30).

Thousands separators are left out: they change from country to country, and a figure is looked for by its digits.
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<exponent>E[+-]0+)|(?P<digits>[0#?][0#?,]*(?:\.[0#?,]*)?(?:[/][0#?]+)?|\.[0#?]+)"
    r"|(?P<half>AM/PM|A/P)|(?P<date>yyyy|yyy|yy|y|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zone
_MAC_DAYS = 1462
_LAST_DAY = 2_958_466
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

Tokens = list[tuple[str, str]]


def shown(raw: str, code: str, *, is_1904: bool = False) -> str:
    """Return a number written in the cell's format; as it is stored when either is not understood."""
    try:
        number = Decimal(raw)
        if not number.is_finite() or abs(number.adjusted()) > 300:
            return raw
        return _formatted(number, code, is_1904=is_1904)
    except (InvalidOperation, ValueError, OverflowError):
        return raw


def built_in(identifier: int) -> str:
    """Return the format of an identifier that files do not declare."""
    return _BUILT_IN.get(identifier, "General")


def _formatted(number: Decimal, code: str, *, is_1904: bool) -> str:
    sections = _sections(code)
    section = sections[0]
    if number < 0 and len(sections) > 1:
        section, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    tokens = _tokens(section)
    kinds = {kind for kind, _text in tokens}
    if "date" in kinds and "digits" not in kinds:
        return _date(number, tokens, is_1904=is_1904)
    if not kinds & {"digits", "general"}:
        return "".join(text for kind, text in tokens if kind in {"quoted", "escaped", "other", "currency"}).strip()
    return _number(number, tokens)


def _sections(code: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code) or ["General"]


def _tokens(section: str) -> Tokens:
    found: Tokens = []
    for match in _TOKEN.finditer(section[:256]):
        kind = match.lastgroup
        if kind:
            found.append((kind, match[kind]))
    return found


def _number(number: Decimal, tokens: Tokens) -> str:
    percents = sum(text == "%" for kind, text in tokens if kind == "other")
    number *= Decimal(100) ** percents
    written: list[str] = []
    is_done = False
    has_exponent = any(kind == "exponent" for kind, _text in tokens)
    for kind, text in tokens:
        if kind in {"digits", "general"}:
            written.append("" if is_done else _digits(number, text, is_general=kind == "general", wide=has_exponent))
            is_done = True
        elif kind in {"quoted", "escaped", "currency", "other"}:
            written.append(text)
    sign = "-" if number < 0 and any(character in "123456789" for character in "".join(written)) else ""
    return sign + re.sub(r"\s+", " ", "".join(written)).strip()


def _digits(number: Decimal, pattern: str, *, is_general: bool, wide: bool) -> str:
    if is_general or "/" in pattern:
        return general(abs(number))
    integer, _, decimals = pattern.partition(".")
    places = len(decimals.replace(",", ""))
    if wide:
        return f"{abs(number):.{places}E}"
    thousands = len(pattern) - len(pattern.rstrip(","))
    scaled = abs(number).scaleb(-3 * thousands)
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, part = f"{rounded:f}".partition(".")
    least = len(decimals.rstrip("#?"))
    part = part[:least] + part[least:].rstrip("0")
    whole = whole.rjust(integer.replace(",", "").count("0"), "0")
    return f"{whole}.{part}" if part else whole


def general(number: Decimal) -> str:
    """Write a number without a format: whole numbers whole, others with eleven digits at most."""
    if number == number.to_integral_value() and number.adjusted() < 15:
        return f"{number.to_integral_value():f}"
    text = f"{number:.11g}"
    plain = f"{Decimal(text):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain if len(plain) <= 20 else text


def _date(number: Decimal, tokens: Tokens, *, is_1904: bool) -> str:
    days = float(number) + (_MAC_DAYS if is_1904 else 0)
    if not 0 <= days < _LAST_DAY:
        return general(number)
    moment = _EPOCH + timedelta(seconds=round(days * 86_400))
    written: list[str] = []
    is_half = any(kind == "half" for kind, _text in tokens)
    dates = [text.lower() if kind in {"date", "bracket"} else "" for kind, text in tokens]
    for place, (kind, text) in enumerate(tokens):
        if kind == "date":
            is_minute = text[0] in "mM" and len(text) <= 2 and _is_minute(dates, place)
            written.append(_moment(moment, text.lower(), is_minute=is_minute, is_half=is_half))
        elif kind == "half":
            written.append("AM" if moment.hour < 12 else "PM")
        elif kind == "bracket" and text.lower() in {"h", "hh"}:
            written.append(str(int(days * 24 + 1e-9)))
        elif kind in {"quoted", "escaped", "other"}:
            written.append(text)
    return re.sub(r"\s+", " ", "".join(written)).strip()


def _is_minute(dates: list[str], place: int) -> bool:
    before = next((text for text in reversed(dates[:place]) if text), "")
    after = next((text for text in dates[place + 1 :] if text), "")
    return before.startswith("h") or after.startswith("s")


def _moment(moment: datetime, mark: str, *, is_minute: bool, is_half: bool) -> str:
    hour = (moment.hour % 12 or 12) if is_half else moment.hour
    values = {"y": moment.year, "m": moment.minute if is_minute else moment.month, "d": moment.day}
    values |= {"h": hour, "s": moment.second}
    value = values[mark[0]]
    if mark[0] == "y":
        return f"{value % 100:02d}" if len(mark) <= 2 else f"{value:04d}"
    if mark in {"mmm", "ddd"}:
        return (_MONTHS[value - 1] if mark == "mmm" else _DAYS[moment.weekday()])[:3]
    if mark in {"mmmm", "dddd", "mmmmm"}:
        return _DAYS[moment.weekday()] if mark == "dddd" else _MONTHS[value - 1][: 1 if len(mark) == 5 else None]
    return f"{value:02d}" if len(mark) == 2 else str(value)
