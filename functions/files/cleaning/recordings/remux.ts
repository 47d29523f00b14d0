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
import {
  mostUnplayedSeconds,
  recordingLimits,
  refuseRecording,
  type Span,
  type StrippedRecording,
} from "./recording.ts";

export type Container = {
  /** Checks the limits of the file and removes all but sound and picture, before the library reads it. */
  strip: (file: Uint8Array) => StrippedRecording;
  reads: InputFormat[];
  writes: () => OutputFormat;
  /** The accepted video codecs. A file needs video where there are some, and may have no video where there are none. */
  video: Codec[];
  /** The accepted audio codecs. */
  audio: Codec[];
};

// The library would write content of the citizen's file to the log.
Logging.level = LogLevel.Silent;

/** The copying of one track from the old file into the new one. */
type TrackCopy = {
  /** Packets are read one by one: the library's own iterator becomes slow for many packets. */
  packets: EncodedPacketSink;
  next: EncodedPacket | undefined;
  add: (packet: EncodedPacket) => Promise<void>;
  /** The seconds of sound in a packet, computed from the packet itself; undefined if the times in the file count. */
  packetSeconds: ((packet: Uint8Array) => number) | undefined;
  /** The number of packets that are still to come. */
  expected: number;
  played: Span;
  isSound: boolean;
  /** Seconds by which the packets so far are longer than their times in the file. */
  secondsAhead: number;
  /** The content outside of the played span so far, as a share of the allowed amount. More than 1 is refused. */
  unplayedShare: number;
};

/**
 * Writes a new file of the container's type with the packets of a stripped recording. Packets are copied and not decoded, so no
 * codec program is needed. Returns the file's bytes.
 */
export async function remux(recording: StrippedRecording, container: Container): Promise<Uint8Array> {
  using input = new Input({ formats: container.reads, source: new BufferSource(recording.bytes) });
  const target = new BufferTarget();
  const output = new Output({ format: container.writes(), target });
  const copies: TrackCopy[] = [];
  for (const track of await tracksToKeep(input, container)) {
    const packets = new EncodedPacketSink(track);
    const expected = recording.packets.get(track.id) ?? 0;
    const played = recording.played?.get(track.id) ?? { from: 0, until: Infinity };
    const isSound = track.isAudioTrack();
    const { add, packetSeconds } = await createTrack(track, output);
    copies.push({
      packets,
      next: undefined,
      add,
      // Only MP4 has edits that cut by time, so only there false times can hide sound.
      packetSeconds: recording.played ? packetSeconds : undefined,
      expected,
      played,
      isSound,
      secondsAhead: 0,
      unplayedShare: 0,
    });
  }
  await output.start();
  await copyPackets(copies, recording.bytes.length);
  await output.finalize();
  return new Uint8Array(target.buffer ?? refuseRecording("unreadable"));
}

async function tracksToKeep(input: Input, { video, audio }: Container): Promise<InputTrack[]> {
  const pictures = await input.getVideoTracks();
  const sounds = await input.getAudioTracks();
  const hasRightTracks = video.length > 0 ? pictures.length > 0 : pictures.length === 0 && sounds.length > 0;
  if (!hasRightTracks) refuseRecording("unreadable");
  return [...(await trackWithCodec(pictures, video)), ...(await trackWithCodec(sounds, audio))];
}

/**
 * The one track with an accepted codec. Refuses a file whose tracks all have other codecs, since its content would be lost
 * silently, and a file with several accepted tracks, since players play only one of them.
 */
async function trackWithCodec(tracks: InputTrack[], codecs: Codec[]): Promise<InputTrack[]> {
  const accepted: InputTrack[] = [];
  for (const track of tracks) {
    const codec = await track.getCodec();
    if (codecs.some((name) => name === codec)) accepted.push(track);
  }
  if (tracks.length > 0 && accepted.length !== 1) refuseRecording("unreadable");
  return accepted;
}

/** Copies the packets of all tracks in the order of time, so that sound and picture of one moment lie close together. */
async function copyPackets(copies: TrackCopy[], fileSize: number): Promise<void> {
  let bytesLeft = fileSize;
  for (const copy of copies) setNextPacket(copy, await copy.packets.getFirstPacket());
  for (;;) {
    const copy = earliest(copies);
    if (!copy?.next) return;
    // All packets together may not have more bytes than the file. A table that names the same bytes many times would fill the
    // memory.
    bytesLeft -= copy.next.data.length;
    if (bytesLeft < 0) refuseRecording("unreadable");
    if (!(copy.next.timestamp + copy.next.duration <= recordingLimits.seconds)) refuseRecording("too-complex");
    refuseUnplayedPackets(copy, copy.next);
    await copy.add(copy.next);
    const next = await copy.packets.getNextPacket(copy.next);
    if (next) refuseFalseTimes(copy, { packet: copy.next, next });
    setNextPacket(copy, next);
  }
}

/**
 * Refuses packets outside of the played span, except a few at its ends. A phone that shortens a recording often only marks the
 * rest as skipped; the citizen believes that the rest is gone.
 */
function refuseUnplayedPackets(copy: TrackCopy, packet: EncodedPacket): void {
  const { played, isSound } = copy;
  const start = packet.timestamp;
  const seconds = secondsOf(copy, packet);
  const allowed = allowedUnplayedSeconds(copy, packet);
  const isOutside = start < played.from || start >= played.until;
  if (isOutside) copy.unplayedShare += isSound ? seconds / (2 * allowed) : 1 / mostUnseenPictures;
  const isFarOutside = start < played.from - allowed || start + seconds > played.until + allowed;
  if (isFarOutside || copy.unplayedShare > 1) refuseRecording("unreadable");
}

/** The number of pictures that a camera takes in a tenth of a second. */
const mostUnseenPictures = 6;

/**
 * Adds up how far the sound so far is ahead of its times in the file, and refuses the recording once that is more than a few packets
 * explain. With false times, much sound would fit into the short moments that
 * may be skipped.
 */
function refuseFalseTimes(copy: TrackCopy, { packet, next }: { packet: EncodedPacket; next: EncodedPacket }): void {
  if (!copy.packetSeconds) return;
  const secondsAhead = copy.secondsAhead + secondsOf(copy, packet) - (next.timestamp - packet.timestamp);
  // A busy phone stamps some packets too late, and the following ones too early. Such a delay is credited up to this bound.
  copy.secondsAhead = Math.max(-mostUnplayedSeconds, secondsAhead);
  if (secondsAhead > allowedUnplayedSeconds(copy, packet)) refuseRecording("unreadable");
}

function secondsOf({ packetSeconds }: TrackCopy, { data, duration }: EncodedPacket): number {
  return packetSeconds ? packetSeconds(data) : duration;
}

/** A sound encoder adds up to three packets of silence at the start and at the end: up to 0.4 s at 8 kHz. */
function allowedUnplayedSeconds(copy: TrackCopy, packet: EncodedPacket): number {
  if (!copy.isSound) return mostUnplayedSeconds;
  return Math.max(mostUnplayedSeconds, Math.min(3 * secondsOf(copy, packet), 0.4));
}

/** Sets the packet that is copied next. Refuses a track that ends before all its expected packets were found. */
function setNextPacket(copy: TrackCopy, packet: EncodedPacket | null): void {
  copy.next = packet ?? undefined;
  if (packet) copy.expected -= 1;
  else if (copy.expected !== 0) refuseRecording("unreadable");
}

function earliest(copies: TrackCopy[]): TrackCopy | undefined {
  return copies
    .filter((copy) => copy.next)
    .reduce<TrackCopy | undefined>(
      (first, copy) => ((first?.next?.timestamp ?? Infinity) <= (copy.next?.timestamp ?? Infinity) ? first : copy),
      undefined,
    );
}

/** `add`: adds a packet to the new track. `packetSeconds`: the seconds of sound in a packet. */
type NewTrack = Pick<TrackCopy, "add"> & Pick<TrackRewriter, "packetSeconds">;

/** Opens a track like this one in the new file, without the track's name and language. */
async function createTrack(track: InputTrack, output: Output): Promise<NewTrack> {
  if (track.isVideoTrack()) return createVideoTrack(track, output);
  return track.isAudioTrack() ? createAudioTrack(track, output) : refuseRecording("unreadable");
}

async function createVideoTrack(track: InputVideoTrack, output: Output): Promise<NewTrack> {
  const codec = (await track.getCodec()) ?? refuseRecording("unreadable");
  const config = (await track.getDecoderConfig()) ?? refuseRecording("unreadable");
  assertPictureSize({ width: await track.getCodedWidth(), height: await track.getCodedHeight() });
  assertPictureSize({ width: await track.getDisplayWidth(), height: await track.getDisplayHeight() });
  const rewriter = rewriterFor(codec, config.description);
  const source = new EncodedVideoPacketSource(codec);
  // Of the transformation matrix, only the orientation of the camera is kept.
  output.addVideoTrack(source, { rotation: await track.getRotation(), flip: await track.getFlip() });
  const meta = { decoderConfig: { ...config, description: rewriter.decoderSetup } };
  return rewritingTrack(rewriter, (packet) => source.add(packet, meta));
}

async function createAudioTrack(track: InputAudioTrack, output: Output): Promise<NewTrack> {
  const codec = (await track.getCodec()) ?? refuseRecording("unreadable");
  const config = (await track.getDecoderConfig()) ?? refuseRecording("unreadable");
  const rewriter = rewriterFor(codec, config.description);
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  const meta = { decoderConfig: { ...config, description: rewriter.decoderSetup } };
  return rewritingTrack(rewriter, (packet) => source.add(packet, meta));
}

/** A track that rewrites each packet before it adds it. Refuses a video that does not begin with a key picture. */
function rewritingTrack(rewriter: TrackRewriter, add: NewTrack["add"]): NewTrack {
  let isFirst = true;
  return {
    packetSeconds: rewriter.packetSeconds,
    async add({ data, type, timestamp, duration }) {
      const bytes = rewriter.rewritePacket(data);
      // A packet that becomes empty had no picture or sound.
      if (bytes.length === 0) return;
      if (isFirst && rewriter.isKeyPacket?.(bytes) === false) refuseRecording("unreadable");
      isFirst = false;
      await add(new EncodedPacket(bytes, type, timestamp, duration));
    },
  };
}

function rewriterFor(codec: string, setup: unknown): TrackRewriter {
  if (!isCodec(codec)) return refuseRecording("unreadable");
  return trackRewriters[codec](setup instanceof Uint8Array ? setup : undefined);
}

function assertPictureSize({ width, height }: { width: number; height: number }): void {
  if (width < 1 || height < 1) refuseRecording("unreadable");
  if (width > recordingLimits.side || height > recordingLimits.side || width * height > recordingLimits.pixels)
    refuseRecording("too-complex");
}
