/** While it is not known what the entrance will say: its shape, without a word, drawn only if the answer is slow to come. */
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./Entrance.module.css";

const css = classes(sheet);

export function EntranceSkeleton() {
  const t = useTranslations("shell");
  return (
    <div className={css("page")}>
      <main aria-busy="true" aria-label={t("loading")} className={css("column", "skeleton")}>
        <img src="/mark.svg" alt="" width="32" height="32" />
        <span className={css("bar")} />
        <span className={css("bar", "long")} />
        <span className={css("bar", "long")} />
      </main>
    </div>
  );
}
