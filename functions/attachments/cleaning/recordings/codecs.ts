import { newAacConfig } from "./aac-config.ts";
import { withoutFill } from "./aac-fill.ts";
import { oneFrame, secondsOfFrame } from "./mp3-frames.ts";
import { hasUnit, isKeyAvc, isKeyHevc, keepsAvc, keepsHevc, keptUnits } from "./nal-units.ts";
import { opusHead, samplesOf, samplesPerSecond, withoutPadding } from "./opus-packets.ts";
import { newAvcC, newHvcC } from "./parameter-sets.ts";
import { refuse } from "./recording.ts";
import { isKeyVp8, wholeVp8 } from "./vp8-frames.ts";
import { isKeyVp9, withoutGap } from "./vp9-frames.ts";

/** What of a track is taken over: its set-up, as its decoder needs it, and of each packet the bytes. */
export type Anew = {
  setUp: Uint8Array | undefined;
  packet: (packet: Uint8Array) => Uint8Array;
  /** Whether what is taken over of a packet is a picture that needs none before it. Players leave out those up to the first. */
  begins?: (packet: Uint8Array) => boolean;
  /** How long a packet of sound is heard, whatever the file says. */
  seconds?: (packet: Uint8Array) => number;
};

/** By codec, what is left out: notes of the encoder or anybody beside the coded sound and picture. */
export const anew = {
  avc: (setUp?: Uint8Array) => {
    const record = setUp ?? refuse("unreadable");
    const lengthSize = ((record[4] ?? 0) & 3) + 1;
    return {
      setUp: newAvcC(record),
      packet: (packet) => keptUnits(packet, { lengthSize, keeps: keepsAvc }),
      begins: (packet) => hasUnit(packet, { lengthSize, is: isKeyAvc }),
    };
  },
  hevc: (setUp?: Uint8Array) => {
    const record = setUp ?? refuse("unreadable");
    const lengthSize = ((record[21] ?? 0) & 3) + 1;
    const keeps = keepsHevc();
    return {
      setUp: newHvcC(record),
      packet: (packet) => keptUnits(packet, { lengthSize, keeps }),
      begins: (packet) => hasUnit(packet, { lengthSize, is: isKeyHevc }),
    };
  },
  vp8: () => ({ setUp: undefined, packet: wholeVp8, begins: isKeyVp8 }),
  vp9: () => ({ setUp: undefined, packet: withoutGap, begins: isKeyVp9 }),
  aac: (setUp?: Uint8Array) => {
    const config = newAacConfig(setUp ?? refuse("unreadable"));
    return { setUp: config.setUp, packet: withoutFill, seconds: () => config.seconds };
  },
  mp3: () => ({ setUp: undefined, packet: oneFrame, seconds: secondsOfFrame }),
  opus: (setUp?: Uint8Array) => ({
    setUp: opusHead(setUp ?? refuse("unreadable")),
    packet: withoutPadding,
    seconds: (packet) => samplesOf(packet) / samplesPerSecond,
  }),
} satisfies Record<string, (setUp?: Uint8Array) => Anew>;

export type Codec = keyof typeof anew;

export function isCodec(name: string): name is Codec {
  return name in anew;
}
