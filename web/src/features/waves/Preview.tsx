/** Who would enter a wave: how many, from which units, and the places left after. */
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import sheet from "./waves.module.css";

const css = classes(sheet);

interface PreviewProps {
  readonly chosen: {
    readonly count: number;
    readonly left: number;
    readonly unconfirmed: number;
    readonly units: readonly (readonly [string, number] | readonly unknown[])[];
  };
}

export function Preview({ chosen: { count, left, unconfirmed, units } }: PreviewProps) {
  const t = useTranslations("waves");
  return (
    <div role="status">
      <p>{t("previewed", { count, left })}</p>
      <ul className={css("shares")}>
        {units.map(([name, number]) => (
          <li key={String(name)}>{t("share", { unit: String(name) || t("unitUnknown"), count: Number(number) })}</li>
        ))}
      </ul>
      {unconfirmed > 0 && <Notice meaning="caution">{t("unitsUnconfirmed", { count: unconfirmed })}</Notice>}
    </div>
  );
}
