/** The result of a verb, fetched apart from the page's first load. */
import { withWords } from "#/i18n";
import { lateOverlay } from "#/ui/lateOverlay";

export const LazyResult = lateOverlay(
  withWords(["desk"], () => import("./VerbResult")),
  (module) => module.default,
);
