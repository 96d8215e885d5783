/** Identifiers of works, and the address where each leads. */
import type { ScholarlyWork } from "#/api/types";

type Relation = NonNullable<ScholarlyWork["relations"]>[number];
export type Scheme = NonNullable<Relation["scheme"]>;

export interface Named {
  readonly scheme: Scheme;
  readonly value: string;
}

const PLACES: Readonly<Record<Scheme, string>> = {
  doi: "https://doi.org/",
  hal: "https://hal.science/",
  arxiv: "https://arxiv.org/abs/",
  pmid: "https://pubmed.ncbi.nlm.nih.gov/",
  pmcid: "https://pmc.ncbi.nlm.nih.gov/articles/",
  nnt: "https://theses.fr/",
  openalex: "https://openalex.org/",
  s2: "https://www.semanticscholar.org/paper/",
};
/** Those that a reader cites by; the others only number a record. */
const SHOWN = ["doi", "hal", "arxiv", "pmid", "pmcid", "nnt"] as const satisfies readonly Scheme[];

export function identifiersOf({ identifiers }: Pick<ScholarlyWork, "identifiers">): readonly Named[] {
  return SHOWN.flatMap((scheme) => {
    const value = identifiers?.[scheme];
    return value ? [{ scheme, value }] : [];
  });
}

export function addressOf({ scheme, value }: Named): string {
  const encoded = value.split("/").map(encodeURIComponent).join("/");
  return `${PLACES[scheme]}${encoded}`;
}
