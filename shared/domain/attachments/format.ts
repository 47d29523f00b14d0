import * as z from "zod";

/** What is served: files of these types are made by us. */
export const CleanType = z.enum([
  "image/jpeg",
  "image/png",
  "image/webp",
  "application/pdf",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "audio/webm",
  "video/mp4",
  "video/webm",
]);
export type CleanType = z.infer<typeof CleanType>;

/**
 * What a citizen may send along. Of what only some phones show another type is made, of a HEIC picture a JPEG and of a
 * QuickTime film an MP4; all others stay what they are.
 */
export const ContentType = z.enum([...CleanType.options, "image/heic", "video/quicktime"]);
export type ContentType = z.infer<typeof ContentType>;

/** Whether these first bytes are those of a file of one type. */
type SignatureCheck = (start: Uint8Array) => boolean;

/**
 * MP4 brands that phones write into sound and video alike. Still images and QuickTime have others, by which they are known
 * as types of their own.
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

const signatureChecks: Record<ContentType, SignatureCheck> = {
  "image/jpeg": bytes(0xff, 0xd8, 0xff),
  "image/png": bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  "image/webp": (start) => latin(start, 0, 4) === "RIFF" && latin(start, 8, 12) === "WEBP",
  "image/heic": isIsoFile(["heic", "heix", "mif1", "heim", "heis"]),
  "application/pdf": (start) => latin(start, 0, 5) === "%PDF-",
  "audio/mpeg": (start) => latin(start, 0, 3) === "ID3" || isMp3Frame(start),
  "audio/mp4": isIsoFile([...sharedBrands, "M4A ", "M4B "]),
  "audio/ogg": (start) => latin(start, 0, 4) === "OggS",
  "video/mp4": isIsoFile([...sharedBrands, "M4V ", "avc1", "MSNV"]),
  "video/quicktime": isIsoFile(["qt  "]),
  "audio/webm": bytes(0x1a, 0x45, 0xdf, 0xa3),
  "video/webm": bytes(0x1a, 0x45, 0xdf, 0xa3),
};

export function hasSignatureOf(type: ContentType, start: Uint8Array): boolean {
  return signatureChecks[type](start);
}

const extensions: Record<CleanType, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "application/pdf": "pdf",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "audio/webm": "webm",
  "video/mp4": "mp4",
  "video/webm": "webm",
};

/** The name that a file is served under: the citizen's own may say who they are. */
export function downloadName(attachmentId: string, type: CleanType): string {
  return `${attachmentId}.${extensions[type]}`;
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

/** A file of ISO boxes that says one of these brands first. */
function isIsoFile(brands: string[]): SignatureCheck {
  const known = new Set(brands);
  return (start: Uint8Array) => latin(start, 4, 8) === "ftyp" && known.has(latin(start, 8, 12));
}
