/** Fetched when it is first opened. */
import { withWords } from "#/i18n";
import { lateOverlay } from "#/ui/lateOverlay";

export const LowerDialog = lateOverlay(
  withWords([], () => import("./LowerDialog")),
  (module) => module.LowerDialog,
);
