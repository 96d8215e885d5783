/** Models, zones and levels of sensitivity, in words. */
export default {
  levels: {
    public: "Public",
    internal: "Interne",
    restricted: "Sensible",
    diffusion_restreinte: "Diffusion restreinte",
  },
  levelWords: {
    public: "Peut être publié tel quel.",
    internal: "Travail courant, sans secret ni donnée sensible.",
    restricted: "Données personnelles, secrets professionnels, dossiers en cours.",
    diffusion_restreinte: "Mention « Diffusion restreinte » apposée sur le document.",
  },
  categories: {
    personal: "données personnelles",
    health: "santé",
    banking: "données bancaires",
    judicial: "justice",
    defence: "défense",
    research: "recherche protégée",
  },
  notClearedFor: "N’est pas habilité pour : {categories}.",
  refusedByUnit:
    "Refusé par une règle de {unit} : {rule, select, models_never {ce modèle y est exclu} models_only {ce modèle n’est pas de ceux qu’elle permet} other {cette catégorie doit rester dans d’autres zones : {category}}}.",
  everybody: "l’institution",
  level: "Niveau de sensibilité",
  levelPrefix: "Niveau de sensibilité :",
  levelLower: "Le niveau d’une conversation ne baisse pas. Commencez-en une autre.",
  levelNotApproved: "Cette installation n’est plus approuvée pour ce niveau.",
  levelHighest: "Le plus haut niveau approuvé pour cette installation.",
  levelNobody: "Aucun modèle n’est habilité pour ce niveau.",
  model: "Modèle",
  modelPrefix: "Modèle :",
  where: "{operator}, {country}",
  upTo: "Jusqu’au niveau {level}",
  upToInline: "jusqu’au niveau {level}",
  notCleared: "N’est pas habilité au-delà du niveau {level}.",
  sees: "Voit les images",
  noTraining: "N’apprend pas de vos textes",
  logs: "{days, plural, =0 {Aucun journal chez l’opérateur} one {Journaux effacés après # jour} other {Journaux effacés après # jours}}",
  qualifications: {
    secnumcloud: "Hébergement SecNumCloud",
    hds: "Hébergement de données de santé (HDS)",
    iso27001: "ISO 27001",
    c5: "C5",
  },
  cardLacks: "Non précisé par le contrat : {gaps}.",
  gaps: {
    qualification: "qualification de l’hébergement",
    hds: "hébergement de données de santé",
    training: "absence d’entraînement",
    log_delay: "durée des journaux",
    energy: "énergie",
  },
  demonstration: "Petit modèle de démonstration : ses réponses sont souvent fausses.",
  states: {
    ready: "Prêt",
    loading: "Se charge…",
    unreachable: "Ne répond pas",
    missing: "Fichier absent",
    unknown: "État inconnu",
  },
  loadingAt: "Se charge, {progress}",
  none: "Aucun modèle n’est configuré. Votre texte est gardé ; un administrateur peut ajouter un modèle.",
  noneCleared:
    "Aucun modèle n’est habilité pour ce niveau. Un administrateur peut en habiliter un ; une autre conversation peut avoir un niveau plus bas.",
  noneClearedForCategories:
    "Aucun modèle n’est habilité pour ce que contient votre message. Votre texte est gardé ; retirez-en le passage, ou demandez à un administrateur d’habiliter un modèle.",
  noneForUnit:
    "Les règles de votre unité ne permettent aucun modèle pour ce contenu. Votre texte est gardé ; retirez-en le passage, ou parlez-en à votre administration.",
  noneUsable:
    "Aucun modèle habilité pour ce niveau ne répond. Votre texte est gardé ; réessayez dans un moment, ou prévenez votre administrateur.",
  notApproved:
    "Cette installation n’est pas approuvée pour le niveau de cette conversation. Rien ne peut y être envoyé ; commencez-en une autre, à un niveau plus bas.",
  listing: "Lecture de la liste des modèles…",
  unreadable: "La liste des modèles n’a pas pu être lue.",
  aiNotice: "Une IA répond et peut se tromper : vérifiez ce qui engage.",
} as const;
