/** Says that the network or the server is away, that nothing is lost, and when it is back. */
import { useEffect, useRef } from "react";
import { useReach } from "#/api/connection";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import sheet from "./ConnectionBanner.module.css";

const css = classes(sheet);

export function ConnectionBanner() {
  const t = useTranslations("shell");
  const { announce } = useLive();
  const { reach, tryAgain } = useReach();
  const before = useRef(reach);
  useEffect(() => {
    if (before.current === reach) return;
    before.current = reach;
    announce(reach === "reachable" ? t("back") : t(reach));
  }, [reach, announce, t]);
  if (reach === "reachable") return null;
  return (
    <section className={css("banner")} aria-label={t("connection")}>
      <Notice
        meaning="caution"
        actions={
          reach === "unreachable" && (
            <Button small onPress={tryAgain}>
              {t("tryAgain")}
            </Button>
          )
        }
      >
        {t(reach)}
      </Notice>
    </section>
  );
}
