import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Reply } from "#functions/http/reply.ts";
import type { ContentCoding } from "#functions/http/request.ts";
import { type Operation, route } from "#functions/http/route.ts";
import { escapeHtml } from "#shared/domain/wording/html.ts";
import { deskClient } from "#shared/province/slices.static.ts";
import { type DeskFile, deskFiles } from "#shared/runtime/bundled-files.ts";
import { env } from "#shared/runtime/environment.ts";
import { htmlType, safetyHeaders } from "./page-route.ts";
import { encodeFor, encodingHeaders } from "./site-in-memory.ts";

/** The desk runs its own script, shows files of complaints, and calls the API, the token issuer and the bucket of attachments. */
function deskPolicy(): string {
  const addresses = [env("TOKEN_ISSUER"), env("TOKEN_ENDPOINT"), env("ATTACHMENTS_URL")];
  const origins = [...new Set(addresses.map((address) => new URL(address).origin))];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "frame-src blob:",
    `connect-src 'self' ${origins.join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

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
  const settings = { issuer: env("TOKEN_ISSUER"), clientId: deskClient };
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
      if (!proxy.startsWith("assets/"))
        return {
          status: 200,
          body: await readDeskPage(),
          headers: { ...safetyHeaders, "content-type": htmlType, "content-security-policy": deskPolicy() },
        };
      const file = (await readList()).find(({ path }) => path === proxy);
      return file ? fileReply(file, coding) : missing;
    },
  });
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
