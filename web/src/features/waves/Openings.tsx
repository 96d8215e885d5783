/** Units whose people come in without being chosen, from a day on. */
import { type FormEvent, useState } from "react";
import { type OpeningOrder, useCloseUnit, useOpenings, useOpenUnit } from "#/api/waves";
import { ListMore, ListSearch, useListOrder, useListWords } from "#/features/administration/ListSearch";
import { UnitPicker } from "#/features/charter/UnitPicker";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import { Table } from "#/ui/Table";
import { useDay } from "./WavesAdministration";
import sheet from "./waves.module.css";

const css = classes(sheet);

export function Openings() {
  const t = useTranslations("waves");
  const day = useDay();
  const tell = useErrorToast();
  const whole = useTranslations("administration");
  const words = useListWords();
  const { by, order } = useListOrder<OpeningOrder>("day");
  const { data, error, ...list } = useOpenings(words.settled, by);
  const close = useCloseUnit();
  const [opening, setOpening] = useState(false);
  return (
    <section className={css("section")} aria-labelledby="openings-title">
      <div className={css("head")}>
        <h2 id="openings-title" className={css("title")}>
          {t("openings")}
        </h2>
        <Button onPress={() => setOpening(true)}>{t("openUnit")}</Button>
      </div>
      <p className={css("words")}>{t("openingsWords")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void list.refetch()} />}
      <ListSearch label={t("searchUnit")} words={words} more={list.hasNextPage} />
      {data && (
        <Table
          caption={t("openings")}
          order={order}
          rows={data.pages.flatMap((page) => page.items)}
          rowKey={(one) => one.unit.id}
          empty={words.settled === "" ? t("noOpening") : whole("noneFound")}
          columns={[
            { order: "unit", name: t("unit"), heading: true, cell: (one) => one.unit.name },
            { order: "day", name: t("day"), cell: (one) => day(one.opens_on) },
            {
              name: t("actions"),
              quiet: true,
              align: "end",
              cell: ({ unit: { id, name } }) => (
                <Button small aria-label={t("closeUnit", { name })} onPress={() => close.mutate(id, { onError: tell })}>
                  {t("remove")}
                </Button>
              ),
            },
          ]}
        />
      )}
      <ListMore list={list} />
      {opening && <OpenDialog onClose={() => setOpening(false)} />}
    </section>
  );
}

function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const { toast } = useLive();
  const open = useOpenUnit();
  const [unit, setUnit] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const onSuccess = () => {
    toast({ words: t("waves.unitOpened") });
    onClose();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const { opens_on } = submitted<"opens_on">(event);
    if (unit) open.mutate({ unit_id: unit.id, opens_on }, { onSuccess });
  };
  const title = unit ? t("waves.openUnitOn", { name: unit.name }) : t("waves.openUnit");
  return (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")}>
      {unit ? (
        <form className={css("form")} onSubmit={onSubmit}>
          <Field label={t("waves.day")} name="opens_on" type="date" required autoFocus />
          {open.error && <ErrorNotice error={open.error} />}
          <DialogButtons>
            <Button onPress={onClose}>{t("shell.cancel")}</Button>
            <Button type="submit" look="primary" busy={open.isPending}>
              {t("waves.openUnit")}
            </Button>
          </DialogButtons>
        </form>
      ) : (
        <UnitPicker label={t("charter.findUnit")} onChoose={setUnit} />
      )}
    </Dialog>
  );
}
