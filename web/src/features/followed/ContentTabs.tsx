/** Documents of a base, or the sources it follows: two addresses, for those who curate it. */
import { Link } from "@tanstack/react-router";
import type { Collection } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./followed.module.css";

const css = classes(sheet);

interface ContentTabsProps {
  readonly collection: Collection;
  readonly view: "sources" | undefined;
}

export function ContentTabs({ collection, view }: ContentTabsProps) {
  const t = useTranslations("followed.tabs");
  return (
    <nav className={css("tabs")} aria-label={t("label")}>
      {([undefined, "sources"] as const).map((one) => (
        <Link
          key={one ?? "documents"}
          to="/bases/$collectionId"
          params={{ collectionId: collection.id }}
          search={one === undefined ? {} : { view: one }}
          activeOptions={{ exact: true, includeSearch: true }}
          className={css("tab")}
          aria-current={view === one ? "page" : undefined}
        >
          {t(one ?? "documents")}
        </Link>
      ))}
    </nav>
  );
}
