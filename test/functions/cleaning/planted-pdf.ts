import { deflateSync, inflateSync } from "node:zlib";
import { expect } from "vitest";
import { cleanPdf } from "#functions/attachments/cleaning/pdf/clean-pdf.ts";

/** An object as it is written, or a dictionary and the bytes of a stream. */
export type Written = string | { dict: string; body: string | Uint8Array };

/** A PDF from its objects; the first is the catalog, the next ones are named by their place. */
export function aPdf(objects: Written[], { trailer = "", head = "%PDF-1.7\n" } = {}): Uint8Array {
  const bodies = objects.map((object, index) =>
    Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), ...bodyOf(object), Buffer.from("\nendobj\n")]),
  );
  let start = head.length;
  const rows = bodies.map((body) => {
    const row = `${String(start).padStart(10, "0")} 00000 n \n`;
    start += body.length;
    return row;
  });
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${rows.join("")}`;
  const end = `trailer\n<</Size ${count}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([Buffer.from(head, "latin1"), ...bodies, Buffer.from(table), Buffer.from(end)]));
}

function bodyOf(object: Written): Buffer[] {
  if (typeof object === "string") return [Buffer.from(object, "latin1")];
  const body = typeof object.body === "string" ? Buffer.from(object.body, "latin1") : Buffer.from(object.body);
  return [
    Buffer.from(`<<${object.dict}/Length ${body.length}>>\nstream\n`, "latin1"),
    body,
    Buffer.from("\nendstream"),
  ];
}

export function deflated(text: string | Uint8Array): Buffer {
  return deflateSync(text);
}

const segment = (marker: number, text: string) => {
  const body = Buffer.from(text, "latin1");
  return Buffer.concat([Buffer.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255), body]);
};

/** What cameras and programs write into a JPEG, put behind its first two bytes, and more behind its end. */
export function talkative(jpeg: Uint8Array, mark: (where: string) => string): Buffer {
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, `Exif\0\0${mark("exif")}`),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${mark("jpeg-xmp")}`),
    segment(0xe2, `ICC_PROFILE\0\x01\x01${mark("jpeg-profile")}`),
    segment(0xed, `Photoshop 3.0\0${mark("jpeg-iptc")}`),
    segment(0xee, `Adobe\0\x64\0\0\0\0\x01${mark("adobe")}`),
    segment(0xfe, mark("jpeg-comment")),
    jpeg.subarray(2),
    Buffer.from(mark("behind-jpeg")),
  ]);
}

export async function cleaned(file: Uint8Array): Promise<Uint8Array> {
  const result = await cleanPdf(file);
  if ("uncleanable" in result) throw new Error(result.uncleanable);
  expect(result.contentType).toBe("application/pdf");
  return result.bytes;
}

/** Everything in a file: its bytes, and those of each stream that inflates. */
export function allOf(file: Uint8Array): string {
  const text = Buffer.from(file).toString("latin1");
  const streams = [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, body = ""]) => {
    try {
      return inflateSync(Buffer.from(body, "latin1")).toString("latin1");
    } catch {
      return body;
    }
  });
  return [text, ...streams].join("\n");
}
