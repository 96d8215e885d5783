/** Writing a charter: two languages, its preview beside, what changes since the published version, then publication. */
import { useId, useState } from "react";
import { type CharterAdmin, type CharterTexts, useCharterOfUnit } from "#/api/charter";
import type { Language } from "#/api/types";
import { AnswerText } from "#/features/chat/AnswerText";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { LANGUAGES, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useSettled } from "#/ui/useSettled";
import type { Scope } from "./CharterAdministration";
import { Comparison } from "./Comparison";
import sheet from "./charter.module.css";
import { PublishDialog } from "./PublishDialog";

const css = classes(sheet);

export function CharterEditor({ scope, onClose }: { readonly scope: Scope; readonly onClose: () => void }) {
  const t = useTranslations("charter");
  const { data, error, refetch } = useCharterOfUnit(scope.id);
  return (
    <section className={css("section")} aria-labelledby="editor-title">
      <div className={css("head")}>
        <h2 id="editor-title" className={css("title")}>
          {t("editing", { name: scope.name })}
        </h2>
        <Button onPress={onClose}>{t("back")}</Button>
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && <Writing scope={scope} charter={data} onClose={onClose} />}
    </section>
  );
}

interface WritingProps {
  readonly scope: Scope;
  readonly charter: CharterAdmin;
  readonly onClose: () => void;
}

function Writing({ scope, charter, onClose }: WritingProps) {
  const t = useTranslations("charter");
  const before: CharterTexts = charter.texts;
  const [texts, setTexts] = useState<CharterTexts>(charter.version === 0 ? charter.model : before);
  const [language, setLanguage] = useState<Language>("fr");
  const [comparing, setComparing] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const write = (text: string) => setTexts({ ...texts, [language]: text });
  const unchanged = charter.in_force && LANGUAGES.every((one) => texts[one].trim() === before[one]);
  return (
    <>
      <fieldset className={css("actions", "languages")}>
        <legend className={css("label")}>{t("language")}</legend>
        {LANGUAGES.map((one) => (
          <Button
            key={one}
            small
            look={one === language ? "primary" : "outline"}
            aria-pressed={one === language}
            onPress={() => setLanguage(one)}
          >
            {t(`languages.${one}`)}
          </Button>
        ))}
      </fieldset>
      {comparing ? (
        <Comparison before={before[language]} after={texts[language]} />
      ) : (
        <Sides language={language} text={texts[language]} onChange={write} />
      )}
      {unchanged && <p className={css("words")}>{t("unchanged")}</p>}
      <div className={css("actions")}>
        {charter.version > 0 && (
          <Button onPress={() => setComparing(!comparing)}>{comparing ? t("writeAgain") : t("compare")}</Button>
        )}
        <Button onPress={() => write(charter.model[language])}>{t("useModel")}</Button>
        <Button look="primary" isDisabled={unchanged} onPress={() => setPublishing(true)}>
          {t("publish")}
        </Button>
      </div>
      {publishing && (
        <PublishDialog
          scope={scope}
          charter={charter}
          texts={texts}
          onClose={() => setPublishing(false)}
          onPublished={onClose}
        />
      )}
    </>
  );
}

interface SidesProps {
  readonly language: Language;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function Sides({ language, text, onChange }: SidesProps) {
  const t = useTranslations("charter");
  const area = useId();
  const shown = useSettled(text);
  return (
    <div className={css("sides")}>
      <div>
        <label htmlFor={area} className={css("label")}>
          {t("markdown")}
        </label>
        <textarea
          id={area}
          lang={language}
          className={css("area")}
          value={text}
          maxLength={60_000}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <div>
        <p className={css("label")}>{t("preview")}</p>
        {/* biome-ignore lint/a11y/useSemanticElements: a group, not a landmark of its own. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
        <div role="group" aria-label={t("preview")} tabIndex={0} lang={language} className={css("preview")}>
          <AnswerText text={shown} streaming={false} />
        </div>
      </div>
    </div>
  );
}
