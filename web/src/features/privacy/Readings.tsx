/** Requests to read somebody's content: ask, decide, read, end. The server says what each person may do. */
import { BookOpen, Check, CircleStop, Ellipsis, X } from "lucide-react";
import { useState } from "react";
import { useDecideReading, useEndReading, useReadings } from "#/api/readings";
import type { Reading } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Table } from "#/ui/Table";
import sheet from "./privacy.module.css";
import { ReadingDialog } from "./ReadingDialog";
import { ReadingRoom } from "./ReadingRoom";
import { useDay } from "./useDay";

const css = classes(sheet);

export function Readings() {
  const t = useTranslations("readings");
  const day = useDay();
  const [asking, setAsking] = useState(false);
  const [room, setRoom] = useState<Reading | null>(null);
  const { data, error, refetch } = useReadings();
  return (
    <section className={css("section")} aria-labelledby="readings-title">
      <h2 id="readings-title" className={css("title")}>
        {t("title")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.may_ask && (
        <div>
          <Button icon={BookOpen} onPress={() => setAsking(true)}>
            {t("ask")}
          </Button>
        </div>
      )}
      {data && (
        <Table
          caption={t("title")}
          rows={data.items}
          rowKey={(one) => one.id}
          empty={t("none")}
          isMarked={(one) => one.may_decide}
          columns={[
            { name: t("person"), heading: true, cell: (one) => <Subject reading={one} /> },
            { name: t("reason"), cell: (one) => <Reason reading={one} /> },
            { name: t("asked"), secondary: true, cell: (one) => one.requested_by ?? "—" },
            { name: t("state"), cell: (one) => t(`states.${one.state}`) },
            { name: t("ending"), secondary: true, cell: (one) => day(one.ended_at ?? one.ends_at) },
            { name: t("openings"), align: "end", cell: (one) => one.openings.length },
            {
              name: t("actions"),
              quiet: true,
              align: "end",
              cell: (one) => <Actions reading={one} onRead={() => setRoom(one)} />,
            },
          ]}
        />
      )}
      {asking && data && (
        <ReadingDialog
          longestDays={data.longest_days}
          longestDelay={data.longest_delay_days}
          onClose={() => setAsking(false)}
        />
      )}
      {room && <ReadingRoom reading={room} onClose={() => setRoom(null)} />}
    </section>
  );
}

function Subject({ reading }: { readonly reading: Reading }) {
  const t = useTranslations();
  const day = useDay();
  const { subject, delay_ground, delayed_until, told_at } = reading;
  return (
    <>
      {subject ?? t("privacy.erasedPerson")}
      {delay_ground && delayed_until && told_at === null && (
        <span className={css("under")}>
          {t("readings.notTold", { date: day(delayed_until), ground: t(`readings.grounds.${delay_ground}`) })}
        </span>
      )}
    </>
  );
}

function Reason({ reading }: { readonly reading: Reading }) {
  const t = useTranslations("readings");
  return (
    <>
      {t(`reasons.${reading.reason}`)}
      {reading.words !== null && <span className={css("under", "said")}>{reading.words}</span>}
    </>
  );
}

function Actions({ reading, onRead }: { readonly reading: Reading; readonly onRead: () => void }) {
  const t = useTranslations();
  const { toast } = useLive();
  const tell = useErrorToast();
  const decide = useDecideReading();
  const end = useEndReading();
  if (reading.state !== "asked" && reading.state !== "approved") return null;
  const label = t("readings.actionsOf", { name: reading.subject ?? t("privacy.erasedPerson") });
  const noted = () => toast({ words: t("readings.done") });
  const answer = (outcome: "approved" | "declined") =>
    void decide.mutateAsync({ id: reading.id, outcome }).then(noted, tell);
  return (
    <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
      {reading.may_read && (
        <MenuAction icon={BookOpen} onAction={onRead}>
          {t("readings.read")}
        </MenuAction>
      )}
      {reading.may_decide && (
        <MenuAction icon={Check} onAction={() => answer("approved")}>
          {t("readings.approve")}
        </MenuAction>
      )}
      {reading.may_decide && (
        <MenuAction icon={X} onAction={() => answer("declined")}>
          {t("readings.decline")}
        </MenuAction>
      )}
      <MenuAction icon={CircleStop} onAction={() => void end.mutateAsync(reading.id).then(noted, tell)}>
        {t("readings.end")}
      </MenuAction>
    </Menu>
  );
}
