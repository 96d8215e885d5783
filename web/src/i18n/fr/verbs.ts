/** What can be done with a passage of a conversation, or a file of it, at the writing desk. */
export default {
  toolbar: "Que faire de ce passage",
  menu: "Traduire, résumer, reformuler…",
  names: {
    translate: "Traduire",
    summarise: "Résumer",
    rephrase: "Reformuler",
    simplify: "Simplifier",
    correct: "Corriger",
  },
  into: "Vers",
  form: "Forme",
  forms: { "three-lines": "Trois lignes", "key-points": "Points clés" },
  held: "{held, number} {held, plural, one {affirmation} other {affirmations}} sur {statements, number} {held, plural, one {est tenue} other {sont tenues}} par le passage.",
  writing: "En cours…",
  result: "Résultat",
  copy: "Copier",
  copied: "Copié.",
  notCopied: "Rien n’a été copié. Sélectionnez le texte, puis Ctrl+C.",
  close: "Fermer",
  atDesk: "Ouvrir au bureau d’écriture",
  toCheck:
    "{count, plural, one {Un passage est à vérifier : le bureau dit pourquoi.} other {# passages sont à vérifier : le bureau dit pourquoi.}}",
  file: "Traduire ou réécrire {name}",
  summariseFile: "Résumer {name}",
  fileActions: "Autres actions sur {name}",
} as const;
