/** Fetched when it is first opened. */
import { withWords } from "#/i18n";
import { lateOverlay } from "#/ui/lateOverlay";

export const PreviewDialog = lateOverlay(
  withWords([], () => import("./PreviewDialog")),
  (module) => module.PreviewDialog,
);
