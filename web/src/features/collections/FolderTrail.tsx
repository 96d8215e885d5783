/** Where one is in the base, and the folders one may open from there. */
import { ChevronRight, Folder } from "lucide-react";
import { type RefObject, useEffect, useRef } from "react";
import { useLocale, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./collections.module.css";
import { foldersUnder, inside, trail } from "./folders";
import type { CollectionSearch } from "./search";

const css = classes(sheet);

interface FolderTrailProps {
  readonly folders: readonly string[];
  readonly folder: string;
  readonly search: CollectionSearch;
  readonly onSearch: (search: CollectionSearch) => void;
}

export function FolderTrail({ folders, folder, search: { sort }, onSearch }: FolderTrailProps) {
  const t = useTranslations("collections");
  const place = useFocusOnChange(folder);
  const under = foldersUnder(folders, folder, useLocale());
  const go = (to: string) => onSearch({ ...(to === "" ? {} : { folder: to }), ...(sort ? { sort } : {}) });
  const steps = [{ name: t("list.root"), folder: "" }, ...trail(folder)];
  if (folder === "" && under.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons and a trail, not fields.
    <div ref={place} role="group" aria-label={t("list.trail")} tabIndex={-1} className={css("folders")}>
      {folder !== "" && (
        <nav aria-label={t("list.folders")}>
          <ol className={css("trail")}>
            {steps.map((step) => (
              <li key={step.folder} className={css("step")}>
                {step.folder === folder ? (
                  <strong aria-current="page">{step.name}</strong>
                ) : (
                  <>
                    <Button small look="quiet" onPress={() => go(step.folder)}>
                      {step.name}
                    </Button>
                    <ChevronRight aria-hidden="true" className={css("chevron")} />
                  </>
                )}
              </li>
            ))}
          </ol>
        </nav>
      )}
      {under.length > 0 && (
        <ul className={css("folderList")}>
          {under.map((name) => (
            <li key={name}>
              <Button icon={Folder} onPress={() => go(inside(folder, name))}>
                {name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The button that led here is gone: the focus goes to where one now is, not to the top of the page. */
function useFocusOnChange(folder: string): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(folder);
  useEffect(() => {
    if (before.current !== folder) place.current?.focus();
    before.current = folder;
  }, [folder]);
  return place;
}
