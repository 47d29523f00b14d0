const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const characters = new Map(Object.entries(entities).map(([character, entity]) => [entity, character]));

/** Escapes a text for HTML, also for the value of an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** HTML whose values are already escaped. */
export type Html = { html: string };
type HtmlPart = Html | readonly Html[] | string | number | undefined | false;

function renderPart(part: HtmlPart): string {
  if (part === undefined || part === false) return "";
  if (typeof part === "object" && "html" in part) return part.html;
  if (typeof part === "object") return part.map(renderPart).join("");
  return escapeHtml(String(part));
}

/** A template tag that escapes its values, except values of the type `Html`. */
export function html(texts: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  return { html: texts.reduce((all, text, n) => `${all}${renderPart(parts[n - 1])}${text}`) };
}

/** Returns the plain text of HTML, without tags, for places such as a title. */
export function textOf({ html }: Html): string {
  return html.replace(/<[^>]*>/g, "").replace(/&(amp|lt|gt|quot|#39);/g, (entity) => characters.get(entity) ?? entity);
}
