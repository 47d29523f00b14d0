import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorGuide, errorGuides } from "./pages/error-guides.ts";

/** `npm run docs:errors`: writes the guides about errors in both languages. */
for (const language of ["en", "fa"] as const)
  writeFileSync(join(import.meta.dirname, "../../..", errorGuides[language]), errorGuide(language));
