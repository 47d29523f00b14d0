import fc from "fast-check";
import { expect, test } from "vitest";
import { Release, releaseOf, removalFaults } from "#shared/province/changes/release.ts";
import type { Province } from "#shared/province/schema.ts";
import { agencyQueueName } from "#shared/runtime/keys.ts";
import { aCounty, anAgency, aProvince } from "../support/a-province.ts";
import { isDeep } from "../support/trial-size.ts";

const countyIds = ["semnan", "garmsar"];
const name = { fa: "نام", en: "Name" };
const first = aProvince({
  counties: countyIds.map((id) => aCounty({ id })),
  peerGroups: [{ id: "banks", name }],
  agencies: ["gas", "water", "bank"].map((id) => anAgency({ id, countyIds, clientIds: [`${id}-1`, `${id}-2`] })),
  overseers: [{ clientId: "governor", name, authority: "county-governor" }],
});

/** Everything that may never be lost, each as a sentence of its own; written apart from the code that is tested. */
function factsOf({ id, idPrefix, phonePrefix, ...province }: Province): Set<string> {
  const { counties, categories, causes, peerGroups, agencies, frontEnds, overseers, escalationLevels } = province;
  return new Set([
    `the province is ${id} and its complaints begin with ${idPrefix} or ${phonePrefix}`,
    ...counties.map(({ id }) => `there is a county ${id}`),
    ...categories.map(({ id }) => `there is a category ${id}`),
    ...causes.map(({ id }) => `there is a cause ${id}`),
    ...peerGroups.map(({ id }) => `there is a peer group ${id}`),
    ...agencies.map(({ id, queueStack }) => `agency ${id} is in stack ${queueStack}`),
    ...agencies.map((agency) => `there is a queue ${agencyQueueName({ provinceId: id, agencyId: agency.id })}`),
    ...agencies.flatMap(({ id, clientIds }) => clientIds.map((client) => `${client} calls for ${id}`)),
    ...agencies.flatMap(({ id, offices }) => offices.map((office) => `${office.id} is of ${id} in ${office.countyId}`)),
    ...frontEnds.map(({ clientId }) => `${clientId} files`),
    ...overseers.map(({ clientId }) => `${clientId} oversees`),
    ...escalationLevels.map(({ authority }, n) => `${authority} is on level ${n + 1}`),
  ]);
}

/** Where and with what an edit is made; each edit takes of it what it needs. */
type Hand = { at: number; to: number; word: string };
type Edit = (province: Province, hand: Hand) => Province;
const pick = <T>(list: T[], n: number): T | undefined => list[n % Math.max(list.length, 1)];
const without = <T>(list: T[], n: number): T[] => list.filter((one) => one !== pick(list, n));
const altered = <T>(list: T[], n: number, change: (one: T) => T): T[] =>
  list.map((one) => (one === pick(list, n) ? change(one) : one));
const inAgency =
  (change: (agency: Province["agencies"][number], hand: Hand) => Province["agencies"][number]): Edit =>
  (province, hand) => ({ ...province, agencies: altered(province.agencies, hand.at, (one) => change(one, hand)) });

const edits: Edit[] = [
  // What may be done.
  (p, { word }) => ({ ...p, agencies: [anAgency({ id: word, countyIds, clientIds: [`${word}-1`] }), ...p.agencies] }),
  (p, { word }) => ({ ...p, counties: [...p.counties, aCounty({ id: word })] }),
  (p, { word }) => ({
    ...p,
    categories: [...p.categories, ...p.categories.slice(0, 1).map((one) => ({ ...one, id: word }))],
  }),
  (p, { word }) => ({
    ...p,
    frontEnds: [...p.frontEnds, ...p.frontEnds.slice(0, 1).map((one) => ({ ...one, clientId: word }))],
  }),
  (p) => ({ ...p, agencies: p.agencies.toReversed(), counties: p.counties.toReversed() }),
  (p, { at }) => ({ ...p, categories: altered(p.categories, at, (one) => ({ ...one, retiredFrom: "2027-03-21" })) }),
  inAgency((agency) => ({ ...agency, retiredFrom: "2027-03-21", consumer: undefined, name })),
  inAgency((agency, { word }) => ({ ...agency, clientIds: [...agency.clientIds, `${word}-3`] })),
  (p) => ({ ...p, escalationLevels: [...p.escalationLevels, { authority: "national-organization", after: p.review }] }),
  // What may not.
  (p, { at }) => ({ ...p, agencies: without(p.agencies, at) }),
  (p, { at }) => ({ ...p, counties: without(p.counties, at) }),
  (p, { at }) => ({ ...p, categories: without(p.categories, at) }),
  (p, { at }) => ({ ...p, causes: without(p.causes, at) }),
  (p, { at }) => ({ ...p, peerGroups: without(p.peerGroups, at) }),
  (p, { at }) => ({ ...p, frontEnds: without(p.frontEnds, at) }),
  (p, { at }) => ({ ...p, overseers: without(p.overseers, at) }),
  (p, { at, word }) => ({ ...p, overseers: altered(p.overseers, at, (one) => ({ ...one, clientId: word })) }),
  (p, { at, word }) => ({ ...p, counties: altered(p.counties, at, (one) => ({ ...one, id: word })) }),
  (p, { at }) => ({ ...p, escalationLevels: without(p.escalationLevels, at) }),
  (p) => ({ ...p, escalationLevels: p.escalationLevels.toReversed() }),
  (p, { word }) => ({ ...p, id: word }),
  (p, { to }) => ({ ...p, idPrefix: to % 2 ? "SM" : "SN" }),
  (p, { to }) => ({ ...p, phonePrefix: to % 2 ? "23" : "22" }),
  inAgency((agency, { to }) => ({ ...agency, queueStack: 1 + (to % 3) })),
  inAgency((agency, { word }) => ({ ...agency, id: word })),
  inAgency((agency, { to }) => ({ ...agency, offices: without(agency.offices, to) })),
  inAgency((agency, { to }) => ({ ...agency, clientIds: without(agency.clientIds, to) })),
  inAgency((agency, { to }) => ({
    ...agency,
    offices: altered(agency.offices, to, (one) => ({ ...one, countyId: pick(countyIds, to) ?? one.countyId })),
  })),
  (p, { at, to }) => {
    const [giver, taker] = [pick(p.agencies, at), pick(p.agencies, to)];
    const [office] = giver?.offices ?? [];
    const agencies = p.agencies.map((agency) => {
      const offices = agency.offices.filter((one) => one !== office);
      return { ...agency, offices: agency === taker && office ? [...offices, office] : offices };
    });
    return { ...p, agencies };
  },
];

/** Two of one name: such a file is refused for that, whatever was released. */
function hasTwins({ counties, categories, agencies, frontEnds, overseers, tokens }: Province): boolean {
  const lists = [counties, categories, agencies, agencies.flatMap(({ offices }) => offices)];
  const clients = [...frontEnds, ...overseers].map(({ clientId }) => clientId);
  const names = [
    ...lists.map((list) => list.map(({ id }) => id)),
    [...clients, ...tokens.peopleClients, ...agencies.flatMap((one) => one.clientIds)],
  ];
  return names.some((list) => new Set(list).size < list.length);
}

const steps = fc.array(
  fc.record({
    edit: fc.constantFrom(...edits),
    hand: fc.record({ at: fc.nat(20), to: fc.nat(20), word: fc.stringMatching(/^[a-z]{2,4}$/) }),
  }),
  { minLength: 12, maxLength: 25 },
);
const histories = isDeep ? 300 : 100;
const noted = { commit: "0123456789abcdef0123456789abcdef01234567", releasedOn: "2026-11-26" };

test("over any history of edits, exactly what would lose something is refused, and nothing released ever leaves", () => {
  const seen = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(steps, (history) => {
      const last = history.reduce((province, { edit, hand }) => {
        const next = edit(province, hand);
        if (hasTwins(next)) return province;
        const lasting = Release.parse(JSON.parse(JSON.stringify(releaseOf(province, noted))));
        const isTaken = removalFaults(next, { permanentFields: lasting, releasePhrase: "was released" }).length === 0;
        expect(isTaken).toBe(factsOf(province).isSubsetOf(factsOf(next)));
        seen[isTaken ? "taken" : "refused"]++;
        return isTaken ? next : province;
      }, first);
      expect([...factsOf(first).difference(factsOf(last))]).toEqual([]);
    }),
    { numRuns: histories },
  );
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(5 * histories);
});
