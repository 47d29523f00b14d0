import { refuse } from "./recording.ts";

const rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/** The set-up of AAC, as short as its kind allows, and how many seconds a packet sounds. */
export function newAacConfig(config: Uint8Array): { setUp: Uint8Array; seconds: number } {
  const [first = 0, second = 0, third = 0, fourth = 0] = config;
  const kind = first >> 3;
  const rate = rates[((first & 7) << 1) | (second >> 7)];
  const channels = (second >> 3) & 15;
  // Channels that are described one by one leave room for a comment.
  if (!rate || channels === 0 || config.length < 2) return refuse("unreadable");
  if (kind === plain) {
    const hasHighBand = ((third << 3) | (fourth >> 5)) === highBandFollows;
    return { setUp: config.slice(0, hasHighBand ? 5 : 2), seconds: samples(second >> 2) / rate };
  }
  // The rate of the high band, which has a number here, and the kind beneath it.
  const hasNumber = (((second & 7) << 1) | (third >> 7)) < rates.length;
  if (!withHighBand.has(kind) || !hasNumber || config.length < 4) return refuse("unreadable");
  return { setUp: config.slice(0, 4), seconds: samples(third >> 1) / rate };
}

const plain = 2;
/** Also with its stereo added. */
const withHighBand = new Set([5, 29]);
const highBandFollows = 0x2b7;

/** How many a packet has, by the last bit. */
function samples(bits: number): number {
  return bits & 1 ? 960 : 1024;
}
