/** Files, wherever they are shown. */
import type { Same } from "..";
import type fr from "../fr/files";

export default {
  pick: { choose: "Choose a file", change: "Choose another file", none: "No file chosen" },
  size: { bytes: "{amount} bytes", kilo: "{amount} kB", mega: "{amount} MB", giga: "{amount} GB" },
} as const satisfies Same<typeof fr>;
