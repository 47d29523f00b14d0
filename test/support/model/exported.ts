import { expect } from "vitest";
import * as z from "zod";
import type { Followed, World } from "./followed.ts";

const Exported = z.strictObject({ exportedAt: z.iso.datetime(), complaint: z.unknown(), clocks: z.unknown() });
const Clocks = z.strictObject({ clocks: z.unknown() });

/** What a citizen takes out is what their view and their deadlines say, and its page is in the language they read. */
export async function compareExport({ cloud }: World, { receipt: { id, secret } }: Followed): Promise<void> {
  const read = async (path: string, headers: Record<string, string> = {}) =>
    cloud.call({ path: `/v1/complaints/${id}${path}`, secret, headers });
  const [taken, deadlines, view, page] = await Promise.all([
    read("/export"),
    read("/deadlines"),
    read(""),
    read("/export", { accept: "text/html", "accept-language": "fa" }),
  ]);
  const { exportedAt: _, ...exported } = Exported.parse(taken.body);
  const { clocks } = Clocks.parse(deadlines.body);
  expect(exported).toEqual({ complaint: view.body, clocks });
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.text).toContain('<html lang="fa" dir="rtl">');
}
