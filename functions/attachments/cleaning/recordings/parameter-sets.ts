import { joined, refuse } from "./recording.ts";

/** Profiles of H.264 whose record says the colour format and depth once more at its end. */
const richProfiles = new Set([100, 110, 122, 144]);

/** The set-up of H.264 anew: its parameter sets, and nothing that hides behind them. */
export function newAvcC(record: Uint8Array): Uint8Array {
  const sequenceEnd = afterSets(record, { at: 6, count: (record[5] ?? 0) & 0x1f });
  const end = afterSets(record, { at: sequenceEnd + 1, count: record[sequenceEnd] ?? refuse("unreadable") });
  const isRich = richProfiles.has(record[1] ?? 0) && record.length >= end + 4;
  const formats = isRich ? [...record.subarray(end, end + 3), 0] : [];
  return joined([record.subarray(0, end), Uint8Array.from(formats)]);
}

/** The set-up of H.265 anew: of its lists of units those of parameter sets, without the encoder's information. */
export function newHvcC(record: Uint8Array): Uint8Array {
  const lists: Uint8Array[] = [];
  let at = 23;
  for (let n = record[22] ?? refuse("unreadable"); n > 0; n--) {
    const end = afterSets(record, { at: at + 3, count: sizeAt(record, at + 1) });
    if (isParameterSet((record[at] ?? 0) & 0x3f)) lists.push(record.subarray(at, end));
    at = end;
  }
  return joined([record.subarray(0, 22), Uint8Array.of(lists.length), ...lists]);
}

const isParameterSet = (type: number) => type >= 32 && type <= 34;

/** Where a list of units ends, each preceded by its length in two bytes. */
function afterSets(record: Uint8Array, { at, count }: { at: number; count: number }): number {
  let end = at;
  for (let n = 0; n < count; n++) end += 2 + sizeAt(record, end);
  return end > record.length ? refuse("unreadable") : end;
}

function sizeAt(record: Uint8Array, at: number): number {
  const [high, low] = record.subarray(at, at + 2);
  return high === undefined || low === undefined ? refuse("unreadable") : high * 256 + low;
}
