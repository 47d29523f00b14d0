import { inflateRawSync, inflateSync } from "node:zlib";

const bounded = { maxOutputLength: 32 * 1024 * 1024 };

/** The file's bytes, and those of everything in it that is deflated, as one text of Latin characters. */
export function allInside(file: Buffer): string {
  const texts = [file.toString("latin1")];
  for (let at = 0; at + 2 < file.length; at++) {
    // The head of a zlib stream: its method, and a checksum over both bytes.
    if ((file[at] ?? 0) % 16 === 8 && file.readUInt16BE(at) % 31 === 0) texts.push(inflated(file.subarray(at)));
  }
  return texts.join("\n");
}

function inflated(stream: Buffer): string {
  for (const inflate of [inflateSync, inflateRawSync]) {
    try {
      return inflate(stream, { ...bounded, finishFlush: 2 }).toString("latin1");
    } catch {
      // Not one after all.
    }
  }
  return "";
}

/** Whether a marker stands in it, as it is or in the two-byte characters of Windows and PDF. */
export function holds(inside: string, marker: string): boolean {
  const wide = (endian: "utf16le" | "be") => {
    const bytes = Buffer.from(marker, "utf16le");
    return (endian === "be" ? bytes.swap16() : bytes).toString("latin1");
  };
  return [marker, wide("utf16le"), wide("be"), Buffer.from(marker).toString("hex")].some((form) =>
    inside.toLowerCase().includes(form.toLowerCase()),
  );
}
