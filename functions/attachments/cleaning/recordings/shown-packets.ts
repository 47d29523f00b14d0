import type { EncodedPacket } from "mediabunny";

/**
 * Lets through what is shown. Who shortens a recording on a phone often only has the rest skipped, and believes it gone:
 * packets before the start and behind the end are held back, until one that is shown builds on them.
 */
export function shownPackets({ until, before }: { until: number; before: number }) {
  let held: EncodedPacket[] = [];
  let hasBegun = false;
  return (packet: EncodedPacket): EncodedPacket[] => {
    const { timestamp, duration, type } = packet;
    if (!hasBegun && type === "key" && timestamp <= -before) held = [];
    held.push(packet);
    const isShown = (timestamp >= 0 || timestamp + duration > 0) && timestamp < until;
    if (!isShown) return [];
    hasBegun = true;
    const shown = held;
    held = [];
    return shown;
  };
}

/** Seconds of sound that its decoder runs up on; a picture begins with one that needs no other. */
export const runUp = { video: 0, audio: 0.5 };
