/** The frame of every signed-in screen: the list on the left (a sheet on a phone), the screen, what is laid over both. */
import { type ReactNode, useMemo, useState } from "react";
import type { Folder } from "#/api/types";
import { CharterDialog } from "#/features/charter/lateDialog";
import { useCharterOnArrival } from "#/features/charter/useCharterOnArrival";
import { UploadsProvider } from "#/features/collections/UploadsProvider";
import { SessionEnded } from "#/features/identity/SessionEnded";
import { useSilentRenewal } from "#/features/identity/useSilentRenewal";
import { ReadingNotice } from "#/features/privacy/ReadingNotice";
import { useTranslations, withWords } from "#/i18n";
import { classes } from "#/ui/classes";
import { Sheet } from "#/ui/Dialog";
import { lateOverlay } from "#/ui/lateOverlay";
import { useMedia } from "#/ui/useMedia";
import { ConnectionBanner } from "./ConnectionBanner";
import { List } from "./List";
import sheet from "./Shell.module.css";
import { type Overlay, ShellContext, type ShellState } from "./shellContext";
import { useShortcuts } from "./useShortcuts";

const css = classes(sheet);
const Palette = lateOverlay(
  withWords(["bases", "connections"], () => import("./Palette")),
  (module) => module.default,
);
const Help = lateOverlay(
  withWords(["adoption"], () => import("./Help")),
  (module) => module.default,
);
const LiteracyDialog = lateOverlay(
  withWords(["adoption"], () => import("#/features/literacy/LiteracyDialog")),
  (module) => module.default,
);

export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("shell");
  const wide = useMedia("(min-width: 56rem)");
  const [beside, setBeside] = useState(true);
  const [sheetOpen, setSheetOpen] = useState(false);
  const [folder, setFolder] = useState<Folder | null>(null);
  const [overlay, open] = useState<Overlay>(null);
  useShortcuts(open);
  useSilentRenewal();
  useCharterOnArrival(open);
  const listBeside = wide && beside;
  const state = useMemo<ShellState>(
    () => ({
      listBeside,
      showList: () => (wide ? setBeside(true) : setSheetOpen(true)),
      hideList: () => (wide ? setBeside(false) : setSheetOpen(false)),
      folder,
      setFolder,
      open,
    }),
    [listBeside, wide, folder],
  );
  const close = () => open(null);
  return (
    <ShellContext value={state}>
      <UploadsProvider>
        <a href="#content" className={css("skip")}>
          {t("skip")}
        </a>
        <div className={css("shell", listBeside && "withList")}>
          {listBeside && <List />}
          <div className={css("main")}>
            <ConnectionBanner />
            <ReadingNotice />
            <main id="content" tabIndex={-1} className={css("content")}>
              {children}
            </main>
          </div>
        </div>
        {!wide && (
          <Sheet isOpen={sheetOpen} onClose={() => setSheetOpen(false)} label={t("navigation")}>
            <List />
          </Sheet>
        )}
        {overlay === "palette" && <Palette onClose={close} />}
        {overlay === "help" && <Help onClose={close} />}
        {overlay === "literacy" && <LiteracyDialog onClose={close} />}
        {overlay === "charter" && <CharterDialog onClose={close} />}
        <SessionEnded />
      </UploadsProvider>
    </ShellContext>
  );
}
