"""Numbers that stand in for others: the right form, of ranges that belong to nobody.

NIR       order 000, which is never given; the right key; the sex is kept
phone     numbers kept by ARCEP for fiction (01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49, 06 39 98 and four digits)
IBAN      bank 99999…, the right key by 97             card  4000 00…, right by Luhn's formula
IP        ranges for documentation (RFC 5737, 3849)    documents  letters X and zeros
Each is numbered, so that no two are the same.
"""

from typing import Final

from chatelet.policy.guardrails.pii.checksums import digits_of, luhn
from chatelet.policy.guardrails.pii.nir import key_of

_FICTION: Final = {
    "1": "019900",
    "2": "026191",
    "3": "035301",
    "4": "046571",
    "5": "053649",
    "6": "063998",
    "7": "063998",
    "8": "019900",
    "9": "019900",
}


def plain_of(sort: str, written: str) -> str:
    """Return the letters and digits that say which number it is, however it is written."""
    kept = "".join(char for char in written.upper() if char.isalnum() and char.isascii())
    if sort != "phone":
        return kept
    national = _national(kept)
    return f"0{national}" if national else kept


def _national(digits: str) -> str:
    """Return the nine digits of a French number; "" for another country's."""
    for prefix in ("00330", "0033", "330", "33", "0"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == 9:
            return digits[len(prefix) :]
    return ""


def stand_in(sort: str, plain: str, number: int) -> str:
    """Return the `number`-th stand-in for a number of this sort."""
    if sort == "phone":
        return _phone(plain, number)
    if sort == "nir":
        return _nir(plain, number)
    if sort == "iban":
        return _iban(plain, number)
    if sort == "card":
        return _card(plain, number)
    return _document(plain, number)


def ip(written: str, number: int) -> str:
    """Return an address of the ranges for documentation."""
    if ":" in written:
        return f"2001:db8::{number + 1:x}"
    block = ("192.0.2", "198.51.100", "203.0.113")[number // 250 % 3]
    return f"{block}.{number % 250 + 1}"


def _phone(plain: str, number: int) -> str:
    if len(plain) == 10 and plain.startswith("0"):
        return _FICTION.get(plain[1], "019900") + f"{number * 37 % 10_000:04d}"
    return plain[:2] + "5550100"[: max(0, len(plain) - 6)].ljust(len(plain) - 6, "0") + f"{number:04d}"


def _nir(plain: str, number: int) -> str:
    body = f"{plain[0]}{number * 7 % 100:02d}{number // 100 % 12 + 1:02d}99{number % 1000:03d}000"
    return body if len(plain) < 15 else f"{body}{key_of(body):02d}"


def _iban(plain: str, number: int) -> str:
    country, account = plain[:2], _padded(plain[4:], "9", number)
    value = int("".join(str(int(char, 36)) for char in f"{account}{country}00"))
    return f"{country}{98 - value % 97:02d}{account}"


def _card(plain: str, number: int) -> str:
    length = max(len(digits_of(plain)), 12)
    body = f"400000{number:0{length - 7}d}"
    return next(f"{body}{last}" for last in range(10) if luhn(f"{body}{last}"))


def _document(plain: str, number: int) -> str:
    return _padded(plain, "0", number)


def _padded(plain: str, digit: str, number: int) -> str:
    """Return the form of `plain`, letters X, digits `digit`, with `number` in the last of its digits."""
    written = [("X" if char.isalpha() else digit) for char in plain]
    places = [place for place, char in enumerate(plain) if char.isdigit()]
    told = str(number)[-len(places) :].rjust(min(4, len(places)), digit) if places else ""
    for place, char in zip(reversed(places), reversed(told), strict=False):
        written[place] = char
    return "".join(written)
