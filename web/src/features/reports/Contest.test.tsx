import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ApiError } from "#/api/http";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { render } from "#/testing/render";

test.each(["marking_refused", "model_not_cleared", "web_query_refused", "unit_level_not_allowed"])(
  "%s is contested where it is told",
  (code) => {
    render(<ErrorNotice error={new ApiError(code, 403)} />);
    expect(screen.getByRole("button", { name: /contester/i })).toBeTruthy();
  },
);

test.each(["quota_reached", "storage_unavailable", "folder_not_found"])("%s is no decision of a safeguard", (code) => {
  render(<ErrorNotice error={new ApiError(code, 400)} />);
  expect(screen.queryByRole("button", { name: /contester/i })).toBeNull();
});
