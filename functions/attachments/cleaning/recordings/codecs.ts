import { withoutFill } from "./aac-fill.ts";
import { keeps, keptUnits } from "./nal-units.ts";
import { opusHead, withoutPadding } from "./opus-packets.ts";
import { newAvcC, newHvcC } from "./parameter-sets.ts";
import { refuse } from "./recording.ts";
import { withoutGap } from "./vp9-frames.ts";

/** What of a track is taken over: its set-up, as its decoder needs it, and of each packet the bytes. */
export type Anew = { setUp: Uint8Array | undefined; packet: (packet: Uint8Array) => Uint8Array };

const asItIs = (packet: Uint8Array) => packet;

/** By codec, what is left out: notes of the encoder or anybody beside the coded sound and picture. */
export const anew = {
  avc: (setUp?: Uint8Array) => {
    const record = setUp ?? refuse("unreadable");
    const lengthSize = ((record[4] ?? 0) & 3) + 1;
    return { setUp: newAvcC(record), packet: (packet) => keptUnits(packet, { lengthSize, keeps: keeps.avc }) };
  },
  hevc: (setUp?: Uint8Array) => {
    const record = setUp ?? refuse("unreadable");
    const lengthSize = ((record[21] ?? 0) & 3) + 1;
    return { setUp: newHvcC(record), packet: (packet) => keptUnits(packet, { lengthSize, keeps: keeps.hevc }) };
  },
  vp8: () => ({ setUp: undefined, packet: asItIs }),
  vp9: () => ({ setUp: undefined, packet: withoutGap }),
  aac: (setUp?: Uint8Array) => {
    const config = setUp ?? refuse("unreadable");
    // A few bytes are all that the sound of a phone needs; a long one has room for a comment.
    if (config.length > longestAacConfig) refuse("unreadable");
    return { setUp: config, packet: fillIsReadable(config) ? withoutFill : asItIs };
  },
  mp3: () => ({ setUp: undefined, packet: asItIs }),
  opus: (setUp?: Uint8Array) => ({ setUp: opusHead(setUp ?? refuse("unreadable")), packet: withoutPadding }),
} satisfies Record<string, (setUp?: Uint8Array) => Anew>;

export type Codec = keyof typeof anew;

export function isCodec(name: string): name is Codec {
  return name in anew;
}

const longestAacConfig = 16;

/** The kinds of AAC of which a packet is a list of elements: plain AAC, and with its high band or stereo added. */
function fillIsReadable([first = 0]: Uint8Array): boolean {
  return [2, 5, 29].includes(first >> 3);
}
