/** Quotas: whom each limits, of what, how much, and what happens at its end. */
import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useModels } from "#/api/models";
import { useLiftQuota } from "#/api/quotas";
import type { Quota } from "#/api/types";
import { DeleteDialog } from "#/features/administration/DeleteDialog";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useFormatter, useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { type Order, Table } from "#/ui/Table";
import type { Measure } from "./useAmountWords";

interface QuotasTableProps {
  readonly order: Order;
  readonly searched: boolean;
  readonly quotas: readonly Quota[];
  readonly onEdit: (quota: Quota) => void;
}

export function QuotasTable({ quotas, order, searched, onEdit }: QuotasTableProps) {
  const t = useTranslations("quotas");
  const whole = useTranslations("administration");
  const exact = useExactAmount();
  const holder = useHolderWords();
  const { data: models } = useModels();
  const name = (id: string | null) => models?.find((model) => model.id === id)?.display_name ?? id;
  return (
    <Table
      caption={t("title")}
      order={order}
      rows={quotas}
      rowKey={(quota) => quota.id}
      empty={searched ? whole("noneFound") : t("noQuota")}
      columns={[
        { order: "holder", name: t("holder"), heading: true, cell: holder },
        { order: "model", under: true, name: t("model"), cell: (one) => name(one.model_id) ?? t("everyModel") },
        {
          order: "amount",
          name: t("amount"),
          align: "end",
          cell: (one) => t("per", { amount: exact(one.measure, one.amount), period: one.period }),
        },
        {
          name: t("used"),
          under: true,
          align: "end",
          cell: (one) => (one.used === null ? t("notATotal") : exact(one.measure, one.used)),
        },
        {
          order: "mode",
          name: t("mode"),
          under: true,
          cell: (one) =>
            one.mode === "degrade" ? t("offers", { model: name(one.smaller_model) ?? "" }) : t(`modes.${one.mode}`),
        },
        { name: t("actions"), quiet: true, align: "end", cell: (one) => <Actions quota={one} onEdit={onEdit} /> },
      ]}
    />
  );
}

function Actions({ quota, onEdit }: { readonly quota: Quota; readonly onEdit: (quota: Quota) => void }) {
  const t = useTranslations("quotas");
  const { toast } = useLive();
  const tell = useErrorToast();
  const lift = useLiftQuota();
  const [lifting, setLifting] = useState(false);
  const label = t("actionsOf", { name: useHolderWords()(quota) });
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
        <MenuAction icon={Pencil} onAction={() => onEdit(quota)}>
          {t("change")}
        </MenuAction>
        <MenuAction icon={Trash2} danger onAction={() => setLifting(true)}>
          {t("lift")}
        </MenuAction>
      </Menu>
      <DeleteDialog
        isOpen={lifting}
        onClose={() => setLifting(false)}
        title={t("liftTitle")}
        words={t("liftWords")}
        onDelete={() => void lift.mutateAsync(quota).then(() => toast({ words: t("lifted") }), tell)}
      />
    </>
  );
}

/** Whom a quota limits, in words. */
export function useHolderWords(): (quota: Quota) => string {
  const t = useTranslations("quotas");
  return ({ holder, unit_name: unit, person_name: person }) => {
    if (holder === "key") return t("holders.key");
    if (holder === "unit") return t("holders.unit", { unit: unit ?? "" });
    if (person !== null) return person;
    return unit === null ? t("holders.everyone") : t("holders.persons", { unit });
  };
}

/** Amounts as administrators set them: tokens are tokens. */
export function useExactAmount(): (measure: Measure, amount: number) => string {
  const t = useTranslations("quotas");
  const format = useFormatter();
  return (measure, amount) =>
    measure === "euros"
      ? format.number(amount, { style: "currency", currency: "EUR" })
      : t(`exact.${measure}`, { amount: format.number(amount, { maximumFractionDigits: 1 }) });
}
