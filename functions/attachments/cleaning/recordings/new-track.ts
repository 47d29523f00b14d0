import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  type Output,
} from "mediabunny";
import { type Anew, anew, isCodec } from "./codecs.ts";
import { most, refuse } from "./recording.ts";

type NewTrack = { add: (packet: EncodedPacket) => Promise<void>; seconds: Anew["seconds"] };

/**
 * Opens a track like this one in the new file, without its name and language. Returns what adds a packet to it, and what
 * says how many seconds of sound a packet is.
 */
export async function newTrack(track: InputTrack, output: Output): Promise<NewTrack> {
  if (track.isVideoTrack()) return newPicture(track, output);
  return track.isAudioTrack() ? newSound(track, output) : refuse("unreadable");
}

async function newPicture(track: InputVideoTrack, output: Output): Promise<NewTrack> {
  const codec = (await track.getCodec()) ?? refuse("unreadable");
  const config = (await track.getDecoderConfig()) ?? refuse("unreadable");
  bound({ width: await track.getCodedWidth(), height: await track.getCodedHeight() });
  bound({ width: await track.getDisplayWidth(), height: await track.getDisplayHeight() });
  const made = anewFor(codec, config.description);
  const source = new EncodedVideoPacketSource(codec);
  // Of the matrix only how the phone was held.
  output.addVideoTrack(source, { rotation: await track.getRotation(), flip: await track.getFlip() });
  const meta = { decoderConfig: { ...config, description: made.setUp } };
  return adder({ made, add: (packet) => source.add(packet, meta) });
}

async function newSound(track: InputAudioTrack, output: Output): Promise<NewTrack> {
  const codec = (await track.getCodec()) ?? refuse("unreadable");
  const config = (await track.getDecoderConfig()) ?? refuse("unreadable");
  const made = anewFor(codec, config.description);
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  const meta = { decoderConfig: { ...config, description: made.setUp } };
  return adder({ made, add: (packet) => source.add(packet, meta) });
}

function adder({ made, add }: { made: Anew; add: NewTrack["add"] }): NewTrack {
  let isFirst = true;
  return {
    seconds: made.seconds,
    async add({ data, type, timestamp, duration }) {
      const bytes = made.packet(data);
      // A packet of which nothing is left was none to see or hear.
      if (bytes.length === 0) return;
      if (isFirst && made.begins?.(bytes) === false) refuse("unreadable");
      isFirst = false;
      await add(new EncodedPacket(bytes, type, timestamp, duration));
    },
  };
}

function anewFor(codec: string, setUp: unknown): Anew {
  if (!isCodec(codec)) return refuse("unreadable");
  return anew[codec](setUp instanceof Uint8Array ? setUp : undefined);
}

function bound({ width, height }: { width: number; height: number }): void {
  if (width < 1 || height < 1) refuse("unreadable");
  if (width > most.side || height > most.side || width * height > most.pixels) refuse("too-much-inside");
}
