import { expect, test } from "vitest";
import { document, routes } from "#infra/programs/documents/pages/api.ts";
import { operationSection } from "#infra/programs/documents/pages/sections.ts";
import { uploadRequests } from "#infra/programs/documents/pages/upload.ts";
import { faultsOfPowershell } from "../support/powershell-form.ts";

const uploads = routes.filter(({ method, path }) => method === "POST" && path.endsWith("/attachments"));

test("every operation that announces a file gives both steps near its heading, and no other does", () => {
  expect(uploads.length).toBeGreaterThan(1);
  for (const route of routes) {
    const { html } = operationSection(route, { document, language: "en" });
    expect([route.path, html.includes("Both steps")]).toEqual([route.path, uploads.includes(route)]);
    if (uploads.includes(route)) expect(html.indexOf("two steps")).toBeLessThan(html.indexOf("<fieldset"));
  }
});

test.each(uploads)("the lines for $path have the form of PowerShell", (route) => {
  // The form knows no numbers that a variable holds, and no variables that these lines set themselves.
  const lines = uploadRequests(route, "fa").powershell.replace(/\$SIZE\b/g, "1");
  expect(faultsOfPowershell(lines).filter((fault) => !/^\$(FORM|_) is set nowhere$/.test(fault))).toEqual([]);
});
