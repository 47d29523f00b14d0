import { beforeAll, describe, expect, test } from "vitest";
import { routes } from "#infra/constructs/routes.ts";
import { phoneIdOf } from "#shared/identifier.ts";
import { idPrefixes } from "#shared/province/slices.static.ts";
import { acceptableRequest } from "../support/acceptable-requests.ts";
import { comparableAnswer } from "../support/alike.ts";
import type { Answered, Receipt } from "../support/api-caller.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
let ours: Receipt;
let theirs: Receipt;
beforeAll(async () => {
  ours = await cloud.file();
  theirs = await cloud.file({ agencyId: "gas" });
});

/** Persian is what a silent caller gets. */
const languages = ["fa", "en"];
const unknown = "QZ-7K3M-9XPT-Q";

/** An id in good form, of a complaint that another province may have. */
const anotherProvinces = "AZ-7K3M-9XPT-Q";

/** What stands in a path and cannot be an id. */
const impossible = {
  "with a wrong check symbol": "QZ-7K3M-9XPT-R",
  "cut short": "QZ-7K3M",
  "that is a word": "__proto__",
  "that is a NUL": "%00",
  "that is no UTF-8": "%ff%fe",
  "of 3,000 characters": "Q".repeat(3_000),
};

const withComplaint = Object.entries(routes).filter(([routeKey]) => routeKey.includes("{id}"));
const routesOf = (name: string) => withComplaint.filter(([, fn]) => fn === name).map(([routeKey]) => routeKey);

type Asking = {
  routeKey: string;
  id: string;
  language: string;
  headers?: Record<string, string>;
  as?: string;
  secret?: string;
};

function ask({ routeKey, id, language, headers, ...who }: Asking): Promise<Answered> {
  const spoken = language !== "fa" && { "accept-language": language };
  return cloud.call({ ...acceptableRequest(routeKey, { id }), ...who, headers: { ...spoken, ...headers } });
}

describe.each([...routesOf("citizen"), ...routesOf("export-complaint")])("%s answers the same bytes", (routeKey) => {
  test.each(languages)("to a wrong secret as to an unknown id (%s)", async (language) => {
    const expected = await ask({ routeKey, id: unknown, secret: ours.secret, language });
    expect(expected).toMatchObject({ status: 404, body: { code: "not-found" } });
    const answers = [
      ask({ routeKey, id: ours.id, secret: "0000-0000", language }),
      ask({ routeKey, id: ours.id, secret: theirs.secret, language }),
      ask({ routeKey, id: ours.id, secret: "x", language }),
      ask({ routeKey, id: ours.phoneId, secret: theirs.phoneSecret, language }),
      ask({ routeKey, id: ours.id, secret: ours.phoneSecret.slice(1), language }),
      ask({ routeKey, id: phoneIdOf(unknown, idPrefixes), secret: ours.phoneSecret, language }),
      ask({ routeKey, id: anotherProvinces, secret: ours.secret, language }),
      ask({
        routeKey,
        id: ours.id,
        secret: theirs.secret,
        language,
        headers: { "if-match": '"9"', "idempotency-key": "some-key-or-other" },
      }),
    ];
    for (const answer of await Promise.all(answers)) expect(comparableAnswer(answer)).toBe(comparableAnswer(expected));
  });

  test.each(languages)("without a secret, whether there is such a complaint or not (%s)", async (language) => {
    const expected = await ask({ routeKey, id: unknown, language });
    const errors = [{ path: "Foad-Secret", code: "missing" }];
    expect(expected).toMatchObject({ status: 400, body: { code: "invalid", errors } });
    expect(expected.body).toMatchObject({
      detail:
        language === "fa"
          ? "رمز شکایت لازم است؛ آن را از رسید ثبت شکایت بردارید، مانند 4T7N-QW2D."
          : "The complaint's secret is required: the receipt of the filing has it, like 4T7N-QW2D.",
    });
    expect(comparableAnswer(await ask({ routeKey, id: ours.id, language }))).toBe(comparableAnswer(expected));
    expect(comparableAnswer(await ask({ routeKey, id: theirs.id, language }))).toBe(comparableAnswer(expected));
  });
});

describe.each(routesOf("agency"))("%s answers the same bytes", (routeKey) => {
  const as = "agency-social-security";
  test.each(languages)("to another agency's complaint as to an unknown id (%s)", async (language) => {
    const expected = await ask({ routeKey, id: unknown, as, language });
    expect(expected).toMatchObject({ status: 404, body: { code: "not-found" } });
    const answers = [
      ask({ routeKey, id: theirs.id, as, language }),
      ask({ routeKey, id: theirs.id.toLowerCase(), as, language }),
      ask({
        routeKey,
        id: theirs.id,
        as,
        language,
        headers: { "if-match": '"9"', "idempotency-key": "some-key-or-other" },
      }),
      ask({ routeKey, id: anotherProvinces, as, language }),
    ];
    for (const answer of await Promise.all(answers)) expect(comparableAnswer(answer)).toBe(comparableAnswer(expected));
  });
});

/** Who calls the routes of each function that have a complaint's id in their path. */
const callersOf: Record<string, { as?: string; secret?: string }> = {
  citizen: { secret: "0000-0000" },
  "export-complaint": { secret: "0000-0000" },
  consent: { secret: "0000-0000" },
  agency: { as: "agency-social-security" },
  inspector: { as: "inspector-1" },
  "read-identity": { as: "inspector-1" },
  "renew-secret": { as: "inspector-1" },
  notices: { as: "inspector-1" },
  overseer: { as: "governor-qazvin" },
  "hold-complaint": { as: "admin" },
  calls: { as: "call-centre-128" },
  "read-case": { as: "call-centre-128", secret: "0000-0000" },
};

test.each(withComplaint)("%s says of what cannot be an id that it is none, and how one looks", async (routeKey, fn) => {
  const who = callersOf[fn] ?? expect.unreachable(`nobody calls ${fn}`);
  const errors = [{ path: "id", code: "complaint-id" }];
  for (const [what, id] of Object.entries(impossible)) {
    const answer = await ask({ routeKey, id, language: "en", ...who });
    expect(answer, what).toMatchObject({ status: 400, body: { code: "invalid", errors } });
    expect(answer.body).toMatchObject({
      detail:
        "The complaint's id is not valid: write it like QZ-7K3M-9XPT-Q or in the 16 digits of the phone id, as the receipt of the filing has it.",
    });
  }
});

test("an agency's list holds nothing of another agency's", async () => {
  const { text } = await cloud.call({ as: "agency-social-security", path: "/v1/agency/complaints" });
  expect(text).toContain(ours.id);
  expect(text).not.toContain(theirs.id);
});
