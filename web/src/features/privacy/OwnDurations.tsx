/** How long each kind of thing is kept, and the way to keep one's own for a shorter time. */
import { useState } from "react";
import { useChooseRetention, useOwnRetention } from "#/api/privacy";
import type { OwnRetention } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import { Table } from "#/ui/Table";
import { KindName } from "./KindName";
import sheet from "./privacy.module.css";

const css = classes(sheet);

export function OwnDurations() {
  const t = useTranslations("privacy");
  const { data = [], error, refetch } = useOwnRetention();
  const [chosen, setChosen] = useState<OwnRetention | null>(null);
  return (
    <div className={css("block", "whole")}>
      <h3 className={css("sub")}>{t("mineTitle")}</h3>
      <p className={css("words")}>{t("mineWords")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data.length > 0 && (
        <Table
          caption={t("mineTitle")}
          rows={data}
          rowKey={(one) => one.kind}
          empty=""
          columns={[
            { name: t("kind"), heading: true, cell: (one) => <KindName kind={one.kind} /> },
            {
              name: t("kept"),
              cell: (one) => (one.days === null ? t("noEnd") : t("days", { days: one.days })),
            },
            {
              name: t("actions"),
              quiet: true,
              align: "end",
              cell: (one) =>
                one.least !== null && (
                  <Button
                    small
                    aria-label={t("chooseOf", { kind: t(`kinds.${one.kind}`) })}
                    onPress={() => setChosen(one)}
                  >
                    {t("choose")}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {chosen && <ChooseDialog one={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}

function ChooseDialog({ one, onClose }: { readonly one: OwnRetention; readonly onClose: () => void }) {
  const t = useTranslations();
  const choose = useChooseRetention();
  const { toast } = useLive();
  const save = (days: number | null) =>
    choose.mutate(
      { kind: one.kind, days },
      {
        onSuccess: () => {
          toast({ words: t("privacy.chosen") });
          onClose();
        },
      },
    );
  return (
    <Dialog isOpen onClose={onClose} title={t(`privacy.kinds.${one.kind}`)} closeLabel={t("shell.close")}>
      <form className={css("form")} onSubmit={(event) => save(Number(submitted<"days">(event).days))}>
        <Field
          label={t("privacy.daysField")}
          hint={`${t("privacy.ceiling", { days: one.ceiling ?? 0 })} ${t("privacy.shorterNow")}`}
          name="days"
          type="number"
          inputMode="numeric"
          min={one.least ?? 1}
          max={one.ceiling ?? undefined}
          defaultValue={one.days ?? ""}
          required
        />
        {choose.error && <ErrorNotice error={choose.error} />}
        <DialogButtons>
          {one.chosen !== null && <Button onPress={() => save(null)}>{t("privacy.backToCeiling")}</Button>}
          <Button type="submit" look="primary" busy={choose.isPending}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
