/** What may be done with a source: read it now, pause it, set it, stop following; and see what failed. */
import { CirclePause, CirclePlay, Ellipsis, RefreshCw, Settings2, Unplug } from "lucide-react";
import { useState } from "react";
import { isBusy, useChangeSource, useRunSource } from "#/api/followed";
import type { Source } from "#/api/types";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { FailuresDialog } from "./FailuresDialog";
import sheet from "./followed.module.css";
import { RemoveSourceDialog } from "./RemoveSourceDialog";
import { SourceSettingsDialog } from "./SourceSettingsDialog";

const css = classes(sheet);

type Asked = "settings" | "remove" | "failures" | null;

export function SourceActions({ source }: { readonly source: Source }) {
  const t = useTranslations("followed");
  const places = useTranslations("places");
  const { toast } = useLive();
  const tell = useErrorToast();
  const run = useRunSource(source.id);
  const change = useChangeSource(source.id);
  const [asked, ask] = useState<Asked>(null);
  const close = () => ask(null);
  const { paused, folder, failed } = source;
  const label = places("actionsOf", { name: folder });
  const runNow = () => void run.mutateAsync(undefined).then(() => toast({ words: t("asked") }), tell);
  const turn = () =>
    void change.mutateAsync({ paused: !paused }).then(() => toast({ words: t(paused ? "resumed" : "paused") }), tell);
  return (
    <div className={css("actions")}>
      {!paused && (
        <Button small icon={RefreshCw} busy={run.isPending || isBusy(source)} onPress={runNow}>
          {t("run")}
        </Button>
      )}
      {paused && (
        <Button small icon={CirclePlay} busy={change.isPending} onPress={turn}>
          {t("resume")}
        </Button>
      )}
      {failed > 0 && (
        <Button small onPress={() => ask("failures")}>
          {t("showFailures", { count: failed })}
        </Button>
      )}
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
        {!paused && (
          <MenuAction icon={CirclePause} onAction={turn}>
            {t("pause")}
          </MenuAction>
        )}
        <MenuAction icon={Settings2} onAction={() => ask("settings")}>
          {t("edit")}
        </MenuAction>
        <MenuAction icon={Unplug} danger onAction={() => ask("remove")}>
          {t("remove")}
        </MenuAction>
      </Menu>
      {asked === "failures" && <FailuresDialog source={source} onClose={close} />}
      {asked === "settings" && <SourceSettingsDialog source={source} onClose={close} />}
      {asked === "remove" && <RemoveSourceDialog source={source} onClose={close} />}
    </div>
  );
}
