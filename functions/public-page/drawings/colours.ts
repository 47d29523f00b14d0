import { type Drawing, svgOf } from "./pen.ts";

/**
 * One colour for each use. The contrast with `ground` is at least 4.5 for text and at least 3 for marks. `strip` and `hair`
 * have less, so they never carry information alone.
 */
type Palette = Record<"ground" | "ink" | "muted" | "accent" | "grey" | "strip" | "hair", string>;

export const palettes: Record<"light" | "dark" | "print", Palette> = {
  light: {
    ground: "#fdfdfb",
    ink: "#15191c",
    muted: "#565e63",
    accent: "#00616f",
    grey: "#7e878c",
    strip: "#e8eaea",
    hair: "#d8dbdc",
  },
  dark: {
    ground: "#101415",
    ink: "#eceff0",
    muted: "#a8b1b5",
    accent: "#62c8d5",
    grey: "#737d82",
    strip: "#22292c",
    hair: "#343c40",
  },
  print: {
    ground: "#ffffff",
    ink: "#000000",
    muted: "#444444",
    accent: "#00515d",
    grey: "#7c8488",
    strip: "#e4e4e4",
    hair: "#bbbbbb",
  },
};

/** In a drawing the class `accent` fills a shape with that colour; the class `accent-line` draws its outline in it. */
const roles = Object.keys(palettes.light) as (keyof Palette)[];

const hatchDefinitions = `<defs>${(["accent", "grey"] as const)
  .map(
    (role) =>
      `<pattern id="hatch-${role}" width="4.5" height="4.5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="${role}-line" stroke-width="2.2" d="M1.1 0v4.5"/></pattern>`,
  )
  .join("")}</defs>`;

/** The two hatch patterns. Each page has them once, before its first drawing. */
export const hatches = `<svg class="hatches" width="0" height="0" aria-hidden="true">${hatchDefinitions}</svg>`;

/** The CSS of all drawings on a page: colours for a light screen, a dark screen and paper. */
export function drawingsStyle(): string {
  const variables = (palette: Palette) => `:root{${roles.map((role) => `--${role}:${palette[role]}`).join(";")}}`;
  return [
    variables(palettes.light),
    `@media (prefers-color-scheme:dark){${variables(palettes.dark)}}`,
    `@media print{${variables(palettes.print)}}`,
    ".hatches{position:absolute}",
    "svg.drawing{display:block;max-width:100%;height:auto}",
    ...roles.map(
      (role) => `.drawing .${role}{fill:var(--${role})}:is(.drawing,.hatches) .${role}-line{stroke:var(--${role})}`,
    ),
  ].join("\n");
}

/** The drawing as SVG without a page: it has the hatches, and `fill` and `stroke` attributes instead of classes. */
export function withColours(drawing: Drawing, palette: Palette): string {
  const svg = svgOf({ ...drawing, content: hatchDefinitions + drawing.content });
  return svg.replaceAll(/ class="([^"]*)"/g, (_, names: string) =>
    names
      .split(" ")
      .map((name) => colourAttribute(name, palette))
      .join(""),
  );
}

function colourAttribute(name: string, palette: Palette): string {
  const role = roles.find((one) => name === one || name === `${one}-line`);
  if (!role) return "";
  return ` ${name === role ? "fill" : "stroke"}="${palette[role]}"`;
}
