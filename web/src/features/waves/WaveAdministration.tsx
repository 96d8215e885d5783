/** One wave: what it is, who enters it, how its members are told, how far it is, who they are. */
import { Link } from "@tanstack/react-router";
import { KeyRound, Mail, PenLine } from "lucide-react";
import { useState } from "react";
import { type Cohort, type CohortChange, useChangeCohort, useCohort } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { CodesDialog } from "./CodesDialog";
import { CohortDialog } from "./CohortDialog";
import { FillForm } from "./FillForm";
import { Members } from "./Members";
import { MessagesDialog } from "./MessagesDialog";
import { Progress } from "./Progress";
import { State, useDates } from "./WavesAdministration";
import sheet from "./waves.module.css";

const css = classes(sheet);
type Open = "change" | "codes" | "invitation" | "reminder" | null;

export function WaveAdministration({ id }: { readonly id: string }) {
  const t = useTranslations("waves");
  const { data: cohort, error, refetch } = useCohort(id);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Link to="/administration/waves">{t("back")}</Link>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {cohort && (
        <>
          <Summary cohort={cohort} onOpen={setOpen} />
          {cohort.state !== "closed" && <FillForm cohort={cohort} />}
          <Progress id={id} />
          <Members id={id} />
          {open === "change" && <CohortDialog cohort={cohort} onClose={close} />}
          {open === "codes" && <CodesDialog cohort={cohort} onClose={close} />}
          {(open === "invitation" || open === "reminder") && (
            <MessagesDialog cohort={cohort} kind={open} onClose={close} />
          )}
        </>
      )}
    </>
  );
}

function Summary({ cohort, onOpen }: { readonly cohort: Cohort; readonly onOpen: (open: Open) => void }) {
  const t = useTranslations("waves");
  const dates = useDates();
  const { toast } = useLive();
  const tell = useErrorToast();
  const change = useChangeCohort(cohort.id);
  const set = (state: NonNullable<CohortChange["state"]>, words: string) =>
    change.mutate({ state }, { onSuccess: () => toast({ words }), onError: tell });
  return (
    <section className={css("section")} aria-labelledby="wave-title">
      <div className={css("head")}>
        <h2 id="wave-title" className={css("title")}>
          {cohort.name}
        </h2>
        {cohort.state === "open" ? (
          <Button onPress={() => set("closed", t("closed"))}>{t("closeWave")}</Button>
        ) : (
          <Button look="primary" onPress={() => set("open", t("opened"))}>
            {t("openWave")}
          </Button>
        )}
      </div>
      <p className={css("facts")}>
        <State cohort={cohort} /> · {dates(cohort)} · {cohort.unit?.name ?? t("unitAll")} · {t("places", cohort)}
      </p>
      <div className={css("actions")}>
        <Button icon={PenLine} onPress={() => onOpen("change")}>
          {t("change")}
        </Button>
        <Button icon={KeyRound} isDisabled={cohort.state === "closed"} onPress={() => onOpen("codes")}>
          {t("codes")}
        </Button>
        <Button icon={Mail} isDisabled={cohort.state !== "open"} onPress={() => onOpen("invitation")}>
          {t("invite")}
        </Button>
        <Button icon={Mail} isDisabled={cohort.state !== "open"} onPress={() => onOpen("reminder")}>
          {t("remind")}
        </Button>
      </div>
    </section>
  );
}
