/** The charters in force: for whom, which version, how many accepted it. */
import { Download, Ellipsis, PenLine, Undo2 } from "lucide-react";
import { useState } from "react";
import { type CharterProgress, useWithdrawCharter } from "#/api/charter";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useFormatter, useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { type Order, Table } from "#/ui/Table";
import type { Scope } from "./CharterAdministration";

interface CharterTableProps {
  readonly items: readonly CharterProgress[];
  readonly order: Order;
  readonly searched: boolean;
  readonly onEdit: (scope: Scope) => void;
}

export function CharterTable({ items, order, searched, onEdit }: CharterTableProps) {
  const t = useTranslations("charter");
  const whole = useTranslations("administration");
  const format = useFormatter();
  const [withdrawn, setWithdrawn] = useState<Scope | null>(null);
  const scopeOf = ({ unit }: CharterProgress): Scope => unit ?? { id: null, name: t("institution") };
  return (
    <>
      <Table
        caption={t("inForce")}
        order={order}
        rows={items}
        rowKey={(one) => one.unit?.id ?? "institution"}
        empty={searched ? whole("noneFound") : t("nothing")}
        columns={[
          { order: "unit", name: t("scope"), heading: true, cell: (one) => scopeOf(one).name },
          {
            order: "version",
            under: true,
            name: t("version"),
            align: "end",
            cell: (one) => format.number(one.version),
          },
          { order: "published", under: true, name: t("published"), cell: (one) => <Published charter={one} /> },
          { under: true, name: t("persons"), align: "end", cell: (one) => format.number(one.persons) },
          {
            name: t("accepted"),
            align: "end",
            cell: ({ accepted, persons }) => (accepted === null ? t("hidden") : t("acceptedOf", { accepted, persons })),
          },
          {
            name: t("actions"),
            quiet: true,
            align: "end",
            cell: (one) => (
              <Actions scope={scopeOf(one)} onEdit={onEdit} onWithdraw={() => setWithdrawn(scopeOf(one))} />
            ),
          },
        ]}
      />
      {withdrawn && <WithdrawDialog scope={withdrawn} onClose={() => setWithdrawn(null)} />}
    </>
  );
}

function Published({ charter }: { readonly charter: CharterProgress }) {
  const t = useTranslations("charter");
  const format = useFormatter();
  const when = format.dateTime(new Date(charter.published_at), { dateStyle: "medium" });
  return charter.published_by === null ? when : t("publishedBy", { when, name: charter.published_by });
}

interface ActionsProps {
  readonly scope: Scope;
  readonly onEdit: (scope: Scope) => void;
  readonly onWithdraw: () => void;
}

function Actions({ scope, onEdit, onWithdraw }: ActionsProps) {
  const t = useTranslations("charter");
  const label = t("actionsOf", { name: scope.name });
  const query = scope.id === null ? "" : `?unit_id=${scope.id}`;
  return (
    <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
      <MenuAction icon={PenLine} onAction={() => onEdit(scope)}>
        {t("edit")}
      </MenuAction>
      <MenuAction icon={Download} href={`/api/admin/charters/acceptances${query}`} download>
        {t("exportAcceptances")}
      </MenuAction>
      <MenuAction icon={Undo2} danger onAction={onWithdraw}>
        {t("withdraw")}
      </MenuAction>
    </Menu>
  );
}

function WithdrawDialog({ scope, onClose }: { readonly scope: Scope; readonly onClose: () => void }) {
  const t = useTranslations();
  const { toast } = useLive();
  const tell = useErrorToast();
  const withdraw = useWithdrawCharter();
  const go = () => {
    void withdraw.mutateAsync(scope.id).then(() => toast({ words: t("charter.withdrawn") }), tell);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("charter.withdrawTitle", { name: scope.name })}
      closeLabel={t("shell.close")}
    >
      <p>{t("charter.withdrawWords")}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.cancel")}</Button>
        <Button look="danger" onPress={go}>
          {t("charter.withdraw")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
