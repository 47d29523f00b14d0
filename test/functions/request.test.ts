import { describe, expect, test } from "vitest";
import * as z from "zod";
import { recordCallback } from "#functions/calls/calls.function.ts";
import { TransferBody } from "#functions/complaints/transfer.api.ts";
import { ResumeBody } from "#functions/deliveries/webhook-requests.api.ts";
import { Problem, problemReply } from "#functions/http/problem.ts";
import { bodyText, parseOrRefuse, readIfMatch, readQuery } from "#functions/http/request.ts";
import { type Operation, route } from "#functions/http/route.ts";
import { Filing } from "#shared/complaints/filing.ts";
import { filingBody } from "../support/a-complaint.ts";
import { anApiEvent } from "../support/api-event.ts";

describe("what is wrong with a field is told as people say it", () => {
  const Rated = z.strictObject({
    rating: z.int().min(1).max(5),
    tags: z.array(z.string()).min(1),
    on: z.iso.date(),
    sure: z.boolean(),
    way: z.enum(["web", "phone"]),
  });
  const right = { rating: 5, tags: ["x"], on: "2026-11-24", sure: true, way: "web" };

  function errorsIn(schema: z.ZodType, value: unknown, language: "fa" | "en") {
    try {
      parseOrRefuse(schema, value);
    } catch (fault) {
      const { body } = problemReply(fault, { language, docs: "https://foad.example/v1/docs" });
      return Problem.parse(body).errors ?? [];
    }
    throw new Error("nothing was wrong");
  }
  const told = (...sent: Parameters<typeof errorsIn>) => errorsIn(...sent).map(({ message }) => message);

  test.each<[string, object, string, string]>([
    ["missing", { rating: undefined }, "لازم است", "is required"],
    [
      "missing, of a few",
      { way: undefined },
      "لازم است و باید یکی از این‌ها باشد: web, phone",
      "is required and must be one of: web, phone",
    ],
    ["none of a few", { way: null }, "باید یکی از این‌ها باشد: web, phone", "must be one of: web, phone"],
    ["text for a number", { rating: "5" }, "باید عدد باشد", "must be a number"],
    ["a broken number", { rating: 4.5 }, "باید عدد صحیح باشد", "must be a whole number"],
    ["too much", { rating: 6 }, "باید حداکثر ۵ باشد", "must be 5 or less"],
    ["an empty list", { tags: [] }, "باید دست‌کم ۱ مورد داشته باشد", "must have 1 or more items"],
    ["no list", { tags: {} }, "باید فهرست باشد", "must be a list"],
    ["no yes or no", { sure: "yes" }, "باید true یا false باشد", "must be true or false"],
    ["no date", { on: "yesterday" }, "باید تاریخ میلادی مانند 2026-11-24 باشد", "must be a date like 2026-11-24"],
    ["a field too many", { colour: "green" }, "این‌جا شناخته نیست", "is not known here"],
  ])("%s", (_, wrong, fa, en) => {
    expect([told(Rated, { ...right, ...wrong }, "fa"), told(Rated, { ...right, ...wrong }, "en")]).toEqual([
      [fa],
      [en],
    ]);
  });

  const Ringing = recordCallback.contract.body ?? expect.unreachable();
  test.each([
    [{}, "missing", "is required and must be one of: answered, informed, declined, no-contact, later, wrong-person"],
    [{ outcome: "busy" }, "one-of", "must be one of: answered, informed, declined, no-contact, later, wrong-person"],
    [{ outcome: null }, "one-of", "must be one of: answered, informed, declined, no-contact, later, wrong-person"],
    [
      { outcome: "toString" },
      "one-of",
      "must be one of: answered, informed, declined, no-contact, later, wrong-person",
    ],
  ])("what decides the other fields is told as any choice: %j", (sent, code, message) => {
    const params = { values: ["answered", "informed", "declined", "no-contact", "later", "wrong-person"] };
    expect(errorsIn(Ringing, sent, "en")).toEqual([{ path: "outcome", code, params, message }]);
  });

  test("and once it is chosen, the others are told of", () => {
    expect(errorsIn(Ringing, { outcome: "answered" }, "en")).toMatchObject([{ path: "opinion", code: "missing" }]);
    expect(errorsIn(Ringing, { outcome: "declined", opinion: {} }, "en")).toMatchObject([
      { path: "opinion", code: "unknown-field" },
    ]);
  });

  test("many more of them than anybody can mend at once are cut off", () => {
    const many = Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`f${n}`, n]));
    expect(told(Rated, { ...right, ...many }, "en")).toHaveLength(100);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["a short text", { description: "کوتاه" }, "باید دست‌کم ۱۰ نویسه داشته باشد"],
    [
      "a channel nobody has",
      { channel: "fax" },
      "باید یکی از این‌ها باشد: phone, web, mobile, kiosk, in-person, messenger",
    ],
    ["a Jalali date", { occurredAt: "1405-09-03T06:10:00Z" }, "باید تاریخ میلادی باشد، مانند 2026-11-24"],
    [
      "an offset",
      { occurredAt: "2026-11-24T09:40:00+03:30" },
      "باید زمانی میلادی به وقت UTC مانند 2026-11-24T06:10:00Z باشد",
    ],
    ["an employee who is nobody", { employee: {} }, "باید دست‌کم نام، شمارهٔ پرسنلی یا باجه داشته باشد"],
  ])("of a filing with %s", (_, fields, fa) => {
    expect(told(Filing, filingBody(fields), "fa")).toEqual([fa]);
  });

  const ofCatalog = {
    fa: "باید شناسه‌ای از حروف کوچک لاتین، رقم و خط تیره باشد، چنان‌که در GET /v1/catalog آمده است",
    en: "must be an id of lower-case Latin letters, digits and hyphens, as it stands in `GET /v1/catalog`",
  };
  const ofEvent = {
    fa: "باید شناسهٔ یک رویداد باشد، مانند QZ-7K3M-9XPT-Q/3 یا، برای درگاه‌ها، QZ-7K3M-9XPT-Q/T5W9GC1R",
    en: "must be an event's id like QZ-7K3M-9XPT-Q/3 or, for front ends, QZ-7K3M-9XPT-Q/T5W9GC1R",
  };
  test.each<[string, z.ZodType, unknown, typeof ofCatalog]>([
    ["the category in capitals", Filing, filingBody({ category: "Delay" }), ofCatalog],
    ["the agency's name", Filing, filingBody({ agencyId: "سازمان تأمین اجتماعی" }), ofCatalog],
    ["no office", Filing, filingBody({ officeId: "" }), { fa: "نباید خالی باشد", en: "must not be empty" }],
    ["the receiver's name", TransferBody, { toAgencyId: "Post Office", reason: "به اینجا مربوط نیست" }, ofCatalog],
    ["no event of a webhook", ResumeBody, { after: "nope" }, ofEvent],
  ])("an id that cannot be one, by what can: %s", (_, schema, sent, text) => {
    expect([told(schema, sent, "fa"), told(schema, sent, "en")]).toEqual([[text.fa], [text.en]]);
  });

  test("which changes neither its rule nor what the rule names", () => {
    expect(errorsIn(ResumeBody, { after: "nope" }, "en")).toEqual([
      { path: "after", code: "pattern", message: ofEvent.en },
    ]);
  });
});

describe("a query", () => {
  const Query = z.strictObject({ after: z.string().max(3).optional(), status: z.string().optional() });
  /** As the gateway hands it over: what stands twice is joined by a comma. */
  function sent(raw: string) {
    const query: Record<string, string> = {};
    for (const [name, value] of new URLSearchParams(raw))
      query[name] = name in query ? `${query[name]},${value}` : value;
    return { ...anApiEvent({ routeKey: "GET /", query }), rawQueryString: raw };
  }

  test.each([
    ["after=12&after=34", "after"],
    ["after=12&status=filed&after=12", "after"],
    ["after=12&%61fter=34", "after"],
    ["status=&status=", "status"],
    ["sort=a&sort=b", "sort"],
    ["a.b=1&a.b=2", '["a.b"]'],
  ])("in which a parameter stands twice is refused as that: %s", (raw, path) => {
    expect(() => readQuery(Query, sent(raw))).toThrow(
      expect.objectContaining({ code: "invalid", errors: [{ path, rule: "duplicate" }] }),
    );
  });

  test("may hold commas in a value", () => {
    expect(readQuery(Query, sent("status=filed,closed&after=1%2C2"))).toEqual({ status: "filed,closed", after: "1,2" });
  });
});

describe("a route", () => {
  const contract = {
    caller: "public",
    summary: { en: "For tests", fa: "آزمایش" },
    answer: { status: 200, schema: z.unknown() },
    run: async ({ query }: { query: unknown }) => ({ status: 200, body: { query } }),
  } as const;
  async function asked(operation: Operation, raw: string) {
    const query = Object.fromEntries(new URLSearchParams(raw));
    const event = { ...anApiEvent({ routeKey: "GET /", query }), rawQueryString: raw };
    const { statusCode, body = "" } = await operation.respond(event, () => undefined);
    return statusCode === 200
      ? JSON.parse(body)
      : Problem.parse(JSON.parse(body)).errors?.map(({ path, code }) => [path, code]);
  }

  test.each([
    ["dryRun=true", ["dryRun", "unknown-field"]],
    ["dryRun", ["dryRun", "unknown-field"]],
    ["a=1&a=2", ["a", "duplicate"]],
  ])("that says nothing of a query knows no parameter: %s", async (raw, refused) => {
    expect(await asked(route(contract), raw)).toEqual([refused]);
    expect(await asked(route(contract), "")).toEqual({ query: {} });
  });

  test("refuses one that it knows, where it stands twice", async () => {
    const of = route({ ...contract, query: z.strictObject({ limit: z.string() }) });
    expect(await asked(of, "limit=1&limit=2")).toEqual([["limit", "duplicate"]]);
    expect(await asked(of, "limit=1")).toEqual({ query: { limit: "1" } });
  });

  test("whose address people share passes all of them over", async () => {
    const of = route({ ...contract, takesAnyQuery: true });
    expect(await asked(of, "utm_source=eitaa&utm_source=soroush")).toEqual({ query: {} });
  });
});

describe("a body that is not there", () => {
  const bare = { ...anApiEvent({ routeKey: "POST /v1/complaints/{id}/withdrawal", id: "QZ-7K3M-9XPT-Q" }) };

  test("is an empty one, where no type is claimed for it", () => {
    expect(bodyText({ ...bare, headers: {}, body: undefined }, "json")).toBe("{}");
  });

  test.each(["application/json", "text/plain;charset=UTF-8", "application/octet-stream"])(
    "may be absent though the gateway says that it is %s",
    (type) => {
      expect(bodyText({ ...bare, headers: { "content-type": type }, body: undefined }, "json")).toBe("{}");
    },
  );

  test("is no JSON, where nobody says that it is", () => {
    expect(() => bodyText({ ...bare, headers: {}, body: "{}" }, "json")).toThrow(
      expect.objectContaining({ code: "unsupported-media-type" }),
    );
  });
});

test.each([
  ["json", "text/plain", "application/json"],
  ["json", "application/x-www-form-urlencoded", "application/json"],
  ["form", "application/json", "application/x-www-form-urlencoded, multipart/form-data"],
  ["form", "", "application/x-www-form-urlencoded, multipart/form-data"],
] as const)("a body taken as %s and sent as '%s' is refused with the types that are taken", (form, type, types) => {
  const headers = { "content-type": type };
  const details = (["fa", "en"] as const).map((language) => {
    try {
      return bodyText(anApiEvent({ routeKey: "POST /", headers, body: {} }), form);
    } catch (fault) {
      return Problem.parse(problemReply(fault, { language, docs: "https://foad.example/v1/docs" }).body).detail;
    }
  });
  expect(details).toEqual([`Content-Type باید یکی از این‌ها باشد: ${types}`, `Content-Type must be one of: ${types}`]);
});

describe("a body is UTF-8", () => {
  const said = JSON.stringify({ description: "سلام" });
  const inWindows1256 = Buffer.from('{"description":"\xd3\xe1\xc7\xe3"}', "latin1");
  const sent = (type: string, body: string, isBase64Encoded = false) => ({
    ...anApiEvent({ routeKey: "POST /v1/complaints", headers: { "content-type": type } }),
    body,
    isBase64Encoded,
  });
  const utf8 = ["utf-8", "UTF-8", '"utf-8"', "utf8", "us-ascii", ""].map((charset) => `; charset=${charset}`);

  test.each(["", ...utf8, ";charset=UTF-8", "; profile=a; charset=utf-8"])("and may say so: '%s'", (parameters) => {
    const type = `application/json${parameters}`;
    expect(bodyText(sent(type, said), "json")).toBe(said);
    expect(bodyText(sent(type, Buffer.from(said).toString("base64"), true), "json")).toBe(said);
  });

  test.each(["windows-1256", '"windows-1256"', "ISO-8859-1", "utf-16", "utf-80"])(
    "or refused by its charset %s",
    (charset) => {
      const event = sent(`application/json; Charset=${charset}`, said);
      const details = (["fa", "en"] as const).map((language) => {
        try {
          return bodyText(event, "json");
        } catch (fault) {
          const { status, body } = problemReply(fault, { language, docs: "https://foad.example/v1/docs" });
          return { status, detail: Problem.parse(body).detail };
        }
      });
      expect(details).toEqual(Array(2).fill({ status: 415, detail: expect.stringContaining("UTF-8") }));
    },
  );

  test.each([
    ["in base64", "json", sent("application/json", inWindows1256.toString("base64"), true)],
    ["as the gateway reads it", "json", sent("application/json", inWindows1256.toString("utf8"))],
    ["in a form", "form", sent("application/x-www-form-urlencoded", inWindows1256.toString("base64"), true)],
  ] as const)("or refused by its bytes, %s", (_, form, event) => {
    const refusal = { code: "invalid", errors: [{ path: "", rule: "not-utf-8" }] };
    expect(() => bodyText(event, form)).toThrow(expect.objectContaining(refusal));
  });

  test.each(["gzip", "br", "GZIP", "identity, gzip"])("and is sent uncompressed: %s is refused as that", (coding) => {
    const event = sent("application/json", "\u001f\ufffd\b\u0000", false);
    const headers = { ...event.headers, "content-encoding": coding };
    const details = (["fa", "en"] as const).map((language) => {
      try {
        return bodyText({ ...event, headers }, "json");
      } catch (fault) {
        const { status, body } = problemReply(fault, { language, docs: "https://foad.example/v1/docs" });
        return { status, detail: Problem.parse(body).detail };
      }
    });
    expect(details).toEqual(Array(2).fill({ status: 415, detail: expect.stringContaining("Content-Encoding") }));
  });

  test.each(["identity", "Identity", ""])("and may say that it is: '%s'", (coding) => {
    const event = sent("application/json", said);
    expect(bodyText({ ...event, headers: { ...event.headers, "content-encoding": coding } }, "json")).toBe(said);
  });

  test("or holds a character or two that were lost before they were pasted", () => {
    const pasted = JSON.stringify({ description: "سه بار آمدم \ufffd و نبودند \ufffd\ufffd" });
    expect(bodyText(sent("application/json", pasted), "json")).toBe(pasted);
  });

  test("a mail program may name any charset with the one word of its form", () => {
    const word = "List-Unsubscribe=One-Click";
    expect(bodyText(sent("application/x-www-form-urlencoded; charset=ISO-8859-1", word), "form")).toBe(word);
  });
});

test.each([
  ['"3"', ["3"]],
  ["3", ["3"]],
  ["0", ["0"]],
  ["*", undefined],
  [undefined, undefined],
  ['"03"', ["03"]],
  ['"abc"', ["abc"]],
  ['"1", "3"', ["1", "3"]],
  ['"1","1"', ["1", "1"]],
  ['"1,2"', ["1,2"]],
])("If-Match %s takes the tags %s", (written, tags) => {
  expect(readIfMatch(anApiEvent({ routeKey: "POST /", headers: written ? { "if-match": written } : {} }))).toEqual(
    tags,
  );
});

test.each([
  "v3",
  "'3'",
  '"3',
  "“3”",
  "",
  "-3",
  "1.0",
  "1234567890",
  "01234567890",
  '"3" "4"',
  "1, 3",
  '*, "3"',
  'W/"3"',
  'W/"1", "3"',
])("If-Match %j is no tag", (written) => {
  expect(() => readIfMatch(anApiEvent({ routeKey: "POST /", headers: { "if-match": written } }))).toThrow(
    expect.objectContaining({ code: "invalid", errors: [{ path: "If-Match", rule: "entity-tag" }] }),
  );
});
