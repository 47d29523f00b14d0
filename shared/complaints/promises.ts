import { Fault } from "../fault.ts";
import { startOfDay } from "../hours/office-clock.ts";
import type { Officer } from "../people/people.ts";
import type { PrincipalOf } from "../people/principal.ts";
import { promiseObjectionDays, promiseReminderDays } from "../policy-numbers.ts";
import { isSandbox } from "../province/directory.ts";
import type { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { assertCaller } from "./access.ts";
import { applyEvents, attributionOf, type Change, type CommandContext, type WithMaskedTexts } from "./change.ts";
import type { Closure, Complaint, StoredPromise } from "./complaint.ts";
import type { ComplaintEvent } from "./event.ts";
import { type DecidingInspector, refuseAccusedOfficer, refuseOwnAgency, wrongStateFault } from "./refusals.ts";

// A promise is a promised action of an answer or a decision. It changes neither the status of the complaint nor its deadlines, and it
// lives on after the closing.

/** How a complaint ends that has no promises any more: nobody waits for them. */
const closuresWithoutPromises: readonly Closure[] = ["withdrawn", "out-of-scope", "not-a-complaint"];

/** The promises, each with its number from 1; none if the complaint was withdrawn or rejected. */
function promisesOf({ promises = [], closure }: Complaint): (StoredPromise & { number: number })[] {
  if (closure && closuresWithoutPromises.includes(closure)) return [];
  return promises.map((promise, n) => ({ ...promise, number: n + 1 }));
}

/** From when a promise that the agency has not reported is overdue: the end of its day in Tehran. */
export const overdueFrom = (dueOn: string): Instant => addMilliseconds(startOfDay(dueOn), dayMs);

/** Until when the citizen may object to a report. */
export const objectionUntil = (reportedAt: Instant): Instant =>
  addMilliseconds(reportedAt, promiseObjectionDays * dayMs);

/** When the agency is reminded of a promise. Undefined if the reminder was sent or is not needed, or if the promise came later. */
function reminderAt({ dueOn, promisedAt, remindedAt, reportedAt, judgedAt }: StoredPromise): Instant | undefined {
  if (dueOn === undefined || remindedAt || reportedAt || judgedAt) return undefined;
  const at = addMilliseconds(startOfDay(dueOn), -promiseReminderDays * dayMs);
  return at > promisedAt ? at : undefined;
}

/** When the clock must next act on the promises of a complaint; undefined if it need not. */
export function nextReminderAt(complaint: Complaint): Instant | undefined {
  return promisesOf(complaint)
    .flatMap((promise) => reminderAt(promise) ?? [])
    .sort()[0];
}

/** From when inspectors must look at a promise: it is overdue, or the citizen objected. */
function listedFrom({ dueOn, reportedAt, objectedAt, judgedAt }: StoredPromise): Instant | undefined {
  if (judgedAt) return undefined;
  if (objectedAt) return objectedAt;
  return reportedAt || dueOn === undefined ? undefined : overdueFrom(dueOn);
}

/** From when the complaint stands on the inspectors' list of promises; undefined if it never does. */
export function promisesListedFrom(complaint: Complaint): Instant | undefined {
  if (isSandbox(complaint)) return undefined;
  return promisesOf(complaint)
    .flatMap((promise) => listedFrom(promise) ?? [])
    .sort()[0];
}

/**
 * When the agency is first reminded, if `event` made all promises of the complaint and no inspector must look at one before. The clock
 * need not know more of them until then.
 */
export function firstReminderAt(complaint: Complaint, event: Pick<ComplaintEvent, "at">): Instant | undefined {
  if (promisesOf(complaint).some(({ promisedAt }) => promisedAt !== event.at)) return undefined;
  const [remindAt, listedFrom] = [nextReminderAt(complaint), promisesListedFrom(complaint)];
  return remindAt && !(listedFrom && listedFrom < remindAt) ? remindAt : undefined;
}

/** Reminds the agency of every promise whose reminder is due, in one event. Undefined if none is due. */
export function remindOfPromises(complaint: Complaint, { now }: { now: Instant }): Change | undefined {
  const due = promisesOf(complaint).filter((promise) => (reminderAt(promise) ?? "9999") <= now);
  if (due.length === 0) return undefined;
  const payload = { type: "promise-reminded" as const, numbers: due.map(({ number }) => number) };
  return applyEvents(complaint, { now, by: { by: "system" }, payloads: [payload] });
}

/**
 * A command about one promise. `areTextsOver`: whether the retention of the texts is over. A text that is written later would stay
 * for ever.
 */
type PromiseCommand<P extends CommandContext["by"]> = CommandContext<P> &
  WithMaskedTexts & { number: number; text: string; areTextsOver: boolean };

/** The agency says that it has done the action. The employee complained about does not say so. */
export function reportPromise(
  complaint: Complaint,
  { officer, ...command }: PromiseCommand<PrincipalOf<"agency">> & { officer: Officer },
): Change {
  assertCaller(complaint, { by: command.by, callers: ["agency"] });
  const { reportedAt } = openPromise(complaint, command);
  if (reportedAt) throw wrongStateFault(complaint, "promise-reported");
  const refusal = refuseAccusedOfficer(complaint, { officer });
  if (refusal) throw refusal;
  const { number, text } = command;
  return changeBy(complaint, command, { type: "promise-reported", number, officer, text });
}

/** The citizen says that the action was not done. */
export function objectToPromise(complaint: Complaint, command: PromiseCommand<PrincipalOf<"citizen">>): Change {
  assertCaller(complaint, { by: command.by, callers: ["citizen"] });
  const { reportedAt, objectedAt } = openPromise(complaint, command);
  if (!reportedAt) throw wrongStateFault(complaint, "promise-not-reported");
  if (objectedAt) throw wrongStateFault(complaint, "promise-objected");
  if (command.now >= objectionUntil(reportedAt)) throw wrongStateFault(complaint, "objection-overdue");
  const { number, text } = command;
  return changeBy(complaint, command, { type: "promise-objected", number, text });
}

/**
 * An inspector says whether the action was done. Only this takes an objection off the inspectors' list. Throws `conflict-of-interest`
 * where the inspector worked for the agency, as for a decision.
 */
export function judgePromise(
  complaint: Complaint,
  { kept, ...command }: PromiseCommand<PrincipalOf<"inspector">> & DecidingInspector & { kept: boolean },
): Change {
  assertCaller(complaint, { by: command.by, callers: ["inspector"] });
  const since = listedFrom(openPromise(complaint, command));
  if (since === undefined || since > command.now) throw wrongStateFault(complaint, "promise-not-listed");
  const refusal = refuseOwnAgency(complaint, command);
  if (refusal) throw refusal;
  const { number, text } = command;
  return changeBy(complaint, command, { type: "promise-judged", number, kept, text });
}

/**
 * The promise that a command names. Throws `wrong-state` where its texts are to be erased or an inspector has judged it, and
 * `not-found` if the complaint has no such promise. The retention is compared first, so that an erased case and one that a hold
 * keeps look alike.
 */
function openPromise(
  complaint: Complaint,
  { number, areTextsOver }: Pick<PromiseCommand<CommandContext["by"]>, "number" | "areTextsOver">,
): StoredPromise {
  if (areTextsOver) throw wrongStateFault(complaint, "texts-erased");
  const promise = promisesOf(complaint).find((one) => one.number === number);
  if (!promise) throw new Fault("not-found");
  if (promise.judgedAt) throw wrongStateFault(complaint, "promise-judged");
  return promise;
}

function changeBy(
  complaint: Complaint,
  { by, now, maskedTexts }: CommandContext & WithMaskedTexts,
  payload: Parameters<typeof applyEvents>[1]["payloads"][number],
): Change {
  return applyEvents(complaint, { now, by: attributionOf(by), maskedTexts, payloads: [payload] });
}
