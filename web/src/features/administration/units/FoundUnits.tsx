/** Units found by words, wherever they are: each with its place in the tree. */
import { Link } from "@tanstack/react-router";
import { useUnits } from "#/api/units";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { placeOf } from "./place";
import sheet from "./units.module.css";

const css = classes(sheet);

export function FoundUnits({ words, selected }: { readonly words: string; readonly selected: string | null }) {
  const t = useTranslations("units");
  const found = useUnits({ parent: null, words });
  const units = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (found.error) return <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data && units.length === 0) return <p className={css("teach")}>{t("foundNone", { words })}</p>;
  return (
    <>
      <ul className={css("found")} aria-label={t("found")}>
        {units.map((unit) => (
          <li key={unit.id}>
            <Link
              to="/administration/units/$unitId"
              params={{ unitId: unit.id }}
              className={css("foundOne", unit.id === selected && "selected")}
            >
              <span className={css("lineName")}>{unit.name}</span>
              <span className={css("place")}>{placeOf(unit)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </>
  );
}
