import { strokesDrawing } from "./drawings/strokes.ts";
import { embedOf } from "./embed.ts";
import type { SiteFile } from "./material.ts";
import type { Outlines } from "./outlines.ts";
import { type Shareable, sharePicture } from "./share-picture.ts";

/** A chart that other pages may show: `name` as in its address, `months` or `funnel-banks`. */
export type Chart = { name: string; drawing: string; title: string; asOf: string; note: string };

/** All that other pages and messages may show, in one language. */
export type Shown = { province: Shareable; agencies: (Shareable & { id: string })[]; charts: Chart[] };

/** Where an embed or a picture is found: `province`, or an agency's id. */
export const embedAddress = (language: string, name: string) => `/embed/${language}/${name}.svg`;
export const pictureAddress = (language: string, name: string) => `/share/${language}/${name}.png`;

/** The strokes and charts as drawings that stand alone, and a picture each of the province and its agencies. */
export function shownFiles({ province, agencies, charts }: Shown, outlines: Outlines): SiteFile[] {
  const { language, address: source } = province;
  const named = [{ ...province, at: "province" }, ...agencies.map((one) => ({ ...one, at: `agencies/${one.id}` }))];
  const drawings = charts.map(({ name, drawing, title, asOf, note }) => ({
    path: embedAddress(language, name),
    body: embedOf(drawing, { title, date: asOf, source, note, language }, outlines),
  }));
  const strokes = named.flatMap((shared) => {
    const body = strokesEmbed(shared, outlines);
    const path = embedAddress(language, shared.at === "province" ? "strokes" : shared.at);
    return body ? [{ path, body }] : [];
  });
  return [
    ...[...strokes, ...drawings].map((file) => ({ ...file, type: "image/svg+xml" })),
    ...named.map((shared) => ({
      path: pictureAddress(language, shared.at),
      type: "image/png",
      body: sharePicture(shared, outlines),
    })),
  ];
}

function strokesEmbed(
  { language, name, headline, strokes, asOf, address, note }: Shareable,
  outlines: Outlines,
): string | undefined {
  if (!strokes) return undefined;
  const drawing = strokesDrawing(strokes.drawn, { language, width: 1100, title: headline }, strokes.words);
  return embedOf(drawing, { title: `${name}: ${headline}`, date: asOf, source: address, note, language }, outlines);
}
