import type { CountedComplaint } from "#functions/figures/tables.ts";
import { chooseByWeight } from "#infra/programs/demo/year/chance.ts";
import { countOne } from "../support/a-count.ts";
import * as s from "../support/a-story.ts";
import type { RandomNumbers } from "../support/chance.ts";

/** How an agency works, and what it does to look better than its service is. Shares are from 0 to 1. */
export type Agency = {
  complaints: number;
  /** How many complaints it answers in time and well, in time and badly, late, and never. */
  served: { well: number; badly: number; late: number; never: number };
  /** Of the badly served citizens, how many it presses to withdraw before the answer, and to accept. */
  pressesToWithdraw?: number;
  pressesToAccept?: number;
  /** Of the complaints that it would be late with, how many it transfers just before the time is over. */
  transfersLate?: number;
  /** Complaints that it files about itself, anonymous and easy, and accepts within minutes. */
  files?: number;
  /** Complaints that a rival's front end files about it; they are served badly where the rival does not end them. */
  rivals?: number;
  /** What the front end, which has each complaint's secret, does in the citizen's name. */
  rivalsDo?: "accept" | "withdraw";
  extends?: boolean;
  /** The share of complaints with a phone number. */
  phones?: number;
  finding?: "undetermined";
};

const served = { well: 0.68, badly: 0.17, late: 0.1, never: 0.05 };
export const honest: Agency = { complaints: 240, served };

export const agencies: Record<string, Agency> = {
  "honest-small": { complaints: 12, served },
  "never-answering": { complaints: 240, served: { well: 0, badly: 0, late: 0, never: 1 } },
  "silent-closer": { complaints: 240, served: { well: 0.12, badly: 0.78, late: 0.1, never: 0 } },
  "withdrawal-presser": { complaints: 240, served: { ...served, well: 0.5, badly: 0.35 }, pressesToWithdraw: 0.9 },
  "acceptance-presser": { complaints: 240, served: { ...served, well: 0.35, badly: 0.5 }, pressesToAccept: 0.9 },
  "late-transferrer": { complaints: 240, served: { well: 0.3, badly: 0.1, late: 0.5, never: 0.1 }, transfersLate: 0.9 },
  "self-filer": { complaints: 240, served: { ...served, well: 0.5, badly: 0.35 }, files: 240 },
  "filed-against": { ...honest, rivals: 240 },
  extender: { ...honest, extends: true },
  "undetermined-to-all": {
    complaints: 240,
    served: { well: 0.1, badly: 0.85, late: 0.05, never: 0 },
    finding: "undetermined",
  },
};

type Setting = { agencyId: string; others: readonly string[]; peers: readonly string[]; chance: RandomNumbers };

const days = (filedAt: string, count: number) => new Date(Date.parse(filedAt) + count * 86_400_000).toISOString();

/** What an agency's complaints of four quarters count as, each by its history from the filing on. */
export function complaintsOf(agency: Agency, setting: Setting): CountedComplaint[] {
  const of = (size: number, live: () => Lived) =>
    Array.from({ length: size }, live).map((one) => countedWith(one, setting));
  return [
    ...of(agency.complaints, () => aComplaint(agency, setting, "web-portal")),
    ...of(agency.files ?? 0, () => anOwnComplaint(setting)),
    ...of(agency.rivals ?? 0, () => aRivalsComplaint(agency, setting)),
  ];
}

/** A story, whether the citizen was served well, and whether somebody pressured. */
type Lived = { story: s.EventStory; isContent: boolean; isPressured?: boolean };
type Begun = { client: string; phone?: true };

function begun({ agencyId, chance }: Setting, { client, phone }: Begun): s.EventStory {
  const at = days("2025-03-25T06:00:00.000Z", Math.floor(chance() * 330));
  return s.aStory({ at, agencyId, client, answerBy: days(at, 2), ...(phone && { phone }) });
}

function aComplaint(agency: Agency, setting: Setting, client: string): Lived {
  const { chance } = setting;
  const filed = begun(setting, { client, ...(chance() < (agency.phones ?? 0.7) && { phone: true }) });
  const { filedAt } = filed.complaint;
  const story = s.acknowledged(filed, days(filedAt, 0.001));
  const how = chooseByWeight(chance, agency.served);
  if (how === "never" || how === "late") return neglected(story, { agency, setting, isAnswered: how === "late" });
  const isContent = how === "well";
  if (!isContent && chance() < (agency.pressesToWithdraw ?? 0))
    return { story: s.withdrawn(story, days(filedAt, 1)), isContent, isPressured: true };
  const given = agency.extends ? s.extended(story, days(filedAt, 1), days(filedAt, 3)) : story;
  const answered = s.answered(given, days(filedAt, 1.5), { finding: agency.finding ?? "founded" });
  if (!isContent && chance() < (agency.pressesToAccept ?? 0))
    return { story: s.accepted(answered, days(filedAt, 2.5)), isContent, isPressured: true };
  return { story: closed(answered, isContent, chance), isContent };
}

type Neglecting = { agency: Agency; setting: Setting; isAnswered: boolean };

function neglected(story: s.EventStory, { agency, setting: { chance, others }, isAnswered }: Neglecting): Lived {
  const { filedAt } = story.complaint;
  const to = others[Math.floor(chance() * others.length)] ?? "";
  const isTransferred = chance() < (agency.transfersLate ?? 0);
  const held = isTransferred ? s.transferred(story, days(filedAt, 1.9), to) : story;
  if (!isAnswered) return { story: held, isContent: false };
  return { story: closed(s.answered(held, days(filedAt, 5)), false, chance), isContent: false };
}

/** The content accept, or say nothing; of the others some dispute, and an inspector mostly agrees with them. */
function closed(answered: s.EventStory, isContent: boolean, chance: RandomNumbers): s.EventStory {
  const { filedAt } = answered.complaint;
  const does = chooseByWeight(chance, isContent ? { accept: 6, nothing: 4 } : { accept: 1, dispute: 4, nothing: 5 });
  if (does === "accept") return s.accepted(answered, days(filedAt, 6));
  if (does === "nothing") return s.expired(answered, days(filedAt, 17));
  const disputed = s.disputed(answered, days(filedAt, 7));
  return s.decided(disputed, days(filedAt, 9), { upholdsAnswer: chance() < 0.15 });
}

function anOwnComplaint(setting: Setting): Lived {
  const story = begun(setting, { client: "web-portal" });
  const answered = s.answered(story, days(story.complaint.filedAt, 0.002));
  return { story: s.accepted(answered, days(story.complaint.filedAt, 0.004)), isContent: true };
}

const client = "rivals-app";

function aRivalsComplaint(agency: Agency, setting: Setting): Lived {
  if (!agency.rivalsDo)
    return aComplaint({ ...agency, served: { well: 0, badly: 1, late: 0, never: 0 } }, setting, client);
  const story = begun(setting, { client });
  const { filedAt } = story.complaint;
  if (agency.rivalsDo === "withdraw") return { story: s.withdrawn(story, days(filedAt, 0.001)), isContent: false };
  const answered = s.answered(story, days(filedAt, 1));
  return { story: s.accepted(answered, days(filedAt, 1.01)), isContent: false };
}

const groups: Record<string, "accepted" | "silent"> = { accepted: "accepted", expired: "silent" };

/** Three of ten give an opinion; six of ten with a phone are called when the complaint is closed, and answer. */
function countedWith({ story, isContent, isPressured = false }: Lived, { chance, peers }: Setting): CountedComplaint {
  const { closure, filedAt } = story.complaint;
  const [filed] = story.events;
  const says = () => ({
    solved: isContent ? chooseByWeight(chance, { yes: 9, partly: 1 }) : chooseByWeight(chance, { partly: 2, no: 8 }),
    handling: 3,
    ...(isPressured && chance() < 0.6 && { pressured: true as const }),
  });
  const opined = chance() < 0.3 ? s.opinionGiven(story, days(filedAt, 20), says()) : story;
  const isCalled = closure && filed?.type === "filed" && filed.statistics?.phoneGiven && chance() < 0.6;
  const group = groups[closure ?? ""] ?? "other";
  const called = isCalled ? s.called(opined, days(filedAt, 21), { outcome: "answered", group, ...says() }) : opined;
  return countOne(called, { province: provinceOf(peers) });
}

/** A province of one peer group, in which another agency runs a front end. */
function provinceOf(peers: readonly string[]) {
  return {
    agencies: [...peers, "rival"].map((id) => ({ id, peerGroup: "offices" })),
    answerClocks: { "postponed-without-reason": "elapsed" as const },
    operators: { [client]: "rival" },
  };
}
