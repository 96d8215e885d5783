/** What a provider's claims give: rules in order, changed here, tried, then saved all at once. */
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useRules, useSaveRules } from "#/api/providers";
import type { ClaimRule, Provider } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { DryRunForm } from "./DryRunForm";
import { useProviderName } from "./ProvidersTable";
import { RuleDialog } from "./RuleDialog";

const css = classes(sheet);

export function RulesSection({ provider }: { readonly provider: Provider }) {
  const t = useTranslations("signIn");
  const name = useProviderName()(provider);
  const saved = useRules(provider.id);
  const save = useSaveRules(provider.id);
  const { toast } = useLive();
  const [draft, setDraft] = useState<readonly ClaimRule[] | null>(null);
  const [edited, setEdited] = useState<number | null>(null);
  const rules = draft ?? saved.data ?? [];
  const put = (rule: ClaimRule) =>
    setDraft(edited === null || edited === rules.length ? [...rules, rule] : rules.with(edited, rule));
  const keep = () =>
    save.mutate(rules, {
      onSuccess: () => {
        setDraft(null);
        toast({ words: t("rulesSaved") });
      },
    });
  return (
    <section className={css("section")} aria-labelledby="rules-title">
      <div className={css("head")}>
        <h2 id="rules-title" className={css("title")}>
          {t("rules", { name })}
        </h2>
        <Button icon={Plus} isDisabled={!saved.data} onPress={() => setEdited(rules.length)}>
          {t("addRule")}
        </Button>
      </div>
      <p className={css("words")}>{t("rulesWords")}</p>
      {saved.error && <ErrorNotice error={saved.error} onRetry={() => void saved.refetch()} />}
      {saved.data && <RulesTable rules={rules} onChange={setDraft} onEdit={setEdited} />}
      {save.error && <ErrorNotice error={save.error} />}
      {draft && (
        <Notice
          meaning="caution"
          actions={
            <>
              <Button small onPress={() => setDraft(null)}>
                {t("discard")}
              </Button>
              <Button small look="primary" busy={save.isPending} onPress={keep}>
                {t("saveRules")}
              </Button>
            </>
          }
        >
          {t("unsaved")}
        </Notice>
      )}
      <DryRunForm provider={provider} rules={rules} />
      {edited !== null && (
        <RuleDialog rule={rules[edited] ?? null} position={edited + 1} onKeep={put} onClose={() => setEdited(null)} />
      )}
    </section>
  );
}

interface RulesTableProps {
  readonly rules: readonly ClaimRule[];
  readonly onChange: (rules: readonly ClaimRule[]) => void;
  readonly onEdit: (index: number) => void;
}

function RulesTable({ rules, onChange, onEdit }: RulesTableProps) {
  const t = useTranslations("signIn");
  const gives = useGivesWords();
  const swap = (index: number, other: number) => {
    const [here, there] = [rules[index], rules[other]];
    if (here && there) onChange(rules.with(index, there).with(other, here));
  };
  return (
    <Table
      caption={t("rulesCount")}
      rows={rules.map((rule, index) => ({ rule, index }))}
      rowKey={({ index }) => String(index)}
      empty={t("noRule")}
      columns={[
        { name: t("number"), align: "end", cell: ({ index }) => index + 1 },
        { name: t("claim"), heading: true, cell: ({ rule }) => rule.claim },
        {
          name: t("operator"),
          under: true,
          cell: ({ rule }) => `${t(`operators.${rule.operator}`)} ${(rule.values ?? []).slice(0, 5).join(", ")}`,
        },
        { name: t("gives"), cell: ({ rule }) => gives(rule) },
        {
          name: t("actions"),
          quiet: true,
          align: "end",
          cell: ({ index }) => (
            <>
              {index > 0 && <IconButton small label={t("up")} icon={ArrowUp} onPress={() => swap(index, index - 1)} />}
              {index < rules.length - 1 && (
                <IconButton small label={t("down")} icon={ArrowDown} onPress={() => swap(index, index + 1)} />
              )}
              <IconButton small label={t("edit")} icon={Pencil} onPress={() => onEdit(index)} />
              <IconButton small label={t("delete")} icon={Trash2} onPress={() => onChange(rules.toSpliced(index, 1))} />
            </>
          ),
        },
      ]}
    />
  );
}

function useGivesWords(): (rule: ClaimRule) => string {
  const t = useTranslations("signIn");
  return ({ unit_code, takes_unit_from_claim, role_code }) => {
    const unit = takes_unit_from_claim ? t("foundUnit") : unit_code;
    if (role_code && unit) return t("inUnit", { role: role_code, unit });
    if (role_code) return t("everywhere", { role: role_code });
    return t("belongs", { unit: unit ?? "" });
  };
}
