/** Words of the ways that lead from the first screens to the other parts, whose own words come with them. */
export default {
  bases: "Bases",
  sending: "{count, plural, one {# envoi} other {# envois}} en cours",
  writing: "Bureau d’écriture",
  research: "Recherche approfondie",
  scholarly: "Bureau savant",
  literacy: "Bien utiliser l’IA",
  charter: "Charte d’usage",
  readCharter: "Lire la charte",
  charterFirst:
    "Avant de poser une question, lisez la charte d’usage et acceptez-la. Vos conversations restent lisibles, et ce que vous avez écrit est gardé.",
  contest: "Contester",
  incident: "Signaler un incident",
  activation: "J’ai un code ou une invitation",
  registration: "S’inscrire comme volontaire",
  readings: "Qui a lu vos conversations",
  readingsNotice:
    "{count, plural, one {Une lecture de vos conversations a été approuvée.} other {# lectures de vos conversations ont été approuvées.}} Le motif et chaque ouverture sont dans vos données.",
  readingsSee: "Voir",
  readingsSeen: "J’ai vu",
} as const;
