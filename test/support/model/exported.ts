import { expect } from "vitest";
import * as z from "zod";
import type { Followed, World } from "./followed.ts";

const Exported = z.strictObject({
  exportedAt: z.iso.datetime(),
  complaint: z.unknown(),
  clocks: z.unknown(),
  filing: z.looseObject({ officeId: z.string().optional() }),
  identityKept: z.boolean(),
});
const Clocks = z.strictObject({ clocks: z.unknown() });

/** What a citizen takes out is what their view and their deadlines say, and what they filed, and its page is in the language they read. */
export async function compareExport({ cloud }: World, { receipt: { id, secret } }: Followed): Promise<void> {
  const read = async (path: string, headers: Record<string, string> = {}) =>
    cloud.call({ path: `/v1/complaints/${id}${path}`, secret, headers });
  const [taken, deadlines, view, inspectors, page] = await Promise.all([
    read("/export"),
    read("/deadlines"),
    read(""),
    cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${id}` }),
    read("/export", { accept: "text/html", "accept-language": "fa" }),
  ]);
  const { complaint, filing, ...exported } = Exported.parse(taken.body);
  const { clocks } = Clocks.parse(deadlines.body);
  expect({ complaint, clocks: exported.clocks }).toEqual({ complaint: view.body, clocks });
  // A transfer takes the office from what inspectors see.
  const { officeId: _, ...filed } = filing;
  expect(inspectors.body).toMatchObject(filed);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.text).toContain('<html lang="fa" dir="rtl">');
}
