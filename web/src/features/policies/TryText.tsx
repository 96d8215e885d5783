/** A text as a version of the rules would have it read: its level, and what was found. Nothing of it is kept. */
import { ScanText } from "lucide-react";
import { useId, useState } from "react";
import { useTryText } from "#/api/policies";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { spottedTypes } from "#/features/sensitivity/spotted";
import { useSpottedWords } from "#/features/sensitivity/useSpottedWords";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinesField } from "#/ui/Field";
import { Notice } from "#/ui/Notice";
import sheet from "./policies.module.css";

const css = classes(sheet);
const LONGEST = 20_000;

export function TryText({ version }: { readonly version: string }) {
  const t = useTranslations();
  const format = useFormatter();
  const words = useSpottedWords();
  const [text, setText] = useState("");
  const title = useId();
  const trial = useTryText();
  const found = trial.data && spottedTypes(trial.data).map(words);
  return (
    <section className={css("form")} aria-labelledby={title}>
      <h3 id={title} className={css("sub")}>
        {t("policies.readTitle")}
      </h3>
      <LinesField
        label={t("policies.readText")}
        hint={t("policies.readHint")}
        value={text}
        maxLength={LONGEST}
        onChange={(event) => setText(event.target.value)}
      />
      <div>
        <Button
          icon={ScanText}
          busy={trial.isPending}
          isDisabled={text.trim() === ""}
          onPress={() => trial.mutate({ id: version, text })}
        >
          {t("policies.read")}
        </Button>
      </div>
      {trial.error && <ErrorNotice error={trial.error} />}
      {trial.data && found && (
        <Notice meaning={trial.data.verdict === "allow" ? "plain" : "caution"}>
          {t("policies.readAs", { level: t(`models.levels.${trial.data.level}`) })}{" "}
          {found.length > 0
            ? t("policies.readFound", { found: format.list([...new Set(found)]) })
            : t("policies.readNothing")}
        </Notice>
      )}
    </section>
  );
}
