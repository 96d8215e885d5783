/**
 * The blocks of an answer stand in chapters of a few. One that is complete and has its size may be skipped by the
 * browser when it is far from the view, and the list of what it must look at for each new word stays short.
 */
import { inSomeFrame, later } from "./pace";
import { css } from "./style";

const BLOCKS = 8;

export interface Chapters {
  /** The element that the next blocks are made in. */
  readonly current: () => Element;
  /** Counts blocks that are finished; after enough of them a new chapter begins, with the block that is still open. */
  readonly settle: (blocks: readonly ChildNode[], open: readonly ChildNode[]) => void;
  /** No block will follow. */
  readonly end: () => void;
}

export function chapters(host: Element): Chapters {
  let chapter = begin(host);
  let count = 0;
  return {
    current: () => chapter,
    settle: (blocks, open) => {
      count += blocks.length;
      // A heading stays with what it names.
      if (count < BLOCKS || isHeading(blocks.at(-1))) return;
      leave(chapter);
      chapter = begin(host);
      chapter.append(...open);
      count = 0;
    },
    end: () => {
      if (chapter.childElementCount === 0) chapter.remove();
      leave(chapter);
    },
  };
}

function begin(host: Element): Element {
  const chapter = document.createElement("div");
  chapter.className = css("chapter");
  return host.appendChild(chapter);
}

/** Once it is laid out; the browser looks once more at all it holds, so not with other work. */
function leave(chapter: Element): void {
  later(() =>
    inSomeFrame(() => {
      chapter.classList.add(css("settled"));
      return chapter.querySelectorAll("*").length;
    }),
  );
}

function isHeading(node: ChildNode | undefined): boolean {
  return node instanceof HTMLHeadingElement;
}
