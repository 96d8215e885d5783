/** What a one-time link opens, before anything else: forms that few people see once, fetched when one is needed. */
import { withWords } from "#/i18n";
import { late, useLate } from "#/ui/late";
import { EntranceSkeleton } from "./EntranceSkeleton";
import type { OneTimeLink } from "./oneTimeLink";

const part = late(withWords(["adoption", "privacy"], () => import("./oneTimeForms")));
const nothing = () => undefined;

/** Fetches the forms ahead: the address already says that one is needed. */
export function preloadOneTimeForms(): void {
  void part.fetch().catch(nothing);
}

type Opening = Exclude<OneTimeLink, { kind: "refusal" }>;

export interface OneTimeScreenProps {
  readonly link: Opening;
  readonly onDone: () => void;
}

export function isOpening(link: OneTimeLink | null): link is Opening {
  return link !== null && link.kind !== "refusal";
}

export function OneTimeScreen(props: OneTimeScreenProps) {
  const forms = useLate(part, true, nothing);
  return forms ? <forms.OneTimeForm {...props} /> : <EntranceSkeleton />;
}
