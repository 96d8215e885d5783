/** The persons of the installation; what is done to one can be undone at once. */
import { Ellipsis, ShieldCheck, ShieldOff, UserCheck, UserX } from "lucide-react";
import { type PersonChange, useChangePerson } from "#/api/persons";
import { usePerson } from "#/api/sessions";
import type { ListedPerson } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { useFormatter, useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Table } from "#/ui/Table";

export function PersonsTable({ persons }: { readonly persons: readonly ListedPerson[] }) {
  const t = useTranslations("administration");
  const me = usePerson();
  const seen = useWhen();
  return (
    <Table
      caption={t("persons")}
      rows={persons}
      rowKey={(person) => person.id}
      empty={t("noPerson")}
      columns={[
        { name: t("name"), heading: true, cell: (person) => person.name },
        { name: t("email"), cell: (person) => person.email ?? "—" },
        { name: t("role"), cell: (person) => (person.is_administrator ? t("administrator") : t("agent")) },
        { name: t("state"), cell: (person) => t(`personStates.${person.state}`) },
        { name: t("lastSeen"), cell: (person) => (person.last_seen_at ? seen(person.last_seen_at) : t("never")) },
        {
          name: t("actions"),
          quiet: true,
          align: "end",
          // One cannot lock oneself out.
          cell: (person) => person.id !== me.id && <PersonActions person={person} />,
        },
      ]}
    />
  );
}

function PersonActions({ person }: { readonly person: ListedPerson }) {
  const t = useTranslations("administration");
  const words = useErrorWords();
  const { toast } = useLive();
  const change = useChangePerson();
  const { id, name, state, is_administrator } = person;
  const active = state === "active";
  const apply = (done: string, wanted: Omit<PersonChange, "id">, before: Omit<PersonChange, "id">) => {
    const onError = (error: Error) => toast({ words: words(error) });
    const undo = { name: t("undo"), run: () => change.mutate({ id, ...before }, { onError }) };
    const onSuccess = () => toast({ words: done, action: undo, lasts: 15 });
    change.mutate({ id, ...wanted }, { onSuccess, onError });
  };
  const label = t("actionsOf", { name });
  return (
    <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
      <MenuAction
        icon={is_administrator ? ShieldOff : ShieldCheck}
        onAction={() =>
          apply(t("roleChanged", { name }), { is_administrator: !is_administrator }, { is_administrator })
        }
      >
        {is_administrator ? t("removeAdministrator") : t("makeAdministrator")}
      </MenuAction>
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

/** In words when near, in figures when far. */
export function useWhen(): (time: string) => string {
  const format = useFormatter();
  return (time) => {
    const date = new Date(time);
    const near = Math.abs(Date.now() - date.getTime()) < 7 * 86_400_000;
    return near ? format.relativeTime(date, new Date()) : format.dateTime(date, { dateStyle: "short" });
  };
}
