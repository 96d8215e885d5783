"""Words that people make passwords of, in French and in English, once figures and signs are taken away.

Only what can reach twelve signs matters: `Motdepasse2024!` is the word `motdepasse`. Chosen from what published
studies of leaked passwords agree on, and from the names of the house; not a dictionary.
"""

from typing import Final

_WORDS = """
password passw passwd passphrase motdepasse motpasse secret azerty azertyuiop qwerty qwertyuiop qwertz azertyqwerty
qsdfghjklm asdfghjkl wxcvbn zxcvbnm abc abcd abcdef abcdefgh iloveyou jetaime jetaimeplus moncoeur monamour mamour
amour loulou doudou chouchou bonjour bonsoir bienvenue welcome letmein changeme changezmoi changement admin
administrateur administrator administration root superuser utilisateur user username identifiant login connexion
ouverture test testtest testing demo default defaut chatelet marquiseduchatelet assistant ministere hopital universite
laboratoire recherche secretariat direction republique republiquefrancaise libertegalitefraternite
liberteegalitefraternite marianne france francais paris marseille lyon toulouse bordeaux lille nantes strasbourg
bretagne normandie olympique olympiquedemarseille parissaintgermain football rugby soleil princesse princess doudoune
chocolat caramel pokemon superman batman starwars dragon monkey sunshine shadow master football baseball basketball
trustno trustnoone whatever computer internet windows microsoft google facebook janvier fevrier mars avril mai juin
juillet aout septembre octobre novembre decembre january february march april may june july august september october
november december lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday
sunday printemps ete automne hiver spring summer autumn winter vacances camille nicolas thomas julien alexandre
sebastien correcthorsebatterystaple thisisapassword ceciestunmotdepasse monmotdepasse mypassword mypass passwordpassword
motdepassemotdepasse adminadmin qazwsxedc qazwsx aqwzsx aqwzsxedc
"""
COMMON_WORDS: Final = frozenset(_WORDS.split())
