import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorGuide, errorGuides } from "#infra/programs/documents/pages/error-guides.ts";

test.each(["en", "fa"] as const)(
  "the guide about errors in %s says what the API says: else npm run docs:errors",
  (language) => {
    const written = readFileSync(join(import.meta.dirname, "../..", errorGuides[language]), "utf8");
    expect(written).toBe(errorGuide(language));
  },
);
