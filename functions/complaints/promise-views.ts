import * as z from "zod";
import { storedShapes } from "#shared/complaints/complaint.ts";
import { objectionUntil, overdueFrom } from "#shared/complaints/promises.ts";
import { Instant, LocalDate } from "#shared/time/calendar.ts";

/** The fields of a history's entry that promises are read from. */
type HistoryEntry = { type: string; at: Instant; number?: unknown; kept?: unknown };

/**
 * The known state of a promise. `open`: nobody has said anything. `agency-says-kept`: only the agency says so. `objected`: the
 * citizen says that it was not kept. `kept`, `not-kept`: an inspector says so.
 */
export const PromiseStatus = z.enum(["open", "agency-says-kept", "objected", "kept", "not-kept"]);

/** A promised action of the answer or the decision, and its state. */
export const PromiseView = z
  .object({
    /** Its number among all promised actions of the complaint, from 1. Requests name it. */
    number: z.int().min(1),
    promisedAt: Instant,
    text: z.string(),
    dueOn: LocalDate.optional(),
    /** From when it is overdue if the agency has reported nothing. */
    overdueFrom: Instant.optional(),
    status: PromiseStatus,
    /** The agency's report. */
    report: z
      .object({ at: Instant, text: z.string(), officer: storedShapes.officer.partial({ name: true }).optional() })
      .optional(),
    /** Until when the citizen may object to the report. */
    objectBy: Instant.optional(),
    objection: z.object({ at: Instant, text: z.string() }).optional(),
    /** An inspector's judgement. */
    judgement: z.object({ at: Instant, kept: z.boolean(), text: z.string() }).optional(),
  })
  .meta({ id: "Promise" });
export type PromiseView = z.infer<typeof PromiseView>;

const Promising = z.object({ at: Instant, actions: z.array(storedShapes.action) });

/** The promises of a history, in the order of their numbers. None if the complaint was withdrawn or rejected. */
export function promisesIn(history: readonly HistoryEntry[]): PromiseView[] {
  if (history.some(({ type }) => type === "withdrawn" || type === "rejected")) return [];
  const promised = history
    .filter(({ type }) => type === "answered" || type === "decided")
    .flatMap((entry) => {
      const { at, actions } = Promising.parse(entry);
      return actions.map((action) => ({ ...action, promisedAt: at }));
    });
  return promised.map((action, n) => {
    const number = n + 1;
    const entryOf = (type: string) => history.find((entry) => entry.type === type && entry.number === number);
    const [report, objection, judgement] = ["promise-reported", "promise-objected", "promise-judged"].map(entryOf);
    return PromiseView.parse({
      ...action,
      number,
      overdueFrom: action.dueOn && overdueFrom(action.dueOn),
      status: statusOf({ report, objection, judgement }),
      report,
      objectBy: report && objectionUntil(report.at),
      objection,
      judgement,
    });
  });
}

type Steps = Record<"report" | "objection" | "judgement", HistoryEntry | undefined>;

function statusOf({ report, objection, judgement }: Steps): z.infer<typeof PromiseStatus> {
  if (judgement) return judgement.kept ? "kept" : "not-kept";
  if (objection) return "objected";
  return report ? "agency-says-kept" : "open";
}
