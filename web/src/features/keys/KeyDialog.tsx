/** Makes a key: what for, until when, how far; then its secret, once. */
import { type FormEvent, useState } from "react";
import { type NewKey, useMakeKey } from "#/api/keys";
import type { KeyRoute } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field } from "#/ui/Field";
import { listed, livesWithin, ROUTES } from "./keyState";
import sheet from "./keys.module.css";
import { ModelsField } from "./ModelsField";
import { SecretOnce } from "./SecretOnce";
import { UnitField } from "./UnitField";

const css = classes(sheet);
const DAY = 86_400_000;

interface KeyDialogProps {
  readonly longestDays: number;
  readonly onClose: () => void;
  /** For an application of a unit, to be chosen. */
  readonly forUnit?: boolean;
}

export function KeyDialog({ longestDays, onClose, forUnit = false }: KeyDialogProps) {
  const t = useTranslations();
  const make = useMakeKey();
  const { data: made } = make;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={made ? t("keys.onceTitle") : t("keys.make")}
      closeLabel={t("shell.close")}
      locked={made !== undefined}
    >
      {made ? (
        <SecretOnce made={made} onClose={onClose} />
      ) : (
        <form
          className={css("form")}
          onSubmit={(event) => {
            const asked = read(event);
            if (asked) make.mutate(asked);
          }}
        >
          <Field label={t("keys.name")} hint={t("keys.nameHint")} name="name" maxLength={80} autoFocus required />
          {forUnit && <UnitField />}
          <ChoiceField
            label={t("keys.ends")}
            name="days"
            defaultValue={String(livesWithin(longestDays)[1] ?? livesWithin(longestDays)[0])}
            options={livesWithin(longestDays).map((days) => [String(days), t("keys.days", { days })])}
          />
          <ModelsField />
          <Uses />
          <details className={css("more")}>
            <summary>{t("keys.places")}</summary>
            <div className={css("form")}>
              <Field label={t("keys.addresses")} hint={t("keys.addressesHint")} name="addresses" autoComplete="off" />
              <Field label={t("keys.origins")} hint={t("keys.originsHint")} name="origins" autoComplete="off" />
            </div>
          </details>
          {make.error && <ErrorNotice error={make.error} />}
          <DialogButtons>
            <Button onPress={onClose}>{t("shell.cancel")}</Button>
            <Button type="submit" look="primary" busy={make.isPending}>
              {t("keys.make")}
            </Button>
          </DialogButtons>
        </form>
      )}
    </Dialog>
  );
}

function Uses() {
  const t = useTranslations("keys");
  const [chosen, setChosen] = useState<readonly KeyRoute[]>(ROUTES);
  const turn = (route: KeyRoute, on: boolean) =>
    setChosen((before) => (on ? [...before, route] : before.filter((one) => one !== route)));
  return (
    <fieldset className={css("group")}>
      <legend className={css("legend")}>{t("uses")}</legend>
      {ROUTES.map((route) => (
        <Check
          key={route}
          label={t(`routes.${route}`)}
          name="routes"
          value={route}
          checked={chosen.includes(route)}
          // The last one stays: a key without any use is no key.
          disabled={chosen.length === 1 && chosen.includes(route)}
          onChange={(event) => turn(route, event.target.checked)}
        />
      ))}
      {chosen.length === 1 && <input type="hidden" name="routes" value={chosen[0]} />}
    </fieldset>
  );
}

function read(event: FormEvent<HTMLFormElement>): NewKey | null {
  event.preventDefault();
  const fields = new FormData(event.currentTarget);
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  const models = fields.getAll("models").map(String);
  const unit = text("unit_id");
  return {
    name: text("name"),
    expires_at: new Date(Date.now() + Number(text("days")) * DAY).toISOString(),
    models: text("reach") === "some" && models.length > 0 ? models : null,
    routes: ROUTES.filter((route) => fields.getAll("routes").includes(route)),
    addresses: listed(text("addresses")),
    origins: listed(text("origins")),
    ...(unit && { unit_id: unit }),
  };
}
