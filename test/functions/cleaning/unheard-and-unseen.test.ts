import { beforeAll, describe, expect, test } from "vitest";
import type { RecordingType } from "#functions/files/cleaning/recordings/clean-recording.ts";
import { processorTimeOf } from "../../support/processor-time.ts";
import { jpegOf } from "./pictures.ts";
import { ascii, bytesOf, copyOf, element, outcomeOf, read, tracksOf, u32 } from "./recordings.ts";

const rate = 48_000;
const number = (id: string, value: number) => element(id, u32(value));
const float = (id: string, value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(id, bytes);
};

type Block = { track: number; time: number; bytes: Uint8Array };
const track = (id: number, type: number, codec: string, ...more: Uint8Array[]) =>
  element("ae", number("d7", id), number("73c5", id), number("83", type), element("86", ascii(codec)), ...more);

/** A WebM of blocks, whose times are in thousandths of a second. */
function aWebm(tracks: Uint8Array[], blocks: Block[]): Uint8Array {
  const clusters = blocks.map(({ track: of, time, bytes }) =>
    element("1f43b675", number("e7", time), element("a3", Uint8Array.of(0x80 | of, 0, 0, 0x80), bytes)),
  );
  const information = element("1549a966", number("2ad7b1", 1_000_000));
  const content = element("18538067", information, element("1654ae6b", ...tracks), ...clusters);
  return bytesOf(element("1a45dfa3", element("4282", ascii("webm"))), content);
}

/** A second of sound. `sample`: its value, -1 to 1, by the time in seconds. */
function aSound(sample: (time: number) => number): Uint8Array {
  const samples = Float32Array.from({ length: rate }, (_, n) => sample(n / rate));
  const pieces = Array.from({ length: 50 }, (_, n) => new Uint8Array(samples.slice(n * 960, (n + 1) * 960).buffer));
  const audio = element("e1", float("b5", rate), number("9f", 1), number("6264", 32));
  return aWebm(
    [track(1, 2, "A_PCM/FLOAT/IEEE", audio)],
    pieces.map((bytes, n) => ({ track: 1, time: n * 20, bytes })),
  );
}
const tone = (hertz: number) => (time: number) => 0.5 * Math.sin(2 * Math.PI * hertz * time);

const bytesIn = async (file: Uint8Array, from: RecordingType) => {
  const [made] = await tracksOf(await copyOf(file, from));
  // Where a sound begins and ends all at once, it is a noise for a moment.
  const middle = made?.packets.slice(10, -10) ?? [];
  return middle.reduce((sum, { bytes }) => sum + bytes.length, 0);
};

describe("of sound that nobody hears", () => {
  test.each<[string, (time: number) => number]>([
    ["a tone too low", tone(8)],
    ["a tone too high", tone(15_800)],
    ["a tone too high for all", tone(19_000)],
    ["a voltage that stays", () => 0.5],
  ])("%s, as little is in the copy as of silence", async (_, sample) => {
    const [silence, inaudible, audible] = await Promise.all(
      [() => 0, sample, tone(440)].map((made) => bytesIn(aSound(made), "audio/webm")),
    );
    expect(inaudible).toBeLessThan(((silence ?? 0) + (audible ?? 0)) / 2);
  });
});

describe("of a film of pictures that nobody sees", () => {
  let white: Uint8Array;
  let black: Uint8Array;
  beforeAll(async () => {
    const filled = (grey: number) =>
      jpegOf({
        rgba: new Uint8ClampedArray(320 * 192 * 4).fill(255).map((_, n) => (n % 4 === 3 ? 255 : grey)),
        width: 320,
        height: 192,
      });
    [white, black] = await Promise.all([filled(235), filled(20)]);
  });
  const video = (width: number, height: number) => element("e0", number("b0", width), number("ba", height));
  const aFilm = (pictures: Omit<Block, "track">[], size = video(320, 192)) =>
    aWebm(
      [track(1, 1, "V_MJPEG", size)],
      pictures.map((picture) => ({ track: 1, ...picture })),
    );
  const shown = () => Array.from({ length: 25 }, (_, n) => ({ time: 40 * n, bytes: white }));
  const packetsOf = async (film: Uint8Array) => (await tracksOf(await copyOf(film, "video/webm")))[0]?.packets ?? [];

  test.each<[string, (time: number) => boolean]>([
    ["each a thousandth of a second before the next", (time) => time % 200 === 199],
    ["the first for a thousandth of a second", (time) => time === 0],
    ["several of them for a thousandth of a second each", (time) => time % 200 > 195],
  ])("nothing is in the copy: %s", async (_, isHidden) => {
    const hidden = Array.from({ length: 900 }, (_, time) => ({ time, bytes: black })).filter(({ time }) =>
      isHidden(time),
    );
    const later = shown().map(({ time, bytes }) => ({ time: Math.max(time, 1), bytes }));
    const all = [...later, ...hidden].sort((one, other) => one.time - other.time);
    const [plain, copy] = await Promise.all([packetsOf(aFilm(later)), packetsOf(aFilm(all))]);
    expect(copy.map(({ bytes }) => bytes.length)).toEqual(plain.map(({ bytes }) => bytes.length));
  });

  test("all is in the copy of pictures that are shown", async () => {
    const film = aFilm(shown().map(({ time }, n) => ({ time, bytes: n === 12 ? black : white })));
    const [plain, copy] = await Promise.all([packetsOf(aFilm(shown())), packetsOf(film)]);
    expect(copy).toHaveLength(25);
    expect(copy[12]?.bytes.length).toBeGreaterThan((plain[12]?.bytes.length ?? 0) + 20);
  });

  test("it takes sixty pictures a second as thirty", async () => {
    const film = aFilm(Array.from({ length: 60 }, (_, n) => ({ time: Math.round((n * 1_000) / 60), bytes: white })));
    expect(await packetsOf(film)).toHaveLength(30);
  });

  test("a film that is too long for its size is refused before its pictures are decoded", async () => {
    // The start of a whole picture in VP8 (RFC 6386, 9.1): a thousand bytes, shown, and its size.
    const key = Buffer.alloc(2_000);
    key.writeUIntLE((1_000 << 5) | 0x10, 0, 3);
    key.set([0x9d, 0x01, 0x2a], 3);
    key.writeUInt16LE(7_680, 6);
    key.writeUInt16LE(4_320, 8);
    const blocks = Array.from({ length: 400 }, (_, n) => ({ track: 1, time: 40 * n, bytes: key }));
    const ms = await processorTimeOf(async () =>
      expect(await outcomeOf(aWebm([track(1, 1, "V_VP8", video(7_680, 4_320))], blocks), "video/webm")).toBe(
        "too-complex",
      ),
    );
    expect(ms).toBeLessThan(5_000);
  });

  test("one of a few pixels is taken", async () => {
    expect(await outcomeOf(aFilm(shown(), video(12, 8)), "video/webm")).toBe("film 1.0");
  });
});

test("an MP3 that goes on with more channels is refused: some players stop there, and others do not", async () => {
  const mp3 = read("sound.mp3");
  // The frames say that they have two channels, where they had one.
  const other = Uint8Array.from(mp3, (byte, at) =>
    mp3[at - 3] === 0xff && (mp3[at - 2] ?? 0) >> 4 === 0xf ? byte ^ 0xc0 : byte,
  );
  expect(await outcomeOf(bytesOf(mp3, other), "audio/mpeg")).toBe("hidden-content");
});
