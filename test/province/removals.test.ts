import { describe, expect, test } from "vitest";
import { toDotPath } from "zod/v4/core";
import { PermanentFields, Release, releaseOf, removalFaults } from "#shared/province/changes/release.ts";
import type { Agency, Province } from "#shared/province/schema.ts";
import { aCounty, anAgency, aProvince } from "../support/a-province.ts";

const group = { id: "utilities", name: { fa: "نام", en: "Utilities" } };
const overseer = { clientId: "governor", name: group.name, authority: "county-governor" as const };
const gas = anAgency({ id: "gas", countyIds: ["semnan", "garmsar"], peerGroup: "utilities" });
const water = anAgency({ id: "water", countyIds: ["semnan", "garmsar"], queueStack: 2 });
const released = aProvince({
  account: "000000000001",
  region: "me-central-1",
  counties: [aCounty(), aCounty({ id: "garmsar" })],
  agencies: [gas, water],
  peerGroups: [group],
  overseers: [overseer],
  escalationLevels: [
    { authority: "agency-head" },
    { authority: "county-governor", after: { clock: "elapsed", duration: "PT24H" } },
  ],
});
const release = releaseOf(released, { commit: "0123456789abcdef0123456789abcdef01234567", releasedOn: "2026-11-26" });

/** The lines about a later version of the released province. */
function lines(change: Partial<Province>, was = release): string[] {
  const faults = removalFaults({ ...released, ...change }, { permanentFields: was, releasePhrase: "was released" });
  return faults.map(({ path, message }) => `${toDotPath(path)}: ${message}`);
}

const withGas = (change: Partial<Agency>) => ({ agencies: [{ ...gas, ...change }, water] });
const [inSemnan, inGarmsar] = gas.offices;
if (!inSemnan || !inGarmsar) throw new Error("the agency has an office in each county");
const retired = { retiredFrom: "2027-03-21" };

describe("What was released is never missed", () => {
  test.each<[what: string, change: Partial<Province>, line: RegExp]>([
    [
      "a county",
      { counties: [aCounty()] },
      /^counties: county "garmsar" was released and cannot be removed .* retiredFrom/,
    ],
    [
      "a county that got another id",
      { counties: [aCounty(), aCounty({ id: "aradan" })] },
      /^counties: county "garmsar" was/,
    ],
    ["an agency", { agencies: [water] }, /^agencies: agency "gas" was released and cannot be removed .* retiredFrom/],
    [
      "a category",
      { categories: [] },
      /^categories: category "postponed-without-reason" was released and cannot be removed .* retiredFrom/,
    ],
    ["a cause", { causes: [] }, /^causes: cause "none" was released and cannot be removed .* retiredFrom/],
    ["a front end", { frontEnds: [] }, /^frontEnds: front end "call-centre-128" was .* retiredFrom/],
    ["an overseer", { overseers: [] }, /^overseers: overseer "governor" was .* retiredFrom/],
    ["a peer group", { peerGroups: [] }, /^peerGroups: peer group "utilities" was released .* leave it/],
    [
      "an office",
      withGas({ offices: [inSemnan] }),
      /^agencies\[0\]\.offices: office "gas-garmsar-1" was .* retiredFrom/,
    ],
    [
      "an agency's client",
      withGas({ clientIds: ["agency-gas-2"] }),
      /^agencies\[0\]\.clientIds: client "agency-gas" was .* token issuer/,
    ],
    [
      "an agency's client that another has",
      {
        agencies: [
          { ...gas, clientIds: ["agency-gas-2"] },
          { ...water, clientIds: ["agency-water", "agency-gas"] },
        ],
      },
      /^agencies\[0\]\.clientIds: client "agency-gas" was/,
    ],
    ["the province's id", { id: "damghan" }, /^id: is "damghan", but "semnan" was released: .* Set it back/],
    [
      "the account",
      { account: "000000000002" },
      /^account: is "000000000002", but "000000000001" was released: what is deployed/,
    ],
    ["the region", { region: undefined }, /^region: is missing, but "me-central-1" was released: .* Set it back/],
    ["the id's letters", { idPrefix: "SN" }, /^idPrefix: is "SN", but "SM" was released: .* second complaint/],
    ["the id's digits", { phonePrefix: "22" }, /^phonePrefix: is "22", but "23" was released: .* lead to no complaint/],
    [
      "a level",
      { escalationLevels: released.escalationLevels.slice(0, 1) },
      /^escalationLevels\[1\]\.authority: is missing, but "county-governor" was released/,
    ],
    [
      "a level that another stands on",
      { escalationLevels: [{ authority: "agency-head" }, { authority: "governor-general" }] },
      /^escalationLevels\[1\]\.authority: is "governor-general", but "county-governor" was/,
    ],
  ])("when %s is gone", (_, change, line) => {
    expect(lines(change)).toEqual([expect.stringMatching(line)]);
  });

  test("when an agency moves to another stack", () => {
    expect(lines(withGas({ queueStack: 2 }))).toEqual([
      expect.stringMatching(/^agencies\[0\]\.queueStack: is 2, but 1 was released: the queue .* Set it back$/),
    ]);
  });

  test("when an office moves to another county or agency", () => {
    const moved = /^agencies\[0\]\.offices\[0\]: is of "gas" in "garmsar", but of "gas" in "semnan" it was released\. /;
    expect(lines(withGas({ offices: [{ ...inSemnan, countyId: "garmsar" }, inGarmsar] }))).toEqual([
      expect.stringMatching(moved),
    ]);
    const agencies = [
      { ...gas, offices: [inGarmsar] },
      { ...water, offices: [inSemnan, ...water.offices] },
    ];
    expect(lines({ agencies })).toEqual([
      expect.stringMatching(/^agencies\[1\]\.offices\[0\]: is of "water" in "semnan", but of "gas" in "semnan" it was/),
    ]);
  });

  test.each([
    ["nobody", undefined],
    ["another agency", "water"],
  ])("when a front end is run by %s", (_, operatedBy) => {
    const [app] = released.frontEnds;
    if (!app) throw new Error("the province has a front end");
    const was = { ...release, frontEnds: [{ clientId: app.clientId, operatedBy: "gas" }] };
    expect(lines({ frontEnds: [{ ...app, operatedBy }] }, was)).toEqual([
      expect.stringMatching(/^frontEnds\[0\]\.operatedBy: "gas" was released as the agency that runs it/),
    ]);
  });

  test("when a part of the file cannot be read that was not there before", () => {
    const { account: _, ...placeless } = release;
    expect(
      removalFaults({ ...released, account: 12 }, { permanentFields: placeless, releasePhrase: "was released" }),
    ).toEqual([]);
  });

  test("when the code would name its queue otherwise", () => {
    const queues = { ...release.queues, gas: "semnan-gas.fifo" };
    expect(lines({}, { ...release, queues })).toEqual([
      'agencies: the queue of "gas" would be named foad-semnan-agency-gas.fifo, but semnan-gas.fifo was released, with its messages',
    ]);
  });

  test("in another order, renamed, retired, succeeded, and among what is new", () => {
    const change: Partial<Province> = {
      counties: [aCounty({ id: "garmsar", ...retired, successorId: "aradan" }), aCounty(), aCounty({ id: "aradan" })],
      agencies: [water, { ...gas, name: group.name, ...retired, offices: [{ ...inGarmsar, ...retired }, inSemnan] }],
      categories: [...released.categories, ...released.categories.map((one) => ({ ...one, id: "conduct" }))],
      overseers: [{ ...overseer, ...retired }],
      escalationLevels: [...released.escalationLevels, { authority: "governor-general", after: released.review }],
    };
    expect(lines(change)).toEqual([]);
  });

  test("while another part of the file cannot be read, which has a fault of its own", () => {
    const content = { ...released, counties: "none", agencies: [gas] };
    expect(removalFaults(content, { permanentFields: release, releasePhrase: "was released" })).toEqual([
      { path: ["agencies"], message: expect.stringMatching(/^agency "water" was released/) },
    ]);
  });
});

test("the list of a release of before there were peer groups and causes is read, and asks for none", () => {
  const { peerGroups: _, causes: __, ...older } = release;
  const lasting = Release.parse(JSON.parse(JSON.stringify(older)));
  expect(lines({ peerGroups: [], causes: [] }, lasting)).toEqual([]);
});

test("a file that named no causes had nine, and none of them may be missing from a list of its own", () => {
  const { causes: _, ...silent } = released;
  const lasting = PermanentFields.parse(silent);
  expect(removalFaults(silent, { permanentFields: lasting, releasePhrase: "was released" })).toEqual([]);
  expect(removalFaults(released, { permanentFields: lasting, releasePhrase: "was released" })).toHaveLength(8);
});

test("a restored table is never left out again, nor the instant that it was restored to; another may be restored", () => {
  const restored = {
    tables: { complaints: { name: "Restored", streamLabel: "2026-11-26T08:00:00.000" }, identities: "RestoredToo" },
    restorePoints: ["2026-11-25T08:00:00.000Z"],
  };
  const was = releaseOf({ ...released, ...restored }, { commit: release.commit, releasedOn: release.releasedOn });
  expect(lines(restored, was)).toEqual([]);
  const again = { complaints: { name: "Another", streamLabel: "2026-12-26T08:00:00.000" }, identities: "AnotherToo" };
  expect(lines({ tables: again, restorePoints: [...restored.restorePoints, "2026-12-25T08:00:00.000Z"] }, was)).toEqual(
    [],
  );
  expect(lines({ tables: {}, restorePoints: [] }, was)).toEqual([
    "tables.complaints: is missing, but a restored table was released: an empty one would be made. Set it back",
    "tables.identities: is missing, but a restored table was released: an empty one would be made. Set it back",
    'restorePoints: "2026-11-25T08:00:00.000Z" was released and cannot be removed: events delivered since then would have the names of others',
  ]);
  const { tables: _, restorePoints: __, attachments: ___, ...older } = release;
  expect(Release.parse(JSON.parse(JSON.stringify(older)))).toMatchObject({
    tables: {},
    restorePoints: [],
    attachments: { bucketNumber: 1 },
  });
});

test("a bucket that took a lost one's place is never given up for an earlier one; another may follow it", () => {
  const served = (bucketNumber: number) => ({ attachments: { ...released.attachments, bucketNumber } });
  const was = releaseOf({ ...released, ...served(2) }, { commit: release.commit, releasedOn: release.releasedOn });
  expect(lines(served(3), was)).toEqual([]);
  expect(lines(served(1), was)).toEqual([
    "attachments.bucketNumber: is 1, but 2 was released: files that came since would not be found. Set it back",
  ]);
});
