/** The members of a wave; whoever has no account yet can be put back on the waiting list. */
import { useState } from "react";
import { useConfirmUnit, useRemoveMembers, useVolunteers, type Volunteer, type VolunteerOrder } from "#/api/waves";
import { useListOrder } from "#/features/administration/ListSearch";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Table } from "#/ui/Table";
import { useSettled } from "#/ui/useSettled";
import { Address, UnitOf } from "./WaitingList";
import sheet from "./waves.module.css";

const css = classes(sheet);

export function Members({ id }: { readonly id: string }) {
  const t = useTranslations("waves");
  const whole = useTranslations("administration");
  const [words, setWords] = useState("");
  const { by, order } = useListOrder<VolunteerOrder>("registered");
  const list = useVolunteers(useSettled(words.trim()), id, by);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={css("section")} aria-labelledby="members-title">
      <h3 id="members-title" className={css("sub")}>
        {t("members")}
      </h3>
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
      <Table
        caption={t("members")}
        order={order}
        rows={rows}
        rowKey={(one) => one.id}
        empty={words.trim() === "" ? t("noProgress") : whole("noneFound")}
        columns={[
          { order: "name", name: t("person"), heading: true, cell: (one) => one.name },
          { under: true, name: t("email"), cell: (one) => <Address volunteer={one} /> },
          { order: "unit", under: true, name: t("unit"), cell: (one) => <UnitOf volunteer={one} /> },
          { order: "state", name: t("state"), cell: (one) => t(`volunteerStates.${one.state}`) },
          {
            name: t("actions"),
            quiet: true,
            align: "end",
            cell: (one) => (
              <span className={css("acts")}>
                {one.unit && !one.unit_confirmed && <ConfirmUnit volunteer={one} />}
                {one.state !== "activated" && <TakeOut cohort={id} volunteer={one} />}
              </span>
            ),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button isDisabled={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </section>
  );
}

/** What they wrote themselves: nobody is placed there before somebody who manages the wave says so. */
function ConfirmUnit({ volunteer: { id, name, unit } }: { readonly volunteer: Volunteer }) {
  const t = useTranslations("waves");
  const { toast } = useLive();
  const tell = useErrorToast();
  const confirm = useConfirmUnit();
  const onSuccess = () => toast({ words: t("unitIsTheirs", { name, unit: unit?.name ?? "" }) });
  return (
    <Button
      small
      aria-label={t("confirmUnitOf", { name })}
      onPress={() => void confirm.mutateAsync(id).then(onSuccess, tell)}
    >
      {t("confirmUnit")}
    </Button>
  );
}

function TakeOut({ cohort, volunteer: { id, name } }: { readonly cohort: string; readonly volunteer: Volunteer }) {
  const t = useTranslations("waves");
  const { toast } = useLive();
  const tell = useErrorToast();
  const remove = useRemoveMembers(cohort);
  const onSuccess = () => toast({ words: t("takenOut", { name }) });
  return (
    <Button
      small
      aria-label={t("removeOf", { name })}
      onPress={() => void remove.mutateAsync([id]).then(onSuccess, tell)}
    >
      {t("remove")}
    </Button>
  );
}
