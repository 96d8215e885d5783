/** Modal dialogs and the phone's sheet: focus goes in, Escape closes, focus returns where it came from. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./Button";
import { classes } from "./classes";
import sheet from "./Dialog.module.css";

const css = classes(sheet);

interface DialogProps {
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
  const { isOpen, onClose, title, closeLabel, children, locked = false, wide = false, full = false } = props;
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!locked}
      isKeyboardDismissDisabled={locked}
      className={css("veil", full && "veilFull")}
    >
      <Modal className={css("modal", wide && "wide", full && "full")}>
        <AriaDialog className={css("dialog", full && "dialogFull")}>
          <header className={css("header")}>
            <Heading slot="title" className={css("title")}>
              {title}
            </Heading>
            {!locked && <IconButton label={closeLabel} icon={X} onPress={onClose} />}
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface SheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly label: string;
  readonly children: ReactNode;
}

export function Sheet({ isOpen, onClose, label, children }: SheetProps) {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable className={css("veil")}>
      <Modal className={css("sheet")}>
        <AriaDialog aria-label={label} className={css("sheetBody")}>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of buttons that ends a dialog: the main one last, on the right. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
  return <div className={css("buttons")}>{children}</div>;
}
