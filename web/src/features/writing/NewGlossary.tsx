/** A new glossary or memory, of one's own or of a unit: from a file, or empty, to be filled on the page. */
import { useNavigate } from "@tanstack/react-router";
import { FilePlus2, Plus } from "lucide-react";
import { useState } from "react";
import { useAddGlossary, useBeginGlossary } from "#/api/glossaries";
import type { GlossaryKind } from "#/api/types";
import { type UnitChoice, UnitField } from "#/features/collections/UnitField";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField, Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import { useLanguageChoices } from "./AskOptions";
import desk from "./desk.module.css";
import { PickFile } from "./PickFile";

const css = classes(desk);

interface Settings {
  readonly source: string;
  readonly target: string;
  readonly unit: UnitChoice | null;
}

export function NewGlossary() {
  const t = useTranslations("glossaries");
  const [making, setMaking] = useState<"file" | "blank" | null>(null);
  return (
    <div className={css("actions")}>
      <Button icon={FilePlus2} onPress={() => setMaking("file")}>
        {t("bring")}
      </Button>
      <Button icon={Plus} onPress={() => setMaking("blank")}>
        {t("begin")}
      </Button>
      {making === "file" && <BringDialog onClose={() => setMaking(null)} />}
      {making === "blank" && <BeginDialog onClose={() => setMaking(null)} />}
    </div>
  );
}

function BringDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const { toast } = useLive();
  const add = useAddGlossary();
  const [told, setTold] = useState<Settings>({ source: "fr", target: "en", unit: null });
  const bring = (file: File) =>
    add.mutate(
      {
        file,
        kind: /\.tmx$/i.test(file.name) ? "memory" : "terms",
        source: told.source,
        target: told.target,
        unitId: told.unit?.id ?? null,
      },
      {
        onSuccess: ({ name, lines }) => {
          toast({ words: t("writing.glossary.brought", { name, lines }) });
          onClose();
        },
      },
    );
  return (
    <Dialog isOpen onClose={onClose} title={t("glossaries.bring")} closeLabel={t("shell.close")}>
      <div className={css("section")}>
        <p className={css("about")}>{t("glossaries.formats")}</p>
        <SettingsFields told={told} onChange={setTold} />
        {add.error && <ErrorNotice error={add.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <PickFile look="primary" label={t("glossaries.pick")} busy={add.isPending} onPick={bring} />
        </DialogButtons>
      </div>
    </Dialog>
  );
}

function BeginDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const navigate = useNavigate();
  const begin = useBeginGlossary();
  const [kind, setKind] = useState<GlossaryKind>("terms");
  const [told, setTold] = useState<Settings>({ source: "fr", target: "en", unit: null });
  return (
    <Dialog isOpen onClose={onClose} title={t("glossaries.begin")} closeLabel={t("shell.close")}>
      <form
        className={css("section")}
        onSubmit={(event) => {
          const { name } = submitted<"name">(event);
          begin.mutate(
            { kind, name, source: told.source, target: told.target, unit_id: told.unit?.id ?? null },
            {
              onSuccess: ({ id }) =>
                void navigate({ to: "/bureau/glossaires/$glossaryId", params: { glossaryId: id } }),
            },
          );
        }}
      >
        <Field label={t("writing.glossary.name")} name="name" required maxLength={200} autoComplete="off" />
        <ChoiceField
          label={t("writing.glossary.kind")}
          value={kind}
          onChange={({ target }) => setKind(target.value as GlossaryKind)}
          options={[
            ["terms", t("writing.glossary.terms")],
            ["memory", t("writing.glossary.memory")],
          ]}
        />
        <SettingsFields told={told} onChange={setTold} />
        {begin.error && <ErrorNotice error={begin.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button look="primary" type="submit" busy={begin.isPending}>
            {t("glossaries.create")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

interface SettingsFieldsProps {
  readonly told: Settings;
  readonly onChange: (told: Settings) => void;
}

function SettingsFields({ told, onChange }: SettingsFieldsProps) {
  const t = useTranslations();
  const languages = useLanguageChoices();
  return (
    <>
      <ChoiceField
        label={t("writing.glossary.source")}
        value={told.source}
        options={languages}
        onChange={({ target }) => onChange({ ...told, source: target.value })}
      />
      <ChoiceField
        label={t("writing.glossary.target")}
        value={told.target}
        options={languages}
        onChange={({ target }) => onChange({ ...told, target: target.value })}
      />
      <UnitField
        purpose="curate"
        label={t("glossaries.unit")}
        hint={t("glossaries.unitHint")}
        value={told.unit}
        onChange={(unit) => onChange({ ...told, unit })}
      />
    </>
  );
}
