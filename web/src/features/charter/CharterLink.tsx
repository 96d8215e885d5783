/** What is allowed and forbidden, one press away from where it matters. */
import { lazy, Suspense, useState } from "react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./charter.module.css";

const css = classes(sheet);
const CharterDialog = lazy(() => import("./CharterDialog"));

export function CharterLink() {
  const t = useTranslations("charter");
  const [reading, setReading] = useState(false);
  return (
    <>
      <button type="button" className={css("link")} onClick={() => setReading(true)}>
        {t("title")}
      </button>
      <Suspense>{reading && <CharterDialog onClose={() => setReading(false)} />}</Suspense>
    </>
  );
}
