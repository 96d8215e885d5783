/** Opening one's account: with a code on paper, or by the link that was sent to one's address. */
import { useState } from "react";
import { useSession } from "#/api/sessions";
import { useActivateByCode, useActivateByLink, useActivateOwn, useAskLink, useRegistration } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { Entrance } from "#/features/identity/Entrance";
import sheet from "#/features/identity/Entrance.module.css";
import { PasswordField } from "#/features/identity/PasswordField";
import { usePreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { Notice } from "#/ui/Notice";
import { submitted } from "#/ui/submitted";

const css = classes(sheet);

interface WayIn {
  readonly onDone: () => void;
}

export function ActivationForm({ token, onDone }: WayIn & { readonly token: string | null }) {
  const t = useTranslations();
  const signedIn = Boolean(useSession().data);
  const intro = token === null ? t("waves.activation.intro") : t("waves.activation.byLinkIntro");
  return (
    <Entrance title={t("waves.activation.title")} intro={intro}>
      <Way token={token} signedIn={signedIn} onDone={onDone} />
      <Button look="quiet" wide onPress={onDone}>
        {signedIn ? t("shell.cancel") : t("identity.toSignIn")}
      </Button>
    </Entrance>
  );
}

function Way({ token, signedIn, onDone }: WayIn & { readonly token: string | null; readonly signedIn: boolean }) {
  if (token !== null) return <ByLink token={token} onDone={onDone} />;
  return signedIn ? <OwnCode onDone={onDone} /> : <ByCode onDone={onDone} />;
}

/** Somebody whose account came from a directory: the code lets them in. */
function OwnCode({ onDone }: WayIn) {
  const t = useTranslations("waves.activation");
  const activate = useActivateOwn();
  return (
    <form
      className={css("form")}
      aria-label={t("title")}
      onSubmit={(event) => activate.mutate(submitted<"code">(event).code, { onSuccess: onDone })}
    >
      <Field label={t("code")} hint={t("codeHint")} name="code" autoComplete="one-time-code" maxLength={100} required />
      {activate.error && <ErrorNotice error={activate.error} />}
      <Button type="submit" look="primary" wide busy={activate.isPending}>
        {t("submit")}
      </Button>
    </form>
  );
}

function ByLink({ token, onDone }: WayIn & { readonly token: string }) {
  const t = useTranslations();
  const { language } = usePreferences();
  const activate = useActivateByLink();
  return (
    <form
      className={css("form")}
      aria-label={t("waves.activation.title")}
      onSubmit={(event) => activate.mutate({ ...submitted<"password">(event), token, language }, { onSuccess: onDone })}
    >
      <PasswordField label={t("identity.password")} hint={t("identity.passwordHint")} name="password" fresh />
      {activate.error && <ErrorNotice error={activate.error} />}
      <Button type="submit" look="primary" wide busy={activate.isPending}>
        {t("waves.activation.submit")}
      </Button>
    </form>
  );
}

function ByCode({ onDone }: WayIn) {
  const t = useTranslations();
  const { language } = usePreferences();
  const activate = useActivateByCode();
  const { data } = useRegistration();
  const [email, setEmail] = useState("");
  return (
    <>
      <form
        className={css("form")}
        aria-label={t("waves.activation.title")}
        onSubmit={(event) =>
          activate.mutate({ ...submitted<"email" | "code" | "password">(event), language }, { onSuccess: onDone })
        }
      >
        <Field
          label={t("identity.email")}
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          autoFocus
          required
        />
        <Field
          label={t("waves.activation.code")}
          hint={t("waves.activation.codeHint")}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={100}
          required
        />
        <PasswordField label={t("identity.password")} hint={t("identity.passwordHint")} name="password" fresh />
        {activate.error && <ErrorNotice error={activate.error} />}
        <Button type="submit" look="primary" wide busy={activate.isPending}>
          {t("waves.activation.submit")}
        </Button>
      </form>
      {data?.mail && <AskLink email={email} />}
    </>
  );
}

/** The answer is the same whoever asks. */
function AskLink({ email }: { readonly email: string }) {
  const t = useTranslations("waves.activation");
  const ask = useAskLink();
  if (ask.isSuccess) return <Notice>{t("asked")}</Notice>;
  return (
    <>
      <Notice
        actions={
          <Button small busy={ask.isPending} isDisabled={!email.includes("@")} onPress={() => ask.mutate(email.trim())}>
            {t("ask")}
          </Button>
        }
      >
        {t("noCode")}
      </Notice>
      {ask.error && <ErrorNotice error={ask.error} />}
    </>
  );
}
