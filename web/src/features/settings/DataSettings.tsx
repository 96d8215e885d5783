/** A person's conversations leave and come back as one file. */
import { Download, Upload } from "lucide-react";
import { useRef } from "react";
import { EXPORT_ALL, useImportConversations } from "#/api/conversations";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { setPreferences, usePreferences } from "#/features/preferences/preferences";
import { MyData } from "#/features/privacy/MyData";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Check } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Section } from "./Section";
import sheet from "./settings.module.css";

const css = classes(sheet);

export function DataSettings() {
  const t = useTranslations("settings");
  return (
    <Section title={t("sections.data")}>
      <div className={css("block")}>
        <h3 className={css("sub")}>{t("exportTitle")}</h3>
        <p className={css("words")}>{t("exportWords")}</p>
        <a className={css("link")} href={EXPORT_ALL} download>
          <Download aria-hidden="true" className={css("icon")} />
          {t("exportAll")}
        </a>
      </div>
      <Import />
      <Photographs />
      <MyData />
    </Section>
  );
}

function Photographs() {
  const t = useTranslations("settings");
  const { keepMetadata } = usePreferences();
  return (
    <Check
      label={t("keepMetadata")}
      hint={t("keepMetadataHint")}
      checked={keepMetadata}
      onChange={(event) => setPreferences({ keepMetadata: event.target.checked })}
    />
  );
}

function Import() {
  const t = useTranslations("settings");
  const { toast } = useLive();
  const load = useImportConversations();
  const chooser = useRef<HTMLInputElement>(null);
  const onFile = (file: File | undefined) => {
    if (!file) return;
    load.mutate(file, {
      onSuccess: ({ items }) => toast({ words: t("imported", { count: items.length }) }),
    });
  };
  return (
    <div className={css("block")}>
      <h3 className={css("sub")}>{t("importTitle")}</h3>
      <p className={css("words")}>{t("importWords")}</p>
      <input
        ref={chooser}
        type="file"
        accept="application/json,.json"
        className={css("file")}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <Button icon={Upload} busy={load.isPending} onPress={() => chooser.current?.click()}>
        {t("importChoose")}
      </Button>
      {load.error && <ErrorNotice error={load.error} />}
    </div>
  );
}
