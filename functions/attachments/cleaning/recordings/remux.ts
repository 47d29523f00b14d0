import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  type InputAudioTrack,
  type InputFormat,
  type InputTrack,
  type InputVideoTrack,
  Logging,
  LogLevel,
  Output,
  type OutputFormat,
} from "mediabunny";
import { type Codec, isCodec, type TrackRewriter, trackRewriters } from "./codecs.ts";
import { mostSecondsCut, recordingLimits, refuseRecording, type Span, type StrippedRecording } from "./recording.ts";

export type Container = {
  /** Bounds the file and takes out what is not sound or picture, before the library reads it. */
  strip: (file: Uint8Array) => StrippedRecording;
  reads: InputFormat[];
  writes: () => OutputFormat;
  /** What may be in it. Without any for video, a file with a picture is refused; with some, one without. */
  video: Codec[];
  audio: Codec[];
};

// Of a strange file it would write to the log what it read in it.
Logging.level = LogLevel.Silent;

/** One track on its way from the old file into the new one. */
type TrackCopy = {
  /** Asked packet by packet: its own iterator becomes slow over many. */
  packets: EncodedPacketSink;
  next: EncodedPacket | undefined;
  add: (packet: EncodedPacket) => Promise<void>;
  /** How many seconds a packet of sound is heard, by what is in it. */
  seconds: ((packet: Uint8Array) => number) | undefined;
  expected: number;
  played: Span;
  isSound: boolean;
  /** Seconds by which the packets are longer than the file says. */
  ahead: number;
  /** How much lies outside of what is played: the share of what may. */
  unplayed: number;
};

/** Copies packets only: nothing is decoded, so no codec is needed. */
export async function remux(recording: StrippedRecording, container: Container): Promise<Uint8Array> {
  using input = new Input({ formats: container.reads, source: new BufferSource(recording.bytes) });
  const target = new BufferTarget();
  const output = new Output({ format: container.writes(), target });
  const lanes: TrackCopy[] = [];
  for (const track of await tracksToKeep(input, container)) {
    const packets = new EncodedPacketSink(track);
    const expected = recording.packets.get(track.id) ?? 0;
    const played = recording.played?.get(track.id) ?? { from: 0, until: Infinity };
    const isSound = track.isAudioTrack();
    const made = await createTrack(track, output);
    // Elsewhere the times follow from the packets, or no edit cuts by them.
    const seconds = recording.played ? made.seconds : undefined;
    lanes.push({ packets, next: undefined, add: made.add, seconds, expected, played, isSound, ahead: 0, unplayed: 0 });
  }
  await output.start();
  await copy(lanes, recording.bytes.length);
  await output.finalize();
  return new Uint8Array(target.buffer ?? refuseRecording("unreadable"));
}

async function tracksToKeep(input: Input, { video, audio }: Container): Promise<InputTrack[]> {
  const pictures = await input.getVideoTracks();
  const sounds = await input.getAudioTracks();
  const isWhole = video.length > 0 ? pictures.length > 0 : pictures.length === 0 && sounds.length > 0;
  if (!isWhole) refuseRecording("unreadable");
  return [...(await packetsTaken(pictures, video)), ...(await packetsTaken(sounds, audio))];
}

/** A picture or sound in no codec that is taken over would be lost without a word; of several, players play one. */
async function packetsTaken(tracks: InputTrack[], codecs: Codec[]): Promise<InputTrack[]> {
  const known: InputTrack[] = [];
  for (const track of tracks) {
    const codec = await track.getCodec();
    if (codecs.some((one) => one === codec)) known.push(track);
  }
  if (tracks.length > 0 && known.length !== 1) refuseRecording("unreadable");
  return known;
}

/** In the order of time, so that sound and picture lie beside each other in the new file. */
async function copy(lanes: TrackCopy[], fileSize: number): Promise<void> {
  let bytesLeft = fileSize;
  for (const lane of lanes) reached(lane, await lane.packets.getFirstPacket());
  for (;;) {
    const lane = earliest(lanes);
    if (!lane?.next) return;
    // Packets may not overlap in the file: a table that names the same bytes again and again would fill the memory.
    bytesLeft -= lane.next.data.length;
    if (bytesLeft < 0) refuseRecording("unreadable");
    if (!(lane.next.timestamp + lane.next.duration <= recordingLimits.seconds)) refuseRecording("too-much-inside");
    refuseUnplayed(lane, lane.next);
    await lane.add(lane.next);
    const next = await lane.packets.getNextPacket(lane.next);
    if (next) refuseHurried(lane, { packet: lane.next, next });
    reached(lane, next);
  }
}

/** Whoever shortens a recording on a phone often only has the rest skipped, and believes it gone. */
function refuseUnplayed(lane: TrackCopy, packet: EncodedPacket): void {
  const { played, isSound } = lane;
  const [start, length, cut] = [packet.timestamp, lengthOf(lane, packet), mostCutOf(lane, packet)];
  const isOutside = start < played.from || start >= played.until;
  if (isOutside) lane.unplayed += isSound ? length / (2 * cut) : 1 / mostUnseen;
  const isFarOutside = start < played.from - cut || start + length > played.until + cut;
  if (isFarOutside || lane.unplayed > 1) refuseRecording("unreadable");
}

/** As many pictures as a camera takes in a tenth of a second. */
const mostUnseen = 6;

/** Sound that the file says is shorter than it is: much of it would lie in the moment that may be cut. */
function refuseHurried(lane: TrackCopy, { packet, next }: { packet: EncodedPacket; next: EncodedPacket }): void {
  if (!lane.seconds) return;
  const ahead = lane.ahead + lengthOf(lane, packet) - (next.timestamp - packet.timestamp);
  // A phone that was busy takes the time of some packets too late, and then of some too early.
  lane.ahead = Math.max(-mostSecondsCut, ahead);
  if (ahead > mostCutOf(lane, packet)) refuseRecording("unreadable");
}

function lengthOf({ seconds }: TrackCopy, { data, duration }: EncodedPacket): number {
  return seconds ? seconds(data) : duration;
}

/** An encoder of sound runs up, and fills up at the end, for up to three of its packets: 0.4 s at 8 kHz. */
function mostCutOf(lane: TrackCopy, packet: EncodedPacket): number {
  return lane.isSound ? Math.max(mostSecondsCut, Math.min(3 * lengthOf(lane, packet), 0.4)) : mostSecondsCut;
}

function reached(lane: TrackCopy, packet: EncodedPacket | null): void {
  lane.next = packet ?? undefined;
  if (packet) lane.expected -= 1;
  else if (lane.expected !== 0) refuseRecording("unreadable");
}

function earliest(lanes: TrackCopy[]): TrackCopy | undefined {
  return lanes
    .filter((lane) => lane.next)
    .reduce<TrackCopy | undefined>(
      (first, lane) => ((first?.next?.timestamp ?? Infinity) <= (lane.next?.timestamp ?? Infinity) ? first : lane),
      undefined,
    );
}

type NewTrack = { add: (packet: EncodedPacket) => Promise<void>; seconds: TrackRewriter["packetSeconds"] };

/**
 * Opens a track like this one in the new file, without its name and language. Returns what adds a packet to it, and what
 * says how many seconds of sound a packet is.
 */
export async function createTrack(track: InputTrack, output: Output): Promise<NewTrack> {
  if (track.isVideoTrack()) return newPicture(track, output);
  return track.isAudioTrack() ? newSound(track, output) : refuseRecording("unreadable");
}

async function newPicture(track: InputVideoTrack, output: Output): Promise<NewTrack> {
  const codec = (await track.getCodec()) ?? refuseRecording("unreadable");
  const config = (await track.getDecoderConfig()) ?? refuseRecording("unreadable");
  bound({ width: await track.getCodedWidth(), height: await track.getCodedHeight() });
  bound({ width: await track.getDisplayWidth(), height: await track.getDisplayHeight() });
  const made = rewriterFor(codec, config.description);
  const source = new EncodedVideoPacketSource(codec);
  // Of the matrix only how the phone was held.
  output.addVideoTrack(source, { rotation: await track.getRotation(), flip: await track.getFlip() });
  const meta = { decoderConfig: { ...config, description: made.decoderSetup } };
  return adder({ made, add: (packet) => source.add(packet, meta) });
}

async function newSound(track: InputAudioTrack, output: Output): Promise<NewTrack> {
  const codec = (await track.getCodec()) ?? refuseRecording("unreadable");
  const config = (await track.getDecoderConfig()) ?? refuseRecording("unreadable");
  const made = rewriterFor(codec, config.description);
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  const meta = { decoderConfig: { ...config, description: made.decoderSetup } };
  return adder({ made, add: (packet) => source.add(packet, meta) });
}

function adder({ made, add }: { made: TrackRewriter; add: NewTrack["add"] }): NewTrack {
  let isFirst = true;
  return {
    seconds: made.packetSeconds,
    async add({ data, type, timestamp, duration }) {
      const bytes = made.rewritePacket(data);
      // A packet of which nothing is left was none to see or hear.
      if (bytes.length === 0) return;
      if (isFirst && made.isKeyPacket?.(bytes) === false) refuseRecording("unreadable");
      isFirst = false;
      await add(new EncodedPacket(bytes, type, timestamp, duration));
    },
  };
}

function rewriterFor(codec: string, setUp: unknown): TrackRewriter {
  if (!isCodec(codec)) return refuseRecording("unreadable");
  return trackRewriters[codec](setUp instanceof Uint8Array ? setUp : undefined);
}

function bound({ width, height }: { width: number; height: number }): void {
  if (width < 1 || height < 1) refuseRecording("unreadable");
  if (width > recordingLimits.side || height > recordingLimits.side || width * height > recordingLimits.pixels)
    refuseRecording("too-much-inside");
}
