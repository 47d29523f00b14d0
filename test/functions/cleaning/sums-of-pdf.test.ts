import { describe, expect, test } from "vitest";
import { aPdf, cleaned, deflated, type Written } from "./planted-pdf.ts";

/** As many pages, each with a picture of its own that is white and in three colours. */
function scanned({ pages, width, height, filter, body }: Scan): Uint8Array {
  const dict = `/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter${filter}`;
  const three = Array.from({ length: pages }, (_, n): Written[] => [
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I ${n * 3 + 4} 0 R>>>>/Contents ${n * 3 + 5} 0 R>>`,
    { dict, body },
    { dict: "", body: "q 595 0 0 842 0 0 cm /I Do Q" },
  ]);
  const kids = three.map((_, n) => `${n * 3 + 3} 0 R`).join(" ");
  return aPdf(["<</Type/Catalog/Pages 2 0 R>>", `<</Type/Pages/Kids[${kids}]/Count ${pages}>>`, ...three.flat()]);
}
type Scan = { pages: number; width: number; height: number; filter: string; body: Uint8Array };

const white = (width: number, height: number) => deflated(Buffer.alloc(width * height * 3, 255));
const hex = (bytes: Buffer) => Buffer.from(`${bytes.toString("hex")}>`);

describe("a scan that lost nothing is taken", () => {
  test.each<[string, Omit<Scan, "body">, (packed: Buffer) => Buffer]>([
    [
      "of eleven pages in colour at 300 dots an inch",
      { pages: 11, width: 2480, height: 3508, filter: "/FlateDecode" },
      (packed) => packed,
    ],
    [
      "of a page at 600 dots an inch",
      { pages: 1, width: 4960, height: 7016, filter: "/FlateDecode" },
      (packed) => packed,
    ],
    ["packed as letters", { pages: 11, width: 2480, height: 3508, filter: "[/ASCIIHexDecode/FlateDecode]" }, hex],
  ])("%s", async (_, scan, packing) => {
    const packed = white(scan.width, scan.height);
    const out = Buffer.from(await cleaned(scanned({ ...scan, body: packing(packed) })));
    expect(out.toString("latin1").match(/\/Count \d+/)?.[0]).toBe(`/Count ${scan.pages}`);
    expect(out.includes(packed)).toBe(true);
  });
});
