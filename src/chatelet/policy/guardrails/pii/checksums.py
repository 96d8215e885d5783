"""Check digits, so that a look-alike is not taken for an identifier."""


def luhn(digits: str) -> bool:
    """Tell whether the last digit is right by the Luhn formula (ISO/IEC 7812-1)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char)
        if place % 2:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0


def varied(digits: str) -> bool:
    """Tell a number from filling (000…, 1111…), which passes most formulas."""
    return len(set(digits)) > 2 or digits.startswith(("4242", "4111", "5555555555554444"))


def digits_of(text: str) -> str:
    """Return the digits of `text`."""
    return "".join(char for char in text if char.isdigit())
