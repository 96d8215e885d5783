/** What is allowed and forbidden, one press away from where it matters. */
import { useState } from "react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./charter.module.css";
import { CharterDialog } from "./lateDialog";

const css = classes(sheet);

export function CharterLink() {
  const t = useTranslations("doors");
  const [reading, setReading] = useState(false);
  return (
    <>
      <button type="button" className={css("link")} onClick={() => setReading(true)}>
        {t("charter")}
      </button>
      {reading && <CharterDialog onClose={() => setReading(false)} />}
    </>
  );
}
