import { beforeAll, describe, expect, test } from "vitest";
import { routes } from "../../infra/routes.ts";
import { acceptable } from "../support/acceptable-requests.ts";
import { bytes } from "../support/alike.ts";
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

/** What stands in a path and is no complaint of this province. */
const strange = {
  "with a wrong check symbol": "QZ-7K3M-9XPT-R",
  "of another province": "AZ-7K3M-9XPT-Q",
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
  return cloud.call({ ...acceptable(routeKey, { id }), ...who, headers: { ...spoken, ...headers } });
}

describe.each([...routesOf("citizen"), ...routesOf("export-complaint")])("%s answers the same bytes", (routeKey) => {
  test.each(languages)("to a wrong secret as to an unknown id (%s)", async (language) => {
    const expected = await ask({ routeKey, id: unknown, secret: ours.secret, language });
    expect(expected).toMatchObject({ status: 404, body: { code: "not-found" } });
    const answers = [
      ask({ routeKey, id: ours.id, secret: "0000-0000", language }),
      ask({ routeKey, id: ours.id, secret: theirs.secret, language }),
      ask({ routeKey, id: ours.id, secret: "x", language }),
      ask({ routeKey, id: ours.id, language }),
      ask({
        routeKey,
        id: ours.id,
        secret: theirs.secret,
        language,
        headers: { "if-match": '"9"', "idempotency-key": "some-key-or-other" },
      }),
      ...Object.values(strange).map((id) => ask({ routeKey, id, secret: ours.secret, language })),
    ];
    for (const answer of await Promise.all(answers)) expect(bytes(answer)).toBe(bytes(expected));
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
      ...Object.values(strange).map((id) => ask({ routeKey, id, as, language })),
    ];
    for (const answer of await Promise.all(answers)) expect(bytes(answer)).toBe(bytes(expected));
  });
});

test("an agency's list holds nothing of another agency's", async () => {
  const { text } = await cloud.call({ as: "agency-social-security", path: "/v1/agency/complaints" });
  expect(text).toContain(ours.id);
  expect(text).not.toContain(theirs.id);
});
