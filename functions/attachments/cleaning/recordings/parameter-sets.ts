import { avcType, hevcType } from "./nal-units.ts";
import { joined, refuse } from "./recording.ts";

/** Profiles of H.264 whose record says the colour format and depth once more at its end. */
const richProfiles = new Set([100, 110, 122, 144]);

/** The set-up of H.264 anew: its parameter sets, and nothing that hides behind them. */
export function newAvcC(record: Uint8Array): Uint8Array {
  const sequences = (record[5] ?? 0) & 0x1f;
  const sequenceEnd = afterSets(record, { at: 6, count: sequences, are: (unit) => avcType(unit) === 7 });
  const pictures = record[sequenceEnd] ?? refuse("unreadable");
  const end = afterSets(record, { at: sequenceEnd + 1, count: pictures, are: (unit) => avcType(unit) === 8 });
  const isRich = richProfiles.has(record[1] ?? 0) && record.length >= end + 4;
  const formats = isRich ? [...record.subarray(end, end + 3), 0] : [];
  return joined([record.subarray(0, end), Uint8Array.from(formats)]);
}

/** The set-up of H.265 anew: of its lists of units those of parameter sets, without the encoder's information. */
export function newHvcC(record: Uint8Array): Uint8Array {
  const lists: Uint8Array[] = [];
  let at = 23;
  for (let n = record[22] ?? refuse("unreadable"); n > 0; n--) {
    const type = (record[at] ?? 0) & 0x3f;
    const end = afterSets(record, {
      at: at + 3,
      count: sizeAt(record, at + 1),
      are: (unit) => hevcType(unit) === type,
    });
    if (isParameterSet(type)) lists.push(record.subarray(at, end));
    at = end;
  }
  return joined([record.subarray(0, 22), Uint8Array.of(lists.length), ...lists]);
}

const isParameterSet = (type: number) => type >= 32 && type <= 34;

type List = { at: number; count: number; are: (unit: Uint8Array) => boolean };

/** Where a list of units ends, each preceded by its length in two bytes and of the kind of the list. */
function afterSets(record: Uint8Array, { at, count, are }: List): number {
  let end = at;
  for (let n = 0; n < count; n++) {
    const start = end + 2;
    end = start + sizeAt(record, end);
    if (!are(record.subarray(start, end))) refuse("unreadable");
  }
  return end > record.length ? refuse("unreadable") : end;
}

function sizeAt(record: Uint8Array, at: number): number {
  const [high, low] = record.subarray(at, at + 2);
  return high === undefined || low === undefined ? refuse("unreadable") : high * 256 + low;
}
