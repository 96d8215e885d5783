/** The groups of a directory, and what each leads to. */
import { useState } from "react";
import { type GroupOrder, useDirectoryGroups } from "#/api/directories";
import type { Directory, DirectoryGroup } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useLocale, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { ListSearch, useListOrder, useListWords } from "../ListSearch";
import { MapDialog } from "./MapDialog";

const css = classes(sheet);

export function GroupsSection({ directory }: { readonly directory: Directory }) {
  const t = useTranslations("provisioning");
  const whole = useTranslations("administration");
  const words = useListWords();
  const { by, order } = useListOrder<GroupOrder>("name");
  const groups = useDirectoryGroups(directory.id, words.settled, by);
  const leadsTo = useLeadsTo();
  const [mapping, setMapping] = useState<DirectoryGroup | null>(null);
  return (
    <section className={css("section")} aria-labelledby="groups-title">
      <h2 id="groups-title" className={css("title")}>
        {t("groupsOf", { name: directory.name })}
      </h2>
      <p className={css("words")}>{t("groupsWords")}</p>
      {groups.error && <ErrorNotice error={groups.error} onRetry={() => void groups.refetch()} />}
      <ListSearch label={t("searchGroup")} words={words} more={groups.hasNextPage} />
      {groups.data && (
        <Table
          caption={t("groupsOf", { name: directory.name })}
          order={order}
          rows={groups.data.pages.flatMap((page) => page.items)}
          rowKey={({ id }) => id}
          empty={words.settled === "" ? t("noGroup") : whole("noneFound")}
          columns={[
            { order: "name", name: t("group"), heading: true, cell: (one) => one.name },
            { order: "members", under: true, name: t("members"), align: "end", cell: (one) => one.members },
            { order: "leads_to", under: true, name: t("leadsTo"), cell: leadsTo },
            {
              name: t("actions"),
              quiet: true,
              align: "end",
              cell: (one) => (
                <Button small aria-label={t("mapOf", { name: one.name })} onPress={() => setMapping(one)}>
                  {t("map")}
                </Button>
              ),
            },
          ]}
        />
      )}
      {groups.hasNextPage && (
        <Button isDisabled={groups.isFetchingNextPage} onPress={() => void groups.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {mapping && <MapDialog directory={directory.id} group={mapping} onClose={() => setMapping(null)} />}
    </section>
  );
}

function useLeadsTo(): (group: DirectoryGroup) => string {
  const t = useTranslations("provisioning");
  const locale = useLocale();
  return ({ unit, role_name_fr, role_name_en }) => {
    const role = locale === "fr" ? role_name_fr : role_name_en;
    if (role) return t("roleOn", { role, place: unit?.name ?? t("everywhere") });
    return unit?.name ?? t("nothing");
  };
}
