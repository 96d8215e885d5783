/** What became of works given to a base: how many were added, were there already, could not be. */
import type { AddedPapers } from "#/api/types";
import { useTranslations } from "#/i18n";

export function AddedWords({ added }: { readonly added: AddedPapers }) {
  const t = useTranslations("papers.outcomes");
  const count = (wanted: AddedPapers["items"][number]["outcome"]) =>
    added.items.filter(({ outcome }) => outcome === wanted).length;
  const lost = added.items.filter(({ outcome }) => outcome === "unfound").map(({ title }) => title);
  return (
    <div role="status">
      <p>
        {(["added", "known", "unfound", "untitled"] as const)
          .filter((outcome) => count(outcome) > 0)
          .map((outcome) => t(outcome, { count: count(outcome) }))
          .join(" ")}
      </p>
      {lost.length > 0 && <p translate="no">{lost.join(", ")}</p>}
    </div>
  );
}
