/** Files, wherever they are shown. */
export default {
  pick: { choose: "Choisir un fichier", change: "Choisir un autre fichier", none: "Aucun fichier choisi" },
  size: { bytes: "{amount} octets", kilo: "{amount} ko", mega: "{amount} Mo", giga: "{amount} Go" },
} as const;
