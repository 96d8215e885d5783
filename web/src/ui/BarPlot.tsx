/** Bars in time, for those who would rather look; whoever draws one gives the table beside it. No library: rectangles. */
import sheet from "./BarPlot.module.css";
import { classes } from "./classes";

const css = classes(sheet);

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** The value in words, shown under the pointer. */
  readonly words: string;
}

interface BarPlotProps {
  /** What is shown, and its highest value: all that is heard of the picture. */
  readonly label: string;
  readonly bars: readonly Bar[];
  /** The value of the top line. */
  readonly top: string;
}

const GAP = 0.22;

export function BarPlot({ label, bars, top }: BarPlotProps) {
  const highest = Math.max(...bars.map((bar) => bar.value), 0);
  // Of an even number no bar is in the middle.
  const middle = bars.length % 2 === 1 && bars.length > 2 ? bars[(bars.length - 1) / 2] : undefined;
  return (
    <figure className={css("plot")}>
      <span aria-hidden="true" className={css("top")}>
        {top}
      </span>
      <svg
        role="img"
        aria-label={label}
        className={css("bars")}
        viewBox={`0 0 ${bars.length} 100`}
        preserveAspectRatio="none"
      >
        {bars.map(({ name, value, words }, index) => {
          const height = highest > 0 ? Math.max((value / highest) * 100, value > 0 ? 1 : 0) : 0;
          return (
            <rect key={name} x={index + GAP / 2} y={100 - height} width={1 - GAP} height={height}>
              <title>{`${name} · ${words}`}</title>
            </rect>
          );
        })}
      </svg>
      <span aria-hidden="true" className={css("names")}>
        <span>{bars[0]?.name}</span>
        {middle && <span>{middle.name}</span>}
        <span>{bars.at(-1)?.name}</span>
      </span>
    </figure>
  );
}
