import { describe, expect, test } from "vitest";
import alborzFile from "#infra/provinces/alborz.json" with { type: "json" };
import { readProvince } from "#infra/provinces/province-files.ts";
import type { DeadlinePolicy } from "#shared/hours/deadline-policy.ts";
import { openHours } from "#shared/hours/office-hours.ts";
import type { Province } from "#shared/province/schema.ts";

const qazvin = readProvince("qazvin");
const alborz = readProvince("alborz");
const provinces: [string, Province][] = [
  ["qazvin", qazvin],
  ["alborz", alborz],
];

const said = ({ clock, duration }: DeadlinePolicy) => `${duration} ${clock}`;
const opening = (province: Province, countyId: string, date: string) =>
  openHours({ officeHours: province.officeHours, countyId }, date).intervals.map(({ from, to }) => `${from}-${to}`);

/** Every text in the file with the key it stands under; where a fact comes from is not the province's own text. */
function textsIn(node: unknown, key = ""): [string, string][] {
  if (key === "source" || key === "sources") return [];
  if (typeof node === "string") return [[key, node]];
  if (Array.isArray(node)) return node.flatMap((item) => textsIn(item, key));
  if (node === null || typeof node !== "object") return [];
  return Object.entries(node).flatMap(([name, value]) => textsIn(value, name));
}

describe("Qazvin", () => {
  test("has its six counties and its forty agencies", () => {
    expect(qazvin.counties.map(({ id }) => id)).toEqual([
      "qazvin",
      "takestan",
      "abyek",
      "buin-zahra",
      "alborz",
      "avaj",
    ]);
    expect(qazvin.agencies).toHaveLength(40);
    expect(qazvin.agencies[20]?.offices[0]?.id).toBe("social-security-qazvin-1");
  });

  test("has a front end run by an agency", () => {
    expect(qazvin.frontEnds.flatMap(({ operatedBy }) => operatedBy ?? [])).toEqual(["bank-melli"]);
  });

  test.each([
    ["in the autumn of 1405", "2026-11-25", ["08:00-13:00"]],
    ["on the last day of the national hours of summer", "2026-09-22", ["07:00-13:00"]],
    ["by its own hours of autumn 1404, not the nation's", "2025-11-25", ["07:00-15:00"]],
    ["not on a Thursday", "2026-11-26", []],
    ["not on a day closed for smog", "2025-11-26", []],
    ["not at Nowruz", "2026-03-23", []],
  ])("is open %s", (_, date, hours) => {
    expect(opening(qazvin, "takestan", date)).toEqual(hours);
  });
});

describe("Alborz", () => {
  test("has its seven counties and says nothing of Qazvin", () => {
    expect(alborz.counties).toHaveLength(7);
    expect(JSON.stringify(alborzFile)).not.toMatch(/qazvin|قزوین|takestan|QZ/i);
  });

  test("is open on a Thursday on which Qazvin is not", () => {
    expect(opening(alborz, "karaj", "2025-11-27")).toEqual(["07:30-13:00"]);
    expect(opening(qazvin, "qazvin", "2025-11-27")).toEqual([]);
  });
});

describe.each(provinces)("The file of %s", (_, province) => {
  test("gives the seven categories the deadlines of the contract", () => {
    const quick = ["PT1H office-hours", "PT3H office-hours", "PT3H office-hours"];
    const slow = ["PT3H office-hours", "PT48H elapsed", "PT24H elapsed"];
    const deadlines = province.categories.map((c) => [c.id, [c.acknowledge, c.answer, c.extension].map(said)]);
    expect(Object.fromEntries(deadlines)).toEqual({
      "systems-not-ready": quick,
      disrespect: quick,
      "late-start-early-end": quick,
      "nobody-at-the-desk": quick,
      "steps-not-transparent": slow,
      "decision-not-transparent": slow,
      "postponed-without-reason": slow,
    });
    expect([province.review, province.confirmation].map(said)).toEqual(["PT48H elapsed", "P10D elapsed"]);
  });

  test("climbs the five default escalation levels, and orders a visit on the third", () => {
    expect(
      province.escalationLevels.map(({ authority, after, ordersVisit }) => [
        authority,
        after && said(after),
        ordersVisit,
      ]),
    ).toEqual([
      ["agency-head", undefined, undefined],
      ["county-governor", "PT3H office-hours", undefined],
      ["inspection-centre", "PT5H office-hours", true],
      ["governor-general", "PT48H elapsed", undefined],
      ["national-organization", "P7D elapsed", undefined],
    ]);
  });

  test("has an overseer for each county's governor, the governor-general and the national organization", () => {
    const governors = province.overseers.filter(({ authority }) => authority === "county-governor");
    expect(governors.map(({ countyIds }) => countyIds)).toEqual(province.counties.map(({ id }) => [id]));
    expect(province.overseers.slice(governors.length).map(({ authority }) => authority)).toEqual([
      "governor-general",
      "national-organization",
    ]);
  });

  test("has one office of each agency in each of its counties, named after the county or its seat", () => {
    const seats: Record<string, string> = { alborz: "الوند", savojbolagh: "هشتگرد" };
    const places = new Map(province.counties.map(({ id, name }) => [id, [name.fa, seats[id] ?? name.fa]]));
    const offices = province.agencies.flatMap((agency) => agency.offices);
    expect(offices.map(({ id }) => id)).toEqual(
      province.agencies.flatMap(({ id, countyIds }) => countyIds.map((countyId) => `${id}-${countyId}-1`)),
    );
    expect(
      offices.filter(({ name, countyId }) => !places.get(countyId)?.some((place) => name.fa.includes(place))),
    ).toEqual([]);
  });

  test("lists a holiday's date once", () => {
    const dates = province.officeHours.holidays.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
  });

  test("writes Persian with Persian letters and digits and no stray space", () => {
    const persian = textsIn(province).filter(([key]) => key === "fa" || key === "reason");
    const faulty =
      /[يىكةۀە]|[0-9٠-٩]|[\u200e\u200f\u202a-\u202e\u2066-\u2069\u00a0\ufeff]|\s{2}|^\s|\s$|\s[،)]|[(]\s|،\S|\s\u200c|\u200c\s/;
    expect(persian.length).toBeGreaterThan(100);
    expect(persian.filter(([, text]) => faulty.test(text) || !/[\u0600-\u06ff]/.test(text))).toEqual([]);
  });

  test("names no real domain", () => {
    const hosts = textsIn(province).flatMap(([, text]) => /(?:@|:\/\/)([^/\s]+)/.exec(text)?.[1] ?? []);
    expect(hosts.length).toBeGreaterThan(20);
    expect(hosts.filter((host) => !host.endsWith(".example"))).toEqual([]);
  });
});
