import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import { comparisonDistance } from "#functions/figures/comparison.ts";
import { drawingsStyle, hatches, palettes, withColours } from "#functions/public-page/drawings/colours.ts";
import { funnelDrawing } from "#functions/public-page/drawings/funnel.ts";
import { monthsDrawing } from "#functions/public-page/drawings/months.ts";
import { type Box, type Drawing, svgOf, widthOf } from "#functions/public-page/drawings/pen.ts";
import { bandDrawing, barDrawing, seriesDrawing } from "#functions/public-page/drawings/small-charts.ts";
import { hasRoom, strokesDrawing } from "#functions/public-page/drawings/strokes.ts";
import {
  type DrawingOptions,
  type Funnel,
  type Months,
  type Strokes,
  strokesOfHundred,
} from "#functions/public-page/model/charts.ts";
import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { comparisonLimits } from "#shared/policy-numbers.ts";

const fa: DrawingOptions = { language: "fa", width: 1100, title: "از هر ۱۰۰ شکایت" };
const en: DrawingOptions = { language: "en", width: 1100, title: "Of every 100 complaints" };
const hostile = `</title><script>alert("1")</script> & 'co' \u0000\u0007`;

const strokes: Strokes = [
  { kind: "accepted", strokes: 37 },
  { kind: "silent", strokes: 27 },
  { kind: "not-good", strokes: 22 },
  { kind: "unanswered", strokes: 14 },
];
const words = {
  parts: [
    { strokes: 37, words: "accepted", note: hostile },
    { strokes: 27, words: "silent" },
    { strokes: 36, words: "not answered well" },
  ],
  unanswered: "14 unanswered",
};

const aMonth = (n: number): Months["months"][number] => ({
  label: "Mehr",
  year: String(1404 + Math.floor(n / 12)),
  band: { low: { share: 0.3, strokes: 30 }, high: { share: 0.6, strokes: 60 } },
  tooltip: hostile,
});
const months = (count: number, change: Partial<Months> = {}): Months => ({
  months: Array.from({ length: count }, (_, n) => aMonth(n)),
  limits: { mean: 0.3, lower: -0.1, upper: 1.2 },
  ...change,
});

const aPoint = (change: Partial<Funnel["points"][number]> = {}): Funnel["points"][number] => ({
  name: hostile,
  counted: 40,
  share: 0.3,
  class: "as-expected",
  isNamed: false,
  tooltip: hostile,
  ...change,
});
const funnel = (points: Funnel["points"], change: Partial<Funnel> = {}): Funnel => ({
  points,
  theta: 0.32,
  tauSquared: 0.002,
  axis: { x: "complaints", y: "confirmed of 100" },
  ...change,
});

const both = (draw: (look: DrawingOptions) => Drawing) =>
  [draw(fa), draw({ ...fa, width: 340 }), draw(en), draw({ ...en, width: 340 })].map(svgOf);
const nothingOrAll = [0, 1].flatMap((share) => [
  ...both((look) => bandDrawing({ low: share, high: share, peers: share }, look)),
  ...both((look) => barDrawing({ share }, look)),
  ...both((look) => funnelDrawing(funnel([aPoint({ share, counted: 5 })], { theta: share, tauSquared: 0 }), look)),
]);
const drawings = [
  ...both((look) => strokesDrawing(strokes, look, words)),
  ...both((look) => strokesDrawing([], { ...look, title: hostile })),
  ...both((look) =>
    strokesDrawing([{ kind: "silent", strokes: 100 }], look, { parts: [{ strokes: 100, words: hostile }] }),
  ),
  ...both((look) => bandDrawing({ low: 0.3, high: 0.6 }, look)),
  ...[0, 1, 2, 18, 500].flatMap((count) =>
    both((look) => monthsDrawing(months(count, { changed: { months: 1, rule: hostile } }), look)),
  ),
  ...both((look) => monthsDrawing({ months: [{ ...aMonth(0), band: undefined }] }, look)),
  ...both((look) => funnelDrawing(funnel([]), look)),
  ...both((look) => funnelDrawing(funnel(Array.from({ length: 500 }, () => aPoint({ isNamed: true }))), look)),
  ...both((look) => seriesDrawing({ values: [], signals: [] }, look)),
  ...both((look) => seriesDrawing({ values: [undefined, 3, undefined], signals: [] }, look)),
  ...both((look) => seriesDrawing({ values: Array<number>(500).fill(7), signals: [["outside-limits"]] }, look)),
  ...nothingOrAll,
];

const read = (svg: string) =>
  new DOMParser({
    onError: (_, message) => {
      throw new Error(message);
    },
  }).parseFromString(svg, "image/svg+xml").documentElement;

test("each drawing is whole XML with a name, and neither style, script, id nor a number that is none", () => {
  for (const svg of drawings) {
    const root = read(svg);
    expect(root?.getAttribute("role")).toBe("img");
    expect(root?.firstChild?.nodeName).toBe("title");
    expect(svg).not.toMatch(/style=|<script|\bid=|NaN|Infinity|undefined|\bon\w+=/);
  }
});

test("every class of a drawing has its colour on the page, and its own where it stands alone", () => {
  const classes = new Set(
    drawings.flatMap((svg) => [...svg.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(" "))),
  );
  classes.delete("drawing");
  for (const name of classes) expect(drawingsStyle()).toContain(`.${name}{`);
  const alone = withColours(strokesDrawing(strokes, fa), palettes.dark);
  expect(alone).not.toContain("class=");
  expect(alone.match(new RegExp(palettes.dark.accent, "g"))?.length).toBeGreaterThan(2);
  // What is filled with a hatch finds it in the same file.
  expect(alone).toContain('<pattern id="hatch-accent"');
  expect(hatches).toContain('id="hatch-grey"');
});

const boxes = (svg: string, classes: string) =>
  [...svg.matchAll(/<path class="([^"]*)"[^>]* d="([^"]*)"/g)]
    .filter(([, names]) => names === classes)
    .flatMap(([, , d = ""]) => [...d.matchAll(/M(-?[\d.]+) (-?[\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z/g)])
    .map(([, x, y, width, height]) => ({ x: Number(x), y: Number(y), width: Number(width), height: Number(height) }));

describe("strokes", () => {
  test.each([1100, 760, 342])(
    "are a hundred on %i pixels, from the right in Persian and the left in English",
    (width) => {
      const [right, left] = [
        svgOf(strokesDrawing(strokes, { ...fa, width })),
        svgOf(strokesDrawing(strokes, { ...en, width })),
      ];
      for (const svg of [right, left]) {
        expect(boxes(svg, "accent")).toHaveLength(37);
        expect(boxes(svg, "accent-line")).toHaveLength(27);
        expect(boxes(svg, "muted-line")).toHaveLength(36);
      }
      const mirrored = boxes(left, "accent").map(({ x, width: wide }) => width - x - wide);
      expect(boxes(right, "accent").map(({ x }) => x)).toEqual(mirrored);
      expect(boxes(left, "accent")[0]).toMatchObject({ x: 0 });
    },
  );

  test("have their words under them where each part is wide enough, else in a line", () => {
    const short = { ...words, parts: words.parts.map((part) => ({ ...part, note: "" })) };
    expect(hasRoom(short, en)).toBe(true);
    expect(hasRoom(words, { ...en, width: 342 })).toBe(false);
    const narrow = {
      parts: [
        { strokes: 2, words: "the citizen accepted it" },
        { strokes: 98, words: "in time" },
      ],
    };
    expect(hasRoom(narrow, en)).toBe(false);
    expect(strokesDrawing(strokes, en, narrow).content).toContain("the citizen accepted it");
  });
});

test("text is anchored to sides and still reads in its own direction", () => {
  const persian = svgOf(funnelDrawing(funnel([], { axis: { x: "شمار", y: "از ۱۰۰." } }), fa));
  // The words of the y axis stand at the right end, numbers in Persian digits.
  expect(persian).toMatch(/<text class="muted" x="1100" y="14" text-anchor="end"[^>]*>\u2067از ۱۰۰\.\u2069</);
  expect(persian).toContain(">۸۰<");
  expect(persian).toContain('direction="ltr"');
  const english = svgOf(funnelDrawing(funnel([]), en));
  expect(english).toMatch(/x="0" y="14" text-anchor="start"[^>]*>confirmed of 100</);
});

test("the months of a real change have another colour than the others, the oldest where reading begins", () => {
  const seven = { ...months(18), changed: { months: 7, rule: "seven above" } };
  const svg = svgOf(monthsDrawing(seven, en));
  expect(boxes(svg, "accent")).toHaveLength(7);
  expect(boxes(svg, "grey")).toHaveLength(11);
  const firstAccent = boxes(svg, "accent")[0]?.x ?? 0;
  expect(boxes(svg, "grey").every(({ x }) => x < firstAccent)).toBe(true);
  expect(svg).toContain(">seven above<");
  const persian = svgOf(monthsDrawing(seven, fa));
  expect(boxes(persian, "grey").every(({ x }) => x > (boxes(persian, "accent")[0]?.x ?? 0))).toBe(true);
});

test("a month with too few complaints is a dash, never a column", () => {
  const svg = svgOf(monthsDrawing({ months: [aMonth(0), { ...aMonth(1), band: undefined }, aMonth(2)] }, en));
  expect(boxes(svg, "grey")).toHaveLength(2);
  expect(boxes(svg, "grey-line")).toHaveLength(2);
  expect(svg.match(/>–</g)).toHaveLength(1);
});

test("a month in which nobody was silent has no hatched part", () => {
  const share = { share: 0.3, strokes: 30 };
  const svg = svgOf(monthsDrawing({ months: [{ ...aMonth(0), band: { low: share, high: share } }] }, en));
  expect(boxes(svg, "grey")).toHaveLength(1);
  expect(boxes(svg, "grey-line")).toHaveLength(0);
  // The number beside the last column stands once.
  expect(svg.match(/>30</g)).toHaveLength(1);
});

test("the limits of a funnel stand, from 20 complaints on, where the comparison changes its word", () => {
  const { theta, tauSquared } = funnel([]);
  const svg = svgOf(funnelDrawing(funnel([aPoint({ counted: 200 })]), { ...en, width: 600 }));
  const [, watch = "", clear = ""] =
    /stroke-dasharray="4 3" d="([^"]*)"\/><path class="muted-line" d="([^"]*)"/.exec(svg) ?? [];
  // The plot: 554 wide for 200 complaints and 220 high for 80 of 100, from 30 and 26 on.
  const placesOf = (line: string) =>
    [...(line.split("M")[1] ?? "").matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => ({
      judged: ((Number(x) - 30) / 554) * 200,
      confirmedShare: (1 - (Number(y) - 26) / 220) * 0.8,
    }));
  expect(placesOf(watch)[0]?.judged).toBeCloseTo(20, 1);
  expect(placesOf(watch).at(-1)?.judged).toBeCloseTo(200, 1);
  for (const place of placesOf(watch))
    expect(comparisonDistance(place, { theta, tauSquared })).toBeCloseTo(comparisonLimits.possible, 1);
  for (const place of placesOf(clear))
    expect(comparisonDistance(place, { theta, tauSquared })).toBeCloseTo(comparisonLimits.clear, 1);
});

test("only the named are named in a funnel, and those near each other do not meet", () => {
  const beside = (name: string, share: number) =>
    aPoint({ name, class: "clearly-worse", isNamed: true, share, counted: 40 });
  const points = [beside("First office", 0.3), beside("Second office", 0.31), aPoint({ name: "Unnamed office" })];
  const svg = svgOf(funnelDrawing(funnel(points), en));
  expect(svg).not.toContain("Unnamed office");
  const [first, second] = ["First office", "Second office"].map((name) =>
    Number(new RegExp(`y="([\\d.]+)"[^>]*>${name}`).exec(svg)?.[1]),
  );
  expect(Math.abs((first ?? 0) - (second ?? 0))).toBeGreaterThanOrEqual(14);
});

/** Where the marks of a funnel lie, and its names with the lines that lead to them. */
function funnelBoxes(svg: string) {
  const all = [...(read(svg)?.getElementsByTagName("*") ?? [])];
  const said = all.filter((one) => one.getElementsByTagName("title").length > 0 && one.nodeName !== "svg");
  const marks = said.map((one) => {
    const [x = 0, y = 0, otherX, , , tipY] = (one.getAttribute("d")?.match(/-?[\d.]+/g) ?? []).map(Number);
    if (otherX !== undefined && tipY !== undefined)
      return { x: Math.min(x, otherX), y: Math.min(y, tipY), width: 12, height: 12 };
    const [cx, cy, r] = ["cx", "cy", "r"].map((name) => Number(one.getAttribute(name))) as [number, number, number];
    return { x: cx - r, y: cy - r, width: 2 * r, height: 2 * r };
  });
  const names = all
    .filter((one) => one.getAttribute("paint-order") === "stroke")
    .map((one) => {
      const width = widthOf(one.textContent ?? "", 14);
      const left = { start: 0, middle: width / 2, end: width }[one.getAttribute("text-anchor") ?? ""] ?? Number.NaN;
      return { x: Number(one.getAttribute("x")) - left, y: Number(one.getAttribute("y")) - 13, width, height: 18 };
    });
  return { marks, names, leaders: boxes(svg, "ink") };
}

const meet = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe("a funnel in which one is named", () => {
  const { agencies } = JSON.parse(
    readFileSync(new URL("../../infra/provinces/qazvin.json", import.meta.url), "utf8"),
  ) as { agencies: { name: Record<DrawingOptions["language"], string> }[] };

  test.each(["fa", "en"] as const)(
    "has each mark seen, however near they lie, and a line to a name that stands away (%s)",
    (language) => {
      const chance = mulberry32(3);
      let led = 0;
      for (const named of agencies) {
        const points = agencies.slice(0, 25).map((one) =>
          aPoint({
            name: one.name[language],
            counted: 20 + Math.floor(chance() * 30),
            share: 0.15 + chance() * 0.35,
            ...(chance() < 0.1 && { class: "possibly-different", side: "worse" }),
          }),
        );
        const own = aPoint({
          name: named.name[language],
          counted: 30 + Math.floor(chance() * 15),
          share: 0.3,
          isNamed: true,
        });
        const { marks, names, leaders } = funnelBoxes(
          svgOf(funnelDrawing(funnel([...points, own]), { ...en, language, width: 400 })),
        );
        expect(marks).toHaveLength(26);
        expect(names).toHaveLength(1);
        expect(
          marks.filter((mark) => names.some((name) => meet(name, mark))),
          own.name,
        ).toEqual([]);
        led += leaders.length;
      }
      expect(led).toBeGreaterThan(5);
      expect(led).toBeLessThanOrEqual(agencies.length);
    },
  );
});

describe("a hundred", () => {
  test.each([
    [
      [86, 63, 51, 32],
      [37, 27, 22, 14],
    ],
    [
      [1, 1, 1],
      [34, 33, 33],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [
      [5, 0],
      [100, 0],
    ],
    [
      [199, 1],
      [100, 0],
    ],
  ])("of %j is %j", (counts, shares) => {
    expect(strokesOfHundred(counts)).toEqual(shares);
  });

  test("adds up whatever is counted", () => {
    for (let n = 1; n < 200; n++) expect(strokesOfHundred([n, n * n, 7, n % 5]).reduce((a, b) => a + b)).toBe(100);
  });
});
