/** The rule of inclusive writing of a unit. */
export default {
  title: "Écriture inclusive",
  label: "Règle de l’unité, pour les textes en français",
  above: "Celle de plus haut : {rule} ({unit})",
  nobody: "personne n’a décidé",
  saved: "Règle enregistrée.",
  rules: {
    none: "chacun écrit comme il le souhaite",
    generic: "masculin générique, sans forme abrégée",
    epicene: "mots épicènes, sans forme abrégée",
    doublets: "féminin et masculin en toutes lettres",
    "median-point": "point médian",
  },
  hints: {
    none: "Le bureau d’écriture ne demande rien et ne vérifie rien.",
    generic: "« Les agents ». Les formes abrégées (agent·e, agent(e)) sont remplacées.",
    epicene: "« Le personnel », « la direction ». Les formes abrégées et les noms au masculin seul sont signalés.",
    doublets: "« Les agentes et les agents ». Les formes abrégées et les noms au masculin seul sont signalés.",
    "median-point": "« Les agent·es ». Les autres formes abrégées (agent(e)s, agent.e.s) sont ramenées à celle-ci.",
  },
} as const;
