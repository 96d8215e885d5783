/** The sides of the writing desk: words given back, summaries, drafts from templates; each has its address. */
import { Link } from "@tanstack/react-router";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./summary/summary.module.css";

const css = classes(sheet);
const SIDES = [
  { name: "writing", to: "/bureau", search: {} },
  { name: "summary", to: "/bureau", search: { view: "summary" } },
  { name: "draft", to: "/bureau/rediger", search: {} },
] as const;

export function DeskTabs({ side }: { readonly side: (typeof SIDES)[number]["name"] }) {
  const t = useTranslations("summaries.tabs");
  return (
    <nav className={css("tabs")} aria-label={t("label")}>
      {SIDES.map(({ name, to, search }) => (
        <Link
          key={name}
          to={to}
          search={search}
          activeOptions={{ exact: true, includeSearch: true }}
          className={css("tab")}
          aria-current={name === side ? "page" : undefined}
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
