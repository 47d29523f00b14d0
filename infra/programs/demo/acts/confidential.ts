import * as z from "zod";
import {
  type Chapter,
  type ComplaintContext,
  callerAndPath,
  createComplaintContext,
  createSteps,
  type DemoContext,
  demoTexts,
  file,
  move,
  read,
  type StepDefinition,
} from "./act.ts";
import { call, unexpected } from "./calls.ts";
import { printFacts, printPersian, printRemark, tehranTime } from "./terminal.ts";

const Identity = z.object({ name: z.string(), phone: z.string() });

const steps: StepDefinition[] = [
  ["A citizen gives her name and number to the centre, and does not let the agency have them", fileComplaint],
  ["She writes once more, and names herself; the agency reads all of it without her name and number", readAsAgency],
  ["An inspector may ask who she is, and asks", readIdentityAsInspector],
  ["She sees who asked, and when; the agency sees nothing of it", seeIdentityRead],
];

/** A citizen shares an identity with the centre, but not with the agency. */
export function confidentialityChapter(demoContext: DemoContext): Chapter {
  return {
    title: "A name given in confidence",
    where: `${demoContext.frontEnd.clientId}, ${demoContext.agency.agencyId}, ${demoContext.inspector.sub} and a citizen`,
    steps: createSteps(createComplaintContext(demoContext), steps),
  };
}

async function fileComplaint(scene: ComplaintContext): Promise<void> {
  const { id, secret } = await file(scene, { category: "disrespect", ...demoTexts.confidential });
  printFacts(["id", id], ["secret", secret], ["shareWithAgency", "false"]);
}

async function readAsAgency(scene: ComplaintContext): Promise<void> {
  await move(scene, { role: "citizen", action: "messages", body: { text: demoTexts.afterthought }, status: 201 });
  const view = await read(scene, "agency");
  const texts = [view.description, ...view.messages.map(({ text }) => text)];
  const { name, phone } = demoTexts.confidential.citizen;
  const leaked = [...name.split(" "), phone].filter((word) => texts.some((text) => text.includes(word)));
  if (view.citizen || leaked.length > 0)
    throw unexpected({ expected: "texts without the citizen's name and number", received: texts.join("\n") });
  for (const text of texts) printPersian(text);
}

async function readIdentityAsInspector(scene: ComplaintContext): Promise<void> {
  const { caller, path } = callerAndPath(scene, "inspector");
  const identity = await call(scene.endpoints, {
    caller,
    request: `GET ${path}/identity`,
    status: 200,
    answer: Identity,
  });
  printPersian(identity.name);
  printFacts(["phone", identity.phone]);
  printRemark("The API recorded this reading, for her to see, before it gave the identity out.");
}

async function seeIdentityRead(scene: ComplaintContext): Promise<void> {
  const { identityReads = [] } = await read(scene, "citizen");
  const { history } = await read(scene, "agency");
  const [first] = identityReads;
  if (!first || history.some(({ type }) => type === "identity-read"))
    throw unexpected({
      expected: "a read that the citizen sees and the agency does not",
      received: JSON.stringify(history),
    });
  printFacts(
    ["read by", `${first.inspector}, ${tehranTime(first.at)}`],
    ["the agency reads", history.map(({ type }) => type).join(", ")],
  );
}
