import * as z from "zod";
import { parseJson } from "#infra/programs/local-cloud/machine/http-server.ts";
import { type Client, type Endpoints, send, tokenOf, unexpected } from "../acts/calls.ts";
import { closedCounter } from "../acts/photo.ts";
import { type Act, acts } from "./acts.ts";
import { hour } from "./calendar.ts";
import { type PlannedRequest, phoneOf, type YearActor, yearDigits } from "./story.ts";

/** Values from earlier answers that later requests of the same story need, such as `id`, `secret` and `visitId`. */
export const Known = z.record(z.string(), z.string());
export type Known = z.infer<typeof Known>;

/** The unique name of a request within its year. */
export const keyOf = ({ complaint, step }: PlannedRequest) => `${complaint}/${step}`;

/**
 * The values that earlier answers gave. `idsOf`: the ids of other complaints, by their number in the year; only of filed ones.
 * `wasAnswered`: the request succeeded before the local cloud was killed, and is sent again. If its state refuses it now, the cloud has
 * kept the request and later ones.
 */
type Before = { known: Known; idsOf: (numbers: number[]) => string[]; wasAnswered: boolean };
/** What a request adds. */
type After = { known: Known; purposes?: string[] };

/** Sends a planned request over HTTP. Throws unless it succeeds. */
export type Perform = (request: PlannedRequest, before: Before) => Promise<After>;

/** Sends one request to a route or a path. Returns the answer's JSON; undefined if an act that was answered before is refused. */
type SendRequest = (route: string, body?: object) => Promise<unknown>;

const Field = z.record(z.string(), z.unknown());
const textOf = (answer: unknown, name: string) => z.string().parse(Field.parse(answer)[name]);
const keep =
  (name: string, from = name) =>
  (answer: unknown): Known => ({ [name]: textOf(answer, from) });

/** What later requests need of an answer. */
const kept: Partial<Record<Act, (answer: unknown) => Known>> = {
  filing: (answer) => ({ id: textOf(answer, "id"), secret: textOf(answer, "secret") }),
  "secret-renewal": keep("secret"),
  visits: keep("visitId"),
  attachment: keep("attachmentId"),
  "issue-opening": keep("issueId", "id"),
  "notice-opening": keep("noticeId", "id"),
  "notice-letter": keep("employeeSecret", "secret"),
  "notice-hand-over": keep("employeeSecret", "secret"),
  "notice-first-reading": keep("employeeSecret", "secret"),
  "notice-scan": keep("attachmentId"),
  "notice-attachment": keep("attachmentId"),
};

/** A token is valid for an hour of the local cloud's clock. It is replaced after half an hour. */
const tokenUseMs = hour / 2;

type Cloud = { endpoints: Endpoints; now(): number };

/** Sends requests with the registered clients. The API recognizes a repeated request by its idempotency key. */
export function requester({ endpoints, now }: Cloud, seed: string): Perform {
  const callList = callListReader();
  const tokens = new Map<string, { token: Promise<string>; at: number }>();
  const token = (client: Client): Promise<string> => {
    const name = client.sub ?? client.clientId;
    const held = tokens.get(name);
    if (held && now() - held.at < tokenUseMs) return held.token;
    const fetched = tokenOf(endpoints.tokenEndpoint, client);
    tokens.set(name, { token: fetched, at: now() });
    return fetched;
  };
  return async (request, before) => {
    const { act } = request;
    const client = clientOf(endpoints, request.by);
    const secret = before.known[request.by === "employee" ? "employeeSecret" : "secret"] ?? "";
    const proof = client ? { authorization: `Bearer ${await token(client)}` } : { "foad-secret": secret };
    let sentBefore = 0;
    const ask: SendRequest = async (route, body) => {
      const [method = "GET", path = ""] = route.split(" ");
      const number = body ? ++sentBefore : 0;
      const key = { "content-type": "application/json", "idempotency-key": `${seed}-${keyOf(request)}-${number}` };
      const sent = { method, headers: { ...proof, ...(body && key) }, ...(body && { body: JSON.stringify(body) }) };
      const { status, text } = await send(`${endpoints.api}${path}`, sent);
      if (status === 409 && before.wasAnswered) return undefined;
      if (status >= 300) throw unexpected({ expected: `success from ${route}`, received: `${status} ${text}` });
      return parseJson(text);
    };
    if (act === "call") return callBack(request, { ask, callList });
    const { path, body } = filled(request, before);
    const answer = await ask(`${acts[act].split(" ")[0]} ${path}`, body);
    if (answer === undefined) return { known: {} };
    if (uploads.has(act)) await upload(answer);
    return { known: keptOf(act, { answer, ...before }) };
  };
}

/**
 * The values of an answer that later requests need. The answer to a repeated act may lack one: the value from the first answer then
 * stays.
 */
function keptOf(act: Act, { answer, wasAnswered }: { answer: unknown; wasAnswered: boolean }): Known {
  try {
    return kept[act]?.(answer) ?? {};
  } catch (error) {
    if (wasAnswered && error instanceof z.ZodError) return {};
    throw error;
  }
}

function filled({ act, body, path = {}, links }: PlannedRequest, { known, idsOf }: Before) {
  const [method, route = ""] = acts[act].split(" ");
  const values = { ...known, ...path };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  const said = parseJson(fill(JSON.stringify(links ? { ...body, complaintIds: idsOf(links) } : body)));
  return { path: fill(route) + (path.query ?? ""), ...(method !== "GET" && { body: said as object }) };
}

/** Acts whose answer is a form, by which a file is uploaded. */
const uploads: ReadonlySet<Act> = new Set<Act>(["attachment", "notice-scan", "notice-attachment"]);
const picture = closedCounter();
/** How the file is announced. */
export const announcedPicture = { fileName: "counter.png", contentType: "image/png", size: picture.length };
const Form = z.object({ url: z.string(), fields: z.record(z.string(), z.string()) });

async function upload(answer: unknown): Promise<void> {
  const { url, fields } = Form.parse(answer);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([picture], { type: announcedPicture.contentType }));
  const { status, text } = await send(url, { method: "POST", body: form });
  if (status >= 300) throw unexpected({ expected: `an upload to ${url}`, received: `${status} ${text}` });
}

const Listed = z.object({ callId: z.string(), phone: z.string(), hasDigits: z.boolean() });
type Listed = z.infer<typeof Listed>;
const Page = z.object({ items: z.array(Listed), nextCursor: z.string().optional() });
/** The calls of a day, by the last digits of the phone number. */
type CallList = (at: number, ask: SendRequest) => Promise<Map<string, Listed>>;

/** Reads the call list only once a day, because each reading is recorded in the log of every complaint on the list. */
function callListReader(): CallList {
  let reading: { at: number; calls: Promise<Map<string, Listed>> } | undefined;
  return (at, ask) => {
    if (reading?.at !== at) reading = { at, calls: readCallList(ask) };
    return reading.calls;
  };
}

async function readCallList(ask: SendRequest): Promise<Map<string, Listed>> {
  const calls = new Map<string, Listed>();
  for (let next: string | undefined = ""; next !== undefined; ) {
    const page: z.infer<typeof Page> = Page.parse(await ask(`${acts.call}?limit=100${next && `&cursor=${next}`}`));
    for (const call of page.items) calls.set(call.phone.slice(-10), call);
    next = page.nextCursor;
  }
  return calls;
}

type Calling = { ask: SendRequest; path: string; body: PlannedRequest["body"] };

/** What an operator does in a call, by its purpose. */
export const conversations: Record<string, (call: Calling) => Promise<void>> = {
  async opinion({ ask, path, body: { dispute, issueAnswer: _, ...opinion } }) {
    await ask(path, { outcome: "answered", opinion });
    if (dispute) await ask(`${path}/dispute`, { reason: dispute });
  },
  async notice({ ask, path }) {
    await ask(path, { outcome: "informed" });
  },
  async issue({ ask, path, body: { issueAnswer = "yes" } }) {
    await ask(`${path}/issue-answer`, { answer: issueAnswer });
  },
};

const Opened = z.object({ purpose: z.string() });

/**
 * Calls the citizen, who says the digits; a citizen who has chosen none hears only that there is news. Citizens who are not on the list
 * are not called.
 */
async function callBack(
  { at, body, complaint }: PlannedRequest,
  { ask, callList }: { ask: SendRequest; callList: CallList },
): Promise<After> {
  const call = (await callList(at, ask)).get(phoneOf(complaint).slice(-10));
  if (!call) return { known: {} };
  const path = `POST /v1/front-end/calls/${call.callId}`;
  if (!call.hasDigits) {
    await ask(path, { outcome: "informed" });
    return { known: {} };
  }
  const { purpose } = Opened.parse(await ask(`${path}/opening`, { digits: yearDigits }));
  const talk = conversations[purpose];
  if (!talk) throw unexpected({ expected: "a purpose that operators know", received: purpose });
  await talk({ ask, path, body });
  return { known: {}, purposes: [purpose] };
}

function clientOf({ clients }: Endpoints, by: YearActor): Client | undefined {
  if (by === "citizen" || by === "employee") return undefined;
  const found = Object.values(clients).find((client) => belongsTo(client, by));
  if (!found) throw unexpected({ expected: `a client for ${JSON.stringify(by)}`, received: "none" });
  return found;
}

function belongsTo(client: Client, by: Exclude<YearActor, string>): boolean {
  if ("program" in by) return client.clientId === by.program;
  return "agency" in by ? client.agencyId === by.agency : client.sub === by.person;
}
