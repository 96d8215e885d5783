/** Name, language, password. */
import { useChangePassword, usePerson, useUpdatePerson } from "#/api/sessions";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { lastWay } from "#/features/identity/lastWay";
import { PasswordField } from "#/features/identity/PasswordField";
import { LANGUAGES, type Locale, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import { Section } from "./Section";
import sheet from "./settings.module.css";

const css = classes(sheet);

export function AccountSettings() {
  const t = useTranslations("settings.sections");
  return (
    <Section title={t("account")}>
      <Profile />
      {/* Whoever came by a provider has no password here. */}
      {lastWay() === null && <Password />}
    </Section>
  );
}

function Profile() {
  const t = useTranslations();
  const { toast } = useLive();
  const person = usePerson();
  const update = useUpdatePerson();
  return (
    <form
      className={css("form")}
      aria-label={t("settings.profile")}
      onSubmit={(event) => {
        const { name, language } = submitted<"name" | "language">(event);
        const change = { name: name.trim(), language: language as Locale };
        update.mutate(change, { onSuccess: () => toast({ words: t("settings.saved") }) });
      }}
    >
      <Field
        label={t("identity.name")}
        name="name"
        defaultValue={person.name}
        autoComplete="name"
        maxLength={120}
        required
      />
      <Field
        label={t("identity.email")}
        hint={t("settings.emailFixed")}
        defaultValue={person.email ?? ""}
        type="email"
        readOnly
      />
      <ChoiceField
        // The choice made elsewhere (menu, palette) shows here.
        key={person.language}
        label={t("shell.language")}
        name="language"
        defaultValue={person.language}
        options={LANGUAGES.map((one) => [one, t(`shell.languages.${one}`)])}
      />
      {update.error && <ErrorNotice error={update.error} />}
      <Button type="submit" look="primary" busy={update.isPending}>
        {t("shell.save")}
      </Button>
    </form>
  );
}

function Password() {
  const t = useTranslations();
  const { toast } = useLive();
  const change = useChangePassword();
  return (
    <form
      className={css("form")}
      aria-labelledby="password-title"
      onSubmit={(event) => {
        const form = event.currentTarget;
        const fields = submitted<"current" | "new">(event);
        change.mutate(fields, {
          onSuccess: () => {
            form.reset();
            toast({ words: t("settings.passwordChanged") });
          },
        });
      }}
    >
      <h3 id="password-title" className={css("sub")}>
        {t("settings.password")}
      </h3>
      <PasswordField label={t("identity.currentPassword")} name="current" />
      <PasswordField label={t("identity.newPassword")} hint={t("identity.passwordHint")} name="new" fresh />
      {change.error && <ErrorNotice error={change.error} />}
      <Button type="submit" busy={change.isPending}>
        {t("settings.changePassword")}
      </Button>
    </form>
  );
}
