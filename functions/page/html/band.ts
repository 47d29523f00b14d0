import { type Html, html, textOf } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { bandDrawing } from "../drawings/band.ts";
import type { Glance } from "../model/glance.ts";
import { rangeWords } from "./glance.ts";
import { drawn } from "./setting.ts";

type Look = { language: Language; width: number; peers?: number | undefined };

/** A band; its words stand beside it, so it is not read out a second time. */
export function bandMarkup(glance: Glance, { language, width, peers }: Look): Html | undefined {
  if (glance.state !== "known") return undefined;
  const band = { low: glance.low.share, high: glance.high.share, ...(peers !== undefined && { peers }) };
  const title = textOf(rangeWords(glance, language));
  return html`<span class="band" aria-hidden="true">${drawn(bandDrawing(band, { language, width, title }))}</span>`;
}
