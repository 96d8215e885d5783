/** The keys, in a table of terms. */

import { GraduationCap } from "lucide-react";
import { Fragment } from "react";
import { usePreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog } from "#/ui/Dialog";
import { Notice } from "#/ui/Notice";
import sheet from "./Help.module.css";
import { useShell } from "./shellContext";

const css = classes(sheet);
const command = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

export default function Help({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("shell");
  const literacy = useTranslations("literacy");
  const { open } = useShell();
  const { enterSends, singleKeys } = usePreferences();
  const rows = [
    [t("keys.palette"), [[command, "K"]]],
    [t("keys.composer"), [["/"]]],
    [t("keys.send"), enterSends ? [["↵"], [command, "↵"]] : [[command, "↵"]]],
    [t("keys.line"), enterSends ? [["⇧", "↵"]] : [["↵"]]],
    [t("keys.edit"), [["↑"]]],
    [t("keys.stop"), [["Esc"]]],
    [t("keys.help"), [["?"]]],
  ] as const;
  return (
    <Dialog isOpen onClose={onClose} title={t("shortcuts")} closeLabel={t("close")}>
      <dl className={css("keys")}>
        {rows.map(([words, ways]) => (
          <Fragment key={words}>
            <dt>{words}</dt>
            <dd className={css("ways")}>
              {ways.map((way, index) => (
                <Fragment key={way.join()}>
                  {index > 0 && <span>{t("keys.or")}</span>}
                  {way.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </Fragment>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
      {!singleKeys && <Notice>{t("keysOff")}</Notice>}
      <Button icon={GraduationCap} onPress={() => open("literacy")}>
        {literacy("open")}
      </Button>
    </Dialog>
  );
}
