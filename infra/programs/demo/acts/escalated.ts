import * as z from "zod";
import {
  type Chapter,
  type ComplaintContext,
  createComplaintContext,
  createSteps,
  type DemoContext,
  demoTexts,
  file,
  type StepDefinition,
} from "./act.ts";
import { advance, call, unexpected } from "./calls.ts";
import { printFacts, printRemark, tehranTime } from "./terminal.ts";

const Entry = z.looseObject({
  type: z.string(),
  at: z.string(),
  level: z.int().optional(),
  authority: z.string().optional(),
  dueAt: z.string().optional(),
});
const View = z.object({ status: z.string(), level: z.int(), history: z.array(Entry) });

/** Longer than all escalation levels take, closed days included. */
const absence = "P21D";
const highestLevel = 5;

/** An agency does nothing, and its complaint is escalated to the highest level. */
export function escalationChapter(demoContext: DemoContext): Chapter {
  const parts: StepDefinition[] = [
    ["Another complaint of the same day; this time nobody at the agency looks", fileComplaint],
    ["Three weeks pass in the local cloud: its functions, waits and tokens all follow one clock", letTimePass],
    [
      "The late complaint escalated level by level, each level exactly once, counted from when the level before was due",
      readEscalation,
    ],
  ];
  return {
    title: "A complaint that nobody answers",
    where: `the clock at ${demoContext.endpoints.clock}; it stays where this leaves it`,
    steps: createSteps(createComplaintContext(demoContext), parts),
  };
}

async function fileComplaint(scene: ComplaintContext): Promise<void> {
  const { acknowledgeBy } = await file(scene, { category: "disrespect", ...demoTexts.ignored });
  printFacts(["acknowledge by", tehranTime(acknowledgeBy)]);
}

async function letTimePass({ endpoints }: ComplaintContext): Promise<void> {
  const { now, seconds } = await advance(endpoints, absence);
  printRemark(`POST {"advance":"${absence}"}: it took ${seconds} s, with all that became due on the way`);
  printFacts(["now it is", tehranTime(now)]);
}

async function readEscalation({ endpoints, complaint: { id, secret } }: ComplaintContext): Promise<void> {
  const view = await call(endpoints, {
    caller: { who: "the citizen", secret },
    request: `GET /v1/complaints/${id}`,
    status: 200,
    answer: View,
  });
  for (const { type, at, level, authority, dueAt } of view.history) {
    if (type === "escalated") printFacts([`level ${level}`, `${authority}, due ${tehranTime(dueAt ?? at)}`]);
    if (type === "visit-ordered") printFacts(["", "an inspector is to go there; the agency is not told"]);
  }
  const raised = view.history.filter(({ type }) => type === "escalated").map(({ level }) => level);
  const expected = Array.from({ length: highestLevel }, (_, n) => n + 1);
  if (raised.join() !== expected.join())
    throw unexpected({
      expected: `the levels ${expected.join(", ")}, once each`,
      received: `the levels ${raised.join(", ")}`,
    });
  printFacts([
    "status",
    `${view.status}, and it will not be forgotten: only an answer, the citizen or an inspector ends it`,
  ]);
}
