/** Opening one's account: with a code on paper, or by the link that was sent to one's address. */
import { type ReactNode, useState } from "react";
import { useInstallation, useSession } from "#/api/sessions";
import { useActivateByCode, useActivateByLink, useActivateOwn, useAskLink, useRegistration } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { Entrance } from "#/features/identity/Entrance";
import sheet from "#/features/identity/Entrance.module.css";
import { EntranceSkeleton } from "#/features/identity/EntranceSkeleton";
import { PasswordField } from "#/features/identity/PasswordField";
import { SignInWays } from "#/features/identity/SignInWays";
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
  const { data: session } = useSession();
  const { data: installation, error, refetch } = useInstallation();
  const back = (
    <Button look="quiet" wide onPress={onDone}>
      {session ? t("shell.cancel") : t("identity.toSignIn")}
    </Button>
  );
  if (session) return <Own token={token} person={session.person} back={back} onDone={onDone} />;
  // Until both are known, nothing says whether a password is asked for.
  if (session === undefined || !installation) {
    return error ? (
      <Entrance title={t("waves.activation.title")}>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </Entrance>
    ) : (
      <EntranceSkeleton />
    );
  }
  if (!installation.local_sign_in) return <SignInFirst token={token} />;
  const intro = token === null ? t("waves.activation.intro") : t("waves.activation.byLinkIntro");
  return (
    <Entrance title={t("waves.activation.title")} intro={intro}>
      {token === null ? <ByCode onDone={onDone} /> : <ByLink token={token} onDone={onDone} />}
      {back}
    </Entrance>
  );
}

/** Accounts come from providers alone: a link or a code serves whoever is signed in. */
function SignInFirst({ token }: { readonly token: string | null }) {
  const t = useTranslations("waves.activation");
  return (
    <Entrance title={t("signInFirst")} intro={token === null ? t("signInFirstCode") : t("signInFirstLink")}>
      <SignInWays />
    </Entrance>
  );
}

interface OwnProps extends WayIn {
  readonly token: string | null;
  readonly person: { readonly name: string; readonly email: string | null };
  readonly back: ReactNode;
}

function Own({ token, person: { name, email }, back, onDone }: OwnProps) {
  const t = useTranslations("waves.activation");
  const { data } = useRegistration();
  return (
    <Entrance title={t("title")} intro={token === null ? t("intro") : t("ownLinkIntro", { name })}>
      {token === null ? <OwnCode onDone={onDone} /> : <OwnLink token={token} onDone={onDone} />}
      {token === null && data?.mail && <AskOwnLink told={email ?? ""} />}
      {back}
    </Entrance>
  );
}

function OwnLink({ token, onDone }: WayIn & { readonly token: string }) {
  const t = useTranslations("waves.activation");
  const activate = useActivateOwn();
  return (
    <>
      {activate.error && <ErrorNotice error={activate.error} />}
      <Button
        look="primary"
        wide
        busy={activate.isPending}
        onPress={() => activate.mutate({ token }, { onSuccess: onDone })}
      >
        {t("submit")}
      </Button>
    </>
  );
}

/** Somebody whose account came from a directory: the code lets them in. */
function OwnCode({ onDone }: WayIn) {
  const t = useTranslations("waves.activation");
  const activate = useActivateOwn();
  return (
    <form
      className={css("form")}
      aria-label={t("title")}
      onSubmit={(event) => activate.mutate(submitted<"code">(event), { onSuccess: onDone })}
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

/** Their provider may tell another address than the one they registered with. */
function AskOwnLink({ told }: { readonly told: string }) {
  const t = useTranslations();
  const [email, setEmail] = useState(told);
  return (
    <>
      <Field
        label={t("identity.email")}
        hint={t("waves.activation.askHint")}
        type="email"
        autoComplete="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <AskLink email={email} />
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
