import { expect, test } from "vitest";
import { cleanInWorker } from "#functions/files/cleaning-thread.job.ts";
import { aPdf } from "../../fixtures/attachments/written-pdf.ts";

/** A page that a pattern fills with steps of no length: drawing it never ends. */
const endless = aPdf([
  "<</Type/Catalog/Pages 2 0 R>>",
  "<</Type/Pages/Kids[3 0 R]/Count 1>>",
  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Pattern<</P 5 0 R>>>>/Contents 4 0 R>>",
  { dict: "", body: "/Pattern cs /P scn 0 0 99 99 re f" },
  {
    dict: "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 99 99]/XStep 0.00001/YStep 0.00001/Resources<<>>",
    body: "0 0 9 9 re f",
  },
]);
const file = { bytes: endless, from: "application/pdf", quality: 75, largestSide: 2_000 } as const;
const large = 64 * 1_024 ** 3;

test.each([
  ["processing-timeout", { longestMs: 3_000, largestProcess: large }],
  ["too-complex", { longestMs: 60_000, largestProcess: 1 }],
])("a file that does not end is refused, and the thread that draws it ends: %s", async (uncleanable, limits) => {
  expect(await cleanInWorker(file, limits)).toEqual({ uncleanable });
});
