import { readFileSync } from "node:fs";
import { join } from "node:path";
import { degrees, PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { describe, expect, test } from "vitest";
import { cleanPdf } from "#functions/attachments/cleaning/pdf/clean-pdf.ts";
import { allOf, aPdf, cleaned, deflated, talkative, type Written } from "./planted-pdf.ts";

/** 16 by 16 pixels, from red to blue. */
const jpeg = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wAARCAAQABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAYH/8QAFhAAAwAAAAAAAAAAAAAAAAAAABRh/8QAFAEBAAAAAAAAAAAAAAAAAAAABv/EABYRAAMAAAAAAAAAAAAAAAAAAAAWYv/aAAwDAQACEQMRAD8Aytyhyk85Q5RgiSPXOj//2Q==",
  "base64",
);

const planted: string[] = [];

/** A word that is found again, wherever it is put. */
function mark(where: string): string {
  const word = `PLANTED-${where}-HERE`;
  if (!planted.includes(word)) planted.push(word);
  return word;
}

const xmp = (where: string): Written => ({ dict: "/Type/Metadata/Subtype/XML", body: mark(where) });
const attached = (where: string): Written => ({
  dict: "/Type/EmbeddedFile/Filter/FlateDecode",
  body: deflated(mark(where)),
});
const appearance = (shown: string): Written => ({
  dict: `/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F 6 0 R>>>>/Metadata 9 0 R/PieceInfo<</X<</Private(${mark("form-piece")})>>>>`,
  body: `% ${mark("appearance-comment")}\nBT /F 12 Tf 2 5 Td (${shown}) Tj ET`,
});

const content = `% ${mark("comment")}
/Span <</ActualText (${mark("actual-text")}) /Alt (${mark("inline-alt")}) /E <${Buffer.from(mark("expansion")).toString("hex")}>>> BDC
BT /F 18 Tf 50 150 Td (A letter \\) of % a citizen) Tj ET EMC
/P /Named BDC BT /F 9 Tf 3 Tr 50 100 Td [(what) -250 (OCR read)] TJ ET EMC
(${mark("stray-string")}) pop /OC /Hidden BDC BT /F 9 Tf 0 Tr 50 80 Td (${mark("hidden-layer")}) Tj ET EMC
/OC /Seen BDC BT /F 9 Tf 0 Tr 50 60 Td (on a layer) Tj ET EMC
q 50 0 0 50 200 100 cm /Scan Do Q
BI /W 2 /H 1 /BPC 8 /CS /RGB /Secret (${mark("inline-picture")}) ID \x00EI \xff\xfe EI
Q Q 1 0 0 1 500 500 cm q`;

const objects: Written[] = [
  `<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R/Lang(${mark("language")})/OpenAction<</S/JavaScript/JS(${mark("open-action")})>>
    /AA<</WC<</S/JavaScript/JS(${mark("closing-action")})>>>>/Names<</EmbeddedFiles<</Names[(${mark("file-key")})7 0 R]>>
    /JavaScript<</Names[(${mark("script-name")})<</S/JavaScript/JS(${mark("script")})>>]>>/Dests<</Names[(${mark("destination")})[4 0 R/Fit]]>>>>
    /AF[7 0 R]/Outlines<</First<</Title(${mark("outline")})>>>>/StructTreeRoot<</K<</Alt(${mark("alt")})/T(${mark("structure-title")})>>>>
    /AcroForm<</Fields[11 0 R]/XFA(${mark("xfa")})/DA(${mark("form-default")})>>/PageLabels<</Nums[0<</P(${mark("page-label")})>>]>>
    /OCProperties<</OCGs[14 0 R 15 0 R]/D<</Name(${mark("layers")})/OFF[14 0 R]>>>>/Threads[<</I<</Title(${mark("thread")})>>>>]>>`,
  "<</Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 300 200]/Rotate 90>>",
  xmp("catalog-xmp"),
  `<</Type/Page/Parent 2 0 R/CropBox[10 10 290 190]/Contents 5 0 R/Metadata 9 0 R/LastModified(${mark("page-changed")})/Thumb 10 0 R
    /PieceInfo<</App<</Private(${mark("page-piece")})>>>>/AA<</O<</S/URI/URI(${mark("page-action")})>>>>/Annots[11 0 R 12 0 R 16 0 R]
    /Resources<</Font<</F 6 0 R>>/XObject<</Scan 8 0 R>>/Properties<</Named<</Alt(${mark("property")})>>/Hidden 14 0 R/Seen 15 0 R>>>>>>`,
  {
    dict: "/Filter/FlateDecode",
    body: Buffer.concat([deflated(Buffer.from(content, "latin1")), Buffer.from(mark("behind-flate"))]),
  },
  `<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FontDescriptor<</Type/FontDescriptor/FontName/Helvetica/FontFamily(${mark("font-family")})>>
    /Metadata 9 0 R/ToUnicode 18 0 R>>`,
  `<</Type/Filespec/F(${mark("file-name")})/Desc(${mark("file-note")})/EF<</F 17 0 R>>>>`,
  {
    dict: `/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8/ColorSpace[/ICCBased 13 0 R]/Filter/DCTDecode/Metadata 9 0 R/Alternates(${mark("alternate")})`,
    body: talkative(jpeg, mark),
  },
  xmp("object-xmp"),
  { dict: "/Width 1/Height 1", body: mark("thumbnail") },
  `<</Type/Annot/Subtype/Widget/FT/Tx/T(${mark("field")})/TU(${mark("field-tip")})/V(${mark("field-value")})/Rect[50 20 150 40]/AP<</N 19 0 R>>/F 4>>`,
  `<</Type/Annot/Subtype/Text/T(${mark("author")})/Contents(${mark("note")})/NM(${mark("note-name")})/M(${mark("note-day")})/F 2/Rect[0 0 9 9]
    /AP<</N 20 0 R>>>>`,
  { dict: "/N 3", body: mark("profile") },
  `<</Type/OCG/Name(${mark("hidden-layer-name")})>>`,
  `<</Type/OCG/Name(${mark("layer-name")})>>`,
  `<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(${mark("link")})>>>>`,
  attached("attachment"),
  {
    dict: "",
    body: `%%Title: ${mark("map-comment")}\n/CIDInit /ProcSet findresource begin 1 beginbfchar <41> <0041> endbfchar (${mark("map-string")}) pop`,
  },
  appearance("a filled field"),
  appearance(mark("hidden-note")),
  `(${mark("unreferenced")})`,
];

const info = `/Info<</Author(${mark("info")})/Producer(${mark("producer")})>>/ID[(${mark("id")})(${mark("id")})]`;

/** The same file twice over: what was said first, and what replaced it. */
function plantedPdf(): Uint8Array {
  const first = aPdf(
    objects.map((one, index) => (index === 4 ? { dict: "", body: `(${mark("earlier-revision")}) Tj` } : one)),
  );
  const second = Buffer.from(aPdf(objects, { trailer: info })).subarray("%PDF-1.7\n".length);
  return new Uint8Array(Buffer.concat([first, second, Buffer.from(`PK\x03\x04${mark("trailing")}`)]));
}

describe("a file with words in every place that is not the page", () => {
  test("comes out without any of them", async () => {
    const file = plantedPdf();
    const before = allOf(file);
    expect(planted.filter((word) => !before.includes(word) && !/expansion/.test(word))).toEqual([]);
    expect(planted.length).toBeGreaterThan(50);
    const out = allOf(await cleaned(file));
    expect(planted.filter((word) => out.includes(word))).toEqual([]);
    expect(out).not.toMatch(/PLANTED|JavaScript|Metadata|\/Info|\/ID\b|AcroForm|Annots|EmbeddedFile|ICC_PROFILE|Exif/);
    expect(out).not.toContain(Buffer.from("PLANTED").toString("hex"));
  });

  test("shows the same page: its text, what OCR read, the field that was filled, and its size", async () => {
    const pdf = await getDocumentProxy(await cleaned(plantedPdf()));
    const { text } = await extractText(pdf, { mergePages: true });
    expect(text.replace(/\s+/g, "")).toBe("Aletter)of%acitizenwhatOCRreadonalayerafilledfield");
    const page = await pdf.getPage(1);
    expect([pdf.numPages, page.view, page.rotate]).toEqual([1, [10, 10, 290, 190], 90]);
    const { info, metadata } = await getMeta(pdf);
    expect([metadata, info.Author, info.Producer, info.Title]).toEqual([{}, undefined, undefined, undefined]);
    expect(await page.getAnnotations()).toEqual([]);
  });

  test("keeps what is compressed in a photo, and how its colours are read", async () => {
    const out = Buffer.from(await cleaned(plantedPdf())).toString("latin1");
    const compressed = jpeg.subarray(jpeg.indexOf(Buffer.of(0xff, 0xda))).toString("latin1");
    expect(out).toContain(compressed);
    expect(out).toContain("\xff\xee\x00\x0eAdobe\0\x64\0\0\0\0\x01\xff");
    expect(out).toContain("/ColorSpace [/DeviceRGB]");
  });

  test("is the same when it is cleaned again, and depends on nothing but the file", async () => {
    const once = await cleaned(plantedPdf());
    expect(await cleaned(plantedPdf())).toEqual(once);
    expect(allOf(await cleaned(once))).not.toContain("PLANTED");
  });
});

describe("what annotations and fields look like", () => {
  const page = (annotation: string, form = appearanceDict) =>
    aPdf([
      "<</Type/Catalog/Pages 2 0 R>>",
      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Annots[5 0 R]>>",
      { dict: "", body: "1 0 0 rg" },
      `<</Type/Annot/Subtype/Stamp${annotation}>>`,
      { dict: form, body: "0 0 10 10 re f" },
    ]);
  const appearanceDict = "/Subtype/Form/BBox[0 0 10 10]";

  test.each([
    [
      "is moved and stretched into its place",
      "/Rect[100 50 120 90]/AP<</N 6 0 R>>",
      appearanceDict,
      "2.000000 0.000000 0.000000 4.000000 100.000000 50.000000 cm",
    ],
    [
      "is turned first, where it says so",
      "/Rect[100 50 120 90]/AP<</N 6 0 R>>",
      `${appearanceDict}/Matrix[0 1 -1 0 0 0]`,
      "2.000000 0.000000 0.000000 4.000000 120.000000 50.000000 cm",
    ],
    [
      "is that of its state",
      "/Rect[0 0 10 10]/AS/On/AP<</N<</On 6 0 R/Off null>>>>",
      appearanceDict,
      "1.000000 0.000000 0.000000 1.000000 0.000000 0.000000 cm",
    ],
  ])("%s", async (_, annotation, form, placed) => {
    const out = allOf(await cleaned(page(annotation, form)));
    expect(out).toContain(`q\n1 0 0 rg\nQ\nq ${placed} /Seen0 Do Q`);
    expect(out).toContain("0 0 10 10 re\nf");
  });

  test.each([
    ["it is hidden", "/F 2/Rect[0 0 10 10]/AP<</N 6 0 R>>"],
    ["it is not for the screen", "/F 32/Rect[0 0 10 10]/AP<</N 6 0 R>>"],
    ["its state has no look", "/AS/Off/Rect[0 0 10 10]/AP<</N<</On 6 0 R>>>>"],
  ])("is left out where %s", async (_, annotation) => {
    expect(allOf(await cleaned(page(annotation)))).not.toContain("0 0 10 10 re");
  });

  test("is drawn as a form of another program fills it", async () => {
    const doc = await PDFDocument.create();
    const font = await doc.embedFont(StandardFonts.Helvetica);
    const first = doc.addPage([400, 300]);
    first.drawText("Printed", { x: 50, y: 250, font });
    first.setRotation(degrees(270));
    const field = doc.getForm().createTextField("applicant");
    field.setText("Written by hand");
    field.addToPage(first, { x: 50, y: 100, width: 200, height: 30 });
    doc.addPage([200, 500]);
    const pdf = await getDocumentProxy(await cleaned(await doc.save()));
    const { text } = await extractText(pdf);
    expect(text.map((one) => one.replace(/\s+/g, ""))).toEqual(["PrintedWrittenbyhand", ""]);
    const pages = await Promise.all([pdf.getPage(1), pdf.getPage(2)]);
    expect(pages.map(({ view, rotate }) => [view, rotate])).toEqual([
      [[0, 0, 400, 300], 270],
      [[0, 0, 200, 500], 0],
    ]);
  });
});

const catalog = "<</Type/Catalog/Pages 2 0 R>>";
const onePage = [catalog, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/MediaBox[0 0 9 9]/Contents 4 0 R>>"];
const aGoodFile = () => aPdf([...onePage, { dict: "", body: "0 0 9 9 re f" }]);
const zeros = (megabytes: number) => deflated(new Uint8Array(megabytes * 1024 * 1024));
const many = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index));

function withContent(dict: string, body: string | Uint8Array): Uint8Array {
  return aPdf([...onePage, { dict, body }]);
}

describe("what is not made anew", () => {
  test.each<[string, () => Uint8Array, string]>([
    [
      "an encrypted one",
      () => readFileSync(join(import.meta.dirname, "../../fixtures/attachments/locked.pdf")),
      "locked",
    ],
    ["random bytes", () => Uint8Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 251), "unreadable"],
    [
      "random bytes behind its first word",
      () => Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(9999, "x1 0 obj ")]),
      "unreadable",
    ],
    ["nothing", () => new Uint8Array(), "unreadable"],
    [
      "one behind a web page",
      () => Buffer.concat([Buffer.from("<html><script>1</script>"), aGoodFile()]),
      "unreadable",
    ],
    ["one without a page", () => aPdf([catalog, "<</Type/Pages/Kids[]>>"]), "unreadable"],
    ["one whose page is missing", () => aPdf([catalog, "<</Type/Pages/Kids[9 0 R]>>"]), "unreadable"],
    [
      "a thousand pages",
      () => aPdf([catalog, `<</Kids[${"3 0 R ".repeat(1000)}]>>`, onePage[2] ?? ""]),
      "too-much-inside",
    ],
    [
      "a page tree that is its own branch",
      () => aPdf([catalog, "<</Type/Pages/Kids[2 0 R 2 0 R]>>"]),
      "too-much-inside",
    ],
    [
      "a page tree that branches without end",
      () => aPdf([catalog, ...many(90, (at) => `<</Kids[${at + 3} 0 R ${at + 3} 0 R]>>`), "<</Kids[]>>"]),
      "too-much-inside",
    ],
    ["an object that is itself", () => aPdf([catalog, "2 0 R"]), "too-much-inside"],
    ["lists in lists", () => aPdf([catalog, `<</Kids ${"[".repeat(5000)}${"]".repeat(5000)}>>`]), "too-much-inside"],
    [
      "drawings in drawings",
      () =>
        aPdf([
          catalog,
          "<</Kids[3 0 R]>>",
          "<</Resources<</XObject<</X 4 0 R>>>>/Contents 4 0 R>>",
          ...many(120, () => "").map((_, at) => ({
            dict: `/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X ${at + 5} 0 R>>>>`,
            body: "/X Do",
          })),
        ]),
      "too-much-inside",
    ],
    ["too many objects", () => aPdf([...onePage, ...many(50_001, () => "1")]), "too-much-inside"],
    [
      "a stream of objects that inflates without end",
      () => aPdf([...onePage, { dict: "/Type/ObjStm/N 1/First 5/Filter/FlateDecode", body: zeros(80) }]),
      "too-much-inside",
    ],
    ["a page that inflates without end", () => withContent("/Filter/FlateDecode", zeros(80)), "too-much-inside"],
    [
      "an inflated one inside another",
      () => withContent("/Filter[/FlateDecode/FlateDecode]", deflated(zeros(80))),
      "too-much-inside",
    ],
    [
      "pictures that inflate to too much together",
      () => {
        const one = { dict: "/Subtype/Image/Filter/FlateDecode", body: zeros(60) };
        return aPdf([
          catalog,
          "<</Kids[3 0 R]>>",
          `<</Resources<</XObject<<${many(30, (at) => `/X${at} ${at + 4} 0 R`).join("")}>>>>/Contents 34 0 R>>`,
          ...many(30, () => "").map(() => one),
          { dict: "", body: many(30, (at) => `/X${at} Do`).join(" ") },
        ]);
      },
      "too-much-inside",
    ],
    [
      "a picture that inflates to more than the largest",
      () =>
        aPdf([
          catalog,
          "<</Kids[3 0 R]>>",
          "<</Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>",
          { dict: "/Subtype/Image/Filter/FlateDecode", body: zeros(200) },
          { dict: "", body: "/X Do" },
        ]),
      "too-much-inside",
    ],
    [
      "a page that names one stream a thousand times",
      () =>
        aPdf([
          ...onePage.slice(0, 2),
          `<</Contents[${"4 0 R ".repeat(1000)}]>>`,
          { dict: "", body: Buffer.alloc(9_000_000, 32) },
        ]),
      "too-much-inside",
    ],
    ["a long chain of filters", () => withContent("/Filter[/AHx/AHx/AHx/AHx]", "00"), "too-much-inside"],
    [
      "runs without end",
      () => withContent("/Filter[/RL/RL/RL]", Buffer.alloc(5_000_000, Buffer.of(129, 129))),
      "too-much-inside",
    ],
    ["operands without end", () => withContent("", "1 ".repeat(1_000_000)), "too-much-inside"],
    ["numbers without end", () => aPdf([...onePage, `[${"1 ".repeat(4_000_000)}]`]), "too-much-inside"],
  ])("%s", async (_, file, why) => {
    const started = performance.now();
    expect(await cleanPdf(file())).toEqual({ uncleanable: why });
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(await cleaned(aGoodFile())).toBeInstanceOf(Uint8Array);
  });

  test("one that breaks off, wherever it does", async () => {
    const file = aGoodFile();
    const end = Buffer.from(file).lastIndexOf("startxref");
    const cuts = Array.from({ length: 60 }, (_, at) => Math.floor((at * end) / 60));
    const answers = await Promise.all(cuts.map((cut) => cleanPdf(file.subarray(0, cut))));
    expect(answers).toEqual(cuts.map(() => ({ uncleanable: "unreadable" })));
  });
});

describe("a page that is packed", () => {
  /** Three rows of five bytes, each told by its difference from the one above. */
  const differences = Buffer.from([2, 48, 32, 48, 32, 57, 2, 240, 25, 240, 82, 44, 2, 0, 45, 0, 174, 187]);

  test.each<[string, string, Uint8Array | string]>([
    ["in hexadecimal", "/Filter/ASCIIHexDecode", "30 20 30 20 39 20 39 20 72 65 20 66>"],
    ["in base 85", "/Filter[/A85]", "0H`%l3?U=)\nEb-A*~>"],
    ["in runs", "/Filter/RunLengthDecode", Buffer.from("\x0b0 0 9 9 re f\x80", "latin1")],
    ["by LZW", "/Filter/LZWDecode", lzwOf("0 0 9 9 re f")],
    ["twice", "/Filter[/AHx/Fl]", `${deflated("0 0 9 9 re f").toString("hex")}>`],
    ["without its checksum", "/Filter/FlateDecode", deflated("0 0 9 9 re f").subarray(0, -4)],
    [
      "by the differences between rows",
      "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 5>>",
      deflated(differences),
    ],
  ])("%s", async (_, dict, body) => {
    expect(allOf(await cleaned(withContent(dict, body)))).toContain("0 0 9 9 re\nf");
  });

  /** Nine bits for each byte, with the codes that begin and end it. */
  function lzwOf(text: string): Buffer {
    const bits = [256, ...Buffer.from(text), 257].map((code) => code.toString(2).padStart(9, "0")).join("");
    return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2)));
  }
});

describe("a scan in another code than JPEG", () => {
  const pageWith = (dict: string, body: Uint8Array) =>
    aPdf([
      catalog,
      "<</Kids[3 0 R]>>",
      "<</Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>",
      { dict: `/Subtype/Image/Width 8/Height 8${dict}`, body },
      { dict: "", body: "/X Do" },
    ]);
  const box = (type: string, ...bodies: Array<Buffer | string>) => {
    const body = Buffer.concat(bodies.map((one) => Buffer.from(one as string, "latin1")));
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(type, 4);
    return Buffer.concat([head, body]);
  };

  test("keeps of JPEG 2000 the picture, and none of its notes", async () => {
    const comment = (text: string) =>
      Buffer.concat([Buffer.of(0xff, 0x64, 0, text.length + 4, 0, 1), Buffer.from(text)]);
    const tile = Buffer.concat([comment("PLANTED"), Buffer.from("\xff\x93compressed", "latin1")]);
    const start = Buffer.of(0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 12 + tile.length, 0, 1);
    const codestream = Buffer.concat([
      Buffer.from("ff4fff51000400ff", "hex"),
      comment("PLANTED"),
      start,
      tile,
      Buffer.from("\xff\xd9PLANTED", "latin1"),
    ]);
    const header = box(
      "jp2h",
      box("ihdr", Buffer.from("0000000800000008000307070000", "hex")),
      box("colr", Buffer.of(2, 0, 0), "PLANTED"),
      box("xml ", "PLANTED"),
    );
    const file = [
      box("jP  ", "\r\n\x87\n"),
      box("ftyp", "jp2 \0\0\0\0jp2 "),
      header,
      box("xml ", "PLANTED"),
      box("uuid", "PLANTED"),
      box("jp2c", codestream),
    ];
    const out = allOf(await cleaned(pageWith("/Filter/JPXDecode", Buffer.concat(file))));
    expect(out).toContain("\xff\x93compressed\xff\xd9");
    expect(out).toContain("colr\x01\0\0\0\0\0\x10");
    expect(out).not.toContain("PLANTED");
  });

  test("keeps of JBIG2 the segments that draw", async () => {
    const segment = (type: number, text: string) =>
      Buffer.concat([Buffer.of(0, 0, 0, 1, type, 0, 1, 0, 0, 0, text.length), Buffer.from(text)]);
    const body = Buffer.concat([segment(48, "a page"), segment(62, "PLANTED"), segment(38, "drawing")]);
    const out = allOf(await cleaned(pageWith("/Filter/JBIG2Decode", body)));
    expect([out.includes("a page"), out.includes("drawing"), out.includes("PLANTED")]).toEqual([true, true, false]);
  });

  test("drops what is behind a packed picture's own end", async () => {
    const body = Buffer.concat([deflated(Buffer.alloc(64)), Buffer.from("PLANTED")]);
    expect(allOf(await cleaned(pageWith("/Filter/FlateDecode", body)))).not.toContain("PLANTED");
  });
});

describe("a photo that is written into a page", () => {
  const scan = jpeg.subarray(jpeg.indexOf(Buffer.of(0xff, 0xda)));

  test.each<[string, string, (photo: Buffer) => Buffer | string]>([
    ["as it is", "/DCT", (photo) => photo],
    ["in base 85", "[/A85 /DCT]", (photo) => `${base85(photo)}~>`],
    ["in hexadecimal", "[/AHx /DCT]", (photo) => `${photo.toString("hex")}>`],
    ["packed once more", "[/Fl /DCT] /DP [null <</ColorTransform 0>>]", (photo) => deflated(photo)],
  ])("%s, comes out bare", async (_, filter, written) => {
    const photo = written(talkative(jpeg, (where) => `PLANTED-${where}`));
    const picture = Buffer.concat([
      Buffer.from(`q BI /W 16 /H 16 /BPC 8 /CS /RGB /F ${filter} ID `),
      Buffer.from(photo as string, "latin1"),
      Buffer.from("\nEI Q 0 0 9 9 re f"),
    ]);
    const out = allOf(await cleaned(withContent("", picture)));
    const turned = filter.includes("ColorTransform") ? "/DP <</ColorTransform 0>> " : "";
    expect(out).toContain(`/CS /RGB /F /DCT ${turned}ID \xff\xd8`);
    expect(out).toContain(`${scan.toString("latin1")}\nEI\nQ\n0 0 9 9 re\nf`);
    expect(out).not.toContain("PLANTED");
  });

  /** Four bytes as five digits, lines as ReportLab breaks them. */
  function base85(bytes: Buffer): string {
    const groups = Array.from({ length: Math.ceil(bytes.length / 4) }, (_, at) => bytes.subarray(at * 4, at * 4 + 4));
    const digits = groups.map((group) => {
      const sum = Buffer.concat([group, Buffer.alloc(4)]).readUInt32BE();
      const five = [4, 3, 2, 1, 0].map((place) => String.fromCharCode(33 + (Math.floor(sum / 85 ** place) % 85)));
      return five.join("").slice(0, group.length + 1);
    });
    return digits.join("").replace(/.{60}/g, "$&\r\n");
  }
});

describe("what is strange and yet shows a page", () => {
  test.each<[string, () => Uint8Array]>([
    [
      "tables of objects that name themselves",
      () =>
        Buffer.concat([
          aGoodFile(),
          Buffer.from("xref\n0 1\ntrailer\n<</Root 1 0 R/Prev 9/XRefStm 9>>\nstartxref\n9\n%%EOF"),
        ]),
    ],
    [
      "a script and a program sent along",
      () =>
        aPdf([
          `<</Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Names<</EmbeddedFiles<</Names[(a.exe)5 0 R]>>>>>>`,
          ...onePage.slice(1),
          { dict: "", body: "0 0 9 9 re f" },
          { dict: "/Type/EmbeddedFile", body: "MZ\x90\0 executable" },
        ]),
    ],
    [
      "an archive and a web page behind it",
      () => Buffer.concat([aGoodFile(), Buffer.from("PK\x03\x04 executable <html><script>app.alert(1)</script>")]),
    ],
    [
      "a drawing that draws itself",
      () =>
        aPdf([
          catalog,
          "<</Kids[3 0 R]>>",
          "<</Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
          { dict: "", body: "0 0 9 9 re f /X Do" },
          { dict: "/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>", body: "/X Do" },
        ]),
    ],
    [
      "another file in one of its streams",
      () => aPdf([...onePage, { dict: "", body: "0 0 9 9 re f" }, { dict: "", body: aPdf([catalog, "<</Kids[]>>"]) }]),
    ],
  ])("%s", async (_, file) => {
    const out = allOf(await cleaned(file()));
    expect(out).toContain("0 0 9 9 re\nf");
    expect(out).not.toMatch(/executable|script|alert/i);
  });
});
