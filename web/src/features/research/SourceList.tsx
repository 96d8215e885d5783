/** What was read: its kind, its date, where it is, what is to be known of it. No other address is ever shown. */

import { ExternalLink } from "lucide-react";
import type { Research, ResearchSource } from "#/api/types";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./research.module.css";
import type { Place } from "./SourceDialog";

const css = classes(sheet);

interface SourceListProps {
  readonly research: Research;
  readonly onOpen: (place: Place) => void;
}

export function SourceList({ research: { sources }, onOpen }: SourceListProps) {
  const t = useTranslations("research");
  return (
    <details className={css("part")}>
      <summary className={css("subtitle")}>{t("read", { count: sources.length })}</summary>
      <ol className={css("items")}>
        {sources.map((source) => (
          <li key={source.number} className={css("source")}>
            <button
              type="button"
              className={css("number")}
              aria-label={t("openSource", { number: source.number })}
              onClick={() => onOpen({ source: source.number, start: 0, end: 0 })}
            >
              {source.number}
            </button>
            <div>
              <p className={css("asked")}>
                <WithFormulas text={source.title} />
              </p>
              <SourceAbout source={source} />
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}

export function SourceAbout({ source }: { readonly source: ResearchSource }) {
  const t = useTranslations("research");
  const tiers = useTranslations("web.tiers");
  const { where, tier, site, published, year, authors, licence, retracted, abstract_only, wall, address } = source;
  const told = [
    where === "web" ? tiers(tier) : t(`sources.${where}`),
    ...(where === "bases" ? [] : [site]),
    ...(authors.length > 0 ? [authors.slice(0, 3).join(", ")] : []),
    published ?? (year === null ? t("undated") : String(year)),
    ...(licence === null ? [] : [licence]),
    ...(abstract_only ? [t("abstractOnly")] : []),
    ...(wall === null ? [] : [t("wall")]),
  ];
  return (
    <>
      <p className={css("soft", "asked")}>{told.filter((one) => one !== "").join(" · ")}</p>
      {retracted && <p className={css("retracted")}>{t("retracted")}</p>}
      {/^https?:\/\//.test(address) && (
        <a className={css("out")} href={address} target="_blank" rel="noreferrer noopener">
          <ExternalLink aria-hidden="true" className={css("linkIcon")} />
          <span className={css("asked")}>{address}</span>
        </a>
      )}
    </>
  );
}
