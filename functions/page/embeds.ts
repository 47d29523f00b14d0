import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "./addresses.ts";
import { strokesDrawing } from "./drawings/strokes.ts";
import { type Embedded, embedOf } from "./embed.ts";
import type { SiteFile } from "./material.ts";
import { readyOutlines } from "./outlines.ts";
import { type Shareable, sharePicture } from "./share-picture.ts";

/** A chart that other pages may show: `name` as in its address, `months` or `funnel-banks`. */
export type Chart = { name: string; drawing: string; title: string; asOf: string; note: string };

/** All that other pages and messages may show of the province, in one language. */
export type Shown = { language: Language; source: string; glance?: Shareable | undefined; charts: Chart[] };

/** The glance and the charts as drawings that stand alone, and a picture of the glance; drawn when asked for. */
export function shownFiles({ language, source, glance, charts }: Shown): SiteFile[] {
  return [
    ...(glance ? [glanceEmbed(glance), pictureOf(glance)] : []),
    ...charts.map(({ name, drawing, title, asOf, note }) =>
      embedFile(name, { drawing, embedded: { title, date: asOf, source, note, language } }),
    ),
  ];
}

function glanceEmbed({ language, name, headline, strokes, asOf, address, note }: Shareable): SiteFile {
  const drawing = strokesDrawing(strokes.drawn, { language, width: 1100, title: headline }, strokes.words);
  return embedFile("glance", {
    drawing,
    embedded: { title: `${name}: ${headline}`, date: asOf, source: address, note, language },
  });
}

function embedFile(name: string, { drawing, embedded }: { drawing: string; embedded: Embedded }): SiteFile {
  return {
    path: addresses.embed(name, embedded.language),
    type: "image/svg+xml",
    body: async () => embedOf(drawing, embedded, await readyOutlines()),
    madeOf: JSON.stringify([drawing, embedded]),
  };
}

function pictureOf(glance: Shareable): SiteFile {
  return {
    path: addresses.share(glance.language),
    type: "image/png",
    body: async () => sharePicture(glance, await readyOutlines()),
    madeOf: JSON.stringify(glance),
  };
}
