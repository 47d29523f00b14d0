import { refuse } from "./refusal.ts";

const [soi, eoi, sos, app0, app14, appLast, comment] = [0xd8, 0xd9, 0xda, 0xe0, 0xee, 0xef, 0xfe];
/** "JFIF", version 1.1, no unit, square pixels, no thumbnail. */
const jfif = Buffer.from("ffe000104a46494600010100000100010000", "hex");
const adobeLength = 12;

/**
 * A JPEG's picture and nothing said of it: no Exif, place, note, profile or thumbnail, and nothing behind its end. What
 * is compressed stays as it is, byte for byte. Two markers decide about its colours: that it is JFIF, and Adobe's.
 */
export function bareJpeg(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0xff || bytes[1] !== soi) refuse("unreadable");
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at < bytes.length) {
    at = nextMarker(bytes, at);
    const marker = bytes[at + 1];
    if (marker === undefined || marker === eoi) break;
    const end = at + 2 + lengthAt(bytes, at);
    parts.push(kept(bytes.subarray(at, end)));
    at = end;
    if (marker !== sos) continue;
    const scanned = endOfScan(bytes, at);
    parts.push(bytes.subarray(at, scanned));
    at = scanned;
  }
  parts.push(Uint8Array.of(0xff, eoi));
  return new Uint8Array(Buffer.concat(parts));
}

/** Where the next marker begins; between markers may be filling, which readers pass over. */
function nextMarker(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && !(bytes[at] === 0xff && isMarker(bytes[at + 1]))) at++;
  return at;
}

function isMarker(byte: number | undefined): boolean {
  return byte !== undefined && byte !== 0 && byte !== 0xff && !isAlone(byte);
}

/** Markers without a length: TEM, the restarts, and a beginning inside the picture. */
function isAlone(byte: number): boolean {
  return byte === 1 || (byte >= 0xd0 && byte <= soi);
}

function lengthAt(bytes: Uint8Array, at: number): number {
  const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  return length < 2 || at + 2 + length > bytes.length ? refuse("unreadable") : length;
}

function kept(segment: Uint8Array): Uint8Array {
  const marker = segment[1] ?? 0;
  if (marker === app0 && startsWith(segment, "JFIF\0")) return jfif;
  if (marker === app14 && startsWith(segment, "Adobe")) return adobe(segment);
  return (marker >= app0 && marker <= appLast) || marker === comment ? new Uint8Array() : segment;
}

function startsWith(segment: Uint8Array, word: string): boolean {
  return Buffer.from(segment.subarray(4, 4 + word.length)).toString("latin1") === word;
}

/** Of Adobe's marker the last byte alone is read: how the colours were turned. */
function adobe(segment: Uint8Array): Uint8Array {
  const whole = segment.length >= 4 + adobeLength ? segment.subarray(0, 4 + adobeLength) : refuse("unreadable");
  return Uint8Array.from([0xff, app14, 0, adobeLength + 2, ...whole.subarray(4)]);
}

/** The compressed part runs to the next marker that is no restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isAlone(next)) return at;
  }
  return bytes.length;
}
