import { figuresOf } from "#functions/figures/figures.ts";
import type { PublishedCell } from "#functions/figures/publication.ts";
import type { DerivedCell } from "#functions/figures/table-figures.ts";
import type { Assets } from "#functions/public-page/html/frame.ts";
import type { PageData, SiteFile } from "#functions/public-page/model/material.ts";
import { siteFiles } from "#functions/public-page/site.ts";
import { textOf } from "#shared/wording/html.ts";

/** Without definitions, which only their own page shows. */
export const assets: Assets = {
  style: "/style.css",
  fonts: ["/v.woff2"],
  definitions: { method: [], general: [], figures: [], waiting: [], breakdowns: [] },
};

const sites = new WeakMap<PageData, SiteFile[]>();

/** The markup of one page. Throws if the site has no such page. */
export function pageOf(material: PageData, path = "/en"): string {
  const files = sites.get(material) ?? siteFiles(material, assets);
  sites.set(material, files);
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`there is no page ${path}`);
  return String(file.body);
}

/** What a page says between its header and its footer, without tags. */
export function wordsOf(material: PageData, path?: string): string {
  const [, main = ""] = /<main[^>]*>([\s\S]*)<\/main>/.exec(pageOf(material, path)) ?? [];
  return textOf({ html: main }).replace(/\s+/g, " ");
}

/** A cell with all that is derived from itself alone. */
export function derived(cell: PublishedCell): DerivedCell {
  return { cell, figures: figuresOf(cell) };
}
