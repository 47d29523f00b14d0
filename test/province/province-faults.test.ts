import { describe, expect, test } from "vitest";
import type { Interval } from "#shared/domain/time/calendar.ts";
import type { Province } from "#shared/province/province.ts";
import { checkedProvince } from "../../infra/settings.ts";
import { anAgency, aProvince, someOfficeHours } from "../support/a-province.ts";

type Agency = Province["agencies"][number];
type OfficeHours = Province["officeHours"];

const sound = aProvince({ agencies: ["power", "gas", "water"].map((id) => anAgency({ id })) });

const withAgency = (province: Province, at: number, change: (agency: Agency) => Agency): Province => ({
  ...province,
  agencies: province.agencies.map((agency, n) => (n === at ? change(agency) : agency)),
});

function withHours(province: Province, change: (hours: OfficeHours) => Partial<OfficeHours>): Province {
  return { ...province, officeHours: { ...province.officeHours, ...change(province.officeHours) } };
}

const withSaturday = (saturday: Interval[]) => (province: Province) =>
  withHours(province, ({ national: [first, ...rest] }) => ({
    national: first ? [{ ...first, weekly: { ...first.weekly, saturday } }, ...rest] : [],
  }));

const crowd = Array.from({ length: 123 }, (_, n) => anAgency({ id: `office-${n}` }));
const someRange = someOfficeHours().national;

/** Each spoils a province file in its own place, so that they can be told apart when all are made at once. */
const faults: [what: string, spoil: (province: Province) => Province, line: string][] = [
  [
    "an agency in an unknown county",
    (p) => withAgency(p, 0, (agency) => ({ ...agency, countyIds: ["semnan", "nowhere"] })),
    'agencies[0].countyIds[1]: there is no county "nowhere"',
  ],
  [
    "an office outside its agency's counties",
    (p) =>
      withAgency(p, 1, (agency) => ({
        ...agency,
        offices: agency.offices.map((office) => ({ ...office, countyId: "garmsar" })),
      })),
    'agencies[1].offices[0].countyId: "garmsar" is not one of the agency\'s counties',
  ],
  [
    "a client id used twice",
    (p) => ({
      ...p,
      operators: p.operators.map((operator) => ({ ...operator, clientId: "call-centre-128" })).slice(0, 1),
    }),
    'operators[0].clientId: "call-centre-128" is used twice',
  ],
  [
    "an agency named like a dead-letter queue",
    (p) => withAgency(p, 1, (agency) => ({ ...agency, id: "gas-dlq" })),
    'agencies[1].id: "gas-dlq" would have the queue of another\'s dead letters',
  ],
  [
    "a queue name that is too long",
    (p) => withAgency(p, 2, (agency) => ({ ...agency, id: "w".repeat(60) })),
    `agencies[2].id: the queue name foad-semnan-agency-${"w".repeat(60)}-dlq.fifo has 88 characters, SQS allows 80`,
  ],
  [
    "an agency too many in one stack",
    (p) => ({ ...p, agencies: [...p.agencies, ...crowd] }),
    "agencies[125].stack: stack 1 holds 126 agencies, and 125 fit: give the others another number",
  ],
  [
    "a consumer of another account than its own",
    (p) =>
      withAgency(p, 0, (agency) => ({
        ...agency,
        consumer: { account: "000000000001", principalArn: "arn:aws:iam::000000000002:role/consumer" },
      })),
    "agencies[0].consumer.principalArn: must be of the consumer's account",
  ],
  [
    "a front end run by an unknown agency",
    (p) => ({ ...p, frontEnds: p.frontEnds.map((frontEnd) => ({ ...frontEnd, operatedBy: "bank" })) }),
    'frontEnds[0].operatedBy: there is no agency "bank"',
  ],
  [
    "an interval that ends before it starts",
    withSaturday([{ from: "13:00", to: "08:00" }]),
    "officeHours.national[0].weekly.saturday[0].to: must end after it starts",
  ],
  [
    "ranges that overlap",
    (p) => withHours(p, () => ({ provincial: [...someRange, ...someRange] })),
    "officeHours.provincial: must be in order and not overlap",
  ],
  [
    "a wait on the ladder's first rung",
    (p) => ({ ...p, ladder: p.ladder.map((rung) => ({ ...rung, after: p.review })) }),
    "ladder[0].after: the first rung is raised at the breach and has no wait",
  ],
  [
    "a duration in months",
    (p) => ({ ...p, confirmation: { clock: "elapsed", duration: "P1M" } }),
    "confirmation.duration: must be an ISO 8601 duration of days, hours and minutes, like PT3H",
  ],
  ["a prefix that is no two letters", (p) => ({ ...p, idPrefix: "Q1" }), "idPrefix: must be two capital letters"],
  ["an unknown field", (p) => ({ ...p, mail: { ...p.mail, colour: "green" } }), 'mail: Unrecognized key: "colour"'],
];

/** What the error says of the content, a line for each fault. */
function complaintsAbout(content: unknown): string[] {
  try {
    checkedProvince(content, { id: "semnan" });
  } catch (error) {
    const [title, ...lines] = error instanceof Error ? error.message.split("\n") : [];
    expect(title).toBe("infra/provinces/semnan.json is not a valid province file:");
    return lines.map((line) => line.trim());
  }
  return [];
}

describe("A province file", () => {
  test("is accepted without a fault", () => {
    expect(complaintsAbout(sound)).toEqual([]);
  });

  test("may hold 125 agencies in one stack and more in the next", () => {
    const [last = anAgency(), ...rest] = crowd;
    expect(complaintsAbout({ ...sound, agencies: [...sound.agencies, ...rest, { ...last, stack: 2 }] })).toEqual([]);
  });

  test.each(faults)("is refused for %s, with its path", (_, spoil, line) => {
    expect(complaintsAbout(spoil(sound))).toEqual([line]);
  });

  test("is told all its faults at once", () => {
    const spoiled = faults.reduce((province, [, spoil]) => spoil(province), sound);
    expect(complaintsAbout(spoiled).sort()).toEqual(faults.map(([, , line]) => line).sort());
  });

  test("is still checked for the rest where a whole part is missing", () => {
    const { officeHours: _, ...rest } = aProvince({ counties: [] });
    expect(complaintsAbout(rest)).toEqual([
      expect.stringMatching(/^counties: /),
      expect.stringMatching(/^officeHours: /),
      'agencies[0].countyIds[0]: there is no county "semnan"',
    ]);
  });

  test.each([
    ["nothing", undefined],
    ["a list", []],
    ["a text", "semnan"],
  ])("is refused where it is %s", (_, content) => {
    expect(complaintsAbout(content)).toEqual([expect.stringMatching(/^\(top\): /)]);
  });
});
