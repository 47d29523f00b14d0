import * as z from "zod";
import type { Act, Stage } from "./act.ts";
import { call, unexpected } from "./calls.ts";
import { advance } from "./clock.ts";
import { facts, remark } from "./page.ts";
import { file, type Part, type Scene, sceneOn, stepsIn } from "./scene.ts";
import { tehranTime } from "./tehran-time.ts";
import { told } from "./texts.ts";

const Entry = z.looseObject({
  type: z.string(),
  at: z.string(),
  level: z.int().optional(),
  holder: z.string().optional(),
  dueAt: z.string().optional(),
});
const View = z.object({ status: z.string(), level: z.int(), history: z.array(Entry) });

/** Longer than the whole ladder takes, closed days included. */
const longAbsence = "P21D";
const top = 5;

/** An agency that does nothing, and the ladder its complaint climbs meanwhile. */
export function climb(stage: Stage): Act {
  const parts: Part[] = [
    ["Another complaint of the same day; this time nobody at the agency looks", fileIt],
    ["Three weeks pass in the local cloud: its functions, waits and tokens all follow one clock", letTimePass],
    [
      "What was late climbed one rung after the other, each exactly once, and each from when the one before was due",
      lookUp,
    ],
  ];
  return {
    title: "A complaint that nobody answers",
    where: `the clock at ${stage.endpoints.clock}; it stays where this leaves it`,
    steps: stepsIn(sceneOn(stage), parts),
  };
}

async function fileIt(scene: Scene): Promise<void> {
  const { acknowledgeBy } = await file(scene, { category: "disrespect", ...told.ignored });
  facts(["acknowledge by", tehranTime(acknowledgeBy)]);
}

async function letTimePass({ endpoints }: Scene): Promise<void> {
  const { now, seconds } = await advance(endpoints, longAbsence);
  remark(`POST {"advance":"${longAbsence}"}: it took ${seconds} s, with all that became due on the way`);
  facts(["now it is", tehranTime(now)]);
}

async function lookUp({ endpoints, complaint: { id, secret } }: Scene): Promise<void> {
  const view = await call(endpoints, {
    caller: { who: "the citizen", secret },
    request: `GET /v1/complaints/${id}`,
    status: 200,
    answer: View,
  });
  for (const { type, at, level, holder, dueAt } of view.history) {
    if (type === "escalated") facts([`rung ${level}`, `${holder}, due ${tehranTime(dueAt ?? at)}`]);
    if (type === "visit-ordered") facts(["", "an inspector is to go there; the agency is not told"]);
  }
  const raised = view.history.filter(({ type }) => type === "escalated").map(({ level }) => level);
  const expected = Array.from({ length: top }, (_, n) => n + 1);
  if (raised.join() !== expected.join())
    throw unexpected({
      expected: `the rungs ${expected.join(", ")}, once each`,
      came: `the rungs ${raised.join(", ")}`,
    });
  facts([
    "status",
    `${view.status}, and it will not be forgotten: only an answer, the citizen or an inspector ends it`,
  ]);
}
