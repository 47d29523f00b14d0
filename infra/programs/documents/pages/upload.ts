// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code that a reader pastes.
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { nodeRequest } from "./node.ts";
import type { Route } from "./parsed-documents.ts";
import { pasteBlock, type Tool } from "./paste.ts";
import { powershellRequest } from "./powershell.ts";
import { fillPlaces, pastedRequest } from "./requests.ts";
import { shellRequest } from "./shell.ts";
import { prose } from "./wording.ts";

/** The file of the reader, in the folder in which the lines are pasted. */
const file = { name: "photo.jpg", contentType: "image/jpeg" };

/** The announcement of the reader's file: its size must be the true one. */
const announcement = `{ "fileName": "${file.name}", "contentType": "${file.contentType}", "size": {{SIZE}} }`;

/**
 * Both steps of sending a file: the announcement, and the form with the file. The shell reads the form's fields with tools that
 * every shell has; curl takes them from its input, before the file.
 */
export function uploadRequests(route: Route, language: Language): Record<Tool, string> {
  const pasted = pastedRequest(route, language);
  // The second step needs the answer of the first, so that something is always taken from it.
  const sets: typeof pasted.sets = pasted.sets.length > 0 ? pasted.sets : [["ATTACHMENT", "attachmentId"]];
  const request = { ...pasted, sets, json: announcement };
  const announced = fillPlaces(nodeRequest({ ...request, sets: [] }), () => "photo.length").replaceAll("\n", "\n  ");
  return {
    shell: `SIZE=$(wc -c < ${file.name} | tr -d ' ')
${shellRequest(request)}
echo "$ANSWER" | grep -o '"fields": *{[^}]*}' | grep -o '"[^"]*": *"[^"]*"' |
  sed 's/^"\\([^"]*\\)": *"\\(.*\\)"$/form-string = "\\1=\\2"/' |
  curl -sS -o /dev/null -w '%{http_code}\\n' -K - -F file=@${file.name} "$(echo "$ANSWER" | grep -o '"url": *"[^"]*"' | cut -d'"' -f4)"`,
    powershell: `$SIZE = (Get-Item ${file.name}).Length
${powershellRequest(request)}
$FORM = [ordered]@{}
$answer.fields.PSObject.Properties | ForEach-Object { $FORM[$_.Name] = $_.Value }
$FORM['file'] = Get-Item ${file.name}
(Invoke-WebRequest -Method Post -Uri $answer.url -Form $FORM).StatusCode`,
    // One statement: the prompt of Node would read a line behind an `await` too early.
    node: `await import("node:fs/promises").then(({ readFile }) => readFile("${file.name}")).then(async (photo) => {
  const { attachmentId, url, fields } = ${announced}
  ATTACHMENT = attachmentId;
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", new Blob([photo]));
  console.log((await fetch(url, { method: "POST", body })).status);
});`,
  };
}

const note: LocalizedText = {
  en: "A file takes two steps: this request announces it, and the form in its answer carries it. Put a `photo.jpg` into your folder, and the second block takes both steps. It ends with 204: the file has arrived. [More about files](#files).",
  fa: "هر فایل دو گام دارد: این درخواست آن را اعلام می‌کند و فرمی که در پاسخ می‌آید آن را می‌برد. یک `photo.jpg` در پوشهٔ خود بگذارید؛ بلوک دوم هر دو گام را انجام می‌دهد. پایان آن 204 است: فایل رسید. [دربارهٔ پیوست‌ها](#files).",
};
const title: LocalizedText = { en: "Both steps, with a file of yours", fa: "هر دو گام، با فایل خودتان" };

const isUpload = ({ method, path }: Route) => method === "POST" && path.endsWith("/attachments");

/** The note before the request of an operation that announces a file. */
export function uploadNote(route: Route, language: Language): Html {
  return isUpload(route) ? html`<p class="prose">${prose(note[language])}</p>` : html``;
}

/** Both steps to paste, below the request that announces the file. */
export function uploadBlock(route: Route, language: Language): Html {
  if (!isUpload(route)) return html``;
  const name = `${route.operation.operationId}-upload`;
  return html`<h4>${title[language]}</h4>${pasteBlock(name, { request: uploadRequests(route, language), language })}`;
}
