import { type Browser, chromium } from "playwright-core";
import { chromiumPath } from "./chromium-path.ts";
import { patience } from "./patience.ts";
import { testOffsetMs } from "./test-clock.ts";

/** Without these it looks for servers of its maker at every start. */
const quietly = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Starts a Chromium whose pages have the test's own time. The caller closes it. */
export async function startBrowser(...more: string[]): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", ...quietly, ...more];
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args });
  const newContext = browser.newContext.bind(browser);
  // `newPage` makes a context of its own, by this very method.
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.setDefaultTimeout(patience);
    if (testOffsetMs !== 0) await context.addInitScript(shiftDate, testOffsetMs);
    return context;
  };
  return browser;
}

/** Runs in the page, before its own scripts. */
function shiftDate(offset: number): void {
  const RealDate = globalThis.Date;
  const now = () => RealDate.now() + offset;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given) => Reflect.construct(target, given.length > 0 ? given : [now()]),
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver) => (key === "now" ? now : Reflect.get(target, key, receiver)),
  });
}
