"""Bank accounts: IBAN of every country (ISO 13616, remainder 1 by 97), and the French RIB with its own key."""

import re
from collections.abc import Iterator
from typing import Final

from chatelet.policy.guardrails.spans import Span

# Length of the account number by country (register of SWIFT).
_LENGTHS: Final[dict[str, int]] = {
    word[:2]: int(word[2:])
    for word in (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29"
        " ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20"
        " LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29"
        " PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
        " YE30 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 DZ26 GA27 GQ27 GW25 IR26 KM27 MA28 MG27 ML28 MZ25 NE28 SN28 TD27 TG28"
    ).split()
}
_START: Final = re.compile(r"\d(?:(?<=[A-Za-z]{2}\d)|(?<=[A-Za-z]{2}[\s.\-]\d))[\s.\-]?\d(?=[\s.\-]{0,2}[A-Za-z0-9])")
_NEXT: Final = re.compile(r"(?:[\s.\-_]{0,2}[A-Za-z0-9])*")
_RIB: Final = re.compile(
    r"(?<![\w])(\d{5})[\s.|;\-]{1,3}(\d{5})[\s.|;\-]{1,3}([0-9A-Z]{11})[\s.|;\-]{1,3}(\d{2})(?![\w])"
)
_RIB_LETTERS: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def find_ibans(text: str) -> Iterator[Span]:
    """Give accounts whose remainder is right."""
    for found in _START.finditer(text):
        start = found.start() - (2 if text[found.start() - 1].isalpha() else 3)
        length = (
            _LENGTHS.get(text[start : start + 2].upper()) if not text[max(0, start - 1) : start].isalnum() else None
        )
        end = _end(text, start, length) if length else None
        if end and _remainder(text[start:end]) == 1:
            yield Span(start, end, "iban")
    for found in _RIB.finditer(text):
        bank, counter, account, key = found.groups()
        number = int(account.translate(_RIB_LETTERS))
        if 97 - (89 * int(bank) + 15 * int(counter) + 3 * number) % 97 == int(key):
            yield Span(found.start(), found.end(), "rib")


def _end(text: str, start: int, length: int) -> int | None:
    """Return where `length` letters and digits from `start` on end, if a word ends there."""
    run = _NEXT.match(text, start, start + 3 * length)
    if run is None:
        return None
    count = 0
    for place in range(start, run.end()):
        if text[place].isalnum():
            count += 1
            if count == length:
                after = text[place + 1 : place + 2]
                return None if after.isalnum() else place + 1
    return None


def _remainder(account: str) -> int:
    plain = "".join(char for char in account.upper() if char.isalnum())
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97
