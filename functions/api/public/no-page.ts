import type { Reply } from "#functions/pipelines/reply.ts";
import { type AbsentPage, absentPageTexts } from "../wording/absent-page-texts.ts";
import { htmlType, pageHeaders } from "./page-headers.ts";

/** There is nothing under the address, or no longer. */
export const noPage = inBothLanguages("unknown", { status: 404, headers: { "cache-control": "public, max-age=60" } });

/** In the first minutes of a province, or while its files cannot be reached. */
export const noSiteYet = inBothLanguages("unmade", {
  status: 503,
  headers: { "cache-control": "no-store", "retry-after": "60" },
});

/** Without a style: it must be readable where nothing else can be read. */
function inBothLanguages(page: AbsentPage, { status, headers }: Omit<Reply, "body">): Reply {
  const { title, says } = absentPageTexts[page];
  const body = `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title.fa}</title></head>
<body><main><h1>${title.fa}</h1><p>${says.fa}</p><p><a href="/">${absentPageTexts.first.fa}</a></p></main>
<section lang="en" dir="ltr"><h2>${title.en}</h2><p>${says.en}</p><p><a href="/en">${absentPageTexts.first.en}</a></p></section></body>
</html>
`;
  return { status, body, headers: { ...pageHeaders({ path: "", type: htmlType }), ...headers } };
}
