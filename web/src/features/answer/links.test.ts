/** A link leads only to the web or to a mail address, and says where. */
import { describe, expect, it } from "vitest";
import { destination, tellsItsPlace } from "./links";

describe("destination", () => {
  it.each([
    ["https://www.cnrs.fr/a?b=c#d", "https://www.cnrs.fr/a?b=c#d", "www.cnrs.fr"],
    ["HTTP://CNRS.FR", "http://cnrs.fr/", "cnrs.fr"],
    ["https://exemple.fr:8443/", "https://exemple.fr:8443/", "exemple.fr:8443"],
    ["https://www.сnrs.fr/", "https://www.xn--nrs-3ed.fr/", "www.xn--nrs-3ed.fr"],
    ["mailto:a.b@cnrs.fr", "mailto:a.b@cnrs.fr", "a.b@cnrs.fr"],
    ["mailto:a@cnrs.fr?subject=s&body=secret", "mailto:a@cnrs.fr", "a@cnrs.fr"],
  ])("%s leads to %s", (address, href, place) => {
    expect(destination(address)).toEqual({ href, place });
  });

  it.each([
    ["javascript:alert(1)"],
    ["java\tscript:alert(1)"],
    ["data:text/html,x"],
    ["file:///etc/passwd"],
    ["/api/sessions/current"],
    ["//exemple.fr"],
    ["https:exemple.fr"],
    ["https://"],
    ["https://cnrs.fr@attaque.example/"],
    ["https://a:b@attaque.example/"],
    ["mailto:"],
    ["mailto:a@b.fr,c@d.fr"],
    [" https://cnrs.fr"],
    [""],
  ])("%j leads nowhere", (address) => {
    expect(destination(address)).toBeNull();
  });
});

describe("tellsItsPlace", () => {
  it.each([
    ["https://www.cnrs.fr/page", "https://www.cnrs.fr/page", true],
    ["https://www.cnrs.fr", "https://www.cnrs.fr/page", true],
    ["www.cnrs.fr", "https://www.cnrs.fr/page", true],
    ["a@cnrs.fr", "mailto:a@cnrs.fr", true],
    ["la notice", "https://www.cnrs.fr/page", false],
    ["https://www.cnrs.fr", "https://attaque.example/", false],
    ["https://www.cnrs.fr/autre", "https://www.cnrs.fr/page", false],
    ["www.cnrs.fr", "https://www.cnrs.fr.attaque.example/", false],
  ])("%j for %s: %s", (words, address, told) => {
    const goal = destination(address);
    expect(goal && tellsItsPlace(words, goal)).toBe(told);
  });
});
