/** The way to deep research, in the side list. */
import { Link } from "@tanstack/react-router";
import { Telescope } from "lucide-react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "#/ui/SideLink.module.css";

const css = classes(sheet);

export function ResearchLink() {
  const t = useTranslations("doors");
  return (
    <Link to="/recherche-approfondie" className={css("link")}>
      <Telescope aria-hidden="true" className={css("icon")} />
      <span className={css("name")}>{t("research")}</span>
    </Link>
  );
}
