/** Every way in: one button per provider, the form of each directory, then e-mail and password where it is open. */
import { LogIn } from "lucide-react";
import { useBeginSignIn, useInstallation } from "#/api/sessions";
import type { SignInWay } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { useLocale, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { DirectoryForm } from "./DirectoryForm";
import sheet from "./Entrance.module.css";
import { keepWay } from "./lastWay";
import { SignInForm } from "./SignInForm";

const css = classes(sheet);

/** What a provider's return said, when it did not end in a session. */
export interface SignInRefusal {
  readonly code: string;
  readonly provider: string;
}

interface SignInWaysProps {
  readonly email?: string;
  readonly refusal?: SignInRefusal;
}

export function SignInWays({ email, refusal }: SignInWaysProps) {
  const t = useTranslations("identity");
  const { data: installation } = useInstallation();
  if (!installation) return null;
  const { providers, local_sign_in } = installation;
  const pages = providers.filter(({ kind }) => kind !== "directory");
  const directories = providers.filter(({ kind }) => kind === "directory");
  return (
    <div className={css("ways")}>
      {refusal && <Refused refusal={refusal} providers={providers} />}
      {pages.length > 0 && <Providers providers={pages} />}
      {directories.map((way, rank) => (
        <Directory key={way.code} way={way} first={pages.length === 0 && rank === 0} />
      ))}
      {providers.length > 0 && local_sign_in && (
        <p className={css("or")}>{t(directories.length > 0 ? "orLocal" : "orPassword")}</p>
      )}
      {local_sign_in && <SignInForm {...(email === undefined ? {} : { email })} focused={providers.length === 0} />}
      {providers.length === 0 && !local_sign_in && <Notice meaning="caution">{t("noWay")}</Notice>}
    </div>
  );
}

function Directory({ way, first }: { readonly way: SignInWay; readonly first: boolean }) {
  const t = useTranslations("identity");
  const name = useWayName()(way);
  return (
    <>
      {!first && <p className={css("or")}>{t("or")}</p>}
      <DirectoryForm way={way} name={name} focused={first} />
    </>
  );
}

function Providers({ providers }: { readonly providers: readonly SignInWay[] }) {
  const t = useTranslations("identity");
  const locale = useLocale();
  const nameOf = useWayName();
  const begin = useBeginSignIn();
  const { pathname } = window.location;
  const chosen = begin.isPending || begin.isSuccess ? begin.variables?.code : undefined;
  return (
    <>
      {providers.map((way) => (
        <Button
          key={way.code}
          icon={LogIn}
          look="primary"
          wide
          busy={chosen === way.code}
          onPress={() =>
            begin.mutate(
              { code: way.code, return_to: pathname, language: locale },
              {
                onSuccess: (address) => {
                  keepWay(way.code);
                  window.location.assign(address);
                },
              },
            )
          }
        >
          {chosen === way.code ? t("goingTo", { name: nameOf(way) }) : t("signInWith", { name: nameOf(way) })}
        </Button>
      ))}
      {begin.error && <ErrorNotice error={begin.error} />}
    </>
  );
}

function Refused({
  refusal,
  providers,
}: {
  readonly refusal: SignInRefusal;
  readonly providers: readonly SignInWay[];
}) {
  const t = useTranslations("identity");
  const words = useErrorWords()({ code: refusal.code, params: {} });
  const nameOf = useWayName();
  const way = providers.find(({ code }) => code === refusal.provider);
  return (
    <Notice meaning="refusal" alert>
      {way ? t("wayRefused", { name: nameOf(way), words }) : words}
    </Notice>
  );
}

function useWayName(): (way: SignInWay) => string {
  const locale = useLocale();
  return (way) => (locale === "fr" ? way.name_fr : way.name_en);
}
