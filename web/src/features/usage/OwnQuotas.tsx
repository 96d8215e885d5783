/** The quotas that limit the person, with what is left of each. */
import { useModels } from "#/api/models";
import { useAllowances } from "#/api/quotas";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { isUsedUp } from "#/features/quotas/allowance";
import { useAllowanceWords } from "#/features/quotas/useAllowanceWords";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./usage.module.css";

const css = classes(sheet);

export function OwnQuotas() {
  const t = useTranslations("usage");
  const { left, reopens } = useAllowanceWords();
  const { data: models } = useModels();
  const { data, error, refetch } = useAllowances();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  if (data.length === 0) return <p className={css("soft")}>{t("unlimited")}</p>;
  return (
    <ul className={css("left")} aria-label={t("quotas")}>
      {data.map((one) => {
        const model = models?.find(({ id }) => id === one.model_id)?.display_name ?? one.model_id;
        const words = left(one);
        return (
          <li key={[one.holder, one.model_id, one.measure, one.period].join()} className={css("quota")}>
            <span>
              {words.charAt(0).toUpperCase() + words.slice(1)}
              {model !== null && ` (${model})`}
            </span>
            <span className={css("soft")}>{t("again", { when: reopens(one) })}</span>
            <span aria-hidden="true" className={css("meter")}>
              <span
                className={css("used", isUsedUp(one) && "ended")}
                style={{ width: `${Math.min(100, (one.used / one.amount) * 100)}%` }}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
