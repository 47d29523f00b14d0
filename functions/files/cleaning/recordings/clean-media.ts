import {
  MP3,
  MP4,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OGG,
  OggOutputFormat,
  QTFF,
  WEBM,
  WebMOutputFormat,
} from "mediabunny";
import type { CleaningOutcome } from "../cleaned.ts";
import type { Codec } from "./codecs.ts";
import { stripMp3 } from "./mp3.ts";
import { stripIso } from "./mp4-boxes.ts";
import { stripOgg } from "./ogg.ts";
import { refusalReasonOf } from "./recording.ts";
import { type Container, remux } from "./remux.ts";
import { stripWebm } from "./webm.ts";

export type MediaType = "audio/mpeg" | "audio/mp4" | "audio/ogg" | "audio/webm" | "video/mp4" | "video/webm";

/** The index comes before sound and picture, so that a browser can play the file before it has loaded all of it. */
const mp4 = () => new Mp4OutputFormat({ fastStart: "in-memory" });
const isoAudio: Codec[] = ["aac", "mp3", "opus"];
const webm: Omit<Container, "video"> = {
  strip: stripWebm,
  reads: [WEBM],
  writes: () => new WebMOutputFormat(),
  audio: ["opus"],
};

const containers: Record<MediaType, Container> = {
  "audio/mpeg": { strip: stripMp3, reads: [MP3], writes: () => new Mp3OutputFormat(), video: [], audio: ["mp3"] },
  "audio/mp4": { strip: stripIso, reads: [MP4, QTFF], writes: mp4, video: [], audio: isoAudio },
  "audio/ogg": { strip: stripOgg, reads: [OGG], writes: () => new OggOutputFormat(), video: [], audio: ["opus"] },
  "video/mp4": { strip: stripIso, reads: [MP4, QTFF], writes: mp4, video: ["avc", "hevc"], audio: isoAudio },
  "audio/webm": { ...webm, video: [] },
  "video/webm": { ...webm, video: ["vp8", "vp9"] },
};

/**
 * Copies the coded sound and picture of a recording into a new file of the same type. They are not decoded; nothing else is
 * copied.
 */
export async function cleanMedia(file: Uint8Array, { from }: { from: MediaType }): Promise<CleaningOutcome> {
  const container = containers[from];
  try {
    return { bytes: await remux(container.strip(file), container), contentType: from };
  } catch (error) {
    return { uncleanable: refusalReasonOf(error) };
  }
}
