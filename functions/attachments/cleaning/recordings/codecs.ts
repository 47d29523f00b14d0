import { rewriteAacConfig, withoutFill } from "./aac.ts";
import { frameSeconds, singleFrame } from "./mp3.ts";
import { rewriteOpusHead, samplesOf, samplesPerSecond, withoutPadding } from "./opus.ts";
import { refuseRecording } from "./recording.ts";
import {
  assertWholeVp8,
  hasUnit,
  isKeyAvc,
  isKeyHevc,
  isKeyVp8,
  isKeyVp9,
  keepsAvc,
  keepsHevc,
  keepUnits,
  rewriteAvcConfig,
  rewriteHevcConfig,
  withoutGap,
} from "./video.ts";

/** What of a track is taken over: its set-up, as its decoder needs it, and of each packet the bytes. */
export type TrackRewriter = {
  decoderSetup: Uint8Array | undefined;
  rewritePacket: (packet: Uint8Array) => Uint8Array;
  /** Whether what is taken over of a packet is a picture that needs none before it. Players leave out those up to the first. */
  isKeyPacket?: (packet: Uint8Array) => boolean;
  /** How long a packet of sound is heard, whatever the file says. */
  packetSeconds?: (packet: Uint8Array) => number;
};

/** By codec, what is left out: notes of the encoder or anybody beside the coded sound and picture. */
export const trackRewriters = {
  avc: (setUp?: Uint8Array) => {
    const record = setUp ?? refuseRecording("unreadable");
    const lengthSize = ((record[4] ?? 0) & 3) + 1;
    return {
      decoderSetup: rewriteAvcConfig(record),
      rewritePacket: (packet) => keepUnits(packet, { lengthSize, keeps: keepsAvc }),
      isKeyPacket: (packet) => hasUnit(packet, { lengthSize, is: isKeyAvc }),
    };
  },
  hevc: (setUp?: Uint8Array) => {
    const record = setUp ?? refuseRecording("unreadable");
    const lengthSize = ((record[21] ?? 0) & 3) + 1;
    const keeps = keepsHevc();
    return {
      decoderSetup: rewriteHevcConfig(record),
      rewritePacket: (packet) => keepUnits(packet, { lengthSize, keeps }),
      isKeyPacket: (packet) => hasUnit(packet, { lengthSize, is: isKeyHevc }),
    };
  },
  vp8: () => ({ decoderSetup: undefined, rewritePacket: assertWholeVp8, isKeyPacket: isKeyVp8 }),
  vp9: () => ({ decoderSetup: undefined, rewritePacket: withoutGap, isKeyPacket: isKeyVp9 }),
  aac: (setUp?: Uint8Array) => {
    const config = rewriteAacConfig(setUp ?? refuseRecording("unreadable"));
    return { decoderSetup: config.setUp, rewritePacket: withoutFill, packetSeconds: () => config.seconds };
  },
  mp3: () => ({ decoderSetup: undefined, rewritePacket: singleFrame, packetSeconds: frameSeconds }),
  opus: (setUp?: Uint8Array) => ({
    decoderSetup: rewriteOpusHead(setUp ?? refuseRecording("unreadable")),
    rewritePacket: withoutPadding,
    packetSeconds: (packet) => samplesOf(packet) / samplesPerSecond,
  }),
} satisfies Record<string, (setUp?: Uint8Array) => TrackRewriter>;

export type Codec = keyof typeof trackRewriters;

export function isCodec(name: string): name is Codec {
  return name in trackRewriters;
}
