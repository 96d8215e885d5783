/** How often a source is read: every few hours, or at an hour of each day or of one day of the week. */
import type { Cadence } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import sheet from "./followed.module.css";
import { useWeekday } from "./useCadenceWords";

const css = classes(sheet);
const KINDS = ["hourly", "daily", "weekly"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const BEGIN: Readonly<Record<Cadence["kind"], Cadence>> = {
  hourly: { kind: "hourly", hours: 6 },
  daily: { kind: "daily", hour: 5 },
  weekly: { kind: "weekly", weekday: 0, hour: 5 },
};

export const USUAL: Cadence = BEGIN.daily;

interface CadenceFieldsProps {
  readonly cadence: Cadence;
  readonly onChange: (cadence: Cadence) => void;
}

export function CadenceFields({ cadence, onChange }: CadenceFieldsProps) {
  const t = useTranslations("followed.cadence");
  const weekday = useWeekday();
  return (
    <fieldset>
      <legend className={css("legend")}>{t("legend")}</legend>
      <div className={css("pair")}>
        <ChoiceField
          label={t("kind")}
          value={cadence.kind}
          onChange={(event) => onChange(BEGIN[event.target.value as Cadence["kind"]])}
          options={KINDS.map((one) => [one, t(`kinds.${one}`)])}
        />
        {cadence.kind === "hourly" && (
          <Field
            label={t("hours")}
            type="number"
            min={1}
            max={168}
            required
            value={cadence.hours}
            onChange={(event) => onChange({ ...cadence, hours: event.target.valueAsNumber || 1 })}
          />
        )}
        {cadence.kind === "weekly" && (
          <ChoiceField
            label={t("weekday")}
            value={String(cadence.weekday)}
            onChange={(event) => onChange({ ...cadence, weekday: Number(event.target.value) })}
            options={DAYS.map((one) => [String(one), weekday(one)])}
          />
        )}
        {cadence.kind !== "hourly" && (
          <ChoiceField
            label={t("hour")}
            value={String(cadence.hour)}
            onChange={(event) => onChange({ ...cadence, hour: Number(event.target.value) })}
            options={HOURS.map((one) => [String(one), String(one)])}
          />
        )}
      </div>
    </fieldset>
  );
}
