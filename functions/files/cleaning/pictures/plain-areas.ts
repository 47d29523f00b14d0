import type { Pixels } from "./picture.ts";

/** Of 255. Nobody sees so small a difference of a colour, but programs do. */
const unseenDifference = 3;

/**
 * Gives each plain area one colour: an area of pixels that hardly differ, and more than half of which have the same colour or all of
 * which differ by one. What is written there in a colour that nobody can tell from its ground is gone, however large it is. Slopes of
 * colours stay: their pixels differ by more, and no colour has half of them.
 */
export function evenOutPlainAreas({ rgba, width, height }: Pixels): void {
  const colours = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
  const isDone = new Uint8Array(width * height);
  const area = new Int32Array(width * height);
  for (let start = 0; start < colours.length; start++) {
    if (isDone[start]) continue;
    const size = collectArea({ colours, isDone, area, width }, start);
    const colour = plainColour(colours, area.subarray(0, size));
    if (colour !== undefined) for (let n = 0; n < size; n++) colours[area[n] ?? 0] = colour;
  }
}

type Search = { colours: Uint32Array; isDone: Uint8Array; area: Int32Array; width: number };

/** Writes the places of the area around `start` into `area`, marks them as done, and returns how many they are. */
function collectArea({ colours, isDone, area, width }: Search, start: number): number {
  const colour = colours[start] ?? 0;
  let size = 0;
  const add = (place: number) => {
    const other = colours[place];
    if (other === undefined || isDone[place] || (other !== colour && difference(colour, other) > unseenDifference))
      return;
    isDone[place] = 1;
    area[size++] = place;
  };
  add(start);
  for (let n = 0; n < size; n++) {
    const place = area[n] ?? 0;
    const column = place % width;
    if (column > 0) add(place - 1);
    if (column < width - 1) add(place + 1);
    add(place - width);
    add(place + width);
  }
  return size;
}

/** The largest difference of red, green or blue of two colours, which are packed into 32 bits each. */
function difference(one: number, other: number): number {
  let largest = 0;
  for (let shift = 0; shift < 24; shift += 8)
    largest = Math.max(largest, Math.abs(((one >> shift) & 255) - ((other >> shift) & 255)));
  return largest;
}

/** The colour for a plain area, which begins at its first place; undefined if the area is not plain. */
function plainColour(colours: Uint32Array, area: Int32Array): number | undefined {
  const first = colours[area[0] ?? 0] ?? 0;
  const candidate = winner(colours, area);
  let votes = 0;
  let farthest = 0;
  for (const place of area) {
    const colour = colours[place] ?? 0;
    if (colour === candidate) votes++;
    else farthest = Math.max(farthest, difference(first, colour));
  }
  return votes * 2 > area.length || farthest <= 1 ? candidate : undefined;
}

/** The colour of more than half of the places, if there is one: what is left after each place is set off against one of another colour. */
function winner(colours: Uint32Array, area: Int32Array): number {
  let candidate = 0;
  let lead = 0;
  for (const place of area) {
    const colour = colours[place] ?? 0;
    if (lead === 0) candidate = colour;
    lead += colour === candidate ? 1 : -1;
  }
  return candidate;
}
