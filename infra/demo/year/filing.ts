import type { Chance } from "./chance.ts";
import { byVolume } from "./characters.ts";
import { atLeisure, day, type Hours, hour, onGrid } from "./hours.ts";
import { agencies, counties } from "./names.ts";
import { joined } from "./province.ts";
import type { Span } from "./span.ts";

export type Filing = { at: number; agencyId: string; countyId: string; category: string; frontEnd: string };

const banks = byVolume.filter((id) => agencies.some((agency) => agency.id === id && agency.group === "banks"));
/** How much of the year's complaints come in the week in which the banks' systems are down, beside the usual ones. */
const ofTheOutage = 0.05;
const down = "systems-not-ready";

const categories = {
  "postponed-without-reason": 30,
  [down]: 16,
  "steps-not-transparent": 14,
  "decision-not-transparent": 13,
  disrespect: 11,
  "late-start-early-end": 8,
  "nobody-at-the-desk": 8,
};
export const channels: Record<string, string> = {
  "call-centre-128": "phone",
  "web-portal": "web",
  "mobile-app": "mobile",
  "sepidar-app": "mobile",
};

/** The n-th has a share of 1/n of what the first one has. */
const zipf = (ids: string[]) => Object.fromEntries(ids.map((id, n) => [id, 1 / (n + 1)]));

/** The last is small enough that nothing can be said of it. */
const byAgency = { ...zipf(byVolume), [byVolume.at(-1) ?? ""]: 0.5 / byVolume.length };
const byBank = zipf(banks);

type World = { chance: Chance; span: Span; hours: Hours };

/** When, where, of what and through whom somebody complains. */
export function filingOf({ chance, span, hours }: World): Filing {
  const outage = chance.happens(ofTheOutage);
  const at = instantIn(outage ? span.outage : { from: span.from, to: span.filedUntil }, { chance, hours });
  const agencyId = openFor(chance.weighted(outage ? byBank : byAgency), { at, span });
  const own = agencies.find(({ id }) => id === agencyId)?.countyId;
  return {
    at,
    agencyId,
    countyId: own ?? chance.weighted(zipf(Object.keys(counties))),
    category: outage ? down : chance.weighted(categories),
    frontEnd: frontEndFor(agencyId, chance),
  };
}

/** What is joined to another takes nothing new. */
function openFor(agencyId: string, { at, span }: { at: number; span: Span }): string {
  return agencyId === joined.id && at >= span.joinedAt ? joined.successorId : agencyId;
}

/** Where a bank runs a front end, people use it to complain about its rivals too, and never about itself. */
function frontEndFor(agencyId: string, chance: Chance): string {
  const rival = banks.includes(agencyId) && agencyId !== "bank-sepidar" ? 6 : 0;
  return chance.weighted({ "call-centre-128": 50, "web-portal": 26, "mobile-app": 18, "sepidar-app": rival });
}

/** Mostly on days on which offices are open, and then mostly in the second and third hour. */
function instantIn(range: { from: number; to: number }, { chance, hours }: Omit<World, "span">): number {
  const days = Math.round((range.to - range.from) / day);
  for (;;) {
    const midnight = range.from + Math.floor(chance.share() * days) * day;
    const open = hours.opening(midnight);
    if (open && chance.happens(0.85)) return rush(open, chance);
    if (!open && chance.happens(0.8)) continue;
    return atLeisure(onGrid(midnight + chance.between(8, 22) * hour));
  }
}

function rush({ from, to }: { from: number; to: number }, chance: Chance): number {
  // The mean of two even chances leans to the middle; taken to the power of 1.5, to the morning.
  const through = ((chance.share() + chance.share()) / 2) ** 1.5;
  return onGrid(from + through * (to - from));
}
