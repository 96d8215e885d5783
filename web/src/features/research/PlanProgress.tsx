/** The plan as it is carried out: each search ticks, with what came of it. */
import { CircleAlert, CircleCheck, CircleDashed, Search } from "lucide-react";
import type { Research, ResearchQuery } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./research.module.css";
import type { Place } from "./SourceDialog";

const css = classes(sheet);
const ICONS = {
  asked: Search,
  found: Search,
  read: CircleCheck,
  failed: CircleAlert,
  interrupted: CircleAlert,
  waiting: CircleDashed,
} as const;

interface PlanProgressProps {
  readonly research: Research;
  readonly onOpen: (place: Place) => void;
}

export function PlanProgress({ research, onOpen }: PlanProgressProps) {
  const t = useTranslations("research.plan");
  return (
    <section className={css("part")} aria-labelledby="research-progress">
      <h3 id="research-progress" className={css("subtitle")}>
        {t("followed")}
      </h3>
      <ol className={css("items")}>
        {research.items.map(({ question, later, queries }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a confirmed plan keeps its order.
          <li key={place} className={css("item")}>
            <p className={css("strong")}>
              {question}
              {later && <span className={css("soft")}> · {t("later")}</span>}
            </p>
            <ul className={css("queries")}>
              {queries.map((query) => (
                <Ticked key={`${query.where} ${query.words}`} query={query} onOpen={onOpen} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Ticked({ query, onOpen }: { readonly query: ResearchQuery; readonly onOpen: (place: Place) => void }) {
  const t = useTranslations("research");
  const { state, where, words, results, sources, silent, reason } = query;
  const missed = Object.values(query.missed).reduce((sum, count) => sum + count, 0);
  const shown = state ?? "waiting";
  const Icon = ICONS[shown];
  const told = [
    t(`sources.${where}`),
    t(`searches.${shown}`),
    ...(state === "read" || state === "found" ? [t("searches.results", { results, read: sources.length })] : []),
    ...(missed > 0 ? [t("searches.missed", { missed })] : []),
    ...(Object.keys(silent).length > 0 ? [t("searches.silent", { names: Object.keys(silent).join(", ") })] : []),
    ...(reason === "engines_silent" || reason === "services_silent" ? [t("searches.nobody")] : []),
  ];
  return (
    <li className={css("ticked", shown)}>
      <Icon aria-hidden="true" className={css("linkIcon")} />
      <div>
        <p className={css("asked")}>{words}</p>
        <p className={css("soft")}>{told.join(" · ")}</p>
        {sources.length > 0 && (
          <p className={css("numbers")}>
            {sources.map((number) => (
              <button
                key={number}
                type="button"
                className={css("number")}
                aria-label={t("openSource", { number })}
                onClick={() => onOpen({ source: number, start: 0, end: 0 })}
              >
                {number}
              </button>
            ))}
          </p>
        )}
      </div>
    </li>
  );
}
