/** Among the sources of an answer: each page read, with its site, the tier of it and its day; it opens as it was read. */
import { Globe } from "lucide-react";
import type { PageOfWeb } from "#/api/types";
import { useOpenSource } from "#/features/sources/opening";
import listSheet from "#/features/sources/sources.module.css";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./web.module.css";
import type { WebSource } from "./webSources";

const css = classes(sheet);
const list = classes(listSheet);

interface WebRowsProps {
  readonly turnKey: string;
  readonly sources: readonly WebSource[];
  readonly pages: ReadonlyMap<string, PageOfWeb>;
}

export function WebRows({ turnKey, sources, pages }: WebRowsProps) {
  return (
    <ul>
      {sources.map((source) => (
        <WebRow key={source.pageId} turnKey={turnKey} source={source} page={pages.get(source.pageId)} />
      ))}
    </ul>
  );
}

interface WebRowProps {
  readonly turnKey: string;
  readonly source: WebSource;
  readonly page: PageOfWeb | undefined;
}

function WebRow({ turnKey, source, page }: WebRowProps) {
  const t = useTranslations("web");
  const format = useFormatter();
  const open = useOpenSource();
  const { pageId, numbers, first, wall } = source;
  const day = page?.published
    ? t("published", { day: format.dateTime(new Date(page.published), { dateStyle: "medium", timeZone: "UTC" }) })
    : t("undated");
  return (
    <li className={list("source")}>
      <Globe aria-hidden="true" className={list("icon")} />
      <span>
        <button
          type="button"
          className={list("name")}
          onClick={(event) => open({ turnKey, index: first, fileId: null, pageId }, event.currentTarget)}
        >
          {page?.title || page?.site || "…"}
        </button>
        {numbers.length > 0 && <sup className={list("numbers")}>{numbers.join(", ")}</sup>}
        {page && (
          <span className={list("about")}>
            {page.site} <span className={css("tier")}>{t(`tiers.${page.tier}`)}</span> · {day}
            {wall && ` · ${t("wall")}`}
          </span>
        )}
      </span>
    </li>
  );
}
