/** What draws an open menu and its items. */
import { Check } from "lucide-react";
import { useRef } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  Header,
  MenuContext,
  MenuSection,
  OverlayTriggerStateContext,
  Popover,
  PopoverContext,
  Provider,
  RootMenuTriggerStateContext,
  Separator,
  SubmenuTrigger,
} from "react-aria-components";
import { classes } from "./classes";
import type { ActionProps, ChoiceItemProps, ChoiceProps, OpenedProps, SubmenuProps } from "./Menu";
import sheet from "./Menu.module.css";

const css = classes(sheet);

export function Opened({ state, button, menu, label, placement, children }: OpenedProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const about = { trigger: "MenuTrigger", triggerRef: button, scrollRef: scroller } as const;
  return (
    <Provider
      values={[
        [MenuContext, { ...menu, ref: scroller }],
        [OverlayTriggerStateContext, state],
        [RootMenuTriggerStateContext, state],
        [PopoverContext, { ...about, "aria-labelledby": menu["aria-labelledby"] ?? "" }],
      ]}
    >
      <Popover placement={placement} offset={4} className={css("popover")}>
        <AriaMenu aria-label={label} className={css("menu")}>
          {children}
        </AriaMenu>
      </Popover>
    </Provider>
  );
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

export function Submenu({ icon: Icon, name, children }: SubmenuProps) {
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
