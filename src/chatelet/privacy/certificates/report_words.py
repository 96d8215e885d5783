"""A report of erasure as people read it, in French and in English: plain text, to keep or to print."""

from typing import Final

from chatelet.identity.principal import Language
from chatelet.privacy.certificates.erasure_report import DAYS, Emptied, ErasureFacts

_TITLE: Final[dict[Language, str]] = {
    "fr": "PROCÈS-VERBAL D’EFFACEMENT EN FIN DE CONTRAT",
    "en": "ERASURE REPORT AT THE END OF A CONTRACT",
}
_LABELS: Final[dict[Language, tuple[str, ...]]] = {
    "fr": (
        "Numéro", "Installation", "Fin du contrat", "Délai", "Début", "Fin", "Export de sortie", "Lignes détruites",
        "Clés détruites", "Vecteurs détruits", "Journal remis avec ce procès-verbal",
        "Hors d’atteinte de cette commande",
        "Les sauvegardes antérieures disparaissent au plus tard le",
    ),
    "en": (
        "Number", "Installation", "End of the contract", "Delay", "Began", "Ended", "Exit export", "Rows destroyed",
        "Keys destroyed", "Vectors destroyed", "Journal given with this report", "Out of reach of this command",
        "Earlier backups are gone at the latest on",
    ),
}  # fmt: skip
_WHERE: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "data_folder": "Dossier des données",
        "files": "Dépôt des fichiers",
        "database": "Base de données",
        "search_server": "Serveur de recherche",
    },
    "en": {
        "data_folder": "Data folder",
        "files": "Store of files",
        "database": "Database",
        "search_server": "Search server",
    },
}
_OUT: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "backups": "les sauvegardes",
        "bucket_versions": "les versions gardées par le dépôt S3",
        "certificate_key": "la clé des attestations, gardée ailleurs",
        "database_logs": "les journaux de transactions et sauvegardes du serveur PostgreSQL",
        "key_encryption_key": "la clé de chiffrement, gardée ailleurs",
        "seal_key": "la clé des sceaux, gardée ailleurs",
        "search_snapshots": "les instantanés du serveur de recherche",
        "service_logs": "les journaux techniques de la machine",
        "settings_files": "les fichiers de réglages et les secrets qu’ils nomment",
    },
    "en": {
        "backups": "backups",
        "bucket_versions": "versions that the S3 bucket keeps",
        "certificate_key": "the key of certificates, kept elsewhere",
        "database_logs": "write-ahead logs and backups of the PostgreSQL server",
        "key_encryption_key": "the key-encryption key, kept elsewhere",
        "seal_key": "the key of seals, kept elsewhere",
        "search_snapshots": "snapshots of the search server",
        "service_logs": "technical logs of the machine",
        "settings_files": "settings files and the secrets that they name",
    },
}
_NOTE: Final[dict[Language, str]] = {
    "fr": "Ce texte reprend le fichier JSON signé, qui seul fait foi : chatelet privacy verify FICHIER",
    "en": "This text repeats the signed JSON file, which alone is proof: chatelet privacy verify FILE",
}


def told(facts: ErasureFacts, language: Language) -> str:
    """Return a report in words."""
    french, gone = language == "fr", facts.destroyed
    colon = "\u00a0: " if french else ": "
    values = (
        str(facts.id),
        facts.installation,
        facts.contract_ended_on.isoformat(),
        _delay(facts, french=french),
        facts.began_at.isoformat(),
        facts.ended_at.isoformat(),
        _export(facts, french=french),
        str(sum(gone.rows.values())),
        str(gone.keys),
        str(gone.vectors),
        f"{facts.journal_rows}, SHA-256 {facts.journal_sha256}",
        ", ".join(_OUT[language][one] for one in facts.out_of_reach) or ("rien" if french else "nothing"),
        facts.backups_end_on.isoformat(),
    )
    lines = [f"{label}{colon}{value}" for label, value in zip(_LABELS[language], values, strict=True)]
    places = [f"{_WHERE[language][one.where]}{colon}{_place(one, french=french)}" for one in facts.emptied]
    note = _NOTE[language].replace(" :", "\u00a0:") + " --public-key public_keys.pem"
    return "\n".join([_TITLE[language], "", *lines[:10], *places, *lines[10:], "", note, ""])


def _delay(facts: ErasureFacts, *, french: bool) -> str:
    if french:
        kept = "tenu" if facts.days <= DAYS else "DÉPASSÉ"
        return f"{facts.days} jours sur {DAYS}, {kept}"
    return f"{facts.days} days of {DAYS}, {'kept' if facts.days <= DAYS else 'EXCEEDED'}"


def _export(facts: ErasureFacts, *, french: bool) -> str:
    made = facts.export
    if made is None:
        return "aucun, à la demande de qui a effacé" if french else "none, as whoever erased asked"
    count = f"{made.files} fichiers, {made.bytes} octets" if french else f"{made.files} files, {made.bytes} bytes"
    return f"{made.made_at.isoformat()}, {count}, SHA-256 {made.manifest_sha256}"


def _place(one: Emptied, *, french: bool) -> str:
    if french:
        over = ", récrits avant d’être retirés" if one.overwritten else ""
        return f"{one.objects} objets détruits ({one.bytes} octets{over})\u00a0; {one.left} restants"
    over = ", written over before they were removed" if one.overwritten else ""
    return f"{one.objects} objects destroyed ({one.bytes} bytes{over}); {one.left} left"
