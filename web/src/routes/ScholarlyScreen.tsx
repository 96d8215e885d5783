/** The scholarly desk. */
import { ScholarlyDesk } from "#/features/scholarly/ScholarlyDesk";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./routes.module.css";

const css = classes(sheet);

export function ScholarlyScreen() {
  const t = useTranslations("scholarly");
  return (
    <>
      <ScreenHeader title={t("title")} />
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <ScholarlyDesk />
        </div>
      </div>
    </>
  );
}
