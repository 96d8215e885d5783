"""A certificate as people read it, in French and in English: plain text, to keep or to print."""

from typing import Final

import msgspec

from chatelet.identity.principal import Language
from chatelet.privacy.certificates.certificate import Facts

_TITLE: Final[dict[Language, str]] = {"fr": "ATTESTATION DE DESTRUCTION", "en": "DELETION CERTIFICATE"}
_REASONS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "retention": "Fin de la durée de conservation",
        "person": "Effacement demandé par la personne",
        "idle": "Compte resté inutilisé",
    },
    "en": {
        "retention": "End of the retention period",
        "person": "Erasure asked for by the person",
        "idle": "Account left unused",
    },
}
_LABELS: Final[dict[Language, tuple[str, ...]]] = {
    "fr": (
        "Numéro", "Installation", "Motif", "Personne (empreinte SHA-256 de son identifiant)", "Début", "Fin",
        "Clés détruites", "Fichiers du stockage détruits", "Vecteurs détruits", "Partitions supprimées",
        "Lignes détruites", "Le disque de la base de données n’en garde plus rien au plus tard le",
        "Serveur de recherche", "Les sauvegardes antérieures disparaissent au plus tard le",
    ),
    "en": (
        "Number", "Installation", "Reason", "Person (SHA-256 of their identifier)", "Began", "Ended",
        "Keys destroyed", "Stored files destroyed", "Vectors destroyed", "Partitions dropped",
        "Rows destroyed", "The disk of the database holds nothing of it any more at the latest on", "Search server",
        "Earlier backups are gone at the latest on",
    ),
}  # fmt: skip
_NOTE: Final[dict[Language, str]] = {
    "fr": "Ce texte reprend le fichier JSON signé, qui seul fait foi\u00a0: chatelet privacy verify FICHIER.",
    "en": "This text repeats the signed JSON file, which alone is proof: chatelet privacy verify FILE.",
}

_UNPROMISED: Final[dict[Language, str]] = {
    "fr": "pas de date, ce disque n’est pas nettoyé à temps (chatelet privacy clean-disk)",
    "en": "no day, that disk is not cleaned in time (chatelet privacy clean-disk)",
}
_LET_GO: Final[dict[Language, tuple[str, str]]] = {
    "fr": (
        "rien à y retirer",
        "versions de documents à y retirer, dans les cinq minutes dès lors qu’il répond\u00a0: {left}",
    ),
    "en": (
        "nothing to remove there",
        "versions of documents to remove there, within five minutes if it answers: {left}",
    ),
}


def told(facts: Facts, language: Language) -> str:
    """Return a certificate in words."""
    labels, gone = _LABELS[language], facts.destroyed
    values = (
        str(facts.id),
        facts.installation,
        _REASONS[language][facts.reason],
        facts.subject_sha256,
        facts.began_at.isoformat(),
        facts.ended_at.isoformat(),
        str(gone.keys),
        str(gone.blobs),
        str(gone.vectors),
        ", ".join(gone.partitions) or None,
        ", ".join(f"{name} {count}" for name, count in sorted(gone.rows.items())) or "0",
        _disk(facts, language),
        _search_server(facts, language),
        facts.backups_end_on.isoformat(),
    )
    colon = "\u00a0: " if language == "fr" else ": "
    lines = [f"{label}{colon}{value}" for label, value in zip(labels, values, strict=True) if value is not None]
    return "\n".join([_TITLE[language], "", *lines, "", _NOTE[language], ""])


def _disk(facts: Facts, language: Language) -> str | None:
    if facts.disk_clean_by is msgspec.UNSET:
        return None
    return facts.disk_clean_by.isoformat() if facts.disk_clean_by else _UNPROMISED[language]


def _search_server(facts: Facts, language: Language) -> str | None:
    left = facts.search_server_left
    if left is msgspec.UNSET or left is None:
        return None
    return _LET_GO[language][bool(left)].format(left=left)
