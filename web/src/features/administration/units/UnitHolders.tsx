/** Who holds a role on a unit, and by what: given on it, on a unit above, or everywhere. */
import { Link } from "@tanstack/react-router";
import { useHolders } from "#/api/roles";
import { useHeld } from "#/api/sessions";
import type { Unit } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { useRoleName } from "../roles/rightWords";

const css = classes(sheet);

export function UnitHolders({ unit }: { readonly unit: Unit }) {
  const t = useTranslations("units");
  const roleName = useRoleName();
  const format = useFormatter();
  const readable = useHeld().somewhere("persons.read");
  const { data, error, refetch } = useHolders(unit.id, readable);
  if (!readable) return null;
  return (
    <section className={css("section")} aria-labelledby="holders-title">
      <h2 id="holders-title" className={css("cardTitle")}>
        {t("holdersTitle")}
      </h2>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <Table
          caption={t("holdersTitle")}
          rows={data.items}
          rowKey={({ person_id, role_name_fr, unit: where }) => `${person_id} ${role_name_fr} ${where?.id ?? ""}`}
          empty={t("noHolder")}
          columns={[
            {
              name: t("holder"),
              heading: true,
              cell: ({ person_id, person_name }) => (
                <Link
                  to="/administration/persons/$personId"
                  params={{ personId: person_id }}
                  className={css("rowLink")}
                >
                  {person_name}
                </Link>
              ),
            },
            {
              under: true,
              name: t("heldRole"),
              cell: (one) => roleName({ name_fr: one.role_name_fr, name_en: one.role_name_en }),
            },
            { name: t("heldOn"), cell: ({ unit: where }) => (where === null ? t("heldEverywhere") : where.name) },
            {
              name: t("heldUntil"),
              under: true,
              secondary: true,
              cell: ({ expires_at }) =>
                expires_at ? format.dateTime(new Date(expires_at), { dateStyle: "long" }) : t("heldWithoutEnd"),
            },
          ]}
        />
      )}
      {data?.more && <p className={css("words")}>{t("moreHolders")}</p>}
    </section>
  );
}
