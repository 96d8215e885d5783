/** A declaration of AI use for a journal: what the conversation shows, what the person says; copied, or as a file. */
import { Copy, Download } from "lucide-react";
import { useState } from "react";
import { type DeclarationFormat, useDeclaration } from "#/api/declarations";
import type { Declaration } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useLocale, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog } from "#/ui/Dialog";
import { Check, ChoiceField, LinesField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { saveFile } from "#/ui/saveFile";
import sheet from "./declaration.module.css";

const css = classes(sheet);
const USES = [
  "ideas",
  "sources",
  "summary",
  "draft",
  "language",
  "translation",
  "analysis",
  "code",
  "illustration",
] as const satisfies readonly Declaration["uses"][number][];
const CHECKS = [
  "read_again",
  "facts",
  "references",
  "figures",
  "code_run",
  "none",
] as const satisfies readonly Declaration["checks"][number][];

interface DeclarationDialogProps {
  readonly conversationId: string;
  readonly onClose: () => void;
}

export function DeclarationDialog({ conversationId, onClose }: DeclarationDialogProps) {
  const t = useTranslations("declaration");
  const close = useTranslations("shell")("close");
  const { toast } = useLive();
  const declaring = useDeclaration(conversationId);
  const [language, setLanguage] = useState<"fr" | "en">(useLocale() === "en" ? "en" : "fr");
  const [uses, setUses] = useState<readonly (typeof USES)[number][]>([]);
  const [checks, setChecks] = useState<readonly (typeof CHECKS)[number][]>([]);
  const [more, setMore] = useState("");
  const ready = uses.length > 0 && checks.length > 0;
  const run = (format: DeclarationFormat, then: (file: Blob) => Promise<void> | void) =>
    declaring.mutate(
      { language, format, uses: [...uses], checks: [...checks], more: more.trim() },
      { onSuccess: (file) => void then(file) },
    );
  const copy = async (file: Blob) => {
    await navigator.clipboard.writeText(await file.text());
    toast({ words: t("copied") });
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} closeLabel={close}>
      <div className={css("form")}>
        <p className={css("about")}>{t("about")}</p>
        <ChoiceField
          label={t("language")}
          value={language}
          onChange={(event) => setLanguage(event.target.value === "en" ? "en" : "fr")}
          options={[
            ["fr", t("languages.fr")],
            ["en", t("languages.en")],
          ]}
        />
        <Choices legend={t("uses")} all={USES} kept={uses} onChange={setUses} words={(one) => t(`use.${one}`)} />
        <Choices
          legend={t("checks")}
          all={CHECKS}
          kept={checks}
          onChange={setChecks}
          words={(one) => t(`check.${one}`)}
        />
        <LinesField
          label={t("more")}
          rows={2}
          maxLength={1000}
          value={more}
          onChange={(event) => setMore(event.target.value)}
        />
        {declaring.error && <ErrorNotice error={declaring.error} />}
        {!ready && <p className={css("about")}>{t("choose")}</p>}
        <div className={css("actions")}>
          <Button
            look="primary"
            icon={Copy}
            isDisabled={!ready}
            busy={declaring.isPending}
            onPress={() => run("markdown", copy)}
          >
            {t("copy")}
          </Button>
          <Button
            icon={Download}
            isDisabled={!ready}
            onPress={() => run("odt", (file) => saveFile(file, "declaration.odt"))}
          >
            {t("odt")}
          </Button>
          <Button
            icon={Download}
            isDisabled={!ready}
            onPress={() => run("markdown", (file) => saveFile(file, "declaration.md"))}
          >
            {t("markdown")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface ChoicesProps<One extends string> {
  readonly legend: string;
  readonly all: readonly One[];
  readonly kept: readonly One[];
  readonly onChange: (kept: readonly One[]) => void;
  readonly words: (one: One) => string;
}

function Choices<One extends string>({ legend, all, kept, onChange, words }: ChoicesProps<One>) {
  return (
    <fieldset className={css("set")}>
      <legend>{legend}</legend>
      {all.map((one) => (
        <Check
          key={one}
          label={words(one)}
          checked={kept.includes(one)}
          onChange={(event) =>
            onChange(all.filter((other) => (other === one ? event.target.checked : kept.includes(other))))
          }
        />
      ))}
    </fieldset>
  );
}
