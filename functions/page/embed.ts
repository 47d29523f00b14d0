import type { Language } from "#shared/domain/vocabulary.ts";
import { palettes, withColours } from "./drawings/colours.ts";
import { escaped, linesOf, penFor } from "./drawings/pen.ts";
import type { Outlines } from "./outlines.ts";

export type Embedded = {
  /** What it shows; the first line of it. */
  title: string;
  /** Of when it is, such as "Mehr 1405". */
  date: string;
  /** Whose figures they are, and where they are found. */
  source: string;
  /** What its marks mean, and that its numbers are moved. */
  note: string;
  language: Language;
};

const margin = 24;
const titleLine = 28;
const below = 56;
const line = 22;

/** A drawing as a file of its own, for pages of others: its title above, of when it is and whose below, no font needed. */
export function embedOf(svg: string, embedded: Embedded, { outlined }: Outlines): string {
  const { title, date, source, note, language } = embedded;
  const [width, height] = [sizeOf(svg, "width"), sizeOf(svg, "height")];
  const titles = linesOf(title, { size: 19, width });
  const above = 36 + titles.length * titleLine;
  const notes = linesOf(note, { size: 14, width });
  const whole = { width: width + 2 * margin, height: height + above + below + notes.length * line };
  const pen = penFor({ language, width: whole.width, title });
  const bottom = whole.height - 18;
  const framed = pen.framed(
    [
      `<rect class="ground" width="${whole.width}" height="${whole.height}"/>`,
      ...titles.map((text, n) => pen.write({ x: margin, y: 38 + n * titleLine, text, size: 19, isBold: true })),
      `<g transform="translate(${margin} ${above})">${innerOf(svg)}</g>`,
      ...notes.map((text, n) =>
        pen.write({ x: margin, y: bottom - (notes.length - n) * line, text, classes: "muted" }),
      ),
      pen.write({ x: margin, y: bottom, text: date, classes: "muted" }),
      pen.write({ x: whole.width - margin, y: bottom, text: source, anchor: "end", classes: "muted" }),
    ].join(""),
    whole.height,
  );
  return named(outlined(aloneIn(framed)), embedded);
}

/** With its colours and its font within. */
export function aloneIn(svg: string): string {
  return withColours(svg, palettes.light).replace("<svg ", '<svg font-family="Vazirmatn" ');
}

/** Outlines say nothing to who does not see them. */
function named(svg: string, { title, date, source, note, language }: Embedded): string {
  const names = `<title>${escaped(title)}</title><desc>${escaped(`${note} ${date}. ${source}`)}</desc>`;
  return svg.replace(
    /<svg ([^>]*)>/,
    (_, attributes: string) => `<svg role="img" xml:lang="${language}" ${attributes}>${names}`,
  );
}

function sizeOf(svg: string, side: "width" | "height"): number {
  return Number(new RegExp(` ${side}="(\\d+)"`).exec(svg)?.[1] ?? 0);
}

/** A drawing without its frame and its name. */
export function innerOf(svg: string): string {
  return svg.slice(svg.indexOf("</title>") + "</title>".length, svg.lastIndexOf("</svg>"));
}
