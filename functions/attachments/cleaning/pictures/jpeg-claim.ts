import { beginsAs } from "#shared/domain/attachments/attachment-format.ts";
import type { Claimed } from "./claim.ts";
import type { Size } from "./pixels.ts";
import { orientationIn } from "./turn.ts";

const marker = { app1: 0xe1, scan: 0xda, end: 0xd9, fill: 0xff };
const exifName = "Exif\0\0";
/** SOF0 to SOF15 but for three numbers that tables have. */
const frames = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

/** A progressive picture has about ten. Each goes over all pixels again, and an empty one costs its sender nothing. */
const mostScans = 32;

/** More segments than that which are looked at have no use. */
const mostSegments = 1_000;

/** Reads a JPEG's segments up to its end marker; what follows that is no part of the picture. */
export function jpegClaim(file: Buffer): Claimed {
  if (!beginsAs("image/jpeg", file)) return { uncleanable: "unreadable" };
  const found = segments(file).filter(isTelling).take(mostSegments).toArray();
  const scans = found.filter(({ kind }) => kind === marker.scan).length;
  const last = found.at(-1);
  if (scans > mostScans) return { uncleanable: "too-much-inside" };
  if (scans === 0 || last?.kind !== marker.end) return { uncleanable: "unreadable" };
  const exif = found.find(isExif)?.body.subarray(exifName.length);
  return {
    sizes: found.filter(({ kind }) => frames.has(kind)).map(sizeIn),
    orientation: exif ? orientationIn(exif) : 1,
    picture: file.subarray(0, last.end),
  };
}

function isTelling(segment: Segment): boolean {
  return segment.kind === marker.scan || segment.kind === marker.end || frames.has(segment.kind) || isExif(segment);
}

function isExif({ kind, body }: Segment): boolean {
  return kind === marker.app1 && body.toString("latin1", 0, exifName.length) === exifName;
}

function sizeIn({ body }: Segment): Size {
  return { width: body.readUInt16BE(3), height: body.readUInt16BE(1) };
}

type Segment = { kind: number; body: Buffer; end: number };

function* segments(file: Buffer): Generator<Segment> {
  for (let at = nextMarker(file, 2); at !== undefined; ) {
    const kind = file.readUInt8(at + 1);
    const end = at + 2 + (kind === marker.end ? 0 : file.readUInt16BE(at + 2));
    yield { kind, body: file.subarray(at + 4, end), end };
    if (kind === marker.end) return;
    at = nextMarker(file, end);
  }
}

/** Within a scan 0xFF is followed by zero or a restart marker where it is no marker of a segment. */
function nextMarker(file: Buffer, from: number): number | undefined {
  for (let at = from; at + 1 < file.length; at++) {
    if (file[at] !== marker.fill) continue;
    const kind = file[at + 1] ?? 0;
    if (kind > 0x01 && kind !== marker.fill && (kind < 0xd0 || kind > 0xd7)) return at;
  }
  return undefined;
}
