/** Every machine that may be contacted, or was: why, by which declaration, where it is, how it went. */
import { CircleCheck, CircleSlash } from "lucide-react";
import type { Exit } from "#/api/types";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import sheet from "./egress.module.css";

const css = classes(sheet);
const OUTCOMES = ["answered", "failed", "refused"] as const;

export function ExitsTable({ exits }: { readonly exits: readonly Exit[] }) {
  const t = useTranslations("egress");
  const declaration = useDeclarationWords();
  return (
    <Table
      caption={t("title")}
      rows={exits}
      rowKey={({ purpose, host, port, declared_by, label }) => [purpose, host, port, declared_by, label].join(" ")}
      empty={t("nothing")}
      columns={[
        { name: t("host"), heading: true, cell: (one) => <Host exit={one} /> },
        { name: t("purpose"), cell: (one) => t(`purposes.${one.purpose}`) },
        { name: t("declaredBy"), cell: declaration },
        { name: t("zone"), cell: (one) => <Zone exit={one} /> },
        { name: t("state"), cell: (one) => <State exit={one} /> },
        { name: t("contacts"), cell: (one) => <Contacts exit={one} /> },
        { name: t("last"), cell: (one) => <Last exit={one} /> },
      ]}
    />
  );
}

function Host({ exit }: { readonly exit: Exit }) {
  const t = useTranslations("egress");
  if (exit.host === "*") return <em>{t("anyHost")}</em>;
  const host = exit.host.includes(":") ? `[${exit.host}]` : exit.host;
  return <span className={css("host")}>{exit.port === null ? host : `${host}:${exit.port}`}</span>;
}

/** By which setting or declaration, and its name there. */
function useDeclarationWords(): (exit: Exit) => string {
  const t = useTranslations("egress");
  return ({ declared_by: by, label }) => {
    if (by === null) return t("notDeclared");
    const known = { administration: t("byAdministration"), backends: t("byFile") };
    const words = by in known ? known[by as keyof typeof known] : t("bySetting", { name: by });
    return label === "" ? words : `${words} (${label})`;
  };
}

function Zone({ exit }: { readonly exit: Exit }) {
  const t = useTranslations("egress");
  if (exit.zone !== null) return exit.country === null ? exit.zone : `${exit.zone} (${exit.country})`;
  return exit.inside ? t("inside") : <span className={css("soft")}>{t("unknownZone")}</span>;
}

function State({ exit: { open, closed_by: by } }: { readonly exit: Exit }) {
  const t = useTranslations("egress");
  const Icon = open ? CircleCheck : CircleSlash;
  return (
    <span className={css("state")}>
      <Icon aria-hidden="true" className={css("icon", open ? "open" : "shut")} />
      {t(open ? "open" : by === "list" ? "closedByList" : "shut")}
    </span>
  );
}

function Contacts({ exit }: { readonly exit: Exit }) {
  const t = useTranslations("egress");
  const { contacts } = exit;
  const told = OUTCOMES.filter((outcome) => contacts[outcome] > 0);
  if (told.length > 0) return told.map((outcome) => t(outcome, { count: contacts[outcome] })).join(", ");
  const isCounted = exit.purpose !== "database" && exit.purpose !== "model_files";
  return <span className={css("soft")}>{t(isCounted ? "noContact" : "notCounted")}</span>;
}

function Last({ exit }: { readonly exit: Exit }) {
  const t = useTranslations("egress");
  const format = useFormatter();
  const at = exit.contacts.last_at;
  if (at === null) return <span className={css("soft")}>{t("never")}</span>;
  const moment = new Date(at);
  return (
    <time dateTime={at} title={format.dateTime(moment, { dateStyle: "long", timeStyle: "short" })}>
      {format.relativeTime(moment, new Date())}
    </time>
  );
}
