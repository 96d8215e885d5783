/** Fetched when it is first opened. */
import { withWords } from "#/i18n";
import { lateOverlay } from "#/ui/lateOverlay";

export const CollectionPicker = lateOverlay(
  withWords([], () => import("./CollectionPicker")),
  (module) => module.CollectionPicker,
);
