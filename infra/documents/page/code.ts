import { type Html, html } from "#shared/domain/telling/html.ts";

const rightToLeft = /[\u0590-\u08ff]/;

/** A block of code, left to right in every language; Persian texts in it keep their own direction. */
export function codeBlock(text: string): Html {
  const pieces = text.split(/("(?:[^"\\]|\\.)*")/);
  return html`<pre dir="ltr" tabindex="0"><code>${pieces.map(isolated)}</code></pre>`;
}

function isolated(piece: string): Html {
  if (!rightToLeft.test(piece)) return html`${piece}`;
  return html`"<bdi>${piece.slice(1, -1)}</bdi>"`;
}

export function jsonBlock(value: unknown): Html {
  return codeBlock(JSON.stringify(value, null, 2));
}
