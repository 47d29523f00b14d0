import * as z from "zod";
import type { LocalizedText } from "#shared/vocabulary.ts";
import type { Reply } from "../http/reply.ts";
import { type Operation, route } from "../http/route.ts";
import { createSiteCache, encodingHeaders } from "./site-in-memory.ts";

/**
 * A page may fetch our own styles, fonts and pictures, and its empty icon. It runs no script, sends no form, and no other
 * page may frame it.
 */
const pagePolicy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A drawing that is opened by itself fetches nothing. Any other page may show the drawing. */
const drawingPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'";

export const htmlType = "text/html; charset=utf-8";

/** The headers of every file that a browser opens. A browser that was here once comes back by https alone, for a year. */
export const safetyHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
};

/** The headers of a file of the site, by its address and content type. */
export function pageHeaders({ path, type }: { path: string; type: string }): Record<string, string> {
  const isEmbeddable = /^\/(embed|share)\//.test(path);
  return {
    "content-type": type,
    "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "public, max-age=60",
    "content-security-policy": type === htmlType ? pagePolicy : drawingPolicy,
    ...safetyHeaders,
    ...(isEmbeddable && { "cross-origin-resource-policy": "cross-origin" }),
    ...(/^\/(en\/)?feed\.atom$/.test(path) && { "access-control-allow-origin": "*" }),
  };
}

type AbsentPage = "unknown" | "unmade";

/** The texts of the two pages that are shown where there is no page. */
const absentPageTexts: Record<AbsentPage, { title: LocalizedText; says: LocalizedText }> & {
  first: LocalizedText;
} = {
  unknown: {
    title: { fa: "این صفحه پیدا نشد", en: "There is no such page" },
    says: {
      fa: "نشانی را یک بار دیگر ببینید. شاید از جایی آمده‌اید که نشانی قدیمی دارد.",
      en: "Check the address: the link that led you here may be old.",
    },
  },
  unmade: {
    title: { fa: "این صفحه در دست تهیه است", en: "This page is being made" },
    says: {
      fa: "چند دقیقهٔ دیگر دوباره بیایید. ثبت و پیگیری شکایت در شمارهٔ ۱۲۸ مثل همیشه ممکن است.",
      en: "Come back in a few minutes. Complaints are taken and followed at number 128 as always.",
    },
  },
  first: { fa: "صفحهٔ نخست", en: "First page" },
};

/** The reply where the site has no page at the address. */
export const pageNotFound = inBothLanguages("unknown", {
  status: 404,
  headers: { "cache-control": "public, max-age=60" },
});

/** The reply in the first minutes of a province, or while the site's files cannot be read. */
export const siteNotReady = inBothLanguages("unmade", {
  status: 503,
  headers: { "cache-control": "no-store", "retry-after": "60" },
});

/** The page has no style sheet: it must be readable even if no other file can be read. */
function inBothLanguages(page: AbsentPage, { status, headers }: Omit<Reply, "body">): Reply {
  const { title, says: text } = absentPageTexts[page];
  const body = `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title.fa}</title></head>
<body><main><h1>${title.fa}</h1><p>${text.fa}</p><p><a href="/">${absentPageTexts.first.fa}</a></p></main>
<section lang="en" dir="ltr"><h2>${title.en}</h2><p>${text.en}</p><p><a href="/en">${absentPageTexts.first.en}</a></p></section></body>
</html>
`;
  return { status, body, headers: { ...pageHeaders({ path: "", type: htmlType }), ...headers } };
}

const memory = createSiteCache();

/** A route of the public page, such as `/agencies/{id}`. It answers with the file that the site has at the address. */
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
      if (!site) return siteNotReady;
      const file = Object.hasOwn(site.files, address) ? site.files[address] : undefined;
      if (!file) return pageNotFound;
      const headers = { ...pageHeaders({ path: address, type: file.type }), ...encodingHeaders({ ...file, coding }) };
      return { status: 200, body: await memory.file(file, coding), headers };
    },
  });
}
