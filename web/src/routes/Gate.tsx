/** Who comes in: one-time links first, then the session, then sign-in at whatever address was asked for. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ApiError, UNREACHABLE } from "#/api/http";
import { useInstallation, useSession } from "#/api/sessions";
import { useErrorWords } from "#/features/errors/errorWords";
import { Entrance } from "#/features/identity/Entrance";
import { EntranceSkeleton } from "#/features/identity/EntranceSkeleton";
import { isOpening, OneTimeScreen } from "#/features/identity/OneTimeScreen";
import { type OneTimeLink, takeOneTimeLink } from "#/features/identity/oneTimeLink";
import { type SignInRefusal, SignInWays } from "#/features/identity/SignInWays";
import { OtherWaysIn } from "#/features/waves/OtherWaysIn";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Notice } from "#/ui/Notice";

interface GateProps {
  readonly link: OneTimeLink | null;
  readonly children: ReactNode;
}

export function Gate({ link: initial, children }: GateProps) {
  const [link, setLink] = useLink(initial);
  const session = useSession();
  const failure = useFailure(session);
  // Asked at the same time: whoever is not signed in waits once.
  useInstallation();
  const spent = () => setLink(null);
  if (isOpening(link)) return <OneTimeScreen link={link} onDone={spent} />;
  if (session.data) return children;
  if (session.data === null) {
    return <SignedOut onLink={setLink} {...(link?.kind === "refusal" ? { refusal: link } : {})} />;
  }
  if (failure) return <Starting error={failure} onRetry={() => void session.refetch()} />;
  return null;
}

/** Why something could not be read; still said while it is being asked again, so that the screen does not come and go. */
function useFailure({ error, data }: { readonly error: Error | null; readonly data: unknown }): Error | null {
  const last = useRef<Error | null>(null);
  if (error) last.current = error;
  else if (data !== undefined) last.current = null;
  return last.current;
}

/** A link opened in a tab that already shows the page changes only the fragment. */
function useLink(initial: OneTimeLink | null) {
  const [link, setLink] = useState(initial);
  useEffect(() => {
    const onFragment = () => {
      const taken = takeOneTimeLink();
      if (taken) setLink(taken);
    };
    window.addEventListener("hashchange", onFragment);
    return () => window.removeEventListener("hashchange", onFragment);
  }, []);
  return [link, setLink] as const;
}

interface SignedOutProps {
  readonly refusal?: SignInRefusal;
  readonly onLink: (link: OneTimeLink) => void;
}

function SignedOut({ refusal, onLink }: SignedOutProps) {
  const t = useTranslations("identity");
  const installation = useInstallation();
  const failure = useFailure(installation);
  if (!installation.data) {
    return failure ? <Starting error={failure} onRetry={() => void installation.refetch()} /> : <EntranceSkeleton />;
  }
  if (installation.data.needs_first_administrator) {
    return <Entrance title={t("firstNeeded")} intro={t("firstNeededWords")} />;
  }
  return (
    <Entrance title={t("signInTitle")} intro={t("signInIntro")}>
      <SignInWays {...(refusal ? { refusal } : {})} />
      {installation.data.local_sign_in && <Notice>{t("noAccount")}</Notice>}
      <OtherWaysIn onLink={onLink} />
    </Entrance>
  );
}

const AGAIN_AFTER = 3_000;

/** The server cannot be reached, or is not ready: say so, and try again alone. */
function Starting({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const t = useTranslations("shell");
  const words = useErrorWords();
  useEffect(() => {
    const timer = setInterval(onRetry, AGAIN_AFTER);
    return () => clearInterval(timer);
  }, [onRetry]);
  const away = error instanceof ApiError && error.code === UNREACHABLE;
  return (
    <Entrance title={t("starting.title")} intro={away ? t("starting.words") : words(error)}>
      <Button look="primary" onPress={onRetry}>
        {t("tryAgain")}
      </Button>
    </Entrance>
  );
}
