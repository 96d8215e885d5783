"""What stands in the place of a secret without being one: examples, references to variables, types, hidden values."""

import re
from math import log2
from typing import Final

_FILLING: Final = re.compile(
    r"example|exemple|change[-_ ]?me|changez|your[-_ ]|votre|\bmy[-_](?:secret|password|token|key)|placeholder"
    r"|replace|remplac|insert|todo|fixme|dummy|fake|sample|redacted|masqu|hidden"
    r"|x{4,}|\*{3,}|\.{3}|…|•|^(?:test|demo|foo|bar|none|null|nil|true|false|undefined|string|str|int|bool|bytes|text"
    r"|any|optional|required|secret|password|passwd|pass|token|motdepasse|mdp"
    r"|admin|root|user|default|empty|vide|aucun|inconnu|value|valeur|xxx+|abc+|input|env|vault|n/a|tbd|oui|non|yes|no"
    r"|forgotten|oublié|obligatoire|incorrect|invalide|invalid|expired|expiré)\W*$"
    r"|1234567890|0123456789|abcdef(?:gh)|0000000|qwerty",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(
    r"^(?:\$|%[({\w]|\{|<|\[|@|#|&|=|\()|\$\{|\{\{|^(?:os|process|self|this|config|settings|env|request|req|args"
    r"|params|options|ctx|data|secrets|var|local|vault|ENV|System|props|form|user|cfg|conf|getpass|input|await|async"
    r"|import|new|lambda|function|crypto|hash|generate|get|set|read|fetch|load|self|str|len|bcrypt|uuid|random|base64"
    r"|Field|Column|Optional|Secret|SecretStr|Depends|Annotated|models|forms|serializers|z|yup|Joi)[.(\[:]"
    r"|\w\(|\)$|=>|::|^\w{0,20}\[|->"
)


def is_filling(value: str) -> bool:
    """Tell whether a value is only there to show a form."""
    return bool(_FILLING.search(value)) or len(set(value)) < min(5, len(value))


def is_reference(value: str) -> bool:
    """Tell whether a value says where the secret is, or of which type, rather than the secret."""
    return bool(_REFERENCE.search(value))


def entropy(value: str) -> float:
    """Return the bits of each character by their frequencies."""
    counts = [value.count(char) / len(value) for char in set(value)]
    return -sum(share * log2(share) for share in counts)
