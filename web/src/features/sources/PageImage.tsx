/** The image of a page, with the boxes of what is quoted over it. */
import { useEffect, useRef } from "react";
import { imageAddress } from "#/api/files";
import type { FilePage, FileView } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./panel.module.css";

const css = classes(sheet);
const PERCENT = 100;
const WIDTH = 1_200;
const LARGE = 2_400;

interface PageImageProps {
  readonly view: FileView;
  readonly page: FilePage;
  readonly zoom: number;
  /** There is no image of it: its text is shown. */
  readonly onMissing: () => void;
}

export function PageImage({ view, page, zoom, onMissing }: PageImageProps) {
  const t = useTranslations("sources.panel");
  const frame = useRef<HTMLElement>(null);
  const [first] = page.boxes;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, or another size, is looked at from its quoted words.
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    box.scrollTop = (first?.top ?? 0) * box.scrollHeight - box.clientHeight / 3;
    box.scrollLeft = (first?.left ?? 0) * box.scrollWidth - box.clientWidth / 3;
  }, [first, page.number, zoom]);
  const name = t("image", { page: page.number, name: view.name });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by the keyboard.
    <section ref={frame} className={css("frame")} aria-label={name} tabIndex={0}>
      <div
        className={css("sheet")}
        style={{
          width: `${zoom * PERCENT}%`,
          ...(page.height > 0 && { aspectRatio: `${page.width} / ${page.height}` }),
        }}
      >
        <img
          src={imageAddress(view.id, page.number, zoom > 1 ? LARGE : WIDTH)}
          alt={name}
          className={css("image")}
          onError={onMissing}
        />
        <div className={css("light")}>
          {page.boxes.map(({ left, top: above, right, bottom }) => (
            <span
              key={`${left} ${above}`}
              className={css("box")}
              style={{
                left: `${left * PERCENT}%`,
                top: `${above * PERCENT}%`,
                width: `${(right - left) * PERCENT}%`,
                height: `${(bottom - above) * PERCENT}%`,
              }}
            />
          ))}
        </div>
      </div>
    </section>
  );
}
