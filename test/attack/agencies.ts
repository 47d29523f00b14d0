import type { Counted } from "#shared/domain/statistics/tallies.ts";
import { weighted } from "../../infra/demo/year/chance.ts";
import { counted } from "../support/a-count.ts";
import * as s from "../support/a-story.ts";
import type { Chance } from "../support/chance.ts";

/** How an agency works, and what it does to look better than it serves. */
export type Ways = {
  complaints: number;
  /** How many it serves in time and well, in time and badly, late, and never. */
  served: { well: number; badly: number; late: number; never: number };
  /** Of those whom it served badly, how many are pressed to withdraw before it answers, and to accept. */
  pressesToWithdraw?: number;
  pressesToAccept?: number;
  /** Of what it would be late with, how much it passes on just before the time is over. */
  passesOnLate?: number;
  /** Complaints about itself, anonymous and easy, which it accepts within minutes. */
  files?: number;
  /** Complaints that a rival's front end files about it, all of them served badly unless it ends them itself. */
  rivals?: number;
  /** What the front end, which has each complaint's secret, does in the citizen's name. */
  rivalsDo?: "accept" | "withdraw";
  extends?: boolean;
  finding?: "undetermined";
};

const honest = { well: 0.68, badly: 0.17, late: 0.1, never: 0.05 };

export const ways = {
  "honest large": { complaints: 240, served: honest },
  "honest small": { complaints: 12, served: honest },
  "fast clicker": { complaints: 240, served: { well: 0, badly: 0, late: 0, never: 1 } },
  "silent closer": { complaints: 240, served: { well: 0.12, badly: 0.78, late: 0.1, never: 0 } },
  "withdrawal presser": { complaints: 240, served: { ...honest, well: 0.5, badly: 0.35 }, pressesToWithdraw: 0.9 },
  "acceptance presser": { complaints: 240, served: { ...honest, well: 0.35, badly: 0.5 }, pressesToAccept: 0.9 },
  "late transferrer": { complaints: 240, served: { well: 0.3, badly: 0.1, late: 0.5, never: 0.1 }, passesOnLate: 0.9 },
  "self-filer": { complaints: 240, served: { ...honest, well: 0.5, badly: 0.35 }, files: 240 },
  "filed against": { complaints: 240, served: honest, rivals: 240 },
  extender: { complaints: 240, served: honest, extends: true },
  "undetermined to all": {
    complaints: 240,
    served: { well: 0.1, badly: 0.85, late: 0.05, never: 0 },
    finding: "undetermined",
  },
} satisfies Record<string, Ways>;

type Setting = { agencyId: string; others: readonly string[]; chance: Chance };

const days = (filedAt: string, count: number) => new Date(Date.parse(filedAt) + count * 86_400_000).toISOString();

/** What a year of an agency's complaints counts as, each a history from its filing on. */
export function aYearOf(way: Ways, setting: Setting): Counted[] {
  const { chance } = setting;
  const of = (size: number, live: () => Lived) =>
    Array.from({ length: size }, live).map((one) => countedWith(one, chance));
  return [
    ...of(way.complaints, () => aComplaint(way, setting, { client: "web-portal" })),
    ...of(way.files ?? 0, () => anOwnComplaint(setting)),
    ...of(way.rivals ?? 0, () => aRivalsComplaint(way, setting)),
  ];
}

/** A story, whether the citizen was served well, and whether somebody pressed. */
type Lived = { story: s.Story; isContent: boolean; isPressed?: boolean };

function begun({ agencyId, chance }: Setting, { client }: { client: string }, phone: boolean): s.Story {
  const at = days("2025-03-25T06:00:00.000Z", Math.floor(chance() * 330));
  const key = Math.floor(chance() * 256);
  return s.aStory({ at, agencyId, key, client, answerBy: days(at, 2), ...(phone && { phone }) });
}

function aComplaint(way: Ways, setting: Setting, through: { client: string }): Lived {
  const { chance } = setting;
  const filed = begun(setting, through, chance() < 0.7);
  const { filedAt } = filed.complaint;
  const story = s.acknowledged(filed, days(filedAt, 0.001));
  const served = weighted(chance, way.served);
  if (served === "never" || served === "late") return neglected(story, way, setting, served === "late");
  const isContent = served === "well";
  if (!isContent && chance() < (way.pressesToWithdraw ?? 0))
    return { story: s.withdrawn(story, days(filedAt, 1)), isContent, isPressed: true };
  const given = way.extends ? s.extended(story, days(filedAt, 1), days(filedAt, 3)) : story;
  const answered = s.answered(given, days(filedAt, 1.5), { finding: way.finding ?? "founded" });
  if (!isContent && chance() < (way.pressesToAccept ?? 0))
    return { story: s.accepted(answered, days(filedAt, 2.5)), isContent, isPressed: true };
  return { story: closed(answered, isContent, chance), isContent };
}

function neglected(story: s.Story, way: Ways, { chance, others }: Setting, isAnswered: boolean): Lived {
  const { filedAt } = story.complaint;
  const to = others[Math.floor(chance() * others.length)] ?? "";
  const isPassedOn = chance() < (way.passesOnLate ?? 0);
  const held = isPassedOn ? s.passedOn(story, days(filedAt, 1.9), to) : story;
  if (!isAnswered) return { story: held, isContent: false };
  return { story: closed(s.answered(held, days(filedAt, 5)), false, chance), isContent: false };
}

/** The content accept, or say nothing; of the others some dispute, and an inspector mostly agrees with them. */
function closed(answered: s.Story, isContent: boolean, chance: Chance): s.Story {
  const { filedAt } = answered.complaint;
  const does = weighted(chance, isContent ? { accept: 6, nothing: 4 } : { accept: 1, dispute: 4, nothing: 5 });
  if (does === "accept") return s.accepted(answered, days(filedAt, 6));
  if (does === "nothing") return s.expired(answered, days(filedAt, 17));
  const disputed = s.disputed(answered, days(filedAt, 7));
  return s.decided(disputed, days(filedAt, 9), { upholdsAnswer: chance() < 0.15 });
}

function anOwnComplaint(setting: Setting): Lived {
  const story = begun(setting, { client: "web-portal" }, false);
  const answered = s.answered(story, days(story.complaint.filedAt, 0.002));
  return { story: s.accepted(answered, days(story.complaint.filedAt, 0.004)), isContent: true };
}

const rivals = { client: "rivals-app" };

function aRivalsComplaint(way: Ways, setting: Setting): Lived {
  if (!way.rivalsDo) return aComplaint({ ...way, served: { well: 0, badly: 1, late: 0, never: 0 } }, setting, rivals);
  const story = begun(setting, rivals, false);
  const { filedAt } = story.complaint;
  if (way.rivalsDo === "withdraw") return { story: s.withdrawn(story, days(filedAt, 0.001)), isContent: false };
  const answered = s.answered(story, days(filedAt, 1));
  return { story: s.accepted(answered, days(filedAt, 1.01)), isContent: false };
}

/** What it counts as; those who left a phone and agreed are called after accepting, and say what they think. */
function countedWith({ story, isContent, isPressed = false }: Lived, chance: Chance): Counted {
  const one = counted(story, { province: province });
  const isCalled =
    story.complaint.closure === "confirmed" &&
    story.events[0]?.type === "filed" &&
    story.events[0].counting?.phone &&
    chance() < 0.6;
  if (!isCalled) return one;
  const solved = isContent ? weighted(chance, { yes: 9, partly: 1 }) : weighted(chance, { partly: 2, no: 8 });
  const says = [
    `called-acceptors-solved:${solved}`,
    `called-acceptors-pressed:${isPressed && chance() < 0.6 ? "pressed" : "not-pressed"}`,
  ] as const;
  return { ...one, measures: [...one.measures, ...says] };
}

const names = [...Object.keys(ways), ...Array.from({ length: 9 }, (_, n) => `honest large ${n + 2}`)];
export const agencyIds = names.map((name) => name.replaceAll(" ", "-"));
const namedWays = new Map<string, Ways>(Object.entries(ways).map(([name, way]) => [name.replaceAll(" ", "-"), way]));

/** How an agency works, by its id; those with a number are honest. */
export function wayOf(agencyId: string): Ways {
  return namedWays.get(agencyId) ?? ways["honest large"];
}

const province = {
  agencies: [...agencyIds, "rival"].map((id) => ({ id, peerGroup: "offices" })),
  answerClocks: { "postponed-without-reason": "elapsed" as const },
  operators: { "rivals-app": "rival" },
};
