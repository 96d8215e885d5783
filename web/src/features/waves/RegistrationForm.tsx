/** Asking for access: a form, then a link by mail; the answer is the same whoever asks. */
import { useEffect, useRef } from "react";
import { useConfirmRegistration, useRegister, useRegistration } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { Entrance } from "#/features/identity/Entrance";
import sheet from "#/features/identity/Entrance.module.css";
import { usePreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";

const css = classes(sheet);

interface RegistrationFormProps {
  readonly token: string | null;
  readonly onDone: () => void;
}

export function RegistrationForm({ token, onDone }: RegistrationFormProps) {
  return token === null ? <Asking onDone={onDone} /> : <Confirming token={token} onDone={onDone} />;
}

function Asking({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations();
  const { language } = usePreferences();
  const { data } = useRegistration();
  const domains = data?.domains ?? [];
  const register = useRegister();
  const back = (
    <Button look="quiet" wide onPress={onDone}>
      {t("identity.toSignIn")}
    </Button>
  );
  if (register.isSuccess) {
    const words = data?.mail ? t("waves.register.doneMail") : t("waves.register.doneNoMail");
    return (
      <Entrance title={t("waves.register.done")} intro={words}>
        {back}
      </Entrance>
    );
  }
  return (
    <Entrance title={t("waves.register.title")} intro={t("waves.register.intro")}>
      <form
        className={css("form")}
        aria-label={t("waves.register.title")}
        onSubmit={(event) => register.mutate({ ...submitted<"email" | "name" | "unit" | "uses">(event), language })}
      >
        <Field label={t("waves.register.name")} name="name" autoComplete="name" maxLength={120} autoFocus required />
        <Field
          label={t("identity.email")}
          {...(domains.length > 0 && { hint: t("waves.register.domains", { domains: domains.join(", ") }) })}
          name="email"
          type="email"
          autoComplete="email"
          required
        />
        <Field label={t("waves.register.unit")} hint={t("waves.register.unitHint")} name="unit" maxLength={200} />
        <Field label={t("waves.register.uses")} hint={t("waves.register.usesHint")} name="uses" maxLength={2_000} />
        {register.error && <ErrorNotice error={register.error} />}
        <Button type="submit" look="primary" wide busy={register.isPending}>
          {t("waves.register.submit")}
        </Button>
        {back}
      </form>
    </Entrance>
  );
}

function Confirming({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const t = useTranslations();
  const confirm = useConfirmRegistration();
  const { mutate } = confirm;
  const sent = useRef(false);
  useEffect(() => {
    // A link serves once: never twice for one opening.
    if (sent.current) return;
    sent.current = true;
    mutate(token);
  }, [mutate, token]);
  const title = confirm.isSuccess
    ? t("waves.register.confirmed")
    : confirm.error
      ? t("waves.register.failed")
      : t("waves.register.confirming");
  return (
    <Entrance title={title} {...(confirm.isSuccess && { intro: t("waves.register.confirmedWords") })}>
      {confirm.error && <ErrorNotice error={confirm.error} />}
      <Button wide onPress={onDone}>
        {t("identity.toSignIn")}
      </Button>
    </Entrance>
  );
}
