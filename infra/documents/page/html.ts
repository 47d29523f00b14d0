import { escaped } from "#shared/domain/telling/html.ts";

/** Markup in which every value is escaped already. */
export type Html = { html: string };
type Part = Html | readonly Html[] | string | number | undefined | false;

function markup(part: Part): string {
  if (part === undefined || part === false) return "";
  if (typeof part === "object" && "html" in part) return part.html;
  if (typeof part === "object") return part.map(markup).join("");
  return escaped(String(part));
}

/** A template that escapes its values, except those that are `Html`. */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: texts.reduce((all, text, n) => `${all}${markup(parts[n - 1])}${text}`) };
}

/** Plain text to markup: `backticks` make code, and [words](#place) a link. */
export function prose(text: string): Html {
  const pieces = text.split(/(`[^`]+`|\[[^\]]+\]\([^)]+\))/);
  return html`${pieces.map(piece)}`;
}

function piece(text: string): Html {
  const [, words, place] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(text) ?? [];
  if (words && place) return html`<a href="${place}">${prose(words)}</a>`;
  return /^`.+`$/.test(text) ? html`<code>${text.slice(1, -1)}</code>` : html`${text}`;
}
