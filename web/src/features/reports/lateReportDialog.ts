/** Fetched when it is first opened. */
import { withWords } from "#/i18n";
import { lateOverlay } from "#/ui/lateOverlay";

export const ReportDialog = lateOverlay(
  withWords(["reports"], () => import("./ReportDialog")),
  (module) => module.ReportDialog,
);
