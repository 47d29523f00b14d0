import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** A Chromium of this machine: what `CHROMIUM` names, or one on the path; throws with what to install. */
export function chromiumPath(): string {
  const { CHROMIUM, PATH = "" } = process.env;
  if (CHROMIUM) return CHROMIUM;
  const places = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  if (!found)
    throw new Error(
      "A Chromium is needed: install one (such as `apt-get install chromium`), or set CHROMIUM to its path.",
    );
  return found;
}
