import * as z from "zod";

/** The content types of files that are served. The system re-creates every uploaded file in one of these types. */
export const CleanType = z.enum(["image/jpeg", "application/pdf", "audio/mp4", "video/mp4"]);
export type CleanType = z.infer<typeof CleanType>;

/**
 * The content types that a citizen may upload. Every picture becomes a JPEG, every recording an MP4, and a PDF stays one.
 */
export const ContentType = z.enum([
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/heic",
  "application/pdf",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "audio/webm",
  "video/mp4",
  "video/quicktime",
  "video/webm",
]);
export type ContentType = z.infer<typeof ContentType>;

/** Whether the first bytes of a file are the signature of one type. */
type SignatureCheck = (start: Uint8Array) => boolean;

/** MP4 brands that phones write into both sound and video. Still images and QuickTime have their own brands. */
const mp4Brands = [
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
  "audio/mp4": isIsoFile([...mp4Brands, "M4A ", "M4B "]),
  "audio/ogg": (start) => latin(start, 0, 4) === "OggS",
  "video/mp4": isIsoFile([...mp4Brands, "M4V ", "avc1", "MSNV"]),
  "video/quicktime": isIsoFile(["qt  "]),
  "audio/webm": bytes(0x1a, 0x45, 0xdf, 0xa3),
  "video/webm": bytes(0x1a, 0x45, 0xdf, 0xa3),
};

/** Whether `start`, the first bytes of a file, has the signature of the type. */
export function hasSignatureOf(type: ContentType, start: Uint8Array): boolean {
  return signatureChecks[type](start);
}

const extensions: Record<CleanType, string> = {
  "image/jpeg": "jpg",
  "application/pdf": "pdf",
  "audio/mp4": "m4a",
  "video/mp4": "mp4",
};

/** The name of a downloaded file. The original file name could reveal the citizen. */
export function downloadName(attachmentId: string, type: CleanType): string {
  return `${attachmentId}.${extensions[type]}`;
}

/** Checks for a file that begins with these bytes. */
function bytes(...signature: number[]): SignatureCheck {
  return (start) => signature.every((byte, n) => start[n] === byte);
}

function latin(start: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...start.subarray(from, to));
}

/** Whether the bytes are the header of an MPEG layer III frame with a valid version, bit rate and sampling rate. */
function isMp3Frame([sync = 0, kind = 0, rates = 0]: Uint8Array): boolean {
  const isLayer3 = sync === 0xff && (kind & 0xe6) === 0xe2;
  return isLayer3 && (kind & 0x18) !== 0x08 && rates >> 4 !== 0x0f && (rates & 0x0c) !== 0x0c;
}

/** Checks for an ISO media file whose major brand is one of the given brands. */
function isIsoFile(brands: string[]): SignatureCheck {
  const known = new Set(brands);
  return (start) => latin(start, 4, 8) === "ftyp" && known.has(latin(start, 8, 12));
}
