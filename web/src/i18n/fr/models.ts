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
  noneUsable:
    "Aucun modèle habilité pour ce niveau ne répond. Votre texte est gardé ; réessayez dans un moment, ou prévenez votre administrateur.",
  notApproved:
    "Cette installation n’est pas approuvée pour le niveau de cette conversation. Rien ne peut y être envoyé ; commencez-en une autre, à un niveau plus bas.",
  listing: "Lecture de la liste des modèles…",
  unreadable: "La liste des modèles n’a pas pu être lue.",
  aiNotice: "Une IA répond et peut se tromper : vérifiez ce qui engage.",
} as const;
