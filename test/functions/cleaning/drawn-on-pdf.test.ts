import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, test } from "vitest";
import { cleanPdf } from "#functions/attachments/cleaning/pdf/clean-pdf.ts";
import { allOf, aPdf, cleaned, type Written } from "./planted-pdf.ts";

/** A page of these resources and this content, and the objects from the sixth on. */
function pageOf({ resources, content, catalog = "", page = "" }: Page, ...more: Written[]): Uint8Array {
  return aPdf([
    `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources 5 0 R/Contents 4 0 R${page}>>`,
    { dict: "", body: content },
    `<<${resources}>>`,
    ...more,
  ]);
}
type Page = { resources: string; content: string | Uint8Array; catalog?: string; page?: string };

const picture = (body: string): Written => ({
  dict: `/Type/XObject/Subtype/Image/Width ${body.length}/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray`,
  body,
});
const form = (body: string, more = ""): Written => ({ dict: `/Type/XObject/Subtype/Form/BBox[0 0 9 9]${more}`, body });
const own = "/Resources<<>>";

describe("what no page draws is left behind", () => {
  test("a picture of a page that was taken out, though both pages share one list", async () => {
    const page = (content: number) =>
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources 5 0 R/Contents ${content} 0 R>>`;
    const both = aPdf([
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
      page(6),
      page(7),
      "<</XObject<</I#31 8 0 R/I2 9 0 R>>>>",
      { dict: "", body: "/I1 Do" },
      { dict: "", body: "/I2 Do" },
      picture("OF-PAGE-ONE"),
      picture("OF-PAGE-TWO"),
    ]);
    const one = await PDFDocument.create();
    for (const copied of await one.copyPages(await PDFDocument.load(both), [0])) one.addPage(copied);
    const out = allOf(await cleaned(await one.save()));
    expect([out.includes("OF-PAGE-ONE"), out.includes("OF-PAGE-TWO")]).toEqual([true, false]);
    expect(allOf(await cleaned(both))).toMatch(/OF-PAGE-ONE[\s\S]*OF-PAGE-TWO/);
  });

  test.each<[string, Page]>([
    ["a form on a hidden layer", { resources: "/XObject<</F 6 0 R>>", content: "/OC /L BDC /F Do EMC" }],
    ["a form in a form", { resources: "/XObject<</F 8 0 R>>", content: "/F Do" }],
    ["a pattern", { resources: "/Pattern<</F 9 0 R>>", content: "0 0 9 9 re f" }],
    ["a mask", { resources: "/ExtGState<</F<</SMask<</S/Alpha/G 6 0 R>>>>>>", content: "0 0 9 9 re f" }],
  ])("%s", async (_, { resources, content }) => {
    const file = pageOf(
      {
        resources: `${resources}/Properties<</L 7 0 R>>`,
        content,
        catalog: "/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>",
      },
      form("BT (UNDRAWN) Tj ET", own),
      "<</Type/OCG/Name(Secret)>>",
      form("0 0 5 5 re f", "/Resources<</XObject<</F 6 0 R>>>>"),
      {
        dict: `/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9${own}`,
        body: "BT (UNDRAWN) Tj ET",
      },
    );
    expect(allOf(file)).toContain("UNDRAWN");
    expect(allOf(await cleaned(file))).not.toContain("UNDRAWN");
  });
});

describe("what is drawn stays", () => {
  const tile = "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9";

  test.each<[string, Page, Written]>([
    [
      "by a form that has no resources of its own",
      { resources: "/XObject<</F 6 0 R/I 7 0 R>>", content: "/F Do" },
      form("/I Do"),
    ],
    ["by such a form in a form", { resources: "/XObject<</G 8 0 R>>", content: "/G Do" }, form("/I Do")],
    [
      "by a pattern that has none",
      { resources: "/XObject<</I 7 0 R>>/Pattern<</P 6 0 R>>", content: "/Pattern cs /P scn 0 0 9 9 re f" },
      { dict: tile, body: "/I Do" },
    ],
    [
      "by letters of a font that has none",
      { resources: "/XObject<</I 7 0 R>>/Font<</T 9 0 R>>", content: "BT /T 9 Tf (a) Tj ET" },
      form("/I Do"),
    ],
  ])("%s", async (_, page, drawing) => {
    const file = pageOf(
      page,
      drawing,
      picture("DRAWN"),
      form("/F Do", "/Resources<</XObject<</F 6 0 R/I 7 0 R>>>>"),
      `<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>/FirstChar 97/LastChar 97
        /Widths[9]/Encoding<</Type/Encoding/Differences[97/a]>>>>`,
    );
    expect(allOf(await cleaned(file))).toContain("DRAWN");
  });

  test("a mask, and the pattern of a colour", async () => {
    const file = pageOf(
      {
        resources: "/ExtGState<</M<</SMask<</S/Alpha/G 6 0 R>>>>>>/Pattern<</P 7 0 R>>",
        content: "/M gs /Pattern cs /P scn 0 0 9 9 re f",
      },
      form("BT (MASKING) Tj ET", own),
      { dict: `${tile}${own}`, body: "BT (TILED) Tj ET" },
    );
    const out = allOf(await cleaned(file));
    expect([out.includes("MASKING"), out.includes("TILED")]).toEqual([true, true]);
  });
});

describe("a filled field that says nothing of its look", () => {
  const page = (field: string, more = "") =>
    pageOf(
      {
        resources: "",
        content: "",
        page: "/Annots[6 0 R]",
        catalog: "/AcroForm<</NeedAppearances true/Fields[6 0 R]>>",
      },
      `<</Type/Annot/Subtype/Widget/FT/Tx/Rect[10 10 100 30]/F 4${field}>>`,
      `<</FT/Tx/Kids[6 0 R]${more}>>`,
      form("0 0 1 1 re f"),
    );

  test.each<[string, string, string?]>([
    ["with a text", "/V(my complaint)"],
    ["with a text of two bytes a letter", "/V<FEFF0634>"],
    ["whose text is its parent's", "/Parent 7 0 R", "/V(my complaint)"],
    ["with one of several choices", "/V[()(the second)]"],
  ])("makes the file refused, %s", async (_, field, more) => {
    expect(await cleanPdf(page(field, more))).toEqual({ uncleanable: "unreadable" });
  });

  test.each<[string, string, string?]>([
    ["that is empty", "/V()"],
    ["that is empty, with the mark of its encoding", "/V<FEFF>"],
    ["that nobody filled", "/Parent 7 0 R", "/Parent 7 0 R"],
    ["that is hidden", "/F 2/V(unseen)"],
    ["that has no size", "/Rect[0 0 0 0]/V(unseen)"],
    ["that is a button", "/FT/Btn/V/Off"],
    ["that has a look", "/V(seen)/AP<</N 8 0 R>>"],
  ])("but not one %s", async (_, field, more) => {
    expect(allOf(await cleaned(page(field, more)))).not.toMatch(/complaint|unseen/);
  });
});

describe("what is on a layer", () => {
  const page = (layers: string, ...more: string[]) =>
    pageOf(
      { resources: "/Properties<</M 6 0 R>>", content: "/OC /M BDC BT (ON A LAYER) Tj ET EMC", catalog: layers },
      ...more,
      ...["/ViewState/ON", "/ViewState/OFF"].map((state) => `<</Type/OCG/Name(x)/Usage<</View<<${state}>>>>>>`),
    );
  const off = (layers: string) => `/OCProperties<</OCGs[7 0 R 8 0 R]/D<</OFF[${layers}]>>>>`;
  const isSeen = async (file: Uint8Array) => allOf(await cleaned(file)).includes("ON A LAYER");
  test.each<[string, boolean]>([
    ["[/Not 7 0 R]", false],
    ["[/Not 8 0 R]", true],
    ["[/And 7 0 R 8 0 R]", false],
    ["[/And 7 0 R [/Not 8 0 R]]", true],
    ["[/Or 7 0 R 8 0 R]", true],
    ["[/Or 8 0 R [/And 8 0 R 7 0 R]]", false],
    ["[/Nor 7 0 R]", true],
  ])("is seen where its expression is true: %s", async (expression, seen) => {
    const membership = `<</Type/OCMD/OCGs 7 0 R/P/AnyO${seen ? "ff" : "n"}/VE${expression}>>`;
    expect(await isSeen(page(off("8 0 R"), membership))).toBe(seen);
  });

  test.each<[string, string[]]>([
    ["is itself", ["[/And 9 0 R]"]],
    ["branches without end", Array.from({ length: 60 }, (_, n) => `[/And ${n + 10} 0 R ${n + 10} 0 R]`)],
  ])("makes the file refused where its expression %s", async (_, parts) => {
    const file = pageOf(
      { resources: "/Properties<</M 6 0 R>>", content: "/OC /M BDC EMC" },
      "<</Type/OCMD/VE[/And 9 0 R]>>",
      "<<>>",
      "<<>>",
      ...parts,
    );
    expect(await cleanPdf(file)).toEqual({ uncleanable: "too-much-inside" });
  });

  test.each<[string, string, boolean]>([
    ["hides on screens", "/Event/View/OCGs[7 0 R 8 0 R]/Category[/View]", false],
    ["does not hide by this", "/Event/View/OCGs[8 0 R]/Category[/Zoom]", true],
    ["hides on paper", "/Event/Print/OCGs[8 0 R]/Category[/View]", true],
    ["shows", "/Event/View/OCGs[7 0 R]/Category[/View]", true],
  ])("that the document %s", async (_, use, seen) => {
    const layers = `/OCProperties<</OCGs[7 0 R 8 0 R]/D<</AS[<<${use}>>]>>>>`;
    expect(await isSeen(page(layers, "<</Type/OCMD/OCGs[7 0 R 8 0 R]/P/AllOn>>"))).toBe(seen);
  });
});
