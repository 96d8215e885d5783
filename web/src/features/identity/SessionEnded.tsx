/** The server no longer knows this session: sign in again over the page, which keeps everything in place. */
import { useSession, useSessionExpired } from "#/api/sessions";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Dialog } from "#/ui/Dialog";
import sheet from "./Entrance.module.css";
import { SignInWays } from "./SignInWays";

const css = classes(sheet);

export function SessionEnded() {
  const t = useTranslations();
  const expired = useSessionExpired();
  const { data: session } = useSession();
  return (
    <Dialog
      isOpen={expired}
      onClose={() => undefined}
      title={t("identity.expiredTitle")}
      closeLabel={t("shell.close")}
      locked
    >
      <p className={css("aside")}>{t("identity.expiredWords")}</p>
      <SignInWays {...(session?.person.email ? { email: session.person.email } : {})} />
    </Dialog>
  );
}
