/** What the safeguards find in words not sent yet. Nothing of them is kept, here or there. */
import { useQuery } from "@tanstack/react-query";
import { useSettled } from "#/ui/useSettled";
import { call } from "./call";
import type { Look } from "./types";

const AT_REST_MILLISECONDS = 400;
/** A longer text is read when it is sent, and once. */
const LONGEST = 200_000;

/** The look at a text once it rests; what was found in the one before meanwhile. */
export function useLook(text: string): Look | null {
  const settled = useSettled(text.trim(), AT_REST_MILLISECONDS);
  const { data } = useQuery({
    queryKey: ["sensitivity", "look", settled],
    queryFn: ({ signal }) => call("POST", "/api/sensitivity/look", { body: { text: settled }, signal }),
    enabled: settled !== "" && settled.length <= LONGEST,
    placeholderData: (previous) => previous,
    gcTime: 0,
    retry: false,
  });
  return text.trim() === "" || text.length > LONGEST ? null : (data ?? null);
}
