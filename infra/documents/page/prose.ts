import { type Html, html } from "#shared/domain/telling/html.ts";

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
