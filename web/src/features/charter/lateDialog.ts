/** The charter, fetched when it is first read. */
import { withWords } from "#/i18n";
import { lateOverlay } from "#/ui/lateOverlay";

export const CharterDialog = lateOverlay(
  withWords(["adoption"], () => import("./CharterDialog")),
  (module) => module.default,
);
