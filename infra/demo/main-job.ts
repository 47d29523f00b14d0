import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Act, Stage } from "./act.ts";
import { receiveEvents } from "./agency-queue.ts";
import { call, unexpected } from "./calls.ts";
import { deadline, facts, persian, remark } from "./page.ts";
import { move, type Part, read, type Scene, sceneOn, stepsIn } from "./scene.ts";
import { tehranClock } from "./tehran-time.ts";
import { told } from "./texts.ts";

const Receipt = z.object({
  id: z.string(),
  secret: z.string(),
  status: z.string(),
  filedAt: z.string(),
  acknowledgeBy: z.string(),
  answerBy: z.string(),
});

const Problem = z.object({ code: z.string(), title: z.string() });

/** A complaint filed, found in the agency's queue, acknowledged, answered and accepted. */
export function mainJob(stage: Stage): Act {
  const parts: Part[] = [
    ["A citizen calls 128; the call centre files what she tells, and gives her an id and a secret", fileIt],
    ["The agency finds it in its own queue: where the complaint stands, and not a word of what was said", findIt],
    ["The agency reads it with its own token: her name and number are masked, for she did not share them", readIt],
    ["It says who will handle it, which stops the first clock", acknowledgeIt],
    ["It answers, with a finding and what it promises; now it is for the citizen to say", answerIt],
    ["Somebody who guesses the secret learns nothing, not even whether there is such a complaint", guessIt],
    ["The citizen accepts the answer, and it is closed", acceptIt],
    ["What anybody with id and secret can read of it from now on, and what the agency was told", lookBack],
  ];
  return {
    title: "A complaint, from the telephone to the last word",
    where: `${stage.frontEnd.clientId}, ${stage.agency.agencyId} and a citizen at ${stage.endpoints.api}`,
    steps: stepsIn(sceneOn(stage), parts),
  };
}

async function fileIt(scene: Scene): Promise<void> {
  const { endpoints, frontEnd, agency } = scene;
  const { agencyId, countyId } = agency;
  const filing = {
    caller: { who: frontEnd.clientId, client: frontEnd },
    request: "POST /v1/complaints",
    body: { agencyId, countyId, category: "nobody-at-the-desk", channel: frontEnd.channel, ...told.filing },
    key: `demo-${randomUUID()}`,
    status: 201,
    answer: Receipt,
  } as const;
  persian(told.filing.description);
  const receipt = await call(endpoints, filing);
  Object.assign(scene.complaint, receipt);
  facts(
    ["id", `${receipt.id}   to be spoken aloud`],
    ["secret", `${receipt.secret}   with the id, all she ever needs`],
  );
  facts(["status", receipt.status]);
  deadline("acknowledge by", receipt.acknowledgeBy);
  deadline("answer by", receipt.answerBy);
  const again = await call(endpoints, filing);
  if (again.id !== receipt.id || again.secret !== receipt.secret)
    throw unexpected({ expected: `the receipt of ${receipt.id} again`, came: `another one, of ${again.id}` });
  remark("The line broke, so the same was sent again under its key: the same receipt, nothing filed twice.");
}

async function findIt({ endpoints, agency, complaint: { id } }: Scene): Promise<void> {
  const queueUrl = endpoints.queues[agency.agencyId] ?? "";
  const [event] = await receiveEvents({ endpoint: endpoints.sqs, queueUrl, complaintId: id, count: 1 });
  remark(`received from ${queueUrl.split("/").at(-1)}, and deleted`);
  facts(
    ["type", event?.type ?? ""],
    ["subject", event?.subject ?? ""],
    ["data", JSON.stringify(event?.data).replaceAll(",", ", ")],
  );
}

async function readIt(scene: Scene): Promise<void> {
  const view = await read(scene, "agency");
  const names = [...told.filing.citizen.name.split(" "), told.filing.citizen.phone];
  if (view.citizen || names.some((name) => view.description.includes(name)))
    throw unexpected({ expected: "a text without the citizen's name and number", came: view.description });
  persian(view.description);
}

async function acknowledgeIt(scene: Scene): Promise<void> {
  const view = await move(scene, { as: "agency", to: "acknowledgement", body: { officer: told.officer } });
  persian(told.officer.name);
  facts(["status", view.status]);
}

async function answerIt(scene: Scene): Promise<void> {
  const view = await move(scene, { as: "agency", to: "answer", body: { officer: told.officer, ...told.answer } });
  persian(told.answer.text);
  for (const { text } of told.answer.actions) persian(text);
  facts(["finding", view.answer?.finding ?? ""], ["cause", view.answer?.cause ?? ""], ["status", view.status]);
  if (view.confirmBy) deadline("confirm by", view.confirmBy);
}

async function guessIt({ endpoints, complaint: { id, secret } }: Scene): Promise<void> {
  const guess = (path: string, guessed: string) =>
    call(endpoints, {
      caller: { who: "somebody", secret: guessed },
      request: `GET /v1/complaints/${path}`,
      status: 404,
      answer: Problem,
    });
  const wrong = await guess(id, secret === "0000-0000" ? "1111-1111" : "0000-0000");
  const unknown = await guess("QZ-0000-0000-0", secret);
  if (JSON.stringify(wrong) !== JSON.stringify(unknown))
    throw unexpected({ expected: "the same refusal twice", came: JSON.stringify([wrong, unknown]) });
  persian(wrong.title);
  remark("A wrong secret and an unknown id are refused in the same words.");
}

async function acceptIt(scene: Scene): Promise<void> {
  const { opinion } = told;
  await move(scene, { as: "citizen", to: "opinion", body: opinion });
  persian(opinion.comment);
  const view = await move(scene, { as: "citizen", to: "acceptance", body: {} });
  facts(
    ["solved", opinion.solved],
    ["handling", `${opinion.handling} of 5`],
    ["status", `${view.status}, ${view.closure}`],
  );
  remark("The opinion is the citizen's and the inspectors' alone: no agency sees that one was given.");
}

async function lookBack(scene: Scene): Promise<void> {
  const { endpoints, agency, complaint } = scene;
  const view = await read(scene, "citizen");
  facts(
    ...view.history.map(({ version = "–", type, at, by }): [string, string] => [
      `${version} ${type}`,
      `${tehranClock(at)}  by ${by === "agency" ? "the agency" : `the ${by}`}`,
    ]),
  );
  const queueUrl = endpoints.queues[agency.agencyId] ?? "";
  const rest = await receiveEvents({
    endpoint: endpoints.sqs,
    queueUrl,
    complaintId: complaint.id,
    // Of what stands in private the agency hears nothing; the filing it has found before.
    count: view.history.filter(({ version }) => version !== undefined).length - 1,
  });
  const names = rest.map(({ type }) => type.replace("ir.foad.complaint.", ""));
  remark(`and in the agency's queue, in this order: ${names.join(", ")}`);
}
