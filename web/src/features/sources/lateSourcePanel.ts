/** Fetched when it is first opened. */
import { withWords } from "#/i18n";
import { lateOverlay } from "#/ui/lateOverlay";

export const SourcePanel = lateOverlay(
  withWords(["panel"], () => import("./SourcePanel")),
  (module) => module.SourcePanel,
);
