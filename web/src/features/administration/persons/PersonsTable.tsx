/** The persons found: each leads to its page; what is done to one can be undone at once. */
import { Link } from "@tanstack/react-router";
import { Ellipsis, ShieldCheck, ShieldOff, UserCheck, UserX } from "lucide-react";
import { type PersonChange, useChangePerson } from "#/api/persons";
import { useHeld, usePerson } from "#/api/sessions";
import type { ListedPerson } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { type Column, type Order, Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { useRoleName } from "../roles/rightWords";
import { SelectAll, SelectOne } from "./SelectBoxes";
import type { Selection } from "./useSelection";
import { useWhen } from "./useWhen";

const css = classes(sheet);

interface PersonsTableProps {
  readonly persons: readonly ListedPerson[];
  readonly selection: Selection;
  readonly order: Order;
}

export function PersonsTable({ persons, selection, order }: PersonsTableProps) {
  const t = useTranslations("administration");
  return (
    <Table
      caption={t("persons")}
      rows={persons}
      rowKey={(person) => person.id}
      empty={t("noPerson")}
      isMarked={selection.has}
      order={order}
      columns={useColumns(persons, selection)}
    />
  );
}

function useColumns(persons: readonly ListedPerson[], selection: Selection): readonly Column<ListedPerson>[] {
  const t = useTranslations();
  const me = usePerson();
  const seen = useWhen();
  const roleName = useRoleName();
  const manages = useHeld().somewhere("persons.manage");
  return [
    {
      name: t("persons.select"),
      narrow: true,
      head: <SelectAll persons={persons} selection={selection} />,
      cell: (person) => <SelectOne person={person} selection={selection} />,
    },
    {
      name: t("administration.name"),
      heading: true,
      order: "name",
      cell: ({ id, name, unit }) => (
        <span className={css("stacked")}>
          <Link to="/administration/persons/$personId" params={{ personId: id }} className={css("rowLink")}>
            {name}
          </Link>
          {unit && <span className={css("small", "onPhone")}>{unit.name}</span>}
        </span>
      ),
    },
    { name: t("administration.email"), secondary: true, order: "email", cell: ({ email }) => email ?? "—" },
    { name: t("persons.mainUnit"), secondary: true, order: "unit", cell: ({ unit }) => unit?.name ?? "—" },
    {
      name: t("administration.role"),
      secondary: true,
      cell: ({ roles }) => roles.map(roleName).join(", ") || t("administration.agent"),
    },
    { name: t("administration.state"), cell: ({ state }) => <State state={state} /> },
    {
      name: t("administration.lastSeen"),
      secondary: true,
      order: "last_seen",
      cell: ({ last_seen_at }) => (last_seen_at ? seen(last_seen_at) : t("administration.never")),
    },
    {
      name: t("administration.actions"),
      quiet: true,
      align: "end",
      // One cannot lock oneself out.
      cell: (person) => manages && person.id !== me.id && <PersonActions person={person} />,
    },
  ];
}

export function State({ state }: Pick<ListedPerson, "state">) {
  const t = useTranslations("administration");
  const Icon = state === "active" ? UserCheck : UserX;
  return (
    <span className={css("state", "oneLine")}>
      <Icon aria-hidden="true" className={css("stateIcon", state === "active" ? "ready" : "missing")} />
      {t(`personStates.${state}`)}
    </span>
  );
}

function PersonActions({ person }: { readonly person: ListedPerson }) {
  const t = useTranslations("administration");
  const held = useHeld();
  const apply = useUndoableChange(person);
  const { name, state, is_administrator } = person;
  const active = state === "active";
  const label = t("actionsOf", { name });
  return (
    <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
      {held.everywhere("installation.manage") && (
        <MenuAction
          icon={is_administrator ? ShieldOff : ShieldCheck}
          onAction={() =>
            apply(t("roleChanged", { name }), { is_administrator: !is_administrator }, { is_administrator })
          }
        >
          {is_administrator ? t("removeAdministrator") : t("makeAdministrator")}
        </MenuAction>
      )}
      <MenuAction
        icon={active ? UserX : UserCheck}
        danger={active}
        onAction={() =>
          apply(
            active ? t("disabled", { name }) : t("enabled", { name }),
            { state: active ? "disabled" : "active" },
            { state },
          )
        }
      >
        {active ? t("disable") : t("enable")}
      </MenuAction>
    </Menu>
  );
}

type Change = Omit<PersonChange, "id">;

/** Changes a person, says so, and offers to put back what was before. */
export function useUndoableChange({
  id,
}: Pick<ListedPerson, "id">): (done: string, next: Change, before: Change) => void {
  const t = useTranslations("administration");
  const words = useErrorWords();
  const { toast } = useLive();
  const change = useChangePerson();
  return (done, next, before) => {
    const tell = (error: unknown) => toast({ words: words(error) });
    const back = () => void change.mutateAsync({ id, ...before }).catch(tell);
    // The promise, for the filter may have taken the row away by then, and with it what is given to `mutate`.
    void change
      .mutateAsync({ id, ...next })
      .then(() => toast({ words: done, action: { name: t("undo"), run: back }, lasts: 15 }), tell);
  };
}
