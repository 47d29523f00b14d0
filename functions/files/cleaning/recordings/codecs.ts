import { blankComments, rewriteAacConfig } from "./aac.ts";
import { frameSeconds, singleFrame } from "./mp3.ts";
import { removePadding, rewriteOpusHead, samplesInPacket, samplesPerSecond } from "./opus.ts";
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
  removeSuperframeGap,
  rewriteAvcConfig,
  rewriteHevcConfig,
} from "./video.ts";

/** How a track is copied into the clean file: its decoder configuration, and a function that rewrites each packet. */
export type TrackRewriter = {
  decoderSetup: Uint8Array | undefined;
  rewritePacket: (packet: Uint8Array) => Uint8Array;
  /** Whether a rewritten packet is a key picture, which decodes without earlier ones. Players skip pictures before the first. */
  isKeyPacket?: (packet: Uint8Array) => boolean;
  /** The seconds of sound in a packet, computed from the packet itself and not from the times in the file. */
  packetSeconds?: (packet: Uint8Array) => number;
};

/** The rewriters by codec. They remove data beside the coded sound and picture, where an encoder or anybody can store text. */
export const trackRewriters = {
  avc: (setup?: Uint8Array) => {
    const record = setup ?? refuseRecording("unreadable");
    const lengthSize = ((record[4] ?? 0) & 3) + 1;
    return {
      decoderSetup: rewriteAvcConfig(record),
      rewritePacket: (packet) => keepUnits(packet, { lengthSize, keeps: keepsAvc }),
      isKeyPacket: (packet) => hasUnit(packet, { lengthSize, is: isKeyAvc }),
    };
  },
  hevc: (setup?: Uint8Array) => {
    const record = setup ?? refuseRecording("unreadable");
    const lengthSize = ((record[21] ?? 0) & 3) + 1;
    const keeps = keepsHevc();
    return {
      decoderSetup: rewriteHevcConfig(record),
      rewritePacket: (packet) => keepUnits(packet, { lengthSize, keeps }),
      isKeyPacket: (packet) => hasUnit(packet, { lengthSize, is: isKeyHevc }),
    };
  },
  vp8: () => ({ decoderSetup: undefined, rewritePacket: assertWholeVp8, isKeyPacket: isKeyVp8 }),
  vp9: () => ({ decoderSetup: undefined, rewritePacket: removeSuperframeGap, isKeyPacket: isKeyVp9 }),
  aac: (setup?: Uint8Array) => {
    const config = rewriteAacConfig(setup ?? refuseRecording("unreadable"));
    return { decoderSetup: config.setup, rewritePacket: blankComments, packetSeconds: () => config.seconds };
  },
  mp3: () => ({ decoderSetup: undefined, rewritePacket: singleFrame, packetSeconds: frameSeconds }),
  opus: (setup?: Uint8Array) => ({
    decoderSetup: rewriteOpusHead(setup ?? refuseRecording("unreadable")),
    rewritePacket: removePadding,
    packetSeconds: (packet) => samplesInPacket(packet) / samplesPerSecond,
  }),
} satisfies Record<string, (setup?: Uint8Array) => TrackRewriter>;

export type Codec = keyof typeof trackRewriters;

export function isCodec(name: string): name is Codec {
  return name in trackRewriters;
}
