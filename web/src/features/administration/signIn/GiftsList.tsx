/** What rules gave, or would give, one line per match; what gives nothing says why. */
import type { Gift } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Table } from "#/ui/Table";

const PROBLEMS = ["unit_unknown", "unit_closed", "role_unknown"] as const;

export function GiftsList({ gifts }: { readonly gifts: readonly Gift[] }) {
  const t = useTranslations("signIn");
  const problem = (told: string | null) => PROBLEMS.find((one) => one === told);
  const given = ({ unit, role, problem: told }: Gift) => {
    const known = problem(told);
    const words =
      role && unit
        ? t("inUnit", { role, unit })
        : role
          ? t("everywhere", { role })
          : t("belongs", { unit: unit ?? "" });
    return known ? `${words} · ${t(`problems.${known}`)}` : words;
  };
  return (
    <Table
      caption={t("given")}
      rows={gifts.map((gift, index) => ({ ...gift, index }))}
      rowKey={({ index }) => String(index)}
      empty={t("nothing")}
      columns={[
        { name: t("number"), align: "end", cell: ({ position }) => position },
        { name: t("claim"), heading: true, cell: ({ claim, value }) => `${claim} = ${value}` },
        { name: t("gives"), cell: given },
      ]}
    />
  );
}
