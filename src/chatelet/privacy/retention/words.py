"""The notice that an idle account will be erased, in French and in English."""

from typing import Final

from chatelet.identity.principal import Language

SUBJECT: Final[dict[Language, str]] = {
    "fr": "Votre compte {institution} sera effacé le {day}",
    "en": "Your {institution} account will be erased on {day}",
}
BODY: Final[dict[Language, str]] = {
    "fr": """Bonjour {name},

Vous n’avez pas utilisé {institution} depuis longtemps. Comme il est prévu, votre compte et tout ce qu’il contient
seront effacés le {day}, sans retour possible.

Pour garder votre compte, il suffit de vous connecter avant cette date. Pour emporter vos données (conversations et
fichiers), demandez-en l’archive dans « Réglages › Vos données » :

{link}
""",
    "en": """Hello {name},

You have not used {institution} for a long time. As planned, your account and everything in it will be erased on {day},
for good.

To keep your account, sign in before that day. To take your data away (conversations and files), ask for its archive in
“Settings › Your data”:

{link}
""",
}
