/** A small panel beside what it is about: focus goes in, Escape closes, focus returns where it came from. */
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Dialog, Heading, Popover } from "react-aria-components";
import sheet from "./Bubble.module.css";
import { IconButton } from "./Button";
import { classes } from "./classes";

const css = classes(sheet);

interface BubbleProps {
  /** What it stands beside. */
  readonly anchor: RefObject<Element | null>;
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Bubble({ anchor, title, closeLabel, onClose, children }: BubbleProps) {
  return (
    <Popover
      isOpen
      triggerRef={anchor}
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      offset={4}
      containerPadding={8}
      className={css("bubble")}
    >
      <Dialog className={css("body")}>
        <header className={css("header")}>
          <Heading slot="title" className={css("title")}>
            {title}
          </Heading>
          <IconButton small label={closeLabel} icon={X} onPress={onClose} />
        </header>
        {children}
      </Dialog>
    </Popover>
  );
}
