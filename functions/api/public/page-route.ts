import * as z from "zod";
import type { Reply } from "#functions/pipelines/reply.ts";
import { type Operation, route } from "#functions/pipelines/route.ts";
import { noPage, noSiteYet } from "./no-page.ts";
import { htmlType, pageHeaders } from "./page-headers.ts";
import { createSiteInMemory } from "./site-in-memory.ts";

const memory = createSiteInMemory();

/** A route of the public page, such as `/agencies/{id}`: whatever the site has under the address that is called. */
export function pageRoute(template: string): Operation {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return route({
    caller: "public",
    summary: { en: "A file of the public page", fa: "یک فایل از صفحهٔ همگانی" },
    path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))),
    takesAnyQuery: true,
    answer: { status: 200, schema: z.string(), contentType: htmlType, cached: true },
    async run({ path, coding, now }): Promise<Reply> {
      const address = template.replaceAll(/\{(\w+)\}/g, (_, name) => path[name] ?? "");
      const site = await memory.site(now);
      if (!site) return noSiteYet;
      const file = Object.hasOwn(site.files, address) ? site.files[address] : undefined;
      if (!file) return noPage;
      const { bytes, coding: sent } = await memory.file(file, coding);
      const headers = {
        ...pageHeaders({ path: address, type: file.type }),
        // Compressed and not are two answers, each with a tag of its own.
        etag: `"${file.tag}-${sent}"`,
        ...(file.isPacked && { vary: "accept-encoding" }),
        ...(sent !== "identity" && { "content-encoding": sent }),
      };
      return { status: 200, body: bytes, headers };
    },
  });
}
