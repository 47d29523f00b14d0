import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import Chromium from "@sparticuz/chromium";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/**
 * A Chromium for tests that look at a page: what `CHROMIUM` names, one on the path, or the one that npm brought, which is
 * unpacked on its first use (Linux on x64 alone: elsewhere one has to be installed).
 */
export async function chromiumPath(): Promise<string> {
  const { CHROMIUM, PATH = "" } = process.env;
  if (CHROMIUM) return CHROMIUM;
  const places = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  if (process.platform === "linux" && process.arch === "x64") return Chromium.executablePath();
  throw new Error("A Chromium is needed: install one, or set CHROMIUM to its path.");
}
