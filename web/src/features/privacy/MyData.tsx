/** One's own rights: how long things are kept, the archive, requests, and the erasure of one's account. */
import { Download, Package } from "lucide-react";
import { archiveAddress, useMakeRequest, useOwnRequests } from "#/api/privacy";
import type { PrivacyRequest } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { OwnReports } from "#/features/reports/OwnReports";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import { EraseMyself } from "./EraseMyself";
import { OtherRequest } from "./OtherRequest";
import { OwnDurations } from "./OwnDurations";
import { OwnReadings } from "./OwnReadings";
import sheet from "./privacy.module.css";
import { useDay } from "./useDay";

const css = classes(sheet);

export function MyData() {
  const { data: requests = [], error, refetch } = useOwnRequests();
  return (
    <>
      <OwnDurations />
      <Archive requests={requests} />
      <OtherRequest />
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {requests.length > 0 && <Requests requests={requests} />}
      <OwnReadings />
      <OwnReports />
      <EraseMyself />
    </>
  );
}

function Archive({ requests }: { readonly requests: readonly PrivacyRequest[] }) {
  const t = useTranslations("privacy");
  const day = useDay();
  const ask = useMakeRequest();
  const working = requests.some((one) => one.kind === "access" && (one.state === "open" || one.state === "working"));
  const ready = requests.find((one) => one.kind === "access" && one.state === "ready");
  return (
    <div className={css("block")}>
      <h3 className={css("sub")}>{t("archiveTitle")}</h3>
      <p className={css("words")}>{t("archiveWords")}</p>
      {ready?.archive_until && !working && (
        <p className={css("words")}>
          <a className={css("link")} href={archiveAddress(ready.id)} download>
            <Download aria-hidden="true" className={css("icon")} />
            {t("archiveDownload")}
          </a>{" "}
          {t("archiveUntil", { date: day(ready.archive_until) })}
        </p>
      )}
      {working ? (
        <p role="status">{t("archiveWorking")}</p>
      ) : (
        <Button icon={Package} busy={ask.isPending} onPress={() => ask.mutate({ kind: "access" })}>
          {t("archiveAsk")}
        </Button>
      )}
      {ask.error && <ErrorNotice error={ask.error} />}
    </div>
  );
}

function Requests({ requests }: { readonly requests: readonly PrivacyRequest[] }) {
  const t = useTranslations("privacy");
  const day = useDay();
  return (
    <div className={css("block", "whole")}>
      <h3 className={css("sub")}>{t("requests")}</h3>
      <Table
        caption={t("requests")}
        rows={requests}
        rowKey={(one) => one.id}
        empty=""
        columns={[
          { name: t("request"), heading: true, cell: (one) => t(`requestKinds.${one.kind}`) },
          { name: t("askedOn"), secondary: true, cell: (one) => day(one.made_at) },
          { name: t("due"), cell: (one) => day(one.due_at) },
          { name: t("state"), cell: (one) => t(`requestStates.${one.state}`) },
        ]}
      />
    </div>
  );
}
