/** Adds or changes a server of models. Its key goes in and never comes back. */
import { type BackendFields, useSaveBackend } from "#/api/backends";
import type { Backend } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field } from "#/ui/Field";
import { Notice } from "#/ui/Notice";
import { submitted } from "#/ui/submitted";
import sheet from "./administration.module.css";

const QUALIFICATIONS = ["secnumcloud", "hds", "iso27001", "c5"] as const;
const PREFIX_CACHES = ["shared", "salted", "none"] as const;
const css = classes(sheet);
const SLUG = "[a-z0-9][a-z0-9._\\-]{0,63}";

type Names =
  | "name"
  | "url"
  | "api_key"
  | "zone"
  | "country"
  | "operator"
  | "legal_reach"
  | (typeof QUALIFICATIONS)[number]
  | "concurrent_answers"
  | "prefix_cache"
  | "enabled";

export function BackendDialog({
  backend,
  onClose,
}: {
  readonly backend: Backend | null;
  readonly onClose: () => void;
}) {
  const t = useTranslations();
  const save = useSaveBackend(backend === null);
  const zone = backend?.zone;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={backend ? backend.name : t("administration.addBackend")}
      closeLabel={t("shell.close")}
      wide
    >
      <form
        className={css("form")}
        onSubmit={(event) => {
          const fields = submitted<Names>(event);
          save.mutate({ name: backend?.name ?? fields.name, ...read(fields) }, { onSuccess: onClose });
        }}
      >
        {backend?.source === "file" && <Notice meaning="caution">{t("administration.fromFile")}</Notice>}
        {!backend && (
          <Field
            label={t("administration.backendName")}
            hint={t("administration.slugHint")}
            name="name"
            pattern={SLUG}
            autoComplete="off"
            autoFocus
            required
          />
        )}
        <Field
          label={t("administration.address")}
          hint={t("administration.addressHint")}
          name="url"
          type="url"
          defaultValue={backend?.url}
          required
        />
        <Field
          label={t("administration.apiKey")}
          hint={backend?.has_api_key ? t("administration.apiKeyKept") : t("administration.apiKeyHint")}
          name="api_key"
          type="password"
          autoComplete="off"
        />
        <fieldset className={css("pair")}>
          <legend className={css("legend")}>{t("administration.zone")}</legend>
          <Field label={t("administration.zoneName")} name="zone" defaultValue={zone?.name} maxLength={80} required />
          <Field
            label={t("administration.operator")}
            name="operator"
            defaultValue={zone?.operator}
            maxLength={80}
            required
          />
          <Field
            label={t("administration.country")}
            hint={t("administration.countryHint")}
            name="country"
            defaultValue={zone?.country}
            pattern="[A-Z]{2,8}"
            required
          />
          <Field
            label={t("administration.reach")}
            hint={t("administration.reachHint")}
            name="legal_reach"
            defaultValue={zone?.legal_reach}
            maxLength={80}
            required
          />
          {QUALIFICATIONS.map((one) => (
            <Check
              key={one}
              label={t(`models.qualifications.${one}`)}
              name={one}
              defaultChecked={zone?.qualifications.includes(one) ?? false}
            />
          ))}
        </fieldset>
        <Field
          label={t("administration.concurrent")}
          hint={t("administration.concurrentHint")}
          name="concurrent_answers"
          type="number"
          min={1}
          max={10_000}
          defaultValue={backend?.concurrent_answers ?? ""}
        />
        <ChoiceField
          label={t("administration.prefixCache")}
          hint={t("administration.prefixCacheHint")}
          name="prefix_cache"
          options={PREFIX_CACHES.map((one) => [one, t(`administration.prefixCaches.${one}`)] as const)}
          defaultValue={backend?.prefix_cache ?? "shared"}
        />
        <Check label={t("administration.enabledBackend")} name="enabled" defaultChecked={backend?.enabled ?? true} />
        {save.error && <ErrorNotice error={save.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function read(fields: Partial<Record<Names, string>>): BackendFields {
  const text = (name: Names) => fields[name]?.trim() ?? "";
  const key = text("api_key");
  return {
    url: text("url"),
    zone: {
      name: text("zone"),
      country: text("country"),
      operator: text("operator"),
      legal_reach: text("legal_reach"),
      qualifications: QUALIFICATIONS.filter((one) => fields[one] === "on"),
    },
    concurrent_answers: text("concurrent_answers") === "" ? null : Number(text("concurrent_answers")),
    prefix_cache: PREFIX_CACHES.find((one) => one === fields.prefix_cache) ?? "shared",
    enabled: fields.enabled === "on",
    ...(key !== "" && { api_key: key }),
  };
}
