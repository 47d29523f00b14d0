import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses } from "./addresses.ts";
import { strokesDrawing } from "./drawings/strokes.ts";
import { type Embedded, embedOf } from "./embed.ts";
import type { SiteFile } from "./material.ts";
import { readyOutlines } from "./outlines.ts";
import { type Shareable, sharePicture } from "./share-picture.ts";

/** A chart that other pages may show: `name` as in its address, `months` or `funnel-banks`. */
export type Chart = { name: string; drawing: string; title: string; asOf: string; note: string };

/** All that other pages and messages may show, in one language: of the province (`province`) and of agencies (`agencies/…`). */
export type Shown = { language: Language; source: string; shareables: (Shareable & { at: string })[]; charts: Chart[] };

/** The strokes and charts as drawings that stand alone, and a picture of each that has strokes; drawn when asked for. */
export function shownFiles({ language, source, shareables, charts }: Shown): SiteFile[] {
  return [
    ...shareables.flatMap((shared) => [strokesEmbed(shared), pictureOf(shared)]),
    ...charts.map(({ name, drawing, title, asOf, note }) =>
      embedFile(name, { drawing, embedded: { title, date: asOf, source, note, language } }),
    ),
  ];
}

function strokesEmbed({ at, language, name, headline, strokes, asOf, address, note }: Shown["shareables"][number]) {
  const drawing = strokesDrawing(strokes.drawn, { language, width: 1100, title: headline }, strokes.words);
  const embedded = { title: `${name}: ${headline}`, date: asOf, source: address, note, language };
  return embedFile(at === "province" ? "glance" : at, { drawing, embedded });
}

function embedFile(name: string, { drawing, embedded }: { drawing: string; embedded: Embedded }): SiteFile {
  return {
    path: addresses.embed(name, embedded.language),
    type: "image/svg+xml",
    body: async () => embedOf(drawing, embedded, await readyOutlines()),
    madeOf: JSON.stringify([drawing, embedded]),
  };
}

function pictureOf({ at, ...shared }: Shown["shareables"][number]): SiteFile {
  return {
    path: addresses.share(at, shared.language),
    type: "image/png",
    body: async () => sharePicture(shared, await readyOutlines()),
    madeOf: JSON.stringify(shared),
  };
}
