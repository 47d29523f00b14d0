import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { handler } from "#functions/documents/public.function.ts";
import { issuer, publicUrl } from "#shared/province/slices.static.ts";
import { type DeskFile, deskFiles } from "#shared/runtime/bundled-files.ts";
import { aContext, anApiEvent } from "./api-event.ts";
import { assemblyOf } from "./synthesized.ts";

type Handler = typeof handler;

/** The function that serves the documents, as it is deployed: with what it is told, and the files that the synthesis puts beside it. */
export function publicFunction(): Handler {
  Object.assign(process.env, { PUBLIC_URL: publicUrl, TOKEN_ISSUER: issuer });
  const load = createRequire(import.meta.url);
  return (load(join(assemblyOf("qazvin"), "bundles", "public", "index.js")) as { handler: Handler }).handler;
}

export type Docs = { origin: string; close(): Promise<void> };

/** A file of the desk, such as a font, as it lies in the bundle of the function that serves it. */
function deskFile(pathname: string): { type: string; bytes: Buffer } | undefined {
  const folder = join(assemblyOf("qazvin"), "bundles", "read-page", deskFiles.folder);
  const files: DeskFile[] = JSON.parse(readFileSync(join(folder, deskFiles.list), "utf8"));
  const file = files.find(({ path, isCompressed }) => `/desk/${path}` === pathname && !isCompressed);
  return file && { type: file.type, bytes: readFileSync(join(folder, file.name)) };
}

/** The pages over HTTP as their function answers, and the fonts that they share with the desk; anything else is not found. */
export async function serveDocs(): Promise<Docs> {
  const handler = publicFunction();
  const server = createServer(async ({ url = "", headers }, response) => {
    const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
    const file = deskFile(pathname);
    if (file) return response.writeHead(200, { "content-type": file.type }).end(file.bytes);
    if (pathname !== "/v1/docs") return response.writeHead(404).end();
    const accept = headers["accept-language"];
    const event = anApiEvent({ routeKey: "GET /v1/docs", headers: accept ? { "accept-language": accept } : {} });
    const answer = await handler({ ...event, queryStringParameters: Object.fromEntries(searchParams) }, aContext);
    return response
      .writeHead(Number(answer?.statusCode), { ...answer?.headers } as Record<string, string>)
      .end(answer?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/**
 * What is asked of the page inside of the browser, as text: the types of a browser would let `name` and `status` compile
 * everywhere in the project without having been declared.
 */
export const probes = {
  header: "getComputedStyle(document.querySelector('.top')).display",

  background: "getComputedStyle(document.body).backgroundColor",

  directions: `({
    lang: document.documentElement.lang,
    direction: getComputedStyle(document.querySelector("main p")).direction,
    align: getComputedStyle(document.querySelector("main p")).textAlign,
    code: [...new Set([...document.querySelectorAll("pre, code")].map((block) => getComputedStyle(block).direction))],
  })`,

  // Where the first letter of a paragraph stands.
  side: `(() => {
    const paragraph = document.querySelector("main p");
    const range = document.createRange();
    range.setStart(paragraph.firstChild, 0);
    range.setEnd(paragraph.firstChild, 1);
    const [letter, all] = [range.getBoundingClientRect(), paragraph.getBoundingClientRect()];
    return letter.left - all.left > all.right - letter.right ? "right" : "left";
  })()`,

  widthUnfolded: `(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const tools = ["shell", "powershell", "node"].map((tool) => {
      for (const choice of document.querySelectorAll(".try input." + tool)) choice.checked = true;
      return document.documentElement.scrollWidth;
    });
    const blocks = [...document.querySelectorAll("main *")].filter((one) => getComputedStyle(one).display !== "inline");
    const wide = blocks.filter((one) => one.scrollWidth > one.clientWidth + 1);
    return { page: Math.max(...tools), wide: wide.map((one) => one.outerHTML.slice(0, 80)) };
  })()`,

  unfolded: `(() => { for (const details of document.querySelectorAll("details")) details.open = true; })()`,

  violations: `axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.length + " such as " + nodes[0].html.slice(0, 200) + nodes[0].failureSummary))`,

  focused: "document.activeElement.id",

  // The places of the page, and where its links lead to: to places of this page and of others.
  places: `({
    ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
    links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
    addresses: [...document.querySelectorAll(".operation .address")].map((one) => one.textContent.trim()),
  })`,

  // Whether the place that the address names is on the screen, and its heading.
  shown: `(() => {
    const place = document.querySelector(":target");
    if (!place) return "nothing";
    const { top } = place.getBoundingClientRect();
    return top >= 0 && top < innerHeight ? place.id : place.id + " at " + top;
  })()`,

  results: `[...document.querySelectorAll("#search.open .results a")].map((link) => link.getAttribute("href").split("#")[1])`,

  focusedResult: `[...document.querySelectorAll("#search .results a")].indexOf(document.activeElement)`,

  // Whether the sentence that nothing is found looks like a note beside.
  mutedSentence: `getComputedStyle(document.querySelector("#search output b")).color !== getComputedStyle(document.body).color`,

  // Codes whose last letter stands left of their first one.
  turned: `[...document.querySelectorAll("main bdi[dir]")].filter((one) => {
    const range = document.createRange();
    const at = (from, to) => {
      range.setStart(one.firstChild, from);
      range.setEnd(one.firstChild, to);
      return range.getBoundingClientRect().left;
    };
    const { length } = one.firstChild;
    return at(length - 1, length) < at(0, 1);
  }).map((one) => one.textContent)`,

  // Short codes on two lines, and lines of a code that begin or end within a word of a path.
  broken: `[...document.querySelectorAll("main :not(pre) > code")].filter((one) => one.checkVisibility()).flatMap((one) => {
    const text = one.textContent;
    const range = document.createRange();
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    const tops = [];
    while (walker.nextNode())
      for (let n = 0; n < walker.currentNode.length; n += 1) {
        range.setStart(walker.currentNode, n);
        range.setEnd(walker.currentNode, n + 1);
        tops.push(range.getBoundingClientRect().top);
      }
    const breaks = tops.flatMap((top, n) => (n > 0 && top > tops[n - 1] + 4 ? [text.slice(n - 1, n + 1)] : []));
    const isPath = text.startsWith("/");
    const isShort = text.length < 28;
    return (isPath && breaks.some((two) => !two.startsWith("/"))) || (isShort && breaks.length > 0) ? [text] : [];
  })`,

  tools: `[...new Set([...document.querySelectorAll(".try pre")].filter((block) => block.checkVisibility()).map((block) => block.className))]`,

  isolated: `[...document.querySelectorAll("pre bdi")].map((one) => ({
    isolation: getComputedStyle(one).unicodeBidi,
    isPersian: /\\p{Script=Arabic}/u.test(one.textContent),
  }))`,
};

/**
 * Lets axe weigh the contrast of one text of each look instead of every one: of the thousands that a page has, most are
 * drawn alike, and what axe asks for is decided by how a text and all below it are drawn. It is half of what axe takes, and
 * `npm run test:deep` weighs every text. To be run after axe has been loaded, and again after each change of the page.
 */
export const markOneTextPerStyle = `(() => {
  const grounds = new Map([[null, ""]]);
  const groundOf = (one) => {
    if (!grounds.has(one)) {
      const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode, position } = getComputedStyle(one);
      const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode, position].join();
      const below = groundOf(one.parentElement);
      grounds.set(one, below.endsWith(own) ? below : below + "/" + own);
    }
    return grounds.get(one);
  };
  const isDrawn = (one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 2 && height > 2 && one.checkVisibility({ visibilityProperty: true });
  };
  const saysSomething = ({ childNodes }) => [...childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
  const looks = new Map();
  for (const one of document.body.querySelectorAll("*")) {
    one.removeAttribute("data-look");
    if (!saysSomething(one) || !isDrawn(one)) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
    const look = [one.localName, color, fontSize, fontWeight, textShadow, groundOf(one)].join();
    if (!looks.has(look)) looks.set(look, one);
  }
  for (const one of looks.values()) one.setAttribute("data-look", "");
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
  return looks.size;
})()`;
