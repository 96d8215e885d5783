"""The words around names: civilities, labels of forms, relatives; and those that make a name no person's."""

import re
from functools import cache
from typing import Final

from chatelet.policy.guardrails.reading import fold

_UP: Final = "A-ZÀ-ÖØ-ÞŒŠŽĀ-Ž"
INITIAL: Final = rf"[{_UP}]\.(?:[ -]?[{_UP}]\.)?"
SURNAME: Final = rf"(?:[{_UP}]['’])?[{_UP}][^\W\d_]+(?:['’-][^\W\d_]+)*"
PARTICLE: Final = (
    r"(?:(?:de la|de l['’]|de las|de los|van der|van den|van de|von der|de|du|des|da|dos|di|van|von|ben|bin|bint|el|al|ould|ait"
    r"|De La|De|Du|Des|Van Der|Van Den|Van|Von|Ben|Bin|El|Al|Ould|Aït|Ait|Le|La|Les|Da|Dos|Di|DE LA|DE|DU|DES|LE|LA|VAN|EL|BEN|AL|AIT)"
    r"[ \u00a0]|d['’]|D['’])"
)
PERSON: Final = rf"(?:{INITIAL}[ \u00a0]?)?(?:{PARTICLE}){{0,2}}{SURNAME}(?:[ \u00a0](?:{PARTICLE}){{0,2}}(?:{INITIAL}|{SURNAME})){{0,3}}"

CIVILITY: Final = re.compile(
    r"(?<![\w-])(?:M\.|MM\.|Mr\b\.?|Mrs\b\.?|Ms\b\.?|Mme\b\.?|Mmes\b|Mlle\b\.?|MME\b\.?|MLLE\b|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|MONSIEUR|MADAME"
    r"|Miss|[Dd]r\b\.?|Drs\b|[Dd]octeure?|[Pp]r\b\.?|[Pp]rof\b\.?|[Pp]rofesseure?|Professor|Doctor|Me\b|[Mm]aître|[Gg]énérale?|[Cc]olonelle?|[Cc]apitaine"
    r"|[Cc]ommandante?|[Ll]ieutenante?|[Aa]djudant(?:-chef)?|[Ss]ergente?|[Mm]ajor|[Aa]miral|[Bb]rigadier(?:-chef)?|Captain|Sergeant|[Cc]aporal|[Ss]œur"
    r"|[Vv]euve|[Ii]nspecteur|[Ii]nspectrice|[Cc]onseill(?:er|ère)|[Aa]bbé|Herr|Frau|Señor|Señora|Sr\.|Sra\.|Signor|Signora)[ \u00a0\u202f]"
    r"(?:et[ \u00a0](?:M\.|Mme|Madame|Monsieur|Mlle)[ \u00a0\u202f])?(?:(?:le|la)[ ])?(?:(?:[Dd]octeure?|[Pp]rofesseure?|[Gg]énérale?|[Cc]olonel|Dr|Pr|[Vv]euve|[Pp]réfet|[Jj]uge|[Mm]aire|[Mm]inistre"
    r"|[Dd]éputée?|[Ss]énat(?:eur|rice)|[Cc]ommissaire|[Cc]onseiller|[Cc]onseillère|[Pp]résidente?|[Dd]irect(?:eur|rice))\.?[ \u00a0])?"
    rf"(?P<name>{PERSON})"
)
LOWER_CIVILITY: Final = re.compile(r"(?<![\w-])(?:mme|mlle|mr) (?P<name>[^\W\d_]{3,}(?:-[^\W\d_]+)?)(?![\w'])")
LABEL: Final = re.compile(
    r"(?<![\w-])\**\"?'?(?:noms?(?: et prenoms?|[ ,/]{1,3}prenoms?)?(?: de (?:famille|naissance|jeune fille|l'agent|l'assure|l'eleve|la mere|du pere"
    r"|du patient|du demandeur)| d'usage| d'epouse| marital| usuel)?|nom_\w{2,12}|prenom_\w{2,12}|prenoms?(?: et noms?| nom| usuel)?|patiente?|name|full[_ ]?name|first[_ ]?names?|last[_ ]?names?"
    r"|firstname|lastname|surname|given[_ ]names?|family[_ ]name|signe(?:e)?|signature|signataire|auteure?|author|expediteur|destinataire|demandeur|demanderesse"
    r"|requerante?|titulaire|assuree?|candidate?|beneficiaire|contact|interlocut(?:eur|rice)|responsable|medecin(?: traitant)?|rapport(?:eur|rice)|salariee?"
    r"|agent|eleve|etudiante?|redact(?:eur|rice)|locataire|bailleur|proprietaire|client|acheteur|vendeur|suivi par|dossier suivi par|affaire suivie par|valideur|from|to|de|cc|employee"
    r"|student|patient name|customer|represente par|presents?|presentes?|excuses?|absents?|participants?|encadrant|tuteur|tutrice|conjointe?|epoux|epouse|enfants?"
    r"|user_name|display_?name|nom_complet|directeur|directrice|secretaire|president|presidente|maire)\"?'?\**\s?(?::|=|\|)\s{0,3}\**(?:\"|'|“|« ?)?(?:m\. |mme |dr |mr )?"
)
BARE_LABEL: Final = re.compile(r"(?<![\w-])(?:je m'appelle|je me nomme|je soussignee?(?:\(e\))?,?|my name is|moi c'est|s'appelle|nommee?|denommee?|alias|se nomme)[ ,]{1,2}")
RELATIVE: Final = re.compile(
    r"(?<![\w-])(?:bonjour|bonsoir|cher|chere|salut|coucou|hello|hi|dear|merci|(?:m(?:on|a)|s(?:on|a)|notre|votre|leur|le|la|my|his|her) (?:fils|fille|frere|soeur|sœur|mari"
    r"|femme|epouse|epoux|conjointe?|conjoint|mere|pere|ami|amie|collegue|cousine?|oncle|tante|voisine?|enfant|bebe|compagn(?:on|e)|patiente?|cheffe?|stagiaire|neveu|niece"
    r"|son|daughter|brother|sister|wife|husband|mother|father|colleague|friend|boss|salariee?|eleve|etudiante?|prevenue?|temoin|requerante?|victime|agente?)),? "
)
_NO_PERSON_BEFORE: Final = re.compile(
    r"(?:\b(?:rues?|avenue|av|bd|boulevard|place|quai|allees?|impasse|chemin|route|square|cours|passage|pont|gare|aeroport|station|metro|lycee|college|ecole|hopital"
    r"|hopitaux|clinique|chu|chr|stade|gymnase|fondation|institut|universite|musee|bibliotheque|mediatheque|theatre|salle|amphi(?:theatre)?|batiment|centre|residence"
    r"|lois?|amendement|prix|theoreme|syndrome|maladie|plan|rapport|affaire|arret|methode|algorithme|constante|effet|echelle|test|indice|groupe|laboratoires?|maison"
    r"|societe|editions?|cabinet|cite|fort|caserne|port|parc|jardin|rond-point|street|avenue|school|hospital|law|prize|statue|buste|tombeau|promotion|porte|tour|bourse"
    r"|medaille|equation|loi|principe|matrice|nombre|theorie|decret|circulaire|ordonnance|accords?|saint|sainte|st|ste|porte-avions|navire|fregate|croiseur|cirque|foyer|ehpad"
    r"|villa|chateau|eglise|cathedrale|chapelle|paroisse|basilique|ile|mont|massif|barrage|viaduc|tunnel|promenade|esplanade|parvis|faubourg|mail|squares|courbe|filtre|formule|serie|film|roman"
    r"|livre|album|personnage|piece|opera|chanson|marque|magasin|restaurant|hotel|cafe)(?:s)?(?: (?:de la|de l'|du|des|de|d'|le|la|les))?"
    r"|(?:rue|avenue|place|quai|allee|lycee|college|hopital|boulevard|square) (?:du|de la|de l'|des) ?)"
    r"(?:[ -]|(?<='))(?:(?:du |de la |de l'|des |de |d'|le |la |l')?(?:general|docteur|dr|professeur|pr|colonel|marechal|president|commandant|capitaine|maitre|abbe|amiral|saint|sainte|monseigneur) ?-?(?:de )?)?$"
)
_NO_SURNAMES: Final = """
le la les un une des du de il elle je nous vous ils elles on mais et ou donc or ni car si que qui quoi dont ce cette ces cet mon ma mes son sa ses notre votre leur
monsieur madame mademoiselle messieurs mesdames president presidente directeur directrice maire ministre prefet prefete juge procureur procureure rapporteur
adjoint adjointe delegue deleguee general generale secretaire chef cheffe responsable conseiller conseillere depute senateur ambassadeur recteur rectrice doyen
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche
january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
objet bonjour bonsoir cordialement tel telephone fax mail email courriel service universite ecole institut ministere direction bureau departement region republique
france paris lyon marseille toulouse nantes lille bordeaux rennes strasbourg europe monde nationale national internationale international
nom prenom adresse date numero mozilla linux windows nir iban siret code client patient dossier reference page article annexe chapitre titre note plan projet rapport
the a an of and for to in on with is was has will please dear sir street road avenue company inc ltd llc corp group bank university sa sas sarl eurl
email phone born ne nee non oui rien ici voir selon dans pour avec sans sur sous vers chez par puis alors ainsi apres avant depuis pendant afin comme quand lorsque
document confidentiel secret restreinte restreint diffusion interne public data donnees protection regulation partie prestataire employeur titulaire acheteur vendeur
copyright licence license version system user assistant admin root null none true false inconnu neant soussigne soussignee docteur professeur maitre gaulle
sujet expediteur destinataire telephone mobile portable nationalite profession age sexe ville pays signature fait cedex bp cs rue boulevard place
suivi traitement diagnostic motif antecedents allergies examen conclusion consultation hospitalisation ordonnance compte rendu presents excuses absents
"""


@cache
def no_surnames() -> frozenset[str]:
    """Return words with a capital that are no family name, folded."""
    return frozenset(fold(_NO_SURNAMES).split())


def is_place(folded: str, start: int) -> bool:
    """Tell whether what starts here gives its name to a street, a school, a law…"""
    return _NO_PERSON_BEFORE.search(folded, max(0, start - 40), start) is not None
