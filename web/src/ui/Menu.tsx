/**
 * A button that opens a menu; items act, or choose one value among several (with words that explain each). The button is
 * drawn alone: what draws the menu is fetched when the first one opens, or ahead of it.
 */
import type { LucideIcon } from "lucide-react";
import { type ComponentType, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { PressResponder } from "react-aria/private/interactions/PressResponder";
import { type MenuTriggerAria, useMenuTrigger } from "react-aria/useMenu";
import { type RootMenuTriggerState, useMenuTriggerState } from "react-stately/useMenuTriggerState";
import { late, useLate } from "./late";

export const menuParts = late(() => import("./MenuParts"));

type Placement = "bottom start" | "bottom end" | "top start" | "top end";

interface MenuProps {
  /** The button. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly placement?: Placement;
}

export interface OpenedProps extends Pick<MenuProps, "label" | "children"> {
  readonly state: RootMenuTriggerState;
  readonly button: RefObject<HTMLElement | null>;
  readonly menu: MenuTriggerAria<unknown>["menuProps"];
  readonly placement: Placement;
}

/** As MenuTrigger of React Aria does, whose module brings all that a menu needs. */
export function Menu({ trigger, label, children, placement = "bottom start" }: MenuProps) {
  const button = useRef<HTMLElement>(null);
  const state = useMenuTriggerState({});
  const { menuTriggerProps, menuProps } = useMenuTrigger({ type: "menu" }, state, button);
  const parts = useLate(menuParts, state.isOpen, state.close);
  useEscape(state.isOpen && parts === null, state.close);
  return (
    <>
      <PressResponder {...menuTriggerProps} ref={button} isPressed={state.isOpen}>
        {trigger}
      </PressResponder>
      {parts && (
        <parts.Opened {...{ state, button, label, placement }} menu={menuProps}>
          {children}
        </parts.Opened>
      )}
    </>
  );
}

/** Before what draws the menu has come, Escape is for it already. */
function useEscape(waits: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!waits) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [waits]);
}

export interface ActionProps {
  readonly icon?: LucideIcon;
  readonly onAction?: () => void;
  readonly danger?: boolean;
  readonly href?: string;
  readonly download?: boolean;
  readonly children: string;
}

export interface ChoiceProps<T extends string> {
  readonly heading?: string;
  /** Read with the heading: what the choices that cannot be taken say, which the keyboard passes over. */
  readonly about?: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly children: ReactNode;
}

export interface ChoiceItemProps {
  readonly id: string;
  readonly name: string;
  /** Its children then say why. */
  readonly disabled?: boolean;
  readonly children?: ReactNode;
}

export interface SubmenuProps {
  readonly icon?: LucideIcon;
  readonly name: string;
  readonly children: ReactNode;
}

type Parts = typeof import("./MenuParts");

/** A piece of an open menu: by then its code is here. */
function piece<Props extends object>(choose: (parts: Parts) => ComponentType<Props>) {
  return function Piece(props: Props) {
    const parts = menuParts.held();
    if (!parts) return null;
    const Chosen = choose(parts);
    return <Chosen {...props} />;
  };
}

export const MenuAction = piece<ActionProps>((parts) => parts.MenuAction);
export const Submenu = piece<SubmenuProps>((parts) => parts.Submenu);
export const MenuChoice = piece<ChoiceItemProps>((parts) => parts.MenuChoice);
export const MenuLine = piece((parts) => parts.MenuLine);

export function MenuChoices<T extends string>(props: ChoiceProps<T>) {
  const parts = menuParts.held();
  return parts && <parts.MenuChoices {...props} />;
}
