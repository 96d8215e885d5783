/** Modal dialogs and the phone's sheet; their machinery is fetched when the first one opens, or ahead of it. */
import type { ReactNode } from "react";
import { classes } from "./classes";
import sheet from "./Dialog.module.css";
import { late, useLate } from "./late";

const css = classes(sheet);

export const dialogParts = late(() => import("./DialogParts"));

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly closeLabel: string;
  readonly children: ReactNode;
  /** A dialog that only its own buttons close: nothing behind it can be reached. */
  readonly locked?: boolean;
  readonly wide?: boolean;
  /** Over the whole screen, for a long text: its content scrolls by itself. */
  readonly full?: boolean;
}

export function Dialog(props: DialogProps) {
  const parts = useLate(dialogParts, props.isOpen, props.onClose);
  return parts && <parts.Dialog {...props} />;
}

export interface SheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly label: string;
  readonly children: ReactNode;
}

export function Sheet(props: SheetProps) {
  const parts = useLate(dialogParts, props.isOpen, props.onClose);
  return parts && <parts.Sheet {...props} />;
}

/** The row of buttons that ends a dialog: the main one last, on the right. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
  return <div className={css("buttons")}>{children}</div>;
}
