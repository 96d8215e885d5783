/** What draws dialogs and sheets: focus goes in, Escape closes, focus returns where it came from. */
import { X } from "lucide-react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./Button";
import { classes } from "./classes";
import type { DialogProps, SheetProps } from "./Dialog";
import sheet from "./Dialog.module.css";

const css = classes(sheet);

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
