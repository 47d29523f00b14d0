import * as z from "zod";
import type { Complaint } from "../complaint/complaint.ts";
import type { Instant } from "../time/instant.ts";
import { add, noTally, ShownOfMany, shownOfMany, type Tally } from "./cell.ts";

/** What moves slowly is told in steps of so many, or whoever knows when a complaint became overdue would see it come. */
export const openStep = 10;

const Parts = z.object({ overdue: ShownOfMany, notOverdue: ShownOfMany });

/** What was open and unanswered at an instant, as the public reads it. */
export const OpenNow = z.object({ province: Parts, agencies: z.record(z.string(), Parts) });
export type OpenNow = z.infer<typeof OpenNow>;

type Open = { overdue: Tally; notOverdue: Tally };
/** The open complaints of each agency, in disjoint parts. */
export type OpenTallies = Record<string, Open>;

const none: Open = { overdue: noTally, notOverdue: noTally };

/** The part that a complaint of an agency's inbox is in; undefined where nobody waits for an answer. */
export function openPart({ status, answerBy }: Complaint, now: Instant): keyof Open | undefined {
  if (status !== "filed" && status !== "acknowledged") return undefined;
  return answerBy <= now ? "overdue" : "notOverdue";
}

export function openNow(tallies: OpenTallies): OpenNow {
  const all = Object.values(tallies).reduce(
    (sum, { overdue, notOverdue }) => ({
      overdue: add(sum.overdue, overdue),
      notOverdue: add(sum.notOverdue, notOverdue),
    }),
    none,
  );
  const agencies = Object.entries(tallies).map(([id, parts]) => [id, partsTold(parts)]);
  return { province: partsTold(all), agencies: Object.fromEntries(agencies) };
}

function partsTold({ overdue, notOverdue }: Open): z.infer<typeof Parts> {
  return { overdue: inSteps(overdue), notOverdue: inSteps(notOverdue) };
}

function inSteps(tally: Tally): z.infer<typeof ShownOfMany> {
  const told = shownOfMany(tally);
  return told === "<10" ? told : told - (told % openStep);
}
