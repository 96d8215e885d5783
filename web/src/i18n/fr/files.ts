/** Files, wherever they are shown. */
export default {
  size: { bytes: "{amount} octets", kilo: "{amount} ko", mega: "{amount} Mo", giga: "{amount} Go" },
} as const;
