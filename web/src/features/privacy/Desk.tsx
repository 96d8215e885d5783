/** The requests of persons, the most urgent first; what is late is said in words. */
import { Check, Ellipsis, X } from "lucide-react";
import { useAnswerRequest, useDesk } from "#/api/privacy";
import type { DeskRequest } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { Notice } from "#/ui/Notice";
import { Table } from "#/ui/Table";
import sheet from "./privacy.module.css";
import { useDay } from "./useDay";

const css = classes(sheet);

export function Desk() {
  const t = useTranslations("privacy");
  const day = useDay();
  const { data, error, refetch } = useDesk();
  return (
    <section className={css("section")} aria-labelledby="desk-title">
      <h2 id="desk-title" className={css("title")}>
        {t("deskTitle")}
      </h2>
      <p className={css("about")}>{t("deskWords")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && data.overdue > 0 && <Notice meaning="caution">{t("overdueCount", { count: data.overdue })}</Notice>}
      {data && (
        <Table
          caption={t("deskTitle")}
          rows={data.items}
          rowKey={(one) => one.id}
          empty={t("deskNone")}
          isMarked={(one) => one.overdue}
          columns={[
            { name: t("person"), heading: true, cell: (one) => one.person_name ?? t("erasedPerson") },
            { name: t("request"), cell: (one) => <Asked request={one} /> },
            { name: t("due"), cell: (one) => day(one.due_at) },
            {
              name: t("state"),
              cell: (one) => (one.overdue ? t("overdue") : t(`requestStates.${one.state}`)),
            },
            { name: t("actions"), quiet: true, align: "end", cell: (one) => <Answer request={one} /> },
          ]}
        />
      )}
    </section>
  );
}

function Asked({ request }: { readonly request: DeskRequest }) {
  const t = useTranslations("privacy");
  const { kind, origin, words } = request;
  return (
    <>
      {t(`requestKinds.${kind}`)}
      {origin === "idle" && ` (${t("idleOrigin")})`}
      {words !== null && <span className={css("under", "said")}>{words}</span>}
    </>
  );
}

function Answer({ request }: { readonly request: DeskRequest }) {
  const t = useTranslations("privacy");
  const { toast } = useLive();
  const tell = useErrorToast();
  const answer = useAnswerRequest();
  if (request.state !== "open" || request.kind === "access" || request.kind === "erasure") return null;
  const label = t("deskActionsOf", { name: request.person_name ?? t("erasedPerson") });
  const close = (outcome: "done" | "declined") =>
    void answer.mutateAsync({ id: request.id, outcome }).then(() => toast({ words: t("answered") }), tell);
  return (
    <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
      <MenuAction icon={Check} onAction={() => close("done")}>
        {t("answerDone")}
      </MenuAction>
      <MenuAction icon={X} onAction={() => close("declined")}>
        {t("answerDeclined")}
      </MenuAction>
    </Menu>
  );
}
