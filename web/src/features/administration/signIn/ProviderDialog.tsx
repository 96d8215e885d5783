/** Declares a provider, or changes one. Its secret is written, never read back. */
import { type NewProvider, useSaveProvider } from "#/api/providers";
import type { Provider } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { LANGUAGES, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field, LinesField } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import sheet from "../administration.module.css";
import { useProviderName } from "./ProvidersTable";

const css = classes(sheet);
const MANNERS = ["ask", "post", "none"] as const;
const SLUG = "[a-z0-9][a-z0-9._\\-]{0,63}";

interface ProviderDialogProps {
  readonly provider: Provider | null;
  readonly afterSignOut: string;
  readonly onClose: () => void;
  readonly onSaved: (provider: Provider) => void;
}

export function ProviderDialog({ provider, afterSignOut, onClose, onSaved }: ProviderDialogProps) {
  const t = useTranslations();
  const save = useSaveProvider();
  const nameOf = useProviderName();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={provider ? nameOf(provider) : t("signIn.add")}
      closeLabel={t("shell.close")}
      wide
    >
      <form
        className={css("form")}
        onSubmit={(event) => {
          const fields = read(submitted<Names>(event));
          const named = provider ? { code: provider.code, issuer: provider.issuer } : {};
          save.mutate(
            { id: provider?.id ?? null, ...fields, ...named },
            {
              onSuccess: (saved) => {
                onSaved(saved);
                onClose();
              },
            },
          );
        }}
      >
        {provider ? <ToDeclare provider={provider} afterSignOut={afterSignOut} /> : <Identity />}
        <Connection provider={provider} />
        <Manners provider={provider} />
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

/** What never changes afterwards: persons are of this issuer, and the code is in the addresses. */
function Identity() {
  const t = useTranslations("signIn");
  return (
    <div className={css("pair")}>
      <Field
        label={t("code")}
        hint={t("codeHint")}
        name="code"
        pattern={SLUG}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        required
      />
      <Field label={t("issuer")} hint={t("issuerHint")} name="issuer" type="url" autoComplete="off" required />
    </div>
  );
}

function ToDeclare({ provider, afterSignOut }: { readonly provider: Provider; readonly afterSignOut: string }) {
  const t = useTranslations("signIn");
  return (
    <fieldset className={css("form")}>
      <legend className={css("legend")}>{t("declareThere")}</legend>
      <Field label={t("returnAddress")} value={provider.return_address} readOnly />
      <div className={css("pair")}>
        <Field label={t("signOutAddress")} value={provider.sign_out_address} readOnly />
        <Field label={t("afterSignOut")} value={afterSignOut} readOnly />
      </div>
    </fieldset>
  );
}

function Connection({ provider }: { readonly provider: Provider | null }) {
  const t = useTranslations("signIn");
  return (
    <>
      <div className={css("pair")}>
        <Field label={t("nameFr")} name="name_fr" defaultValue={provider?.name_fr} maxLength={80} required />
        <Field label={t("nameEn")} name="name_en" defaultValue={provider?.name_en} maxLength={80} required />
        <Field
          label={t("clientId")}
          name="client_id"
          defaultValue={provider?.client_id}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <Field
          label={t("clientSecret")}
          hint={provider?.has_client_secret ? t("secretKept") : t("secretHint")}
          name="client_secret"
          type="password"
          autoComplete="off"
        />
      </div>
      <Field
        label={t("scopes")}
        hint={t("scopesHint")}
        name="scopes"
        defaultValue={(provider?.scopes ?? ["openid", "profile", "email"]).join(" ")}
        spellCheck={false}
      />
      <div className={css("pair")}>
        <LinesField
          label={t("otherOrigins")}
          hint={t("otherOriginsHint")}
          name="other_origins"
          defaultValue={provider?.other_origins.join("\n")}
          rows={3}
        />
        <LinesField
          label={t("certificate")}
          hint={t("certificateHint")}
          name="ca_certificate"
          defaultValue={provider?.ca_certificate ?? ""}
          rows={3}
        />
      </div>
    </>
  );
}

function Manners({ provider }: { readonly provider: Provider | null }) {
  const t = useTranslations();
  return (
    <>
      <div className={css("pair")}>
        <ChoiceField
          label={t("signIn.signOut")}
          hint={t("signIn.signOutHint")}
          name="sign_out"
          defaultValue={provider?.sign_out ?? "ask"}
          options={MANNERS.map((manner) => [manner, t(`signIn.manners.${manner}`)] as const)}
        />
        <ChoiceField
          label={t("signIn.language")}
          name="language"
          defaultValue={provider?.language ?? "fr"}
          options={LANGUAGES.map((language) => [language, t(`shell.languages.${language}`)] as const)}
        />
        <Field
          label={t("signIn.position")}
          name="position"
          type="number"
          min={0}
          max={1000}
          defaultValue={provider?.position ?? 0}
          required
        />
      </div>
      <Check
        label={t("signIn.createsPersons")}
        hint={t("signIn.createsPersonsHint")}
        name="creates_persons"
        defaultChecked={provider?.creates_persons ?? true}
      />
      <Check label={t("signIn.enabled")} name="enabled" defaultChecked={provider?.enabled ?? true} />
    </>
  );
}

type Names = keyof NewProvider;

function read(fields: Partial<Record<Names, string>>): NewProvider {
  const text = (name: Names) => fields[name]?.trim() ?? "";
  const words = (name: Names) => text(name).split(/\s+/).filter(Boolean);
  const secret = text("client_secret");
  return {
    code: text("code"),
    issuer: text("issuer"),
    name_fr: text("name_fr"),
    name_en: text("name_en"),
    client_id: text("client_id"),
    scopes: words("scopes"),
    other_origins: words("other_origins"),
    ca_certificate: text("ca_certificate") || null,
    sign_out: MANNERS.find((manner) => manner === fields.sign_out) ?? "ask",
    language: LANGUAGES.find((language) => language === fields.language) ?? "fr",
    position: Number(text("position")),
    creates_persons: fields.creates_persons === "on",
    enabled: fields.enabled === "on",
    ...(secret !== "" && { client_secret: secret }),
  };
}
