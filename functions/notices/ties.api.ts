import { Fault } from "#shared/fault.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { readOwnAgencies, readRoles } from "#shared/people/roles.store.ts";
import { readInvolved } from "./ground.api.ts";
import type { Notice } from "./notice.ts";
import { judgeOf } from "./notice-lifecycle.ts";

/** Whether an official has a role at the employee's agency, or had one in the two years before the notice was opened. */
async function readIsColleague({ agencyId, openedAt }: Notice, person: string): Promise<boolean> {
  return (await readOwnAgencies(person, openedAt)).includes(agencyId);
}

/**
 * Reads what may keep an official from a move of a notice as it is now. Undefined of an inspector before the service and after the decision:
 * no inspector decides then.
 */
export async function readTies(present: Notice, { caller, person }: PrincipalOf<"inspector" | "reviewer">) {
  if (caller === "reviewer") return readReviewersTies(present, person);
  return present.status === "served" ? readInspectorsTies(present, person) : undefined;
}

/** Reads what may keep an inspector from deciding on a notice. */
export async function readInspectorsTies(notice: Notice, person: string) {
  const [isColleague, involved] = await Promise.all([
    readIsColleague(notice, person),
    readInvolved(notice.complaintId),
  ]);
  return { isColleague, involved };
}

/** Reads what may keep a reviewer from judging, or from handing over a letter. Throws `unavailable` if nobody can say who took part. */
export async function readReviewersTies(notice: Notice, person: string) {
  const [ties, isJudgeGone] = await Promise.all([readInspectorsTies(notice, person), readIsJudgeGone(notice)]);
  // From the decision on, the notice itself says who acted on a complaint that is erased.
  if (!ties.involved && !notice.decidedBy) throw new Fault("unavailable");
  return { ...ties, isJudgeGone };
}

async function readIsJudgeGone(notice: Notice): Promise<boolean> {
  const judge = judgeOf(notice);
  if (judge === undefined) return false;
  const [roles, isColleague] = await Promise.all([readRoles(judge), readIsColleague(notice, judge)]);
  return isColleague || !roles.some(({ role }) => role === "reviewer");
}
