import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { deskClient, records } from "#shared/province/slices.static.ts";
import { type DeskFile, deskFiles } from "#shared/runtime/bundled-files.ts";
import { env } from "#shared/runtime/environment.ts";
import { escapeHtml } from "#shared/wording/html.ts";
import type { Reply } from "../http/reply.ts";
import type { ContentCoding } from "../http/request.ts";
import { type Operation, route } from "../http/route.ts";
import { htmlType, safetyHeaders } from "./page-route.ts";
import { encodeFor, encodingHeaders } from "./site-in-memory.ts";

/** A page runs its own script and calls the API and the bucket of attachments. `more`: what else it may do. */
function policyOf({ connects, more }: { connects: string[]; more: string[] }): string {
  const origins = [...new Set([...connects, env("ATTACHMENTS_URL")].map((address) => new URL(address).origin))];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    ...more,
    `connect-src 'self' ${origins.join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The desk also shows files of complaints, and calls the token issuer. */
const deskPolicy = () =>
  policyOf({
    connects: [env("TOKEN_ISSUER"), env("TOKEN_ENDPOINT")],
    more: ["img-src 'self' blob:", "media-src 'self' blob:", "frame-src blob:"],
  });

const employeePolicy = () => policyOf({ connects: [], more: ["img-src 'self'"] });

const folder = join(import.meta.dirname, deskFiles.folder);
const contents = new Map<string, Buffer>();

/** Reads a file of the bundle once. */
async function readOnce(name: string): Promise<Buffer> {
  const bytes = contents.get(name) ?? (await readFile(join(folder, name)));
  contents.set(name, bytes);
  return bytes;
}

const readList = async (): Promise<DeskFile[]> => JSON.parse(String(await readOnce(deskFiles.list)));

/** The page of the desk, with the addresses that it needs before it can ask for anything. */
async function readDeskPage(): Promise<string> {
  const settings = { issuer: env("TOKEN_ISSUER"), clientId: deskClient, hasRecords: records !== null };
  const page = String(await readOnce(deskFiles.page));
  return page.replace(deskFiles.settings, () => escapeHtml(JSON.stringify(settings)));
}

/**
 * A route of the desk, such as `/desk/{proxy+}`. Files are served by their names, which hold a digest. Every other address gets
 * the page, whose script reads the address.
 */
export function deskRoute(template: string): Operation {
  const isBelow = template.endsWith("/{proxy+}");
  return route({
    caller: "public",
    summary: { en: "The desk of officials", fa: "میز کار" },
    path: z.object({ proxy: isBelow ? z.string() : z.string().optional() }),
    takesAnyQuery: true,
    answer: { status: 200, schema: z.string(), contentType: htmlType, cached: true },
    async run({ path: { proxy = "" }, coding }): Promise<Reply> {
      if (!proxy.startsWith("assets/")) return pageReply(await readDeskPage(), deskPolicy());
      const file = (await readList()).find(({ path }) => path === proxy);
      return file ? fileReply(file, coding) : missing;
    },
  });
}

/**
 * A route of the page on which an employee reads a notice. Every address below gets the page. Its script, style and fonts are files of the
 * desk.
 */
export function employeePageRoute(): Operation {
  return route({
    caller: "public",
    summary: { en: "The page of employees", fa: "صفحهٔ کارمند" },
    path: z.object({ proxy: z.string().optional() }),
    takesAnyQuery: true,
    answer: { status: 200, schema: z.string(), contentType: htmlType, cached: true },
    run: async () => pageReply(String(await readOnce(deskFiles.employeePage)), employeePolicy()),
  });
}

function pageReply(body: string, policy: string): Reply {
  const headers = { ...safetyHeaders, "content-type": htmlType, "content-security-policy": policy };
  return { status: 200, body, headers };
}

const missing: Reply = { status: 404, body: "", headers: { ...safetyHeaders, "content-type": "text/plain" } };

async function fileReply({ name, path, type, isCompressed }: DeskFile, coding: ContentCoding): Promise<Reply> {
  const headers = {
    ...safetyHeaders,
    "content-type": type,
    "cache-control": "public, max-age=31536000, immutable",
    ...encodingHeaders({ tag: path, isCompressed, coding }),
  };
  return { status: 200, body: encodeFor(await readOnce(name), { isCompressed, coding }), headers };
}
