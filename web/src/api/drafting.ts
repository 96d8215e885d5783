/** Templates and drafts: a form filled, a text to check, its files. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { open } from "./http";
import type { Draft, NewDraft, TemplateContent, TemplateFull } from "./types";
import { nextLook } from "./writing";

const templatesKey = ["writing", "templates"] as const;
/** Under the works: what pauses one or goes on with it asks for its text again. */
const draftsKey = ["writing", "works", "drafts"] as const;
const ONE = "/api/writing/templates/{template_id}" as const;
const DRAFT = "/api/writing/drafts/{draft_id}" as const;

export const FORMS = ["docx", "odt", "pdf", "md"] as const;
export type DraftForm = (typeof FORMS)[number];

export function useTemplates() {
  return useQuery({
    queryKey: templatesKey,
    queryFn: ({ signal }) => call("GET", "/api/writing/templates", { signal }),
  });
}

export function useTemplate(id: string) {
  return useQuery({
    queryKey: [...templatesKey, id],
    queryFn: ({ signal }) => call("GET", ONE, { path: { template_id: id }, signal }),
    enabled: id !== "",
  });
}

export function useDraft(id: string) {
  return useQuery({
    queryKey: [...draftsKey, id],
    queryFn: ({ signal }) => call("GET", DRAFT, { path: { draft_id: id }, signal }),
    refetchInterval: ({ state: { data } }) => (data ? nextLook(data.work) : false),
  });
}

export function useAskDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDraft): Promise<Draft> => call("POST", "/api/writing/drafts", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["writing", "works", "last"] }),
  });
}

export function useChangeDraft(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => call("PATCH", DRAFT, { path: { draft_id: id }, body: { text } }),
    onSuccess: (draft) => client.setQueryData([...draftsKey, id], draft),
  });
}

/** Does something to templates; all that is known of them is read again. */
function useChange<Given, Told>(act: (given: Given) => Promise<Told>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => client.invalidateQueries({ queryKey: templatesKey }),
  });
}

export function useAddTemplate() {
  return useChange((body: { readonly content?: TemplateContent; readonly file?: string; readonly unit_id?: string }) =>
    call("POST", "/api/writing/templates", { body }),
  );
}

export function useCopyTemplate() {
  return useChange(({ id, unit_id }: { readonly id: string; readonly unit_id: string | null }) =>
    call("POST", `${ONE}/copies`, { path: { template_id: id }, body: { unit_id } }),
  );
}

export function useChangeTemplate(id: string) {
  return useChange(({ content, version }: { readonly content: TemplateContent; readonly version: number }) =>
    call("PATCH", ONE, { path: { template_id: id }, body: { content, version } }),
  );
}

export function useRemoveTemplate() {
  return useChange((id: string) => call("DELETE", ONE, { path: { template_id: id } }));
}

export function useSetStyle(id: string) {
  return useChange(async (file: File): Promise<TemplateFull> => {
    const query = new URLSearchParams({ name: file.name });
    const headers = { "Content-Type": "application/octet-stream" };
    const path = `/api/writing/templates/${encodeURIComponent(id)}/style?${query}`;
    const response = await open("POST", path, { body: file, headers });
    return await response.json();
  });
}

export function useRemoveStyle(id: string) {
  return useChange(() => call("DELETE", `${ONE}/style`, { path: { template_id: id } }));
}

export function templateAddress(id: string): string {
  return `/api/writing/templates/${encodeURIComponent(id)}/file`;
}

export function draftAddress(id: string, form: DraftForm): string {
  return `/api/writing/drafts/${encodeURIComponent(id)}/file?form=${form}`;
}
