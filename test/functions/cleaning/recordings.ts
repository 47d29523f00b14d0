import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from "mediabunny";
import { expect, test } from "vitest";
import { cleanRecording, type RecordingType } from "#functions/files/cleaning/recordings/clean-recording.ts";

const folder = join(import.meta.dirname, "../../fixtures/attachments/media");
export const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
export const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
export const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
export const bytesOf = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
export const u32 = (number: number) => Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
export const box = (type: string, ...content: Uint8Array[]) => {
  const body = bytesOf(...content);
  return bytesOf(u32(8 + body.length), ascii(type), body);
};
export const changed = (file: Uint8Array, change: (bytes: Uint8Array, view: DataView) => void) => {
  const copy = new Uint8Array(file);
  change(copy, new DataView(copy.buffer));
  return copy;
};
/** Where a box of the index has its size. */
export const boxAt = (file: Uint8Array, type: string) => latin(file).indexOf(type, latin(file).indexOf("moov")) - 4;

/** The tracks of a recording with all their packets, as the library reads them. */
export async function tracksOf(file: Uint8Array) {
  using input = new Input({ formats: ALL_FORMATS, source: new BufferSource(file) });
  const tracks = await input.getTracks();
  return await Promise.all(
    tracks.map(async (track) => {
      const packets: { bytes: Buffer; timestamp: number }[] = [];
      for await (const { data, timestamp } of new EncodedPacketSink(track).packets()) {
        packets.push({ bytes: Buffer.from(data), timestamp });
      }
      const rotation = track.isVideoTrack() ? await track.getRotation() : 0;
      const colours = track.isVideoTrack() ? await track.getColorSpace() : {};
      const rate = track.isAudioTrack() ? await track.getSampleRate() : 0;
      const seconds = await track.computeDuration();
      const width = track.isVideoTrack() ? await track.getCodedWidth() : 0;
      const height = track.isVideoTrack() ? await track.getCodedHeight() : 0;
      return {
        codec: await track.getCodec(),
        seconds,
        width,
        height,
        rotation,
        colours,
        rate,
        language: await track.getLanguageCode(),
        packets,
      };
    }),
  );
}

/** The places of all boxes of a type, in the order of their tracks. */
export function boxesAt(file: Uint8Array, type: string): number[] {
  return [...latin(file).matchAll(new RegExp(type, "g"))].map(({ index }) => index - 4);
}

/** Puts bytes in the place of others, and makes the boxes around them as much larger. */
export function spliced(
  file: Uint8Array,
  { around, from, to, by }: { around: number[]; from: number; to: number; by: Uint8Array },
): Uint8Array {
  const sized = changed(file, (_, view) => {
    for (const at of around) view.setUint32(at, view.getUint32(at) + by.length - (to - from));
  });
  return bytesOf(sized.subarray(0, from), by, sized.subarray(to));
}

/** Puts bytes at the end of a box, which is found by the boxes around it: the first of each type in the one before. */
export function grown(file: Uint8Array, { within, by }: { within: string[]; by: Uint8Array }): Uint8Array {
  const text = latin(file);
  const around: number[] = [];
  for (const type of within) around.push(text.indexOf(type, around.at(-1) ?? 0) - 4);
  const end = endOf(file, around.at(-1) ?? 0);
  return spliced(file, { around, from: end, to: end, by });
}

/** Where a box ends. */
export const endOf = (file: Uint8Array, at: number) => at + new DataView(file.buffer, file.byteOffset).getUint32(at);

/** An element of a WebM, with its size in eight bytes. */
export const element = (id: string, ...content: Uint8Array[]) => {
  const body = bytesOf(...content);
  return bytesOf(Buffer.from(id, "hex"), u32(0x01000000), u32(body.length), body);
};

const holders = new Set(["18538067", "1654ae6b", "ae", "e0", "1f43b675", "a0"]);

/** Writes a WebM anew, with what each element is changed into. */
export function changedWebm(
  file: Uint8Array,
  change: (id: string, content: Uint8Array) => Uint8Array | undefined,
): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const idLength = Math.clz32(file[at] ?? 0) - 23;
    const id = Buffer.from(file.subarray(at, at + idLength)).toString("hex");
    const sizeLength = Math.clz32(file[at + idLength] ?? 0) - 23;
    const from = at + idLength + sizeLength;
    const [first = 0, ...rest] = file.subarray(at + idLength, from);
    const end = from + rest.reduce((all, byte) => all * 256 + byte, first & (0xff >> sizeLength));
    const content = file.subarray(from, end);
    parts.push(change(id, content) ?? element(id, holders.has(id) ? changedWebm(content, change) : content));
    at = end;
  }
  return bytesOf(...parts);
}

type OggPage = { stream?: number; flags?: number; samples?: number; version?: number; isOpen?: boolean };

/** A page of an Ogg file with whole packets, of which the last may be left open. */
export function oggPage(
  packets: Uint8Array[],
  { stream = 1, flags = 0, samples = 0, version = 0, isOpen = false }: OggPage,
): Uint8Array {
  const lengths = packets.flatMap(({ length }) => [...Array(Math.floor(length / 255)).fill(255), length % 255]);
  if (isOpen) lengths.pop();
  const head = new Uint8Array(27);
  const view = new DataView(head.buffer);
  head.set(ascii("OggS"));
  head[4] = version;
  head[5] = flags;
  view.setBigInt64(6, BigInt(samples), true);
  view.setUint32(14, stream, true);
  head[26] = lengths.length;
  return summed(bytesOf(head, Uint8Array.from(lengths), ...packets));
}

/** Pages of an Ogg file with their checksums, up to what is none. */
export function summed(file: Uint8Array): Uint8Array {
  return changed(file, (bytes, view) => {
    for (let at = 0; latin(bytes.subarray(at, at + 4)) === "OggS"; ) {
      const pieces = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
      const page = bytes.subarray(at, at + 27 + pieces.length + pieces.reduce((sum, piece) => sum + piece, 0));
      page.fill(0, 22, 26);
      view.setUint32(at + 22, oggChecksum(page), true);
      at += page.length;
    }
  });
}

/** Bit by bit, as RFC 3533 has it. */
function oggChecksum(page: Uint8Array): number {
  let sum = 0;
  for (const byte of page) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? 0x04c11db7 : 0);
  }
  return sum >>> 0;
}

/** The copy of a recording. Fails where it is refused, or where the copy has anything but one H.264 film and one AAC sound. */
export async function copyOf(file: Uint8Array, from: RecordingType): Promise<Uint8Array> {
  const cleaning = await cleanRecording(file, { from });
  if ("uncleanable" in cleaning) throw new Error(cleaning.uncleanable);
  expect(cleaning.contentType).toBe(from.startsWith("audio") ? "audio/mp4" : "video/mp4");
  expect(latin(cleaning.bytes)).not.toMatch(/NOTE|Lav[cf]|x26[45]|LAME|FFmpeg|openh264/i);
  expect(boxTypesOf(cleaning.bytes).filter((type) => !plainBoxes.has(type))).toEqual([]);
  // The list of texts is there, and empty.
  expect(latin(cleaning.bytes)).toContain("\0\0\0\x08ilst");
  return cleaning.bytes;
}

/** The boxes that an MP4 needs to be played. */
const plainBoxes = new Set(
  "ftyp free mdat moov mvhd trak tkhd edts elst mdia mdhd hdlr minf vmhd smhd dinf dref url stbl stsd avc1 avcC pasp colr btrt mp4a esds stts stss stsc stsz stco sgpd sbgp ctts udta".split(
    " ",
  ),
);
const boxesOfBoxes = new Set(["moov", "trak", "edts", "mdia", "minf", "dinf", "stbl"]);

/** The types of all boxes of an MP4, with those inside of others. */
function boxTypesOf(file: Uint8Array): string[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const types: string[] = [];
  for (let at = 0; at + 8 <= file.length; ) {
    const size = view.getUint32(at);
    const type = latin(file.subarray(at + 4, at + 8)).trim();
    types.push(type);
    if (boxesOfBoxes.has(type)) types.push(...boxTypesOf(file.subarray(at + 8, at + size)));
    if (size < 8) throw new Error(`a box of ${size} bytes`);
    at += size;
  }
  return types;
}

/** What becomes of a recording: why it is refused, or the seconds of film and sound of its copy, as "film 1.0, sound 0.5". */
export async function outcomeOf(file: Uint8Array, from: RecordingType): Promise<string> {
  const cleaning = await cleanRecording(file, { from });
  if ("uncleanable" in cleaning) return cleaning.uncleanable;
  const tracks = await tracksOf(await copyOf(file, from));
  return tracks.map(({ codec, seconds }) => `${codec === "avc" ? "film" : "sound"} ${seconds.toFixed(1)}`).join(", ");
}

export type Case = [name: string, file: Uint8Array, outcome: string, from?: RecordingType];

/** Tests what becomes of each recording (`outcomeOf`). */
export const become = (type: RecordingType, cases: Case[]) =>
  test.each(cases)("%s", async (_, file, outcome, from = type) => {
    expect(await outcomeOf(file, from)).toBe(outcome);
  });

export const note = ascii("NOTE-hidden");
export const at8 = (file: Uint8Array, at: number, number: number) =>
  changed(file, (_, view) => view.setUint8(at, number));
export const at16 = (file: Uint8Array, at: number, number: number) =>
  changed(file, (_, view) => view.setInt16(at, number));
export const at32 = (file: Uint8Array, at: number, number: number) =>
  changed(file, (_, view) => view.setUint32(at, number));
