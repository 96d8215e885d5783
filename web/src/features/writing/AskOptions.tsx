/** Languages, style, register and glossaries of what is asked. */

import { useGlossaries } from "#/api/glossaries";
import { useInclusiveRule } from "#/api/inclusive";
import type { GlossaryKind } from "#/api/types";
import { useLanguages } from "#/api/writing";
import { useLocale, useTranslations } from "#/i18n";
import { Check, ChoiceField } from "#/ui/Field";
import { STYLES } from "./styles";
import type { Wanted } from "./wanted";

const FORMALITIES = ["default", "formal", "informal"] as const;

interface AskOptionsProps {
  readonly wanted: Wanted;
  readonly onChange: (changed: Partial<Wanted>) => void;
}

export function AskOptions({ wanted, onChange }: AskOptionsProps) {
  const t = useTranslations("writing");
  const rules = useTranslations("inclusive");
  const rule = useInclusiveRule().data?.rule ?? "none";
  const languages = useLanguageChoices();
  const styles = rule === "none" ? STYLES : [...STYLES, "inclusive" as const];
  const source = (
    <ChoiceField
      label={t("source")}
      value={wanted.source}
      onChange={({ target }) => onChange({ source: target.value })}
      options={[["", t("sourceTold")], ...languages]}
    />
  );
  if (wanted.kind === "rewrite") {
    return (
      <>
        <ChoiceField
          label={t("style")}
          value={wanted.style}
          onChange={({ target }) => onChange({ style: target.value as Wanted["style"] })}
          options={styles.map((style) => [style, t(`styles.${style}`)] as const)}
          {...(rule !== "none" && { hint: t("inclusiveRule", { rule: rules(`rules.${rule}`) }) })}
        />
        {source}
        <Check
          label={t("track")}
          checked={wanted.track}
          onChange={({ target }) => onChange({ track: target.checked })}
        />
      </>
    );
  }
  return (
    <>
      {source}
      <ChoiceField
        label={t("to")}
        value={wanted.to}
        onChange={({ target }) => onChange({ to: target.value })}
        options={languages}
      />
      <ChoiceField
        label={t("formality")}
        value={wanted.formality}
        onChange={({ target }) => onChange({ formality: target.value as Wanted["formality"] })}
        options={FORMALITIES.map((one) => [one, t(`formalities.${one}`)] as const)}
      />
      <GlossaryField kind="terms" value={wanted.glossary} onChange={(glossary) => onChange({ glossary })} />
      <DefaultsField wanted={wanted} onChange={onChange} />
      <GlossaryField kind="memory" value={wanted.memory} onChange={(memory) => onChange({ memory })} />
      <Check label={t("plain")} checked={wanted.plain} onChange={({ target }) => onChange({ plain: target.checked })} />
    </>
  );
}

/** Shown once something is used by default: what the work then takes without being asked. */
function DefaultsField({ wanted, onChange }: AskOptionsProps) {
  const t = useTranslations("glossaries");
  const found = (useGlossaries().data?.items ?? []).filter((one) => one.by_default && one.target === wanted.to);
  if (found.length === 0) return null;
  return (
    <Check
      label={t("useDefaults")}
      hint={found.map(({ name }) => name).join(", ")}
      checked={wanted.defaults}
      onChange={({ target }) => onChange({ defaults: target.checked })}
    />
  );
}

interface GlossaryFieldProps {
  readonly kind: GlossaryKind;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** Shown once there is one to choose. */
function GlossaryField({ kind, value, onChange }: GlossaryFieldProps) {
  const t = useTranslations("writing");
  const name = useLanguageName();
  const found = (useGlossaries().data?.items ?? []).filter((one) => one.kind === kind);
  if (found.length === 0) return null;
  const options = found.map((one) => [one.id, `${one.name} (${name(one.source)} → ${name(one.target)})`] as const);
  return (
    <ChoiceField
      label={t(`glossary.${kind}`)}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      options={[["", t(`glossary.none.${kind}`)], ...options]}
    />
  );
}

/** The name of a language, with its region as it is written; the code alone when it has none here. */
export function useLanguageName(): (code: string) => string {
  const names = new Map(useLanguageChoices());
  return (code) => {
    const [language = "", region] = code.split("-");
    const name = names.get(language) ?? language;
    return region === undefined ? name : `${name} (${region})`;
  };
}

/** By their names, in the order of the person's language; the two of every day come first. */
export function useLanguageChoices(): readonly (readonly [string, string])[] {
  const locale = useLocale();
  const items = useLanguages().data?.items ?? [];
  const rank = (code: string) => (code === "fr" || code === "en" ? 0 : 1);
  return items
    .map((one) => [one.code, locale === "fr" ? one.fr : one.en] as const)
    .toSorted(([a, left], [b, right]) => rank(a) - rank(b) || left.localeCompare(right, locale));
}
