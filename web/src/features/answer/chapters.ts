/**
 * The blocks of an answer stand in chapters of a few, which the browser may skip when they are far from the view: the
 * list of what it must look at for each new word stays short.
 *
 * A chapter that is in view when it is made so is taken off, put back and painted anew, all in one frame. Those of a
 * growing text are therefore made so while they are empty, and a little before they are needed.
 */
import { inSomeFrame, later } from "./pace";
import { css } from "./style";

const BLOCKS = 8;
/** A new chapter takes as long as so many elements, although it holds none. */
const WEIGHT = 100;

export interface Chapters {
  /** The element that the next blocks are made in. */
  readonly current: (growing: boolean) => Element;
  /** Counts blocks that are finished; after enough of them a new chapter begins, with the block that is still open. */
  readonly settle: (blocks: readonly ChildNode[], open: readonly ChildNode[], growing: boolean) => void;
  /** No block will follow. */
  readonly end: () => void;
}

export function chapters(host: Element): Chapters {
  let chapter: Element | null = null;
  /** Empty, for the blocks to come. */
  let next: Element | null = null;
  let count = 0;
  let ended = false;

  function prepareNext(): void {
    inSomeFrame(() => {
      const needed = !ended && !next && count >= BLOCKS / 2 && chapter?.parentNode === host;
      if (needed) next = begin(host, true);
      return needed ? WEIGHT : 0;
    });
  }

  return {
    current: (growing) => {
      chapter ??= begin(host, growing);
      return chapter;
    },
    settle: (blocks, open, growing) => {
      count += blocks.length;
      if (growing && !next && count >= BLOCKS / 2) prepareNext();
      // A heading stays with what it names.
      if (count < BLOCKS || isHeading(blocks.at(-1))) return;
      leave(chapter);
      chapter = next ?? begin(host, growing);
      next = null;
      chapter.append(...open);
      count = 0;
    },
    end: () => {
      ended = true;
      for (const last of [chapter, next]) if (last?.childElementCount === 0) last.remove();
      leave(chapter);
    },
  };
}

function begin(host: Element, growing: boolean): Element {
  const chapter = document.createElement("div");
  chapter.className = css("chapter", growing && "settled");
  return host.appendChild(chapter);
}

/** A chapter of a text that came whole, once it is laid out; the browser looks at all of it again, so with nothing else. */
function leave(chapter: Element | null): void {
  if (!chapter || chapter.classList.contains(css("settled"))) return;
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
