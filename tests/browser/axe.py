"""Runs axe-core on a screen as it is; every rule, best practices included (TA-180)."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

AXE = Path(__file__).parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async rules => {
  // Nothing is fetched to be judged: a page that is off line is judged too.
  const options = { preload: false, resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
  const { violations } = await window.axe.run(document, options);
  return violations.map(({ id, help, nodes }) => [id, help, nodes.map(({ target, html }) => [target.join(" "), html])]);
}"""
# What a change of colours can change.
COLOUR_RULES = ("color-contrast", "link-in-text-block")


async def violations(page: Page, rules: tuple[str, ...] | None = None) -> list[str]:
    found: list[list[Any]] = await page.evaluate(_RUN, list(rules) if rules else None)
    return [f"{rule}: {words} → {where}" for rule, words, where in found]
