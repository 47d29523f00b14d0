import { type FoundTracks, rows, type Track } from "./iso-tracks.ts";
import { refuse, type Span } from "./recording.ts";

/** What is in the file and not heard or seen would be in the copy: a track that is off or silent, or beside another. */
export function refuseHidden({ tracks, volume }: FoundTracks): void {
  const sounds = tracks.filter(({ isSound }) => isSound);
  const pictures = tracks.filter(({ isSound }) => !isSound);
  const isOff = pictures.some(({ isOn }) => !isOn) || (sounds.length > 0 && !sounds.some(({ isOn }) => isOn));
  const isSilent = sounds.some((sound) => sound.volume < fullVolume) || (sounds.length > 0 && volume < fullVolume);
  const isBeside = pictures.length > 1 || (sounds.length > 1 && !isOneSound(sounds));
  // Where no track is in the movie, all are.
  const isLeftOut = new Set(tracks.map(({ isInMovie }) => isInMovie)).size > 1;
  if (isOff || isSilent || isBeside || isLeftOut) refuse("unreadable");
}

/** An iPhone keeps its sound twice, in stereo and in a format of its own that falls back on it; only one is on. */
function isOneSound([one, other, ...more]: Track[]): boolean {
  if (!one || !other || more.length > 0) return false;
  return one.fallbacks.includes(other.id) || other.fallbacks.includes(one.id);
}

const fullVolume = 0x100;

/** A note of iTunes says in hexadecimal how many samples at the start and end are not played, and how many are. */
export function refuseCutByNote(file: Uint8Array, { tracks }: FoundTracks): void {
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString("latin1");
  const packets = tracks.find(({ isSound }) => isSound)?.sized ?? 0;
  for (const [, note = ""] of text.matchAll(/iTunSMPB(.{0,100})/gs)) {
    const [, start = "", end = "", rest = ""] =
      note.match(/^.{4}data.{8} ?[\dA-F]+ ([\dA-F]+) ([\dA-F]+) ([\dA-F]+)/is) ?? [];
    const cut = Math.max(Number.parseInt(start, 16), Number.parseInt(end, 16));
    const isPlain = cut <= mostSamplesCut && Number.parseInt(rest, 16) >= (packets - 6) * fewestSamples;
    if (!isPlain) refuse("unreadable");
  }
}

/** Three packets of AAC with its high band added. */
const mostSamplesCut = 3 * 2048;
/** Of a packet of AAC. */
const fewestSamples = 960;

/** The seconds of each track that are played. */
export function playedOf({ tracks, ticksPerSecond }: FoundTracks): ReadonlyMap<number, Span> {
  if (ticksPerSecond === 0) refuse("unreadable");
  return new Map(
    tracks.flatMap(({ id, played, inFragments }) => {
      if (!played) return [];
      // Where fragments follow, an edit of no length goes on to the end.
      const isOpen = inFragments > 0 && played.until === played.from;
      return [[id, { from: played.from / ticksPerSecond, until: isOpen ? Infinity : played.until / ticksPerSecond }]];
    }),
  );
}

/** Pauses may precede an edit; a recording that is cut together of several would be played with what was cut out. */
export function playedBy(box: DataView): Span | undefined {
  const edits = editsOf(box);
  const first = edits.findIndex(({ time }) => time !== -1);
  const edit = edits[first];
  const isPlain =
    edit && edit.time >= 0 && edit.rate === normalRate && edits.slice(first + 1).every(({ time }) => time === -1);
  if (edits.length === 0) return undefined;
  if (!isPlain) refuse("unreadable");
  const from = edits.slice(0, first).reduce((sum, { length }) => sum + length, 0);
  return { from, until: from + edit.length };
}

const normalRate = 0x10000;

/** A pause has a time of -1. */
function editsOf(box: DataView): { length: number; time: number; rate: number }[] {
  const isWide = box.getUint8(0) === 1;
  const width = isWide ? 20 : 12;
  return Array.from({ length: rows(box, { at: 4, width }) }, (_, n) => {
    const at = 8 + n * width;
    const rate = box.getUint32(at + width - 4);
    if (isWide) return { length: Number(box.getBigUint64(at)), time: Number(box.getBigInt64(at + 8)), rate };
    return { length: box.getUint32(at), time: box.getInt32(at + 4), rate };
  });
}
