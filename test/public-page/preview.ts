import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { compressBody } from "#functions/public-page/render-page.function.ts";
import { chromiumPath } from "../support/chromium-path.ts";
import { serveSite } from "./serve-site.ts";

/**
 * Pictures of the pages of an invented year, beside the pages: `npm run trial -- preview FOLDER`. With `--of ADDRESS` of
 * those that a running cloud serves there.
 */
const { values, positionals } = parseArgs({ options: { of: { type: "string" } }, allowPositionals: true });
const [folder = ".local/page"] = positionals;
mkdirSync(folder, { recursive: true });

const site = values.of ? undefined : await serveSite();
const origin = values.of ?? site?.origin ?? "";

const say = (text: string) => process.stdout.write(`${text}\n`);
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
/** The agency that the page names first. */
const [agency = "/"] = /\/agencies\/[^"]+/.exec(await (await fetch(`${origin}/`)).text()) ?? [];
const paths = ["/", "/en", agency, `/en${agency}`, "/definitions", "/en/definitions"];
const only = process.env.ONLY;
const browser = await chromium.launch({ executablePath: await chromiumPath(), args: ["--no-sandbox"] });
/** How high a picture is at the most. */
const cut = 1_600;
/** An A4 page without its margins, in CSS pixels. */
const paper = { width: 703, height: 1054 };
/** Its margins, without which a picture seems cut. */
const margin = { block: 34, inline: 45 };
const looks = [
  ...Object.entries(sizes).flatMap(([size, viewport]) =>
    (["light", "dark"] as const).map((scheme) => ({
      look: `${scheme}-${size}`,
      viewport,
      scheme,
      media: "screen" as const,
    })),
  ),
  { look: "print", viewport: paper, scheme: "light" as const, media: "print" as const },
];
for (const path of paths)
  for (const { look, viewport, scheme, media } of looks) {
    const name = `${path === "/" ? "fa" : path.slice(1).replaceAll("/", "-")}-${look}`;
    if (only && !name.match(only)) continue;
    const page = await browser.newPage({ viewport, colorScheme: scheme });
    page.on("console", (message) => say(`${name}: ${message.text()}`));
    await page.emulateMedia({ media });
    await page.goto(origin + path);
    const [width, height] = (await page.evaluate(
      "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]",
    )) as [number, number];
    if (width > viewport.width) say(`${name}: ${width - viewport.width} px too wide`);
    if (media === "print" && !path.includes("definitions") && height > paper.height)
      say(`${name}: ${height - paper.height} px too high for one page`);
    if (media === "print") {
      await page.setViewportSize({ width: width + 2 * margin.inline, height });
      await page.evaluate(`document.body.style.margin = "${margin.block}px ${margin.inline}px"`);
    }
    const whole =
      media === "print"
        ? { width: width + 2 * margin.inline, height: height + 2 * margin.block }
        : { width: viewport.width, height };
    // Cut, since what is very high cannot be looked at.
    for (let from = 0, part = 1; from < whole.height; from += cut, part++)
      await page.screenshot({
        path: join(folder, `${name}-${part}.png`),
        fullPage: true,
        clip: { x: 0, y: from, width: whole.width, height: Math.min(cut, whole.height - from) },
      });
    await page.close();
  }
await browser.close();
await site?.close();
for (const [path, { type, body }] of site?.files ?? []) {
  const bytes = typeof body === "function" ? await body() : body;
  const name = path.slice(1).replaceAll("/", "-") || "index";
  writeFileSync(join(folder, `${name}${path.includes(".") ? "" : ".html"}`), bytes);
  if (paths.includes(path) || type.startsWith("text/css")) say(`${path}: ${compressBody(bytes).length} bytes packed`);
}
