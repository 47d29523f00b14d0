const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const characters = new Map(Object.entries(entities).map(([character, entity]) => [entity, character]));

/** The text as it may stand in HTML, in an attribute as well. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Markup in which every value is escaped already. */
export type Html = { html: string };
export type HtmlPart = Html | readonly Html[] | string | number | undefined | false;

function renderPart(part: HtmlPart): string {
  if (part === undefined || part === false) return "";
  if (typeof part === "object" && "html" in part) return part.html;
  if (typeof part === "object") return part.map(renderPart).join("");
  return escapeHtml(String(part));
}

/** A template that escapes its values, except those that are `Html`. */
export function html(texts: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  return { html: texts.reduce((all, text, n) => `${all}${renderPart(parts[n - 1])}${text}`) };
}

/** What is read of markup, as plain text: for a title, where no tag may stand. */
export function textOf({ html }: Html): string {
  return html.replace(/<[^>]*>/g, "").replace(/&(amp|lt|gt|quot|#39);/g, (entity) => characters.get(entity) ?? entity);
}
