import { randomUUID } from "node:crypto";
import * as z from "zod";
import {
  type Chapter,
  type ComplaintContext,
  createComplaintContext,
  createSteps,
  type DemoContext,
  demoTexts,
  move,
  read,
  type StepDefinition,
} from "./act.ts";
import { call, receiveEvents, unexpected } from "./calls.ts";
import { printDeadline, printFacts, printPersian, printRemark, tehranClock } from "./terminal.ts";

const Receipt = z.object({
  id: z.string(),
  secret: z.string(),
  status: z.string(),
  filedAt: z.string(),
  acknowledgeBy: z.string(),
  answerBy: z.string(),
});

const Problem = z.object({ code: z.string(), title: z.string() });

/** A complaint is filed, received from the agency's queue, acknowledged, answered and accepted. */
export function mainChapter(demoContext: DemoContext): Chapter {
  const parts: StepDefinition[] = [
    ["A citizen calls 128; the call centre files what she tells, and gives her an id and a secret", fileComplaint],
    ["The agency finds it in its own queue: where the complaint stands, and not a word of what was said", findInQueue],
    [
      "The agency reads it with its own token: her name and number are masked, for she did not share them",
      readComplaint,
    ],
    ["It says who will handle it, which stops the first clock", acknowledgeComplaint],
    ["It answers, with a finding and what it promises; now it is for the citizen to say", answerComplaint],
    ["Somebody who guesses the secret learns nothing, not even whether there is such a complaint", guessSecret],
    ["The citizen accepts the answer, and it is closed", acceptAnswer],
    ["What anybody with id and secret can read of it from now on, and what the agency was told", readHistory],
  ];
  return {
    title: "A complaint, from the telephone to the last word",
    where: `${demoContext.frontEnd.clientId}, ${demoContext.agency.agencyId} and a citizen at ${demoContext.endpoints.api}`,
    steps: createSteps(createComplaintContext(demoContext), parts),
  };
}

async function fileComplaint(scene: ComplaintContext): Promise<void> {
  const { endpoints, frontEnd, agency } = scene;
  const { agencyId, countyId } = agency;
  const filing = {
    caller: { who: frontEnd.clientId, client: frontEnd },
    request: "POST /v1/complaints",
    body: { agencyId, countyId, category: "nobody-at-the-desk", channel: frontEnd.channel, ...demoTexts.filing },
    key: `demo-${randomUUID()}`,
    status: 201,
    answer: Receipt,
  } as const;
  printPersian(demoTexts.filing.description);
  const receipt = await call(endpoints, filing);
  Object.assign(scene.complaint, receipt);
  printFacts(
    ["id", `${receipt.id}   to be spoken aloud`],
    ["secret", `${receipt.secret}   with the id, all she ever needs`],
  );
  printFacts(["status", receipt.status]);
  printDeadline("acknowledge by", receipt.acknowledgeBy);
  printDeadline("answer by", receipt.answerBy);
  const again = await call(endpoints, filing);
  if (again.id !== receipt.id || again.secret !== receipt.secret)
    throw unexpected({ expected: `the receipt of ${receipt.id} again`, received: `another one, of ${again.id}` });
  printRemark("The line broke, so the same was sent again under its key: the same receipt, nothing filed twice.");
}

async function findInQueue({ endpoints, agency, complaint: { id } }: ComplaintContext): Promise<void> {
  const queueUrl = endpoints.queues[agency.agencyId] ?? "";
  const [event] = await receiveEvents({ endpoint: endpoints.sqs, queueUrl, complaintId: id, count: 1 });
  printRemark(`received from ${queueUrl.split("/").at(-1)}, and deleted`);
  printFacts(
    ["type", event?.type ?? ""],
    ["subject", event?.subject ?? ""],
    ["data", JSON.stringify(event?.data).replaceAll(",", ", ")],
  );
}

async function readComplaint(scene: ComplaintContext): Promise<void> {
  const view = await read(scene, "agency");
  const names = [...demoTexts.filing.citizen.name.split(" "), demoTexts.filing.citizen.phone];
  if (view.citizen || names.some((name) => view.description.includes(name)))
    throw unexpected({ expected: "a text without the citizen's name and number", received: view.description });
  printPersian(view.description);
}

async function acknowledgeComplaint(scene: ComplaintContext): Promise<void> {
  const view = await move(scene, { role: "agency", action: "acknowledgement", body: { officer: demoTexts.officer } });
  printPersian(demoTexts.officer.name);
  printFacts(["status", view.status]);
}

async function answerComplaint(scene: ComplaintContext): Promise<void> {
  const view = await move(scene, {
    role: "agency",
    action: "answer",
    body: { officer: demoTexts.officer, ...demoTexts.answer },
  });
  printPersian(demoTexts.answer.text);
  for (const { text } of demoTexts.answer.actions) printPersian(text);
  printFacts(["finding", view.answer?.finding ?? ""], ["cause", view.answer?.cause ?? ""], ["status", view.status]);
  if (view.confirmBy) printDeadline("confirm by", view.confirmBy);
}

async function guessSecret({ endpoints, complaint: { id, secret } }: ComplaintContext): Promise<void> {
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
    throw unexpected({ expected: "the same refusal twice", received: JSON.stringify([wrong, unknown]) });
  printPersian(wrong.title);
  printRemark("A wrong secret and an unknown id are refused in the same words.");
}

async function acceptAnswer(scene: ComplaintContext): Promise<void> {
  const { opinion } = demoTexts;
  await move(scene, { role: "citizen", action: "opinion", body: opinion });
  printPersian(opinion.comment);
  const view = await move(scene, { role: "citizen", action: "acceptance", body: {} });
  printFacts(
    ["solved", opinion.solved],
    ["handling", `${opinion.handling} of 5`],
    ["status", `${view.status}, ${view.closure}`],
  );
  printRemark("The opinion is the citizen's and the inspectors' alone: no agency sees that one was given.");
}

async function readHistory(scene: ComplaintContext): Promise<void> {
  const { endpoints, agency, complaint } = scene;
  const view = await read(scene, "citizen");
  printFacts(
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
    // Entries of the confidential log have no version, and the agency gets no event of them. It received the filing before.
    count: view.history.filter(({ version }) => version !== undefined).length - 1,
  });
  const names = rest.map(({ type }) => type.replace("ir.foad.complaint.", ""));
  printRemark(`and in the agency's queue, in this order: ${names.join(", ")}`);
}
