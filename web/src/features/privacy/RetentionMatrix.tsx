/** The matrix: for each kind, what the institution says and what units shortened, with who set it and when. */
import { Ellipsis, Pencil, Plus, Undo2 } from "lucide-react";
import { useState } from "react";
import { useLiftRetention, useRetentionMatrix } from "#/api/privacy";
import type { RetentionKind } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Table } from "#/ui/Table";
import { KindName } from "./KindName";
import sheet from "./privacy.module.css";
import { type Edited, RetentionDialog } from "./RetentionDialog";
import { useDay } from "./useDay";

const css = classes(sheet);

interface Line {
  readonly kind: RetentionKind;
  readonly rule: RetentionKind["rules"][number] | null;
}

/** One line for the institution, then one a unit that shortened. */
function linesOf(kinds: readonly RetentionKind[]): readonly Line[] {
  return kinds.flatMap((kind) => {
    const own = kind.rules.find((rule) => rule.unit_id === null) ?? null;
    return [{ kind, rule: own }, ...kind.rules.filter((rule) => rule.unit_id !== null).map((rule) => ({ kind, rule }))];
  });
}

export function RetentionMatrix() {
  const t = useTranslations("privacy");
  const { data, error, refetch } = useRetentionMatrix();
  const [edited, setEdited] = useState<Edited | null>(null);
  const where = ({ rule }: Line) => rule?.unit_name ?? t("institution");
  const told = useTold();
  return (
    <section className={css("section")} aria-labelledby="matrix-title">
      <h2 id="matrix-title" className={css("title")}>
        {t("matrixTitle")}
      </h2>
      <p className={css("about")}>{t("matrixWords")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <Table
          caption={t("matrixTitle")}
          rows={linesOf(data)}
          rowKey={(line) => `${line.kind.kind}-${line.rule?.unit_id ?? ""}`}
          empty=""
          columns={[
            { name: t("kind"), heading: true, cell: (line) => <KindName kind={line.kind.kind} /> },
            { name: t("where"), cell: where },
            {
              name: t("duration"),
              align: "end",
              cell: ({ kind, rule }) => {
                const days = rule?.days ?? kind.days;
                return days === null ? t("noEnd") : t("days", { days });
              },
            },
            { name: t("setBy"), secondary: true, cell: told },
            {
              name: t("actions"),
              quiet: true,
              align: "end",
              cell: (line) => <Actions line={line} where={where(line)} onEdit={setEdited} />,
            },
          ]}
        />
      )}
      {edited && <RetentionDialog edited={edited} onClose={() => setEdited(null)} />}
    </section>
  );
}

function useTold(): (line: Line) => string {
  const t = useTranslations("privacy");
  const day = useDay();
  return ({ rule }) => {
    if (rule === null) return t("setByProduct");
    const values = { date: day(rule.set_at), version: String(rule.version) };
    return rule.set_by === null ? t("setAnonymous", values) : t("setOn", { ...values, name: rule.set_by });
  };
}

interface ActionsProps {
  readonly line: Line;
  readonly where: string;
  readonly onEdit: (edited: Edited) => void;
}

function Actions({ line: { kind, rule }, where, onEdit }: ActionsProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const tell = useErrorToast();
  const lift = useLiftRetention();
  const [lifting, setLifting] = useState(false);
  const label = t("privacy.actionsOf", { kind: t(`privacy.kinds.${kind.kind}`), where });
  const lifted = (id: string) =>
    void lift.mutateAsync(id).then(() => {
      toast({ words: t("privacy.lifted") });
      setLifting(false);
    }, tell);
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
        <MenuAction icon={Pencil} onAction={() => onEdit({ kind, rule, forUnit: rule?.unit_id != null })}>
          {t("privacy.change")}
        </MenuAction>
        {kind.of_units && (
          <MenuAction icon={Plus} onAction={() => onEdit({ kind, rule: null, forUnit: true })}>
            {t("privacy.addUnit")}
          </MenuAction>
        )}
        {rule && (
          <MenuAction icon={Undo2} onAction={() => setLifting(true)}>
            {t("privacy.lift")}
          </MenuAction>
        )}
      </Menu>
      {rule && (
        <Dialog
          isOpen={lifting}
          onClose={() => setLifting(false)}
          title={t("privacy.lift")}
          closeLabel={t("shell.close")}
        >
          <p>{t("privacy.liftWords")}</p>
          <DialogButtons>
            <Button onPress={() => setLifting(false)}>{t("shell.cancel")}</Button>
            <Button look="primary" busy={lift.isPending} onPress={() => lifted(rule.id)}>
              {t("privacy.lift")}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </>
  );
}
