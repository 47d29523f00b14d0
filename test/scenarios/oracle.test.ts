import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { createUniqueIdentity } from "../support/canaries.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const officer = { name: "مریم رستمی" };
const agency = "agency-social-security";

/** Whom the agency suspects; the first of them is who complains. */
const suspects = Array.from({ length: 460 }, () => createUniqueIdentity());
const names = suspects.flatMap(({ citizen }) => citizen.name.split(" "));
const nationalIds = suspects.slice(0, 300).map(({ citizen }) => citizen.nationalId);
const phones = suspects.slice(0, 300).map(({ citizen }) => citizen.phone);
/** A number so near to text that by form alone it is none. */
const nearly = suspects.slice(0, 60).map(({ citizen: { nationalId } }) => `${nationalId.slice(-8)}=67890ب`);

/** Lists of guesses, in pieces that a text of so many characters takes. */
function pieces(guesses: string[], size: number): string[] {
  const all: string[] = [];
  for (const guess of guesses) {
    const last = all.at(-1);
    if (last !== undefined && last.length + guess.length + 1 <= size) all[all.length - 1] = `${last} ${guess}`;
    else all.push(guess);
  }
  return all;
}

const guesses = [names, nationalIds, phones, nearly];
const long = guesses.flatMap((list) => pieces(list, 3_900));
const short = guesses.flatMap((list) => pieces(list, 900)).slice(0, 20);

type Case = { id: string; secret: string };
const named = () => suspects[0]?.citizen;

async function act({ id }: Case, what: string, body: unknown): Promise<void> {
  const answered = await cloud.call({ as: agency, method: "POST", path: `/v1/agency/complaints/${id}/${what}`, body });
  expect(answered.status, answered.text).toBeLessThan(300);
}

/** Writes every guess into every text that an agency can write, and reads back what it then sees. */
async function interrogated(one: Case): Promise<string[]> {
  await act(one, "acknowledgement", { officer });
  for (const text of long) {
    await act(one, "messages", { officer, text });
    await act(one, "statement", { employee: { name: "رضا کریمی" }, text });
  }
  await act(one, "extension", { reason: short[0] });
  const actions = short.map((text) => ({ text }));
  await act(one, "answer", { officer, finding: "unfounded", cause: "none", text: long[0], actions });
  return writtenBack(await cloud.call({ as: agency, path: `/v1/agency/complaints/${one.id}` }));
}

const View = z.looseObject({ history: z.array(z.looseObject({ by: z.string().optional() })) });

/** What an agency wrote, as a reader is shown it; instants apart. */
function writtenBack({ body }: { body: unknown }): string[] {
  const theirs = View.parse(body).history.filter(({ by }) => by === "agency");
  return theirs.map((entry) => JSON.stringify(entry).replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "…"));
}

describe("an agency that writes 460 names, 300 national ids and 300 phones into every text", () => {
  let read: { confided: string[]; anonymous: string[]; shared: string[] };
  let confided: Case;
  beforeAll(async () => {
    const citizen = named();
    confided = await cloud.file({ citizen });
    const [anonymous, shared] = [
      await cloud.file(),
      await cloud.file({ citizen: { ...citizen, shareWithAgency: true } }),
    ];
    read = {
      confided: await interrogated(confided),
      anonymous: await interrogated(anonymous),
      shared: await interrogated(shared),
    };
  });

  test("reads back the same bytes whether the complainant is among them, nobody is, or it knows already", () => {
    expect(read.confided).toEqual(read.anonymous);
    expect(read.shared).toEqual(read.anonymous);
    expect(read.confided.join()).toContain(named()?.name.split(" ")[0]);
  });

  test("has every number of that form blanked, whoever's it is, and every name left", () => {
    const all = read.confided.join("\n");
    expect([...nationalIds, ...phones].filter((number) => all.includes(number))).toEqual([]);
    expect(names.filter((name) => !all.includes(name))).toEqual([]);
  });

  test("is not told by the next agency's and the overseer's views either", async () => {
    const [one, other] = [await cloud.file({ citizen: named() }), await cloud.file()];
    const views: string[][] = [];
    for (const filed of [one, other]) {
      for (const text of long) await act(filed, "messages", { officer, text });
      await act(filed, "transfer", { toAgencyId: "gas", reason: short[0] });
    }
    const seenAbove = (id: string) => cloud.call({ as: "governor-qazvin", path: `/v1/overseer/complaints/${id}` });
    // The one that was filed last climbs last: within days, or after the holidays.
    while ((await seenAbove(other.id)).status === 404) await cloud.clock.advance(24 * 60 * 60_000);
    for (const { id } of [one, other]) {
      const next = writtenBack(await cloud.call({ as: "agency-gas", path: `/v1/agency/complaints/${id}` }));
      const above = writtenBack(await seenAbove(id));
      expect(Math.min(next.length, above.length)).toBeGreaterThan(long.length);
      views.push([...next, ...above]);
    }
    expect(views[0]).toEqual(views[1]);
  });
});
