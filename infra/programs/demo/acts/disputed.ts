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
import { advance, call, receiveEvents, timeIn, unexpected } from "./calls.ts";
import { closedCounter, whereItWas } from "./photo.ts";
import {
  printDeadline,
  printDuring,
  printExchange,
  printFacts,
  printPersian,
  printRemark,
  tehranClock,
  tehranTime,
} from "./terminal.ts";

const Upload = z.object({ attachmentId: z.string(), url: z.string(), fields: z.record(z.string(), z.string()) });
type Upload = z.infer<typeof Upload>;
const Download = z.object({ url: z.url() });

const contentType = "image/png";
/** The first bytes of every JPEG file. The copy of a picture is a JPEG, whatever was sent. */
const startOfJpeg = Buffer.from([0xff, 0xd8, 0xff]);

/** Announces a photo, uploads it by the API's form, waits for the agency's event, and downloads it as the agency. */
async function addPhoto(scene: ComplaintContext): Promise<void> {
  const photo = closedCounter();
  const { caller, path } = callerAndPath(scene, "citizen");
  printPersian(demoTexts.photo);
  const upload = await call(scene.endpoints, {
    caller,
    request: `POST ${path}/attachments`,
    body: { fileName: demoTexts.photo, contentType, size: photo.length },
    status: 201,
    answer: Upload,
  });
  await sendForm(upload, photo);
  printRemark("The form takes this one file: its size, its type, its place, for ten minutes.");
  const types = await printDuring("the photo is made anew", waitForEvent(scene));
  printFacts(["agency's queue", types.join(", ")]);
  await fetchPhoto(scene, { upload, photo });
}

async function sendForm({ url, fields }: Upload, photo: Uint8Array<ArrayBuffer>): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([photo]));
  const response = await fetch(url, { method: "POST", body: form });
  printExchange({ who: "the citizen", request: `POST ${url}`, status: response.status });
  if (response.ok) return;
  throw unexpected({ expected: `204 from ${url}`, received: `${response.status} ${await response.text()}` });
}

async function waitForEvent({ endpoints, agency, complaint: { id } }: ComplaintContext): Promise<string[]> {
  const queueUrl = endpoints.queues[agency.agencyId] ?? "";
  const events = await receiveEvents({ endpoint: endpoints.sqs, queueUrl, complaintId: id, count: 2 });
  return events.map(({ type }) => type.replace("ir.foad.complaint.", ""));
}

type Sent = { upload: Upload; photo: Uint8Array };

async function fetchPhoto(scene: ComplaintContext, { upload, photo }: Sent): Promise<void> {
  const { caller, path } = callerAndPath(scene, "agency");
  const request = `GET ${path}/attachments/${upload.attachmentId}` as const;
  const { url } = await call(scene.endpoints, { caller, request, status: 200, answer: Download });
  const fetched = await fetch(url);
  const content = Buffer.from(await fetched.arrayBuffer());
  if (content.includes(whereItWas) || !content.subarray(0, 3).equals(startOfJpeg))
    throw unexpected({ expected: "a clean picture", received: `${content.length} bytes` });
  const disposition = fetched.headers.get("content-disposition") ?? "";
  printFacts(
    ["sent", `${photo.length} bytes, which say where the phone was: ${whereItWas}`],
    ["served", `${content.length} bytes made anew, which do not`],
    ["saved as", `${disposition.replace(/^.*filename="|"$/g, "")}: its own name stays with the citizen`],
  );
}

const WorkQueuePage = z.object({ items: z.array(z.object({ id: z.string(), reviewBy: z.string().optional() })) });
const Nobody = z.strictObject({});
const Ordered = z.object({ visitId: z.string() });

const anHour = 60 * 60_000;

async function findInWorkQueue(scene: ComplaintContext): Promise<void> {
  const { caller, path } = callerAndPath(scene, "inspector");
  const workQueue = await call(scene.endpoints, {
    caller,
    request: "GET /v1/inspector/complaints?queue=disputed&limit=100",
    status: 200,
    answer: WorkQueuePage,
  });
  const found = workQueue.items.find(({ id }) => id === scene.complaint.id);
  if (!found)
    throw unexpected({ expected: `${scene.complaint.id} in the work queue`, received: JSON.stringify(workQueue) });
  printFacts(
    ["in the work queue", `${workQueue.items.length} disputed, soonest due first`],
    [`number ${workQueue.items.indexOf(found) + 1}`, `${found.id}, review by ${tehranTime(found.reviewBy ?? "")}`],
  );
  await call(scene.endpoints, { caller, request: `GET ${path}/identity`, status: 200, answer: Nobody });
  printFacts(["identity", "{}"]);
}

async function orderVisit(scene: ComplaintContext): Promise<void> {
  const { caller, path } = callerAndPath(scene, "inspector");
  const plannedAt = new Date((await timeIn(scene.endpoints)) + anHour).toISOString();
  const { visitId } = await call(scene.endpoints, {
    caller,
    request: `POST ${path}/visits`,
    body: { plannedAt },
    status: 201,
    answer: Ordered,
  });
  scene.visit = { visitId, plannedAt };
  printFacts(["planned at", tehranTime(plannedAt)]);
  const { history } = await read(scene, "agency");
  const types = history.map(({ type }) => type);
  if (types.includes("visit-ordered"))
    throw unexpected({ expected: "a history without the visit", received: types.join(", ") });
  printFacts(["the agency reads", types.join(", ")]);
}

async function reportVisit(scene: ComplaintContext): Promise<void> {
  const { visitId, plannedAt } = scene.visit;
  await advance(scene.endpoints, "PT1H");
  const body = { arrivedAt: plannedAt, ...demoTexts.report };
  await move(scene, { role: "inspector", action: `visits/${visitId}/report`, body });
  printPersian(demoTexts.report.text);
  const { latitude, longitude } = demoTexts.report.location;
  printFacts(["found", demoTexts.report.visitResult], ["standing at", `${latitude}° N, ${longitude}° E`]);
}

async function decideDispute(scene: ComplaintContext): Promise<void> {
  const view = await move(scene, { role: "inspector", action: "decision", body: demoTexts.decision });
  printPersian(demoTexts.decision.text);
  for (const { text } of demoTexts.decision.actions) printPersian(text);
  const { finding = "", cause = "", upholdsAnswer } = view.decision ?? {};
  printFacts(
    ["finding", `${finding}, cause: ${cause}`],
    ["the answer is", upholdsAnswer ? "upheld" : "not upheld"],
    ["status", `${view.status}, ${view.closure}`],
  );
}

const parts: StepDefinition[] = [
  ["A citizen complains and gives no name; id and secret are all there is of them", fileComplaint],
  ["They add a photo; a clean copy is made of it, and only that is served", addPhoto],
  ["The agency asks, and is answered by somebody it cannot know", exchangeMessages],
  ["The agency answers that there was nothing to complain of", answerUnfounded],
  ["The citizen disputes that; from now on it is an inspector's, and no longer the agency's to close", disputeAnswer],
  [
    "The inspector finds it in the work queue; no identity of the citizen is stored, so nobody can read one",
    findInWorkQueue,
  ],
  ["The inspector orders a visit; the citizen sees that, the agency does not", orderVisit],
  ["An hour later the inspector stands at the counter, and reports", reportVisit],
  ["The inspector decides, and it is closed", decideDispute],
  ["The citizen reads the whole history; the agency got every event except the planned visit", readHistory],
];

/** An anonymous citizen disputes an answer, and an inspector visits the office. */
export function disputeChapter(demoContext: DemoContext): Chapter {
  return {
    title: "A citizen without a name, and an inspector who goes and looks",
    where: `${demoContext.frontEnd.clientId}, ${demoContext.agency.agencyId}, ${demoContext.inspector.sub} and somebody`,
    steps: createSteps(createComplaintContext(demoContext), parts),
  };
}

async function fileComplaint(scene: ComplaintContext): Promise<void> {
  const { id, secret } = await file(scene, { category: "late-start-early-end", ...demoTexts.anonymous });
  printFacts(["id", id], ["secret", secret]);
}

async function exchangeMessages(scene: ComplaintContext): Promise<void> {
  const { officer } = demoTexts;
  await move(scene, { role: "agency", action: "messages", body: { officer, text: demoTexts.question }, status: 201 });
  printPersian(demoTexts.question);
  await move(scene, { role: "citizen", action: "messages", body: { text: demoTexts.reply }, status: 201 });
  const view = await read(scene, "agency");
  const answered = view.messages.find(({ by }) => by === "citizen");
  if (view.citizen || answered?.text !== demoTexts.reply)
    throw unexpected({ expected: "the citizen's words, and nobody's name", received: JSON.stringify(view) });
  printPersian(answered.text);
}

async function answerUnfounded(scene: ComplaintContext): Promise<void> {
  const body = { officer: demoTexts.officer, ...demoTexts.denial };
  const view = await move(scene, { role: "agency", action: "answer", body });
  printPersian(demoTexts.denial.text);
  printFacts(["finding", view.answer?.finding ?? ""], ["cause", view.answer?.cause ?? ""], ["status", view.status]);
}

async function disputeAnswer(scene: ComplaintContext): Promise<void> {
  const view = await move(scene, { role: "citizen", action: "dispute", body: demoTexts.dispute });
  printPersian(demoTexts.dispute.reason);
  printFacts(["status", view.status]);
  if (view.reviewBy) printDeadline("review by", view.reviewBy);
}

async function readHistory(scene: ComplaintContext): Promise<void> {
  const { endpoints, agency, complaint } = scene;
  const { history, decision } = await read(scene, "citizen");
  for (const { version = "–", type, at, by } of history) {
    const author = version === "–" ? "in private, by the" : "by the";
    printFacts([`${version} ${type}`, `${tehranClock(at)}  ${author} ${by}`]);
  }
  printPersian(decision?.text ?? "");
  const queueUrl = endpoints.queues[agency.agencyId] ?? "";
  const hiddenEntries = history.filter(({ type }) => type === "visit-ordered");
  // The first two events were received together with the photo.
  const count = history.length - hiddenEntries.length - 2;
  const rest = await receiveEvents({ endpoint: endpoints.sqs, queueUrl, complaintId: complaint.id, count });
  const names = rest.map(({ type }) => type.replace("ir.foad.complaint.", ""));
  if (hiddenEntries.length !== 1 || names.some((name) => name.startsWith("visit-ordered")))
    throw unexpected({ expected: "one ordered visit that is not in the agency's queue", received: names.join(", ") });
  printFacts(["agency's queue", names.join(", ")]);
}
