/** Who waits, in the order of registration: searched on the server, chosen several at once, put in a wave. */
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useRemoveVolunteer, useVolunteers, type Volunteer, type VolunteerOrder } from "#/api/waves";
import { useListOrder } from "#/features/administration/ListSearch";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { type Order, Table } from "#/ui/Table";
import { useSettled } from "#/ui/useSettled";
import { AddDialog } from "./AddDialog";
import { EnterDialog } from "./EnterDialog";
import sheet from "./waves.module.css";

const css = classes(sheet);

export function WaitingList() {
  const t = useTranslations("waves");
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<"add" | "enter" | null>(null);
  const { by, order } = useListOrder<VolunteerOrder>("registered");
  const list = useVolunteers(useSettled(words.trim()), null, by);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const toggle = (id: string) => setChosen((known) => (known.has(id) ? without(known, id) : new Set([...known, id])));
  const all = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  return (
    <section className={css("section")} aria-labelledby="waiting-title">
      <div className={css("head")}>
        <h2 id="waiting-title" className={css("title")}>
          {t("waiting")}
        </h2>
        <Button icon={UserPlus} onPress={() => setDialog("add")}>
          {t("add")}
        </Button>
      </div>
      <p className={css("words")}>{t("waitingWords")}</p>
      <div className={css("filter")}>
        <Field
          label={t("search")}
          type="text"
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      <div className={css("actions")}>
        <p aria-live="polite">{t("selection", { count: chosen.size })}</p>
        <Button
          small
          isDisabled={rows.length === 0}
          onPress={() => setChosen(all ? new Set() : new Set([...chosen, ...rows.map(({ id }) => id)]))}
        >
          {all ? t("selectNone") : t("selectAll")}
        </Button>
        <Button small look="primary" isDisabled={chosen.size === 0} onPress={() => setDialog("enter")}>
          {t("putIn")}
        </Button>
      </div>
      <VolunteersTable rows={rows} order={order} searched={words.trim() !== ""} chosen={chosen} onToggle={toggle} />
      {list.hasNextPage && (
        <Button isDisabled={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {dialog === "add" && <AddDialog onClose={() => setDialog(null)} />}
      {dialog === "enter" && (
        <EnterDialog ids={[...chosen]} onDone={() => setChosen(new Set())} onClose={() => setDialog(null)} />
      )}
    </section>
  );
}

interface VolunteersTableProps {
  readonly rows: readonly Volunteer[];
  readonly order: Order;
  readonly searched: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
}

function VolunteersTable({ rows, order, searched, chosen, onToggle }: VolunteersTableProps) {
  const t = useTranslations("waves");
  const whole = useTranslations("administration");
  const format = useFormatter();
  return (
    <Table
      caption={t("waiting")}
      order={order}
      rows={rows}
      rowKey={(one) => one.id}
      empty={searched ? whole("noneFound") : t("nobodyWaits")}
      columns={[
        {
          name: t("putIn"),
          narrow: true,
          quiet: true,
          cell: ({ id, name }) => (
            <input
              type="checkbox"
              aria-label={t("select", { name })}
              checked={chosen.has(id)}
              onChange={() => onToggle(id)}
            />
          ),
        },
        { order: "name", name: t("person"), heading: true, cell: (one) => one.name },
        { under: true, name: t("email"), cell: (one) => <Address volunteer={one} /> },
        { order: "unit", under: true, name: t("unit"), cell: (one) => <UnitOf volunteer={one} /> },
        { under: true, name: t("uses"), cell: (one) => one.uses },
        {
          order: "registered",
          name: t("registered"),
          under: true,
          cell: (one) => format.dateTime(new Date(one.registered_at), { dateStyle: "short" }),
        },
        { name: t("actions"), quiet: true, align: "end", cell: (one) => <Remove volunteer={one} /> },
      ]}
    />
  );
}

export function Address({ volunteer }: { readonly volunteer: Volunteer }) {
  const t = useTranslations("waves");
  return volunteer.is_confirmed ? volunteer.email : `${volunteer.email} (${t("unconfirmed")})`;
}

export function UnitOf({ volunteer: { unit, unit_confirmed, unit_told } }: { readonly volunteer: Volunteer }) {
  const t = useTranslations("waves");
  if (unit) return unit_confirmed ? unit.name : t("unitDeclared", { name: unit.name });
  return unit_told === "" ? t("unitUnknown") : t("unitTold", { told: unit_told });
}

function Remove({ volunteer: { id, name } }: { readonly volunteer: Volunteer }) {
  const t = useTranslations("waves");
  const { toast } = useLive();
  const tell = useErrorToast();
  const remove = useRemoveVolunteer();
  const onSuccess = () => toast({ words: t("removed", { name }) });
  return (
    <Button
      small
      aria-label={t("removeOf", { name })}
      onPress={() => void remove.mutateAsync(id).then(onSuccess, tell)}
    >
      {t("remove")}
    </Button>
  );
}

function without(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...known].filter((one) => one !== id));
}
