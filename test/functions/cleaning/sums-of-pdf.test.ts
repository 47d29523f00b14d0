import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { cleanPdf } from "#functions/attachments/cleaning/pdf/clean-pdf.ts";
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

describe("a copy is no larger than what was sent asks for", () => {
  /** Bytes that do not pack, behind the head of a segment. */
  const segment = (size: number) => {
    const head = Buffer.alloc(11);
    head.writeUInt32BE(1);
    head.writeUInt32BE(size, 7);
    return Buffer.concat([head, randomBytes(size)]);
  };
  const scans = (pictures: number, shared: (n: number) => number) => {
    const names = Array.from({ length: pictures }, (_, n) => `/I${n}`);
    return [
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      `<</Type/Page/Resources<</XObject<<${names.map((name, n) => `${name} ${n + 5} 0 R`).join("")}>>>>/Contents 4 0 R>>`,
      { dict: "", body: names.map((name) => `${name} Do`).join(" ") },
      ...names.map((_, n) => ({
        dict: `/Subtype/Image/Width 8/Height 8/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals ${shared(n)} 0 R>>`,
        body: Buffer.from("0000000030000100000000", "hex"),
      })),
    ];
  };

  test("what scans share is in it once", async () => {
    const file = aPdf([...scans(20, () => 25), { dict: "", body: segment(1_000_000) }]);
    const out = await cleaned(file);
    expect(out.length).toBeLessThan(file.length * 1.1);
    expect(
      Buffer.from(out)
        .toString("latin1")
        .match(/JBIG2Globals \d+ 0 R/g),
    ).toHaveLength(20);
  });

  test("one that becomes too large is refused", async () => {
    const one = segment(1_000_000);
    const holders = Array.from({ length: 70 }, () => ({ dict: "", body: one }));
    const file = aPdf([...scans(70, (n) => 75 + n), ...holders]);
    const answer = await cleanPdf(file);
    expect("uncleanable" in answer && answer.uncleanable).toBe("too-much-inside");
  });
});
