/** The way to the scholarly desk, in the side list, where it is open. */
import { Link } from "@tanstack/react-router";
import { GraduationCap } from "lucide-react";
import { useScholarlyDesk } from "#/api/scholarly";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "#/ui/SideLink.module.css";

const css = classes(sheet);

export function ScholarlyLink() {
  const t = useTranslations("doors");
  const desk = useScholarlyDesk();
  if (!desk.data?.open) return null;
  return (
    <Link to="/recherche-savante" className={css("link")}>
      <GraduationCap aria-hidden="true" className={css("icon")} />
      <span className={css("name")}>{t("scholarly")}</span>
    </Link>
  );
}
