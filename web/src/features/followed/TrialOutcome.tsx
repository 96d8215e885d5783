/** What was found in a place when it was tried, or why nothing was. */
import type { Trial } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import sheet from "./followed.module.css";

const css = classes(sheet);

export function TrialOutcome({ trial }: { readonly trial: Trial }) {
  const t = useTranslations("followed.trial");
  const words = useErrorWords();
  const { entries, hidden, more, error } = trial;
  if (error !== null) return <Notice meaning="refusal">{words({ code: error })}</Notice>;
  return (
    <div className={css("found")}>
      {entries.length === 0 ? hidden === 0 && <p>{t("nothing")}</p> : <p>{t("found", { count: entries.length })}</p>}
      {entries.length > 0 && (
        <ul className={css("entries")}>
          {entries.map(({ path }) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      )}
      {more && <p>{t("more")}</p>}
      {hidden > 0 && <p>{t("hidden", { count: hidden })}</p>}
    </div>
  );
}
