"""The words of the file's tables, in French and in English; its sentences are in `texts`."""

from typing import Final

from chatelet.documents.composing.blocks import Language

Words = dict[Language, dict[str, str]]

TITLE: Final[dict[Language, str]] = {
    "fr": "Dossier de conformité : {institution}",
    "en": "Compliance file: {institution}",
}
NAMES: Final[Words] = {
    "fr": {
        "register": "Fiche de registre", "dpia": "Analyse d’impact", "ai_act": "Règlement sur l’IA",
        "flows": "Cartographie des flux", "anssi": "Recommandations de l’ANSSI", "security": "Annexe de sécurité",
        "covered": "Couvert", "partial": "En partie", "uncovered": "Non couvert", "institution": "À l’institution",
        "none": "Sans objet", "public": "public", "internal": "interne", "restricted": "restreint",
        "diffusion_restreinte": "Diffusion Restreinte", "personal": "personnelles", "health": "santé",
        "banking": "bancaires", "judicial": "judiciaires", "defence": "défense", "research": "recherche protégée",
        "pii": "données personnelles", "secrets": "secrets", "markings": "mentions de protection",
        "injection": "injections", "embedded": "embarquée, sur la machine", "external": "serveur de l’institution",
        "folder": "dossier de la machine, scellés", "s3": "stockage S3, scellés", "postgresql": "PostgreSQL",
        "opensearch": "OpenSearch, à côté de PostgreSQL", "mode_none": "aucune, hors machines internes déclarées",
        "mode_declared": "serveurs déclarés seulement", "mode_open": "serveurs déclarés et pages publiques",
        "conversations": "Conversations", "attachments": "Fichiers joints", "documents": "Documents des bases",
        "accounts": "Comptes inutilisés", "logs": "Journaux techniques", "journal": "Journal d’audit",
        "yes": "oui", "no": "non", "complete": "**à compléter**", "no_end": "sans limite", "days": "{days} jours",
        "configured": "configuré", "not_configured": "non configuré", "elsewhere": "clé tenue par l’institution",
        "made_here": "clé faite dans le dossier de données", "policy": "version {number}, empreinte {sha256}",
        "no_policy": "aucune version publiée : les règles de l’institution seules",
        "no_transfer": "Aucun transfert hors de l’Union européenne n’est déclaré.",
        "transfer": "Droit ou pays hors de l’Union européenne pour : {models}."
        " Garanties (chapitre V) : **à compléter**.",
        "first": "Première version : tout est à évaluer.", "nothing": "Rien n’a changé depuis la version précédente.",
        "again": "À réévaluer : {parts}.", "inside": "interne", "outside": "extérieur", "closed": "fermé",
        "here": "sur cette machine", "unsaid": "non déclaré",
        "count": "{covered} couvertes, {partial} en partie, {uncovered} non couvertes,"
        " {institution} à l’institution, {none} sans objet.",
        "role": "Déployeur ; pas de décision sur les personnes",
        "demonstration": "modèle de démonstration",
    },
    "en": {
        "register": "Record of processing", "dpia": "Impact assessment", "ai_act": "AI regulation",
        "flows": "Map of data flows", "anssi": "ANSSI’s recommendations", "security": "Security annex",
        "covered": "Covered", "partial": "In part", "uncovered": "Not covered", "institution": "Institution",
        "none": "Not applicable", "public": "public", "internal": "internal", "restricted": "restricted",
        "diffusion_restreinte": "Diffusion Restreinte", "personal": "personal", "health": "health",
        "banking": "banking", "judicial": "judicial", "defence": "defence", "research": "protected research",
        "pii": "personal data", "secrets": "secrets", "markings": "protective markings",
        "injection": "injections", "embedded": "embedded, on the machine", "external": "the institution’s server",
        "folder": "folder of the machine, sealed", "s3": "S3 storage, sealed", "postgresql": "PostgreSQL",
        "opensearch": "OpenSearch, beside PostgreSQL", "mode_none": "none, but declared inside machines",
        "mode_declared": "declared servers only", "mode_open": "declared servers and public pages",
        "conversations": "Conversations", "attachments": "Attached files", "documents": "Documents of bases",
        "accounts": "Idle accounts", "logs": "Technical logs", "journal": "Audit journal",
        "yes": "yes", "no": "no", "complete": "**to be completed**", "no_end": "no end", "days": "{days} days",
        "configured": "configured", "not_configured": "not configured", "elsewhere": "key held by the institution",
        "made_here": "key made in the data folder", "policy": "version {number}, hash {sha256}",
        "no_policy": "no version published: the institution’s rules alone",
        "no_transfer": "No transfer outside the European Union is declared.",
        "transfer": "Law or country outside the European Union for: {models}."
        " Safeguards (chapter V): **to be completed**.",
        "first": "First version: everything is to be assessed.",
        "nothing": "Nothing changed since the previous version.",
        "again": "To be assessed again: {parts}.", "inside": "inside", "outside": "outside", "closed": "closed",
        "here": "on this machine", "unsaid": "not declared",
        "count": "{covered} covered, {partial} in part, {uncovered} not covered,"
        " {institution} for the institution, {none} not applicable.",
        "role": "Deployer; no decision about persons",
        "demonstration": "demonstration model",
    },
}  # fmt: skip
HEADS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "changes": "Constat|Avant|Maintenant",
        "operators": "Opérateur|Pays|Droit applicable|Modèles|Qualification|Entraînement exclu|Journaux gardés",
        "retention": "Donnée|Institution|Unités plus courtes",
        "models": "Modèle|Opérateur|Pays|Niveau le plus élevé|Catégories admises",
        "assistants": "Modèle|Capacités|Rôle de l’institution",
        "flows": "Machine|Usage|Déclarée par|Zone, pays|Accès",
        "anssi": "N°|Ce qui est demandé|État|Preuve, ou ce qui manque",
    },
    "en": {
        "changes": "Finding|Before|Now",
        "operators": "Operator|Country|Applicable law|Models|Qualification|No training|Logs kept",
        "retention": "Data|Institution|Shorter in units",
        "models": "Model|Operator|Country|Highest level|Categories admitted",
        "assistants": "Model|Abilities|Role of the institution",
        "flows": "Machine|Use|Declared by|Zone, country|Access",
        "anssi": "No.|What is asked|State|Proof, or what is missing",
    },
}
WIDTHS: Final[dict[str, tuple[float, ...]]] = {"anssi": (1, 6, 2.4, 7), "changes": (3, 2, 2)}
