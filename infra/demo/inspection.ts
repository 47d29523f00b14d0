import * as z from "zod";
import { call, unexpected } from "./calls.ts";
import { advance, timeIn } from "./clock.ts";
import { facts, persian } from "./page.ts";
import { move, reach, read, type Scene } from "./scene.ts";
import { tehranTime } from "./tehran-time.ts";
import { told } from "./texts.ts";

const Desk = z.object({ items: z.array(z.object({ id: z.string(), reviewBy: z.string().optional() })) });
const Nobody = z.strictObject({});
const Ordered = z.object({ visitId: z.string() });

const anHour = 60 * 60_000;

export async function findItOnTheDesk(scene: Scene): Promise<void> {
  const { caller, path } = reach(scene, "inspector");
  const desk = await call(scene.endpoints, {
    caller,
    request: "GET /v1/inspector/complaints?queue=disputed&limit=100",
    status: 200,
    answer: Desk,
  });
  const found = desk.items.find(({ id }) => id === scene.complaint.id);
  if (!found) throw unexpected({ expected: `${scene.complaint.id} on the desk`, came: JSON.stringify(desk) });
  facts(
    ["on the desk", `${desk.items.length} disputed, soonest due first`],
    [`number ${desk.items.indexOf(found) + 1}`, `${found.id}, review by ${tehranTime(found.reviewBy ?? "")}`],
  );
  await call(scene.endpoints, { caller, request: `GET ${path}/identity`, status: 200, answer: Nobody });
  facts(["identity", "{}"]);
}

export async function orderVisit(scene: Scene): Promise<void> {
  const { caller, path } = reach(scene, "inspector");
  const plannedAt = new Date((await timeIn(scene.endpoints)) + anHour).toISOString();
  const { visitId } = await call(scene.endpoints, {
    caller,
    request: `POST ${path}/visits`,
    body: { plannedAt },
    status: 201,
    answer: Ordered,
  });
  scene.visit = { visitId, plannedAt };
  facts(["planned at", tehranTime(plannedAt)]);
  const { history } = await read(scene, "agency");
  const types = history.map(({ type }) => type);
  if (types.includes("visit-ordered"))
    throw unexpected({ expected: "a history without the visit", came: types.join(", ") });
  facts(["the agency reads", types.join(", ")]);
}

export async function reportVisit(scene: Scene): Promise<void> {
  const { visitId, plannedAt } = scene.visit;
  await advance(scene.endpoints, "PT1H");
  const body = { arrivedAt: plannedAt, ...told.report };
  await move(scene, { as: "inspector", to: `visits/${visitId}/report`, body });
  persian(told.report.text);
  const { latitude, longitude } = told.report.location;
  facts(["found", told.report.found], ["standing at", `${latitude}° N, ${longitude}° E`]);
}

export async function decideIt(scene: Scene): Promise<void> {
  const view = await move(scene, { as: "inspector", to: "decision", body: told.decision });
  persian(told.decision.text);
  for (const { text } of told.decision.actions) persian(text);
  const { finding = "", cause = "", upholdsAnswer } = view.decision ?? {};
  facts(
    ["finding", `${finding}, cause: ${cause}`],
    ["the answer is", upholdsAnswer ? "upheld" : "not upheld"],
    ["status", `${view.status}, ${view.closure}`],
  );
}
