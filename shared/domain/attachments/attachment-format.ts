import * as z from "zod";

/** What a citizen may send along. */
export const ContentType = z.enum([
  "image/jpeg",
  "image/png",
  "image/webp",
  "application/pdf",
  "audio/mpeg",
  "audio/mp4",
  "video/mp4",
]);
export type ContentType = z.infer<typeof ContentType>;

/** What is made of it, and served. */
export const CleanType = z.enum([
  "image/jpeg",
  "image/png",
  "image/webp",
  "application/pdf",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "video/mp4",
  "video/webm",
]);
export type CleanType = z.infer<typeof CleanType>;

type Format = {
  /** The extension of the neutral file name. */
  extension: string;
  /** Whether these first bytes are those of a file of this type. */
  begins: (start: Uint8Array) => boolean;
};

/** How many bytes of a file `begins` looks at. */
export const startBytes = 12;

/**
 * MP4 brands that phones write into sound and video alike. Still images and QuickTime have others, which are refused.
 */
const sharedBrands = [
  "isom",
  "iso2",
  "iso3",
  "iso4",
  "iso5",
  "iso6",
  "iso7",
  "iso8",
  "iso9",
  "mp41",
  "mp42",
  "dash",
  "3gp4",
  "3gp5",
  "3gp6",
];

const formats: Record<ContentType, Format> = {
  "image/jpeg": { extension: "jpg", begins: bytes(0xff, 0xd8, 0xff) },
  "image/png": { extension: "png", begins: bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  "image/webp": {
    extension: "webp",
    begins: (start) => latin(start, 0, 4) === "RIFF" && latin(start, 8, 12) === "WEBP",
  },
  "application/pdf": { extension: "pdf", begins: (start) => latin(start, 0, 5) === "%PDF-" },
  "audio/mpeg": { extension: "mp3", begins: (start) => latin(start, 0, 3) === "ID3" || isMp3Frame(start) },
  "audio/mp4": { extension: "m4a", begins: isMp4(["M4A ", "M4B "]) },
  "video/mp4": { extension: "mp4", begins: isMp4(["M4V ", "avc1", "MSNV"]) },
};

export function beginsAs(type: ContentType, start: Uint8Array): boolean {
  return formats[type].begins(start);
}

/** A name for a file whose own name the reader may not know. */
export function neutralName(type: ContentType): string {
  return `attachment.${formats[type].extension}`;
}

function bytes(...signature: number[]) {
  return (start: Uint8Array) => signature.every((byte, n) => start[n] === byte);
}

function latin(start: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...start.subarray(from, to));
}

/** The header of an MPEG layer III frame, with a version, bit rate and sampling rate that exist. */
function isMp3Frame([sync = 0, kind = 0, rates = 0]: Uint8Array): boolean {
  const isLayer3 = sync === 0xff && (kind & 0xe6) === 0xe2;
  return isLayer3 && (kind & 0x18) !== 0x08 && rates >> 4 !== 0x0f && (rates & 0x0c) !== 0x0c;
}

function isMp4(brands: string[]) {
  const known = new Set([...sharedBrands, ...brands]);
  return (start: Uint8Array) => latin(start, 4, 8) === "ftyp" && known.has(latin(start, 8, 12));
}
