import * as z from "zod";
import type { Act, Stage } from "./act.ts";
import { call, unexpected } from "./calls.ts";
import { facts, persian, remark } from "./page.ts";
import { file, move, type Part, reach, read, type Scene, sceneOn, stepsIn } from "./scene.ts";
import { tehranTime } from "./tehran-time.ts";
import { told } from "./texts.ts";

const Identity = z.object({ name: z.string(), phone: z.string() });

const parts: Part[] = [
  ["A citizen gives her name and number to the centre, and does not let the agency have them", fileIt],
  ["She writes once more, and names herself; the agency reads all of it without her name and number", readIt],
  ["An inspector may ask who she is, and asks", identify],
  ["She sees who asked, and when; the agency sees nothing of it", seeIt],
];

/** An identity that the centre may know and the agency may not. */
export function confidence(stage: Stage): Act {
  return {
    title: "A name given in confidence",
    where: `${stage.frontEnd.clientId}, ${stage.agency.agencyId}, ${stage.inspector.sub} and a citizen`,
    steps: stepsIn(sceneOn(stage), parts),
  };
}

async function fileIt(scene: Scene): Promise<void> {
  const { id, secret } = await file(scene, { category: "disrespect", ...told.confidential });
  facts(["id", id], ["secret", secret], ["shareWithAgency", "false"]);
}

async function readIt(scene: Scene): Promise<void> {
  await move(scene, { as: "citizen", to: "messages", body: { text: told.afterthought }, status: 201 });
  const view = await read(scene, "agency");
  const texts = [view.description, ...view.messages.map(({ text }) => text)];
  const { name, phone } = told.confidential.citizen;
  const given = [...name.split(" "), phone].filter((word) => texts.some((text) => text.includes(word)));
  if (view.citizen || given.length > 0)
    throw unexpected({ expected: "texts without the citizen's name and number", came: texts.join("\n") });
  for (const text of texts) persian(text);
}

async function identify(scene: Scene): Promise<void> {
  const { caller, path } = reach(scene, "inspector");
  const identity = await call(scene.endpoints, {
    caller,
    request: `GET ${path}/identity`,
    status: 200,
    answer: Identity,
  });
  persian(identity.name);
  facts(["phone", identity.phone]);
  remark("It was told only after it had been written down, for her to see, that it was asked for.");
}

async function seeIt(scene: Scene): Promise<void> {
  const { identityReads = [] } = await read(scene, "citizen");
  const { history } = await read(scene, "agency");
  const [first] = identityReads;
  if (!first || history.some(({ type }) => type === "identity-read"))
    throw unexpected({
      expected: "a read that the citizen sees and the agency does not",
      came: JSON.stringify(history),
    });
  facts(
    ["read by", `${first.inspector}, ${tehranTime(first.at)}`],
    ["the agency reads", history.map(({ type }) => type).join(", ")],
  );
}
