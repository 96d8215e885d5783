/** Where a person belongs: placing them, choosing the unit shown beside their name, taking them out. */
import { Link } from "@tanstack/react-router";
import { Building2, Plus, Star, X } from "lucide-react";
import { useState } from "react";
import { useMemberships, usePlace, useTakeOut } from "#/api/memberships";
import { useHeld } from "#/api/sessions";
import type { Membership, PersonDetail, Unit } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { useWhen } from "../persons/useWhen";
import { useRightWords } from "../roles/rightWords";
import { UnitPicker } from "../units/UnitPicker";
import { useSourceName } from "./sources";

const css = classes(sheet);

export function PersonUnits({ person }: { readonly person: PersonDetail }) {
  const t = useTranslations("persons");
  const held = useHeld();
  const { missing } = useRightWords();
  const memberships = useMemberships(person.id);
  const [placing, setPlacing] = useState(false);
  return (
    <section className={css("section")} aria-labelledby="person-units">
      <div className={css("head")}>
        <h3 id="person-units" className={css("cardTitle")}>
          {t("units")}
        </h3>
        <Button
          small
          icon={Plus}
          why={held.somewhere("persons.manage") ? null : missing("persons.manage")}
          onPress={() => setPlacing(true)}
        >
          {t("place")}
        </Button>
      </div>
      {memberships.error && <ErrorNotice error={memberships.error} onRetry={() => void memberships.refetch()} />}
      {memberships.data && <UnitsTable person={person} memberships={memberships.data} />}
      {placing && <PlaceDialog person={person} onClose={() => setPlacing(false)} />}
    </section>
  );
}

interface UnitsTableProps {
  readonly person: PersonDetail;
  readonly memberships: readonly Membership[];
}

function UnitsTable({ person, memberships }: UnitsTableProps) {
  const t = useTranslations();
  const when = useWhen();
  const source = useSourceName();
  return (
    <Table
      caption={t("persons.units")}
      rows={memberships}
      rowKey={({ unit_id }) => unit_id}
      empty={t("persons.noUnit")}
      columns={[
        { name: t("persons.unit"), heading: true, cell: (one) => <UnitName membership={one} /> },
        { name: t("persons.since"), secondary: true, cell: ({ since }) => when(since) },
        { name: t("persons.source"), secondary: true, cell: (one) => source(one.source) },
        {
          name: t("administration.actions"),
          quiet: true,
          align: "end",
          cell: (one) => <MembershipActions person={person} membership={one} />,
        },
      ]}
    />
  );
}

function UnitName({ membership }: { readonly membership: Membership }) {
  const t = useTranslations("persons");
  const { unit_id, name, path, is_main } = membership;
  return (
    <span className={css("stacked")}>
      <span className={css("state")}>
        <Link to="/administration/units/$unitId" params={{ unitId: unit_id }} className={css("rowLink")}>
          {name}
        </Link>
        {is_main && (
          <span className={css("tag")}>
            <Star aria-hidden="true" className={css("tagIcon")} />
            {t("main")}
          </span>
        )}
      </span>
      {path.length > 1 && <span className={css("small")}>{path.slice(0, -1).join(" › ")}</span>}
    </span>
  );
}

interface MembershipActionsProps {
  readonly person: PersonDetail;
  readonly membership: Membership;
}

function MembershipActions({ person, membership }: MembershipActionsProps) {
  const t = useTranslations();
  const { missing } = useRightWords();
  const { toast } = useLive();
  const tell = useErrorToast();
  const place = usePlace();
  const takeOut = useTakeOut();
  const { unit_id, name: unit, is_main, may_change } = membership;
  const why = may_change ? null : missing("persons.manage");
  const target = { person: person.id, unit_id };
  const back = () => void place.mutateAsync({ ...target, is_main }).catch(tell);
  // The promise, for the row may be gone by then, and with it what is given to `mutate`.
  const remove = () =>
    void takeOut.mutateAsync(target).then(
      () =>
        toast({
          words: t("persons.takenOut", { name: person.name, unit }),
          action: { name: t("administration.undo"), run: back },
          lasts: 15,
        }),
      tell,
    );
  return (
    <span className={css("buttons", "atEnd")}>
      {!is_main && (
        <Button
          small
          icon={Star}
          why={why}
          aria-label={t("persons.makeMainOf", { unit })}
          onPress={() => place.mutate({ ...target, is_main: true }, { onError: tell })}
        >
          {t("persons.makeMain")}
        </Button>
      )}
      <Button small icon={X} why={why} aria-label={t("persons.takeOutOf", { unit })} onPress={remove}>
        {t("persons.takeOut")}
      </Button>
    </span>
  );
}

function PlaceDialog({ person, onClose }: { readonly person: PersonDetail; readonly onClose: () => void }) {
  const t = useTranslations();
  const { missing } = useRightWords();
  const { toast } = useLive();
  const place = usePlace();
  const [unit, setUnit] = useState<Unit | null>(null);
  const [main, setMain] = useState(person.unit === null);
  const run = ({ id, name }: Unit) =>
    place.mutate(
      { person: person.id, unit_id: id, is_main: main },
      {
        onSuccess: () => {
          toast({ words: t("persons.placed", { name: person.name, unit: name }) });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("persons.placeTitle", { name: person.name })}
      closeLabel={t("shell.close")}
    >
      <div className={css("form")}>
        <UnitPicker
          label={t("persons.unit")}
          value={unit}
          onChange={setUnit}
          refuse={({ rights }) => (rights.includes("persons.manage") ? null : missing("persons.manage"))}
          autoFocus
        />
        <Check
          label={t("persons.asMain")}
          hint={t("persons.asMainHint")}
          checked={main}
          onChange={() => setMain(!main)}
        />
        {place.error && <ErrorNotice error={place.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button
            look="primary"
            icon={Building2}
            isDisabled={!unit}
            busy={place.isPending}
            onPress={() => unit && run(unit)}
          >
            {t("persons.placeNow")}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}
