/** The way to the writing desk, in the side list. */
import { Link } from "@tanstack/react-router";
import { PenLine } from "lucide-react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "#/ui/SideLink.module.css";

const css = classes(sheet);

export function WritingLink() {
  const t = useTranslations("doors");
  return (
    <Link to="/bureau" className={css("link")}>
      <PenLine aria-hidden="true" className={css("icon")} />
      <span className={css("name")}>{t("writing")}</span>
    </Link>
  );
}
