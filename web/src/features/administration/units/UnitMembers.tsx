/** Who belongs to a unit or to what is under it; placing someone there. */
import { Link } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { usePlace } from "#/api/memberships";
import { usePersons } from "#/api/persons";
import { useHeld } from "#/api/sessions";
import type { ListedPerson, Unit } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { PersonPicker } from "../persons/PersonPicker";
import { useRightWords } from "../roles/rightWords";

const css = classes(sheet);

export function UnitMembers({ unit }: { readonly unit: Unit }) {
  const t = useTranslations("units");
  const held = useHeld();
  const { missing } = useRightWords();
  const readable = held.somewhere("persons.read");
  const persons = usePersons({ words: "", unit: unit.id, state: null }, readable);
  const [adding, setAdding] = useState(false);
  const why = !readable
    ? missing("persons.read")
    : unit.rights.includes("persons.manage")
      ? null
      : missing("persons.manage");
  const shown = persons.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={css("section")} aria-labelledby="members-title">
      <div className={css("head")}>
        <h2 id="members-title" className={css("cardTitle")}>
          {t("membersTitle")}
        </h2>
        <Button small icon={UserPlus} why={why} onPress={() => setAdding(true)}>
          {t("addMember")}
        </Button>
      </div>
      {persons.error && <ErrorNotice error={persons.error} onRetry={() => void persons.refetch()} />}
      {!readable && <p className={css("words")}>{missing("persons.read")}</p>}
      {persons.data && <MembersTable persons={shown} />}
      <div className={css("buttons")}>
        {persons.hasNextPage && (
          <Button small busy={persons.isFetchingNextPage} onPress={() => void persons.fetchNextPage()}>
            {t("moreMembers")}
          </Button>
        )}
        {shown.length > 0 && (
          <Link to="/administration/persons" search={{ unit: unit.id }} className={css("link")}>
            {t("openInPersons")}
          </Link>
        )}
      </div>
      {adding && <AddMember unit={unit} onClose={() => setAdding(false)} />}
    </section>
  );
}

function MembersTable({ persons }: { readonly persons: readonly ListedPerson[] }) {
  const t = useTranslations();
  return (
    <Table
      caption={t("units.membersTitle")}
      rows={persons}
      rowKey={({ id }) => id}
      empty={t("units.noMember")}
      columns={[
        {
          name: t("administration.name"),
          heading: true,
          cell: ({ id, name }) => (
            <Link to="/administration/persons/$personId" params={{ personId: id }} className={css("rowLink")}>
              {name}
            </Link>
          ),
        },
        { under: true, name: t("persons.mainUnit"), cell: ({ unit }) => unit?.name ?? "—" },
        { name: t("administration.state"), cell: ({ state }) => t(`administration.personStates.${state}`) },
      ]}
    />
  );
}

function AddMember({ unit, onClose }: { readonly unit: Unit; readonly onClose: () => void }) {
  const t = useTranslations();
  const { toast } = useLive();
  const place = usePlace();
  const [person, setPerson] = useState<ListedPerson | null>(null);
  const [main, setMain] = useState(true);
  const run = ({ id, name }: ListedPerson) =>
    place.mutate(
      { person: id, unit_id: unit.id, is_main: main },
      {
        onSuccess: () => {
          toast({ words: t("persons.placed", { name, unit: unit.name }) });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("units.addMemberTitle", { name: unit.name })}
      closeLabel={t("shell.close")}
    >
      <div className={css("form")}>
        <PersonPicker value={person} onChange={setPerson} />
        <Check
          label={t("persons.asMain")}
          hint={t("persons.asMainHint")}
          checked={main}
          onChange={() => setMain(!main)}
        />
        {place.error && <ErrorNotice error={place.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button look="primary" isDisabled={!person} busy={place.isPending} onPress={() => person && run(person)}>
            {t("units.addMember")}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}
