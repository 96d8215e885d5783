/** One unit: where it is, what may be done with it, and who belongs to it. */
import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useEffect } from "react";
import type { Unit } from "#/api/types";
import { useUnit } from "#/api/units";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "../administration.module.css";
import { useRightWords } from "../roles/rightWords";
import { useTree } from "./treeState";
import { UnitActions } from "./UnitActions";
import { UnitHolders } from "./UnitHolders";
import { UnitInclusive } from "./UnitInclusive";
import { UnitMembers } from "./UnitMembers";
import own from "./units.module.css";

const css = classes({ ...sheet, ...own });

export function UnitScreen() {
  const t = useTranslations("units");
  const id = useParams({ strict: false }).unitId ?? "";
  const unit = useUnit(id);
  const { reveal } = useTree();
  const { data } = unit;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the way to a unit is opened once, and again when it moved.
  useEffect(() => {
    if (data) reveal(data);
  }, [data?.id, data?.parent_id]);
  return (
    <>
      <Link to="/administration/units" className={css("back")}>
        <ArrowLeft aria-hidden="true" className={css("stateIcon")} />
        {t("backToTree")}
      </Link>
      {unit.error && <ErrorNotice error={unit.error} onRetry={() => void unit.refetch()} />}
      {data && !unit.error && <UnitPanel key={data.id} unit={data} />}
    </>
  );
}

function UnitPanel({ unit }: { readonly unit: Unit }) {
  const t = useTranslations("units");
  const { name: rightName } = useRightWords();
  const { path, code, kind, rights } = unit;
  const rightsWords = rights.includes("installation.manage")
    ? t("everyRight")
    : rights.map(rightName).join(", ") || t("noRight");
  return (
    <>
      <section className={css("section")} aria-labelledby="unit-title">
        <div>
          {path.length > 1 && <p className={css("place")}>{path.slice(0, -1).join(" › ")}</p>}
          <h2 id="unit-title" className={css("unitTitle")}>
            {unit.name}
          </h2>
        </div>
        <UnitActions unit={unit} />
        <dl className={css("facts")}>
          <Fact name={t("code")} value={code} />
          {kind !== "" && <Fact name={t("kind")} value={kind} />}
          <Fact name={t("under")} value={t("units", { count: unit.units })} />
          {unit.persons !== null && <Fact name={t("members")} value={t("persons", { count: unit.persons })} />}
          <Fact name={t("yourRights")} value={rightsWords} wide />
        </dl>
      </section>
      <UnitInclusive unit={unit} />
      <UnitMembers unit={unit} />
      <UnitHolders unit={unit} />
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly wide?: boolean;
}

function Fact({ name, value, wide = false }: FactProps) {
  return (
    <div className={css("fact", wide && "wideFact")}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
