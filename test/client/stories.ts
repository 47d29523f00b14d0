// Written as an outsider would, against generated types alone: `paths.d.ts` is made by test/scenarios/long/generated-client.test.ts.
import createClient from "openapi-fetch";
import type { components, paths } from "./paths.d.ts";

type Schemas = components["schemas"];
type Entry = Schemas["HistoryEntry"];

type Played = {
  baseUrl: string;
  /** A token of the registered client of this name. */
  tokenOf: (name: string) => Promise<string>;
  advance: (days: number) => Promise<unknown>;
  fetch?: (request: Request) => Promise<Response>;
};

const cause = "no-substitute";
const officer: Schemas["OfficerInput"] = { name: "Maryam Rostami", personnelId: "4412" };
const complaint: Schemas["PostComplaintsRequest"] = {
  agencyId: "social-security",
  countyId: "qazvin",
  category: "nobody-at-the-desk",
  description: "The clerk was away, and nobody else knew how to do it.",
  channel: "phone",
};

/** What the client makes of an entry; of a type that it does not know it makes nothing. */
function told(entry: Entry): string | undefined {
  switch (entry.type) {
    case "answered":
    case "decided":
      return `${entry.type}: ${entry.finding}`;
    case "visit-reported":
      return `${entry.type}: ${entry.visitResult}`;
    case "escalated":
      return `${entry.type}: ${entry.level}`;
    case "filed":
    case "acknowledged":
    case "accepted":
    case "disputed":
      return entry.type;
    default:
      return undefined;
  }
}

/** Plays four complaints: one that is answered, one that climbs, one that is disputed, one whose citizen gives an opinion. */
export async function playStories({ baseUrl, tokenOf, advance, fetch }: Played) {
  const api = createClient<paths>({ baseUrl, ...(fetch && { fetch }) });
  const as = async (name: string) => ({ authorization: `Bearer ${await tokenOf(name)}` });
  const agency = await as("agency-social-security");
  const inspector = await as("inspector-1");

  async function file() {
    const header = { "Idempotency-Key": crypto.randomUUID() };
    const headers = await as("call-centre-128");
    const filed = await api.POST("/v1/complaints", { params: { header }, headers, body: complaint });
    const { id, secret } = expected(filed);
    return { params: { path: { id } }, headers: { "foad-secret": secret } };
  }

  async function answer(params: { path: { id: string } }, finding: Schemas["Finding"]) {
    const body = { officer, finding, cause, text: "From today on somebody stands in.", actions: [] };
    expected(await api.POST("/v1/agency/complaints/{id}/answer", { params, headers: agency, body }));
  }

  async function historyOf(citizen: Awaited<ReturnType<typeof file>>) {
    const { status, history } = expected(await api.GET("/v1/complaints/{id}", citizen));
    return [status, ...history.flatMap((entry) => told(entry) ?? [])];
  }

  const accepted = await file();
  expected(
    await api.POST("/v1/agency/complaints/{id}/acknowledgement", { ...accepted, headers: agency, body: { officer } }),
  );
  await answer(accepted.params, "founded");
  expected(await api.POST("/v1/complaints/{id}/acceptance", { ...accepted, body: {} }));

  const disputed = await file();
  await answer(disputed.params, "unfounded");
  expected(await api.POST("/v1/complaints/{id}/dispute", { ...disputed, body: { reason: "It was as I said." } }));
  const decision: Schemas["PostInspectorComplaintDecisionRequest"] = {
    finding: "founded",
    cause,
    text: "It was.",
    actions: [],
    upholdsAnswer: false,
  };
  const { params } = disputed;
  expected(await api.POST("/v1/inspector/complaints/{id}/decision", { params, headers: inspector, body: decision }));

  const liked = await file();
  await answer(liked.params, "founded");
  expected(await api.POST("/v1/complaints/{id}/opinion", { ...liked, body: { solved: "partly", handling: 4 } }));

  const late = await file();
  // It is late once offices were open for an hour: the next day, or after the holidays.
  do await advance(1);
  while (!(await historyOf(late)).includes("escalated: 1"));
  const events = expected(await api.GET("/v1/agency/events", { headers: await as("agency-social-security") }));
  const refused = await api.POST("/v1/complaints/{id}/acceptance", { ...accepted, body: {} });

  return {
    accepted: await historyOf(accepted),
    disputed: await historyOf(disputed),
    liked: await historyOf(liked),
    late: (await historyOf(late)).slice(0, 3),
    events: events.items.filter(({ type }) => type === "ir.foad.complaint.filed.v1").length,
    refused: problemCode(refused.error),
  };
}

function problemCode(
  error: Schemas["Problem"] | Schemas["GatewayError"] | undefined,
): Schemas["ProblemCode"] | undefined {
  return error && "code" in error ? error.code : undefined;
}

function expected<D>({ data, error, response }: { data?: D; error?: unknown; response: Response }): D {
  if (data === undefined) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(error)}`);
  return data;
}
