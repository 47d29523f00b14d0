import { expect, test } from "vitest";
import { cleanMedia, type MediaType } from "#functions/attachments/cleaning/recordings/clean-media.ts";
import { ascii, changed, latin, tracksOf } from "./recordings.ts";

export type Case = [name: string, file: Uint8Array, from?: MediaType];

export const refused = (type: MediaType, cases: Case[]) =>
  test.each(cases)("%s is refused", async (_, file, from = type) => {
    expect(await cleanMedia(file, { from })).toEqual({ uncleanable: "unreadable" });
  });
export const taken = (type: MediaType, cases: Case[]) =>
  test.each(cases)("%s is taken", async (_, file, from = type) => {
    expect(await cleanMedia(file, { from })).toHaveProperty("contentType", from);
  });

export async function packetsOf(file: Uint8Array, from: MediaType) {
  const cleaning = await cleanMedia(file, { from });
  if ("uncleanable" in cleaning) throw new Error(cleaning.uncleanable);
  expect(latin(cleaning.bytes)).not.toContain("NOTE-");
  const tracks = await tracksOf(cleaning.bytes);
  return tracks.map(({ packets }) => packets.map(({ bytes }) => new Uint8Array(bytes)));
}

export const note = ascii("NOTE-hidden");
export const at8 = (file: Uint8Array, at: number, number: number) =>
  changed(file, (_, view) => view.setUint8(at, number));
export const at16 = (file: Uint8Array, at: number, number: number) =>
  changed(file, (_, view) => view.setInt16(at, number));
export const at32 = (file: Uint8Array, at: number, number: number) =>
  changed(file, (_, view) => view.setUint32(at, number));
