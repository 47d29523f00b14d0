import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cleanPdf } from "#functions/files/cleaning/pdf/clean-pdf.ts";
import { addPage, greys, newPicturePdf } from "#functions/files/cleaning/pdf/picture-pdf.ts";
import { hiddenFiles, marked, unmarked } from "../../fixtures/attachments/hidden.ts";
import { hostileFiles } from "../../fixtures/attachments/hostile.ts";
import { aPdf, type Written } from "../../fixtures/attachments/written-pdf.ts";
import { isDeep } from "../../support/trial-size.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/attachments");
const fileAt = (path: string) => readFileSync(join(fixtures, path));
const filesIn = (folder: string) => readdirSync(join(fixtures, folder)).map((name) => `${folder}/${name}`);

async function cleaned(file: Uint8Array): Promise<Buffer> {
  const result = await cleanPdf(file);
  if ("uncleanable" in result) throw new Error(result.uncleanable);
  expect(result.contentType).toBe("application/pdf");
  return Buffer.from(result.bytes);
}

const textOf = (copy: Buffer) => copy.toString("latin1");
const boxesIn = (copy: Buffer) =>
  [...textOf(copy).matchAll(/MediaBox\[0 0 (\S+) (\S+)\]/g)].map(([, wide, high]) => [Number(wide), Number(high)]);

/** The pictures of a copy: their sizes, and whether a pixel is not white. */
function picturesIn(copy: Buffer) {
  const pictures = textOf(copy).matchAll(
    /Subtype\/Image\/Width (\d+)\/Height (\d+)\/ColorSpace\/(\w+)\/.*?\/Length (\d+)>>\nstream\n/g,
  );
  return [...pictures].map(({ index, 0: head, 1: width, 2: height, 3: colours, 4: length }) => {
    const bytes = copy.subarray(index + head.length, index + head.length + Number(length));
    const inked = colours === "DeviceRGB" || inflateSync(bytes).some((grey) => grey !== 0xff);
    return { width: Number(width), height: Number(height), colours, inked };
  });
}

/** What a copy may hold beside its pictures. */
const written =
  /^%PDF-1\.5\n(\d+ 0 obj\n(<<\/Type\/(Page|Pages|Catalog)\b[^\n]*>>|<<\/Length \d+>>\nstream\n[\d. ]+ cm \/P Do\nendstream|PICTURE)\nendobj\n)+xref\n[\d nf\n]+trailer\n<<\/Size \d+\/Root 1 0 R>>\nstartxref\n\d+\n%%EOF\n$/;

function withoutPictures(copy: Buffer): string {
  let text = textOf(copy);
  for (let next = picture.exec(text); next; next = picture.exec(text)) {
    const end = next.index + next[0].length + Number(next[1]) + "\nendstream".length;
    text = `${text.slice(0, next.index)}PICTURE${text.slice(end)}`;
  }
  return text;
}
const picture = /<<\/Type\/XObject\/Subtype\/Image[^\n]*\/Length (\d+)>>\nstream\n/;

/** A form that is filled in, with scripts that run when it is opened. */
const withScripts = "files/pdf/02-form-with-scripts.pdf";

describe("a real file becomes a PDF of pictures, and nothing else is in it", () => {
  test.each(filesIn("files/pdf").filter((path) => path !== withScripts))("%s", async (path) => {
    const copy = await cleaned(fileAt(path));
    expect(withoutPictures(copy)).toMatch(written);
    expect(textOf(copy)).not.toMatch(/FOADMARK/);
    expect(picturesIn(copy)).toHaveLength(boxesIn(copy).length);
  });

  test("its pages are as large as they were and as sharp as small print needs", async () => {
    const copy = await cleaned(fileAt("files/pdf/01-letter-of-a-writer.pdf"));
    expect(boxesIn(copy)).toEqual([[595.304, 841.89]]);
    expect(picturesIn(copy)).toMatchObject([{ width: 1_654, height: 2_339 }]);
  });

  test("the copy can be cleaned again, and is the same each time", async () => {
    const file = fileAt("files/pdf/03-attached-files-and-notes.pdf");
    const copy = await cleaned(file);
    expect((await cleaned(file)).equals(copy)).toBe(true);
    expect(boxesIn(await cleaned(copy))).toEqual(boxesIn(copy));
  });
});

/** Persian files whose fonts are not in them; all others are taken. */
const withoutFonts = ["letter-without-fonts", "word-without-fonts", "persian-simple-without-font"];

describe("a Persian file is taken if its fonts are in it", () => {
  test.each(filesIn("persian"))("%s", async (path) => {
    const result = await cleanPdf(fileAt(path));
    const isWithoutFonts = withoutFonts.some((name) => path.endsWith(`/${name}.pdf`));
    if (isWithoutFonts) expect(result).toEqual({ uncleanable: "font-missing" });
    else expect(result).toHaveProperty("bytes");
  });
});

describe.each(Object.entries(hiddenFiles))("what a file hides is in no copy: %s", (kind, files) => {
  const isTried = (n: number) => isDeep || kind === "misread" || n % 6 === 0;
  test.each(Object.entries(files).filter((_, n) => isTried(n)))("%s", async (_, file) => {
    const [withMarker, withoutMarker] = await Promise.all([marked, unmarked].map((marker) => cleanPdf(file(marker))));
    // Some hide by damage.
    if (withMarker && "uncleanable" in withMarker)
      expect(["hidden-content", "unreadable"]).toContain(withMarker.uncleanable);
    else expect(withMarker).toEqual(withoutMarker);
  });
});

test("a file that hides nothing but what is not seen is taken", async () => {
  const { unseen = {}, layers = {} } = hiddenFiles;
  const files = [...Object.values(unseen), layers["group that is off"]];
  const results = await Promise.all(files.map((file) => cleanPdf(file?.(marked) ?? new Uint8Array())));
  expect(results.filter((result) => "uncleanable" in result)).toEqual([]);
});

/** What hostile files are refused for; those that are not named here are taken. */
const hostile: Record<string, string> = {
  "pdf-1000-pages": "too-complex",
  "pdf-object-stream-bomb": "too-complex",
  "pdf-bomb-packed-thrice": "too-complex",
  "pdf-encrypted": "password-protected",
};
const isTaken = ["pdf-script-and-program", "pdf-length-of-itself", "pdf-endless-page"];

describe("a hostile file is refused soon, or comes out clean", () => {
  const files = Object.entries(hostileFiles()).filter(([, { contentType }]) => contentType === "application/pdf");
  test.each(files)("%s", async (name, { bytes }) => {
    const result = await cleanPdf(bytes);
    if ("bytes" in result) expect(withoutPictures(Buffer.from(result.bytes))).toMatch(written);
    else expect(result.uncleanable).toBe(hostile[name] ?? "unreadable");
    expect("bytes" in result).toBe(isTaken.includes(name));
  });
});

const form = (body: string, more = ""): Written => ({
  dict: `/Type/XObject/Subtype/Form/BBox[0 0 50 20]${more}`,
  body,
});

/** A file of one page with this content, and the objects from 5 on. */
function onePage({ content = "", page = "", catalog = "" }, ...more: Written[]): Uint8Array {
  return aPdf([
    `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 144]/Contents 4 0 R${page}>>`,
    { dict: "", body: content },
    ...more,
  ]);
}

describe("a page", () => {
  test.each<[string, string, object]>([
    [
      "in greys stays without loss",
      "0.5 g 0 0 9 9 re f",
      { width: 200, height: 400, colours: "DeviceGray", inked: true },
    ],
    ["in colours is a photo", "1 0 0 rg 0 0 9 9 re f", { width: 200, height: 400, colours: "DeviceRGB" }],
    ["that is empty is white", "", { width: 200, height: 400, colours: "DeviceGray", inked: false }],
  ])("%s", async (_, content, expected) => {
    expect(picturesIn(await cleaned(onePage({ content })))).toMatchObject([expected]);
  });

  test.each<[string, string, number[], object]>([
    ["that is turned", "/Rotate 90", [144, 72], { width: 400, height: 200 }],
    ["that is cut", "/CropBox[0 0 36 36]", [36, 36], { width: 100, height: 100 }],
    ["of a poster is less sharp", "/MediaBox[0 0 7200 7200]", [7_200, 7_200], { width: 4_000, height: 4_000 }],
  ])("%s", async (_, page, box, picture) => {
    const file = onePage({ page });
    const copy = await cleaned(page.includes("MediaBox") ? fileOf(7_200) : file);
    expect([boxesIn(copy), picturesIn(copy)]).toMatchObject([[box], [picture]]);
  });
});

const fileOf = (side: number) =>
  aPdf([
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${side} ${side}]>>`,
  ]);

describe("annotations and fields", () => {
  const helvetica = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
  const lookOf = (text: string) =>
    form(`0 g 0 0 50 2 re f BT /F 9 Tf 5 5 Td (${text}) Tj ET`, `/Resources<<${helvetica}>>`);
  const widget = (more: string) => `<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[10 10 60 30]/F 4${more}>>`;
  const fields = { page: "/Annots[5 0 R]", catalog: "/AcroForm<</Fields[5 0 R]/DA(/Helv 9 Tf 0 g)>>" };

  test.each<[string, string]>([
    ["are drawn with their look", widget("/V(a)/AP<</N 6 0 R>>")],
    ["of other kinds, too", "<</Type/Annot/Subtype/Stamp/Rect[10 10 60 30]/AP<</N 6 0 R>>>>"],
  ])("%s", async (_, annotation) => {
    expect(picturesIn(await cleaned(onePage(fields, annotation, lookOf("a"))))).toMatchObject([{ inked: true }]);
  });

  test.each<[string, string, string]>([
    ["a text of several lines", "/V(one two)", "two  one"],
    ["an amount with its currency", "/V(1234.5)", "1,234.50 IRR"],
    ["a choice by its name", "/FT/Ch/Ff 131072/Opt[[(q)(Qazvin)][(a)(Alborz)]]/V(q)", "Qazvin"],
    ["a list of choices", "/FT/Ch/Opt[(one)(two)]/V(two)", "one two"],
    ["a tick", "/FT/Btn/V/On/AS/On", "4"],
    ["a button to press", "/FT/Btn/Ff 65536", "Print"],
  ])("whose look shows %s are taken", async (_, value, text) => {
    const name = value.includes("/AS") ? "<</On 6 0 R>>" : "6 0 R";
    expect(await cleanPdf(onePage(fields, widget(`${value}/AP<</N ${name}>>`), lookOf(text)))).toHaveProperty("bytes");
  });

  test.each<[string, string, string]>([
    ["another text", "/V(thank you)", "my complaint"],
    ["a text where there is none", "/V()", "my complaint"],
    ["the signs of a password", "/V(my complaint)/Ff 8192", "my complaint"],
    ["no choice", "/FT/Ch/Ff 131072/Opt[(a)(b)]/V(b)", "my complaint"],
    ["words in the place of a tick", "/FT/Btn/V/On/AS/On", "my complaint"],
  ])("whose look shows %s make the file refused", async (_, value, text) => {
    const name = value.includes("/AS") ? "<</On 6 0 R>>" : "6 0 R";
    const file = onePage(fields, widget(`${value}/AP<</N ${name}>>`), lookOf(text));
    expect(await cleanPdf(file)).toEqual({ uncleanable: "hidden-content" });
  });

  const script = "<</S/JavaScript/JS(this.getField\\(0\\).value='')>>";
  const scripted: [string, { page?: string; catalog?: string; field?: string }, string?][] = [
    ["when the file is opened", { catalog: `/OpenAction${script}` }],
    ["when the file is opened, by a reference", { catalog: "/OpenAction 7 0 R" }],
    ["after another action", { catalog: `/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next${script}>>` }],
    [
      "after another action, in a list that stands elsewhere",
      { catalog: "/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next 8 0 R>>" },
    ],
    ["from the list of scripts", { catalog: `/Names<</JavaScript<</Names[(a)${script}]>>>>` }],
    ["when the page is opened", { page: `/AA<</O${script}>>` }],
    ["when the field comes into view", { field: `/AA<</PV${script}>>` }],
    ["to empty the form", { catalog: "/OpenAction<</S/ResetForm>>" }],
    ["whose name stands elsewhere", { catalog: "/OpenAction<</S 9 0 R/T(a)>>" }],
  ];
  test.each(scripted)(
    "that an action can change by itself, %s, make the file refused",
    async (_, { page = "", catalog = "", field = "" }) => {
      const all = { page: fields.page + page, catalog: fields.catalog + catalog };
      const file = onePage(all, widget(`/V(a)/AP<</N 6 0 R>>${field}`), lookOf("a"), script, "[7 0 R]", "/Hide");
      expect(await cleanPdf(file)).toEqual({ uncleanable: "hidden-content" });
      expect(await cleanPdf(onePage({ page, catalog }, "null", "null", script, "[7 0 R]", "/Show"))).toHaveProperty(
        "bytes",
      );
    },
  );

  test("that a script changes when the citizen presses them are taken", async () => {
    const field = widget(`/V(a)/AP<</N 6 0 R>>/A${script}/AA<</K${script}>>`);
    expect(await cleanPdf(onePage(fields, field, lookOf("a")))).toHaveProperty("bytes");
    expect(await cleanPdf(fileAt(withScripts))).toEqual({ uncleanable: "hidden-content" });
  });

  test.each([
    ["a note", "/Text"],
    ["a link", "/Link/Border[0 0 4]"],
  ])("of %s without a look are not drawn, since each reader has its own", async (_, kind) => {
    const page = { page: "/Annots[5 0 R]" };
    const copy = await cleaned(onePage(page, `<</Type/Annot/Subtype${kind}/Rect[10 10 60 30]/C[0 0 0]>>`));
    expect(picturesIn(copy)).toMatchObject([{ inked: false }]);
  });

  test("that are empty are not highlighted", async () => {
    const empty = onePage(fields, widget("/V()/AP<</N 6 0 R>>"), form(""));
    expect(picturesIn(await cleaned(empty))).toMatchObject([{ colours: "DeviceGray", inked: false }]);
  });

  test.each<[string, string]>([
    ["a text", "/V(my complaint)"],
    ["a Persian text", "/V<FEFF0634>"],
    ["one of several choices", "/FT/Ch/Opt[(a)(b)]/V(b)"],
    ["a list", "/FT/Ch/Opt[(a)(b)]"],
    ["a tick", "/FT/Btn/V/On/AS/On"],
  ])("that hold %s and leave their look to the reader make the file refused", async (_, value) => {
    expect(await cleanPdf(onePage(fields, widget(value)))).toEqual({ uncleanable: "hidden-content" });
  });
});

describe("text that PDFium would write with other letters makes the file refused", () => {
  const value = "<FEFF0634>";
  const fonts = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
  const look = form("/Tx BMC BT /F 9 Tf 9 9 Td (a) Tj ET EMC", `/Resources<<${fonts}>>`);
  test.each<[string, string, string]>([
    [
      "in a field that is drawn anew",
      `/Subtype/Widget/FT/Tx/T(a)/V${value}/AP<</N 6 0 R>>`,
      "/AcroForm<</Fields[5 0 R]/NeedAppearances true/DA(/Helv 9 Tf 0 g)>>",
    ],
    ["in a note", `/Subtype/FreeText/DA(/Helv 9 Tf 0 g)/Contents${value}`, ""],
  ])("%s", async (_, annotation, catalog) => {
    const file = onePage(
      { page: "/Annots[5 0 R]", catalog },
      `<</Type/Annot/Rect[10 10 60 30]/F 4${annotation}>>`,
      look,
    );
    expect(await cleanPdf(file)).toEqual({ uncleanable: "hidden-content" });
  });

  const fontOf = (more: string) => `/Font<</F<</Type/Font/Subtype/TrueType${more}>>>>`;
  const written = (text: string) => `BT /F 9 Tf 9 9 Td (${text}) Tj ET`;
  const own = "/Encoding<</Type/Encoding/Differences[97/g1/g2/g3/g4]>>";
  test.each<[string, string, string, boolean]>([
    ["of other codes", "/BaseFont/BNazanin/Encoding/WinAnsiEncoding", "\\323\\341\\307\\343", false],
    ["of names of its own", `/BaseFont/BNazanin${own}`, "abcd", false],
    ["of signs", "/BaseFont/Wingdings/FontDescriptor<</Type/FontDescriptor/FontName/Wingdings/Flags 4>>", "J", false],
    ["of English in a font that not all have", "/BaseFont/Calibri/Encoding/WinAnsiEncoding", "My complaint", false],
    ["of French in a font that all have", "/BaseFont/Arial/Encoding/WinAnsiEncoding", "\\351t\\351", true],
  ])("in a font that is missing, %s", async (_, font, text, isTaken) => {
    const file = onePage({ page: `/Resources<<${fontOf(font)}>>`, content: written(text) });
    const result = await cleanPdf(file);
    if (isTaken) expect(result).toHaveProperty("bytes");
    else expect(result).toEqual({ uncleanable: "font-missing" });
  });

  test("in a font that is missing, inside a pattern", async () => {
    const resources = `/Resources<<${fontOf("/BaseFont/BNazanin/Encoding/WinAnsiEncoding")}>>`;
    const pattern = { dict: `/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 72 72]/XStep 72/YStep 72${resources}` };
    const page = { page: "/Resources<</Pattern<</P 5 0 R>>>>", content: "/Pattern cs /P scn 0 0 72 72 re f" };
    const file = onePage(page, { ...pattern, body: written("abcd") });
    expect(await cleanPdf(file)).toEqual({ uncleanable: "font-missing" });
  });
});

test.each<[string, string, string]>([
  ["a cover for other files", "/Collection<</View/D>>", ""],
  ["an action that hides a layer", "/OpenAction<</S/SetOCGState/State[/OFF 5 0 R]>>", ""],
  ["an action that hides a field", "/OpenAction<</S/Hide/T(a)/H true>>", ""],
])("a file with %s is refused", async (_, catalog, page) => {
  expect(await cleanPdf(onePage({ catalog, page }))).toEqual({ uncleanable: "hidden-content" });
});

test("a stream that seems to end hides no object behind it", async () => {
  // PDFium keeps the bytes of a packed stream, and packs any other.
  const stored = deflateSync("endstream", { level: 0 });
  const aStream = { dict: "", body: "" };
  const file = (hiding: string) =>
    onePage({ page: "/Foo 5 0 R/Bar 6 0 R/Baz 7 0 R" }, { dict: "/Filter/FlateDecode", body: stored }, hiding, aStream);
  expect(await cleanPdf(file("<</S/Hide>>"))).toEqual({ uncleanable: "hidden-content" });
  expect(await cleanPdf(file("<</S/Show>>"))).toHaveProperty("bytes");
});

test("a file that is made to be read while it arrives begins with the table behind its first object", async () => {
  const file = textOf(fileAt("persian/office-linearized.pdf"));
  const other = file.lastIndexOf("\nxref") + 1;
  const twoTables = file
    .replace(/startxref\s+\d+\s+%%EOF\s*$/, `startxref\n${other}\n%%EOF\n`)
    .replace(/\/L \d+/, (length) => `/L ${"x".padEnd(length.length - 3)}`);
  const named = twoTables.replace(/\/L x */, ({ length }) => `/L ${String(twoTables.length).padEnd(length - 3)}`);
  expect(await cleanPdf(Buffer.from(named, "latin1"))).toEqual({ uncleanable: "hidden-content" });
});

test("a file whose text or title has the name of a table in it is taken", async () => {
  const helvetica = "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
  const text = onePage({
    page: helvetica,
    content: "BT /F 9 Tf 5 5 Td (xref, startxref) Tj ET",
    catalog: "/Title(xref)",
  });
  expect(await cleanPdf(text)).toHaveProperty("bytes");
});

test("a file with a blank line before its trailer, as MuPDF writes it, is taken", async () => {
  const text = textOf(Buffer.from(onePage({})));
  expect(await cleanPdf(Buffer.from(text.replace("trailer", "\ntrailer"), "latin1"))).toHaveProperty("bytes");
});

describe("there is a limit", () => {
  const pages = (count: number) => {
    const kids = Array.from({ length: count }, (_, page) => `${page + 3} 0 R`).join(" ");
    const page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>";
    const list = `<</Type/Pages/Kids[${kids}]/Count ${count}>>`;
    return aPdf(["<</Type/Catalog/Pages 2 0 R>>", list, ...Array.from({ length: count }, () => page)]);
  };

  test("of 60 pages", async () => {
    expect(boxesIn(await cleaned(pages(60)))).toHaveLength(60);
    expect(await cleanPdf(pages(61))).toEqual({ uncleanable: "too-complex" });
  });

  test("of 64 MB for the copy", () => {
    const copy = newPicturePdf();
    const page = {
      width: 9,
      height: 9,
      picture: { width: 9, height: 9, bytes: Buffer.alloc(33_000_000), read: greys },
    };
    addPage(copy, page);
    addPage(copy, page);
    expect(() => addPage(copy, page)).toThrow("too-complex");
  });

  test("of a side's length", async () => {
    expect(await cleanPdf(fileOf(20_000))).toEqual({ uncleanable: "too-complex" });
  });
});

test("a file with a password, one that breaks off and one that is none are refused", async () => {
  const whole = fileAt("files/pdf/04-earlier-revision.pdf");
  const results = await Promise.all([fileAt("locked.pdf"), whole.subarray(0, 700), Buffer.alloc(99)].map(cleanPdf));
  expect(results).toEqual(["password-protected", "unreadable", "unreadable"].map((uncleanable) => ({ uncleanable })));
});
