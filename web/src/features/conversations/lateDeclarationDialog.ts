/** Fetched when it is first opened. */
import { withWords } from "#/i18n";
import { lateOverlay } from "#/ui/lateOverlay";

export const DeclarationDialog = lateOverlay(
  withWords(["reports"], () => import("./DeclarationDialog")),
  (module) => module.DeclarationDialog,
);
