/** The rules of units: what holds, the draft with what it changes, what it would have refused, and publishing. */
import { FlaskConical, Pencil, Plus, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { usePolicies, usePublishDraft, useTryPolicy, useWriteDraft } from "#/api/policies";
import type { PolicyUnit, PolicyVersion } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { Table } from "#/ui/Table";
import sheet from "./policies.module.css";
import { RulesDialog } from "./RulesDialog";
import { draftOf, ruleAlone } from "./rules";
import { TryText } from "./TryText";
import { useRuleWords } from "./useRuleWords";

const css = classes(sheet);

export function PoliciesAdministration() {
  const t = useTranslations("policies");
  const { toast } = useLive();
  const { data, error, refetch } = usePolicies();
  const write = useWriteDraft();
  const publish = usePublishDraft();
  const [edited, setEdited] = useState<PolicyUnit | "new" | null>(null);
  const draft = data?.items.find((one) => one.state === "draft");
  const held = data?.items.find((one) => one.state === "published");
  const version = draft ?? held;
  const units = version?.units ?? [];
  const save = (changed: readonly PolicyUnit[]) =>
    write.mutate(draftOf(changed), {
      onSuccess: () => {
        setEdited(null);
        toast({ words: t("saved") });
      },
    });
  return (
    <section className={css("section")} aria-labelledby="policies-title">
      <h2 id="policies-title" className={css("title")}>
        {t("title")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {write.error && <ErrorNotice error={write.error} />}
      {publish.error && <ErrorNotice error={publish.error} />}
      {data && (
        <Rules
          units={units}
          onEdit={setEdited}
          onRemove={(gone) => save(units.filter((one) => one.unit_id !== gone.unit_id))}
        />
      )}
      <div className={css("actions")}>
        <Button icon={Plus} onPress={() => setEdited("new")}>
          {t("add")}
        </Button>
        {draft && (
          <Button
            look="primary"
            icon={Send}
            busy={publish.isPending}
            onPress={() => publish.mutate(undefined, { onSuccess: () => toast({ words: t("published") }) })}
          >
            {t("publish")}
          </Button>
        )}
      </div>
      {draft && data && <Draft version={draft} changes={data.changes} />}
      {version && <TryText version={version.id} />}
      {data && <Versions versions={data.items} />}
      {edited !== null && data && (
        <RulesDialog
          unit={edited === "new" ? null : edited}
          models={data.models}
          zones={data.zones}
          error={write.error}
          busy={write.isPending}
          onSave={(one) => save([...units.filter((other) => other.unit_id !== one.unit_id), one])}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

interface RulesProps {
  readonly units: readonly PolicyUnit[];
  readonly onEdit: (unit: PolicyUnit) => void;
  readonly onRemove: (unit: PolicyUnit) => void;
}

function Rules({ units, onEdit, onRemove }: RulesProps) {
  const t = useTranslations("policies");
  const words = useRuleWords();
  const name = (one: PolicyUnit) => (one.unit_id === null ? t("everybody") : one.name || t("goneUnit"));
  return (
    <Table
      caption={t("title")}
      rows={units}
      rowKey={(one) => one.unit_id ?? "*"}
      empty={t("none")}
      columns={[
        { name: t("unit"), heading: true, cell: name },
        { name: t("rules"), cell: (one) => words(one.rules).map((line) => <p key={line}>{line}</p>) },
        {
          name: t("actionsColumn"),
          quiet: true,
          align: "end",
          cell: (one) => (
            <div className={css("actions")}>
              <Button small icon={Pencil} onPress={() => onEdit(one)}>
                {t("edit")}
              </Button>
              <Button small icon={Trash2} onPress={() => onRemove(one)}>
                {t("remove")}
              </Button>
            </div>
          ),
        },
      ]}
    />
  );
}

interface Change {
  readonly unit: string;
  readonly rule: string;
  readonly before: string;
  readonly after: string;
}

function Draft({ version, changes }: { readonly version: PolicyVersion; readonly changes: readonly Change[] }) {
  const t = useTranslations("policies");
  const trial = useTryPolicy();
  const words = useRuleWords();
  const told = (rule: string, written: string) => {
    const lines = words(ruleAlone(rule, written));
    return lines.length > 0 ? lines.map((line) => <p key={line}>{line}</p>) : "—";
  };
  const kind = (rule: string) => (t.has(`kinds.${rule}` as "title") ? t(`kinds.${rule}` as "title") : rule);
  return (
    <>
      <h3 className={css("sub")}>{t("draftTitle", { number: String(version.number) })}</h3>
      <Table
        caption={t("changes")}
        rows={changes}
        rowKey={(one) => `${one.unit} ${one.rule}`}
        empty={t("noChange")}
        columns={[
          { name: t("unit"), heading: true, cell: (one) => one.unit || t("everybody") },
          { name: t("rules"), cell: (one) => kind(one.rule) },
          { name: t("before"), cell: (one) => told(one.rule, one.before) },
          { name: t("after"), cell: (one) => told(one.rule, one.after) },
        ]}
      />
      <div>
        <Button icon={FlaskConical} busy={trial.isPending} onPress={() => trial.mutate(version.id)}>
          {t("try")}
        </Button>
      </div>
      {trial.error && <ErrorNotice error={trial.error} />}
      {trial.data && (
        <Notice meaning={trial.data.refused > 0 ? "caution" : "plain"}>
          {t("tried", { turns: trial.data.turns, refused: trial.data.refused, days: trial.data.days })}
          {trial.data.rules.map((one) => (
            <span key={`${one.rule} ${one.unit}`} className={css("line")}>
              {t("triedRule", { turns: one.turns, rule: kind(one.rule), unit: one.unit || t("everybody") })}
            </span>
          ))}
        </Notice>
      )}
    </>
  );
}

function Versions({ versions }: { readonly versions: readonly PolicyVersion[] }) {
  const t = useTranslations("policies");
  const format = useFormatter();
  if (versions.length === 0) return null;
  return (
    <>
      <h3 className={css("sub")}>{t("versions")}</h3>
      <Table
        caption={t("versions")}
        rows={versions}
        rowKey={(one) => one.id}
        empty=""
        columns={[
          { name: t("version"), heading: true, cell: (one) => one.number },
          { name: t("state"), cell: (one) => t(`states.${one.state}`) },
          {
            name: t("on"),
            cell: (one) => format.dateTime(new Date(one.published_at ?? one.written_at), { dateStyle: "long" }),
          },
          { name: t("units"), align: "end", secondary: true, cell: (one) => one.units.length },
        ]}
      />
    </>
  );
}
