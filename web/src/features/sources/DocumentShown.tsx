/** A page of a document, as its image or as its text, with what is quoted highlighted. */
import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight, Download, FileText, Image, ZoomIn, ZoomOut } from "lucide-react";
import { useState } from "react";
import { originalAddress } from "#/api/files";
import type { Citation, FileView } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { PageImage } from "./PageImage";
import { PageText } from "./PageText";
import sheet from "./panel.module.css";
import { useQuotedPage } from "./useQuotedPage";

const css = classes(sheet);
const ZOOMS = [1, 1.5, 2, 3] as const;

interface DocumentShownProps {
  readonly view: FileView;
  readonly citation: Citation | null;
}

export function DocumentShown({ view, citation }: DocumentShownProps) {
  const t = useTranslations("sources.panel");
  const [zoom, setZoom] = useState(0);
  const [asText, setAsText] = useState(!view.has_images);
  const [noImage, setNoImage] = useState(!view.has_images);
  const { page, error, refetch, quoted, number, pages, go } = useQuotedPage(view, citation);
  return (
    <div className={css("document")}>
      <div className={css("tools")}>
        {pages > 1 && (
          <fieldset className={css("walk")} aria-label={t("pagesLabel")}>
            <IconButton
              small
              label={t("previousPage")}
              icon={ChevronLeft}
              ended={number <= 1}
              onPress={() => go(number - 1)}
            />
            <span className={css("place")}>{t("page", { page: number, pages })}</span>
            <IconButton
              small
              label={t("nextPage")}
              icon={ChevronRight}
              ended={number >= pages}
              onPress={() => go(number + 1)}
            />
          </fieldset>
        )}
        <span className={css("end")}>
          <IconButton small label={t("zoomOut")} icon={ZoomOut} ended={zoom === 0} onPress={() => setZoom(zoom - 1)} />
          <IconButton
            small
            label={t("zoomIn")}
            icon={ZoomIn}
            ended={zoom === ZOOMS.length - 1}
            onPress={() => setZoom(zoom + 1)}
          />
          {!noImage && (
            <IconButton
              small
              label={t(asText ? "asImage" : "asText")}
              icon={asText ? Image : FileText}
              onPress={() => setAsText(!asText)}
            />
          )}
        </span>
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!page && !error && <p className={css("coming")}>{t("loading")}</p>}
      {page?.label && page.label !== String(page.number) && <p className={css("part")}>{page.label}</p>}
      {page &&
        (asText || noImage ? (
          <PageText page={page} quoted={quoted} zoom={ZOOMS[zoom] ?? 1} />
        ) : (
          <PageImage view={view} page={page} zoom={ZOOMS[zoom] ?? 1} onMissing={() => setNoImage(true)} />
        ))}
      <div className={css("given")}>
        <Button small icon={Download} onPress={() => window.location.assign(originalAddress(view.id))}>
          {t("original")}
        </Button>
        <Link to="/bureau" search={{ view: "summary", file: view.id }} className={css("summarise")}>
          {t("summarise")}
        </Link>
      </div>
    </div>
  );
}
