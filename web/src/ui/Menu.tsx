/** A button that opens a menu; items act, or choose one value among several (with words that explain each). */
import { Check, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  Header,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  SubmenuTrigger,
} from "react-aria-components";
import { classes } from "./classes";
import sheet from "./Menu.module.css";

const css = classes(sheet);

type Placement = "bottom start" | "bottom end" | "top start" | "top end";

interface MenuProps {
  /** The button. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly placement?: Placement;
}

export function Menu({ trigger, label, children, placement = "bottom start" }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={4} className={css("popover")}>
        <AriaMenu aria-label={label} className={css("menu")}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface ActionProps {
  readonly icon?: LucideIcon;
  readonly onAction?: () => void;
  readonly danger?: boolean;
  readonly href?: string;
  readonly download?: boolean;
  readonly children: string;
}

export function MenuAction({ icon: Icon, onAction, danger = false, href, download, children }: ActionProps) {
  return (
    <AriaMenuItem
      textValue={children}
      className={css("item", danger && "danger")}
      {...(onAction ? { onAction } : {})}
      {...(href === undefined ? {} : { href })}
      {...(download ? { download: true } : {})}
    >
      {Icon && <Icon aria-hidden="true" className={css("icon")} />}
      <span className={css("words")}>{children}</span>
    </AriaMenuItem>
  );
}

export function Submenu({ icon: Icon, name, children }: { icon?: LucideIcon; name: string; children: ReactNode }) {
  return (
    <SubmenuTrigger>
      <AriaMenuItem textValue={name} className={css("item")}>
        {Icon && <Icon aria-hidden="true" className={css("icon")} />}
        <span className={css("words")}>{name}</span>
        <span aria-hidden="true">›</span>
      </AriaMenuItem>
      <Popover offset={2} className={css("popover")}>
        <AriaMenu aria-label={name} className={css("menu")}>
          {children}
        </AriaMenu>
      </Popover>
    </SubmenuTrigger>
  );
}

interface ChoiceProps<T extends string> {
  readonly heading?: string;
  /** Read with the heading: what the choices that cannot be taken say, which the keyboard passes over. */
  readonly about?: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly children: ReactNode;
}

export function MenuChoices<T extends string>({ heading, about, value, onChange, children }: ChoiceProps<T>) {
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [first] = keys === "all" ? [] : keys;
        if (first !== undefined) onChange(first as T);
      }}
      className={css("section")}
    >
      {heading !== undefined && (
        <Header className={css("heading")}>
          {heading}
          {about && <span className="visuallyHidden">. {about}</span>}
        </Header>
      )}
      {children}
    </MenuSection>
  );
}

interface ChoiceItemProps {
  readonly id: string;
  readonly name: string;
  /** Its children then say why. */
  readonly disabled?: boolean;
  readonly children?: ReactNode;
}

export function MenuChoice({ id, name, disabled = false, children }: ChoiceItemProps) {
  return (
    <AriaMenuItem id={id} textValue={name} isDisabled={disabled} className={css("item", "choice")}>
      {({ isSelected }) => (
        <>
          <span className={css("check")}>{isSelected && <Check aria-hidden="true" className={css("icon")} />}</span>
          <span className={css("words")}>
            <span className={css("name")}>{name}</span>
            {children}
          </span>
        </>
      )}
    </AriaMenuItem>
  );
}

export function MenuLine() {
  return <Separator className={css("line")} />;
}
