/**
 * Beside the conversation (a whole screen on a phone): the page where a citation stands, the passage highlighted, and what is
 * to be known of the file. It never covers the composer of a wide screen.
 */

import { X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from "react";
import { useFileViews } from "#/api/files";
import type { Attachment, Citation } from "#/api/types";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import { WebPageShown } from "#/features/web/WebPageShown";
import { useKnownPages } from "#/features/web/webPages";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog } from "#/ui/Dialog";
import { useMedia } from "#/ui/useMedia";
import { CitationWords } from "./CitationWords";
import { DocumentShown } from "./DocumentShown";
import type { Opened } from "./opening";
import sheet from "./panel.module.css";
import { SourceAbout } from "./SourceAbout";
import { useSourceNames } from "./useSourceNames";

const css = classes(sheet);

interface SourcePanelProps {
  readonly opened: Opened;
  readonly checks: readonly Citation[];
  readonly attachments: readonly Attachment[];
  readonly onOpen: (opened: Opened) => void;
  readonly onClose: () => void;
}

export function SourcePanel(props: SourcePanelProps) {
  const { opened, onClose } = props;
  const t = useTranslations("sources.panel");
  const wide = useMedia("(min-width: 70rem)");
  const title = useTitleOf(props);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useFocusWhenOpened(heading, opened, wide);
  if (!wide) {
    return (
      <Dialog full isOpen onClose={onClose} title={<WithFormulas text={title} />} closeLabel={t("close")}>
        <div className={css("body", "inDialog")}>
          <Inside {...props} />
        </div>
      </Dialog>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside className={css("panel")} aria-labelledby={id} onKeyDown={onKeyDown}>
      <header className={css("header")}>
        <h2 ref={heading} id={id} tabIndex={-1} className={css("title")}>
          <WithFormulas text={title} />
        </h2>
        <IconButton label={t("close")} icon={X} shortcut="Esc" onPress={onClose} />
      </header>
      <div className={css("body")}>
        <Inside {...props} />
      </div>
    </aside>
  );
}

function Inside({ opened, checks, onOpen }: SourcePanelProps) {
  const t = useTranslations("sources.panel");
  const citation = opened.index === null ? null : (checks[opened.index] ?? null);
  const fileId = citation ? (citation.file_id ?? null) : opened.fileId;
  const { data } = useFileViews(fileId === null ? [] : [fileId]);
  const view = fileId === null ? undefined : data?.get(fileId);
  const pageId = pageOf(opened, checks);
  return (
    <>
      {citation && (
        <CitationWords
          citation={citation}
          index={opened.index ?? 0}
          count={checks.length}
          onGo={(index) =>
            onOpen({
              ...opened,
              index,
              fileId: checks[index]?.file_id ?? null,
              pageId: checks[index]?.snapshot_id ?? null,
            })
          }
        />
      )}
      {pageId !== null && <WebPageShown key={`${pageId} ${opened.index}`} pageId={pageId} citation={citation} />}
      {fileId !== null && data && !view && <p>{t("unreadable")}</p>}
      {view && (
        <>
          <DocumentShown key={`${view.id} ${opened.index}`} view={view} citation={citation} />
          <SourceAbout view={view} />
        </>
      )}
    </>
  );
}

function useTitleOf({ opened, checks, attachments }: SourcePanelProps): string {
  const t = useTranslations("sources.panel");
  const fileId = opened.index === null ? opened.fileId : (checks[opened.index]?.file_id ?? null);
  const { nameOf } = useSourceNames(fileId === null ? [] : [fileId], attachments);
  const pageId = pageOf(opened, checks);
  const pages = useKnownPages(pageId === null ? [] : [pageId]);
  if (pageId !== null) return pages.get(pageId)?.title || t("label");
  return fileId === null ? t("label") : nameOf(fileId);
}

/** The page of the web where a citation stands, or that was opened as such. */
function pageOf({ index, pageId }: Opened, checks: readonly Citation[]): string | null {
  return (index === null ? pageId : checks[index]?.snapshot_id) ?? null;
}

/** The dialog of a narrow screen takes the focus by itself. */
function useFocusWhenOpened(heading: RefObject<HTMLHeadingElement | null>, { turnKey }: Opened, wide: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer's source is another opening.
  useEffect(() => {
    if (wide) heading.current?.focus();
  }, [heading, turnKey, wide]);
}
