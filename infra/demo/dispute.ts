import type { Act, Stage } from "./act.ts";
import { receiveEvents } from "./agency-queue.ts";
import { unexpected } from "./calls.ts";
import { addPhoto } from "./evidence.ts";
import { decideIt, findItOnTheDesk, orderVisit, reportVisit } from "./inspection.ts";
import { deadline, facts, persian } from "./page.ts";
import { file, move, type Part, read, type Scene, sceneOn, stepsIn } from "./scene.ts";
import { tehranClock } from "./tehran-time.ts";
import { told } from "./texts.ts";

const parts: Part[] = [
  ["A citizen complains and gives no name; id and secret are all there is of them", fileIt],
  ["They add a photo; a clean copy is made of it, and only that is served", addPhoto],
  ["The agency asks, and is answered by somebody it cannot know", converse],
  ["The agency answers that there was nothing to complain of", denyIt],
  ["The citizen disputes that; from now on it is an inspector's, and no longer the agency's to close", disputeIt],
  [
    "The inspector finds it on the desk; who complains is written nowhere, so it cannot be looked up either",
    findItOnTheDesk,
  ],
  ["The inspector orders a visit; the citizen sees that, the agency does not", orderVisit],
  ["An hour later the inspector stands at the counter, and reports", reportVisit],
  ["The inspector decides, and it is closed", decideIt],
  ["The citizen reads the whole of it; the agency was told everything but when somebody would come", lookBack],
];

/** Somebody anonymous against an agency's word, and an inspector who goes and looks. */
export function dispute(stage: Stage): Act {
  return {
    title: "A citizen without a name, and an inspector who goes and looks",
    where: `${stage.frontEnd.clientId}, ${stage.agency.agencyId}, ${stage.inspector.sub} and somebody`,
    steps: stepsIn(sceneOn(stage), parts),
  };
}

async function fileIt(scene: Scene): Promise<void> {
  const { id, secret } = await file(scene, { category: "late-start-early-end", ...told.anonymous });
  facts(["id", id], ["secret", secret]);
}

async function converse(scene: Scene): Promise<void> {
  const { officer } = told;
  await move(scene, { as: "agency", to: "messages", body: { officer, text: told.question }, status: 201 });
  persian(told.question);
  await move(scene, { as: "citizen", to: "messages", body: { text: told.reply }, status: 201 });
  const view = await read(scene, "agency");
  const answered = view.messages.find(({ by }) => by === "citizen");
  if (view.citizen || answered?.text !== told.reply)
    throw unexpected({ expected: "the citizen's words, and nobody's name", came: JSON.stringify(view) });
  persian(answered.text);
}

async function denyIt(scene: Scene): Promise<void> {
  const body = { officer: told.officer, ...told.denial };
  const view = await move(scene, { as: "agency", to: "answer", body });
  persian(told.denial.text);
  facts(["finding", view.answer?.finding ?? ""], ["cause", view.answer?.cause ?? ""], ["status", view.status]);
}

async function disputeIt(scene: Scene): Promise<void> {
  const view = await move(scene, { as: "citizen", to: "dispute", body: told.dispute });
  persian(told.dispute.reason);
  facts(["status", view.status]);
  if (view.reviewBy) deadline("review by", view.reviewBy);
}

async function lookBack(scene: Scene): Promise<void> {
  const { endpoints, agency, complaint } = scene;
  const { history, decision } = await read(scene, "citizen");
  for (const { version = "–", type, at, by } of history) {
    const told = version === "–" ? "in private, by the" : "by the";
    facts([`${version} ${type}`, `${tehranClock(at)}  ${told} ${by}`]);
  }
  persian(decision?.text ?? "");
  const queueUrl = endpoints.queues[agency.agencyId] ?? "";
  const untold = history.filter(({ type }) => type === "visit-ordered");
  // The first two have been received with the photo.
  const count = history.length - untold.length - 2;
  const rest = await receiveEvents({ endpoint: endpoints.sqs, queueUrl, complaintId: complaint.id, count });
  const names = rest.map(({ type }) => type.replace("ir.foad.complaint.", ""));
  if (untold.length !== 1 || names.some((name) => name.startsWith("visit-ordered")))
    throw unexpected({ expected: "a visit ordered that the agency's queue was not told of", came: names.join(", ") });
  facts(["agency's queue", names.join(", ")]);
}
