import { gzipSync } from "node:zlib";
import { filingBody } from "./a-complaint.ts";
import type { Call } from "./api-caller.ts";

/** A request that is refused: what is wrong with it, the request, the status, the problem's code and the field it names. */
export type Refused = [what: string, call: Call, status: number, code: string, path?: string];

function filing(call: Partial<Call>): Call {
  const headers = { "idempotency-key": crypto.randomUUID(), ...call.headers };
  return { as: "call-centre-128", method: "POST", path: "/v1/complaints", ...call, headers };
}

const filed = (fields: Record<string, unknown>) => filing({ body: filingBody(fields) });
const sent = (raw: Call["raw"]) => filing({ raw });
const typed = (contentType: string) =>
  filing({ body: filingBody(), headers: { "idempotency-key": crypto.randomUUID(), "content-type": contentType } });
const without = (field: string) => filed({ [field]: undefined });
const withProto = JSON.stringify(filingBody({ proto: { agencyId: "gas" } })).replace("proto", "__proto__");

/** A filing as a program writes it that knows no UTF-8: the description is «سلام سلام سلام». */
const inWindows1256 = Uint8Array.from(
  Buffer.from(JSON.stringify(filingBody({ description: "\xd3\xe1\xc7\xe3 ".repeat(3) })), "latin1"),
);

/** What is no filing at all. */
const unreadable: Refused[] = [
  ["JSON that breaks off", sent('{"agencyId": "social-'), 400, "invalid", ""],
  ["an empty body", sent(""), 400, "invalid", "agencyId"],
  ["JSON null", sent("null"), 400, "invalid", ""],
  ["a list", sent("[]"), 400, "invalid", ""],
  ["thirty thousand brackets", sent("[".repeat(30_000) + "]".repeat(30_000)), 400, "invalid", ""],
  ["a body of 300 KB", filed({ description: "ش".repeat(150_000) }), 413, "too-large"],
  ["300 KB that are no JSON", sent("x".repeat(300_000)), 413, "too-large"],
  ["plain text", typed("text/plain"), 415, "unsupported-media-type"],
  ["a form", typed("application/x-www-form-urlencoded"), 415, "unsupported-media-type"],
  ["a charset that is not UTF-8", typed("application/json; charset=windows-1256"), 415, "unsupported-media-type"],
  ["Persian in windows-1256", sent(inWindows1256), 400, "invalid", ""],
  [
    "a body that is compressed",
    filing({ raw: Uint8Array.from(gzipSync(JSON.stringify(filingBody()))), headers: { "content-encoding": "gzip" } }),
    415,
    "unsupported-media-type",
  ],
  [
    "characters that stand for what could not be read",
    filed({ description: "سه بار \ufffd\ufffd\ufffd" }),
    400,
    "invalid",
    "",
  ],
  ["another JSON format", typed("application/merge-patch+json"), 415, "unsupported-media-type"],
];

/** Fields that are missing, strange or malformed. */
const invalid: Refused[] = [
  ...["agencyId", "countyId", "category", "description", "channel"].map(
    (field): Refused => [`no ${field}`, without(field), 400, "invalid", field],
  ),
  ["an unknown field", filed({ priority: "high" }), 400, "invalid", "priority"],
  ["an unknown field of the citizen", filed({ citizen: { nickname: "ز" } }), 400, "invalid", "citizen.nickname"],
  [
    "a name that stands twice",
    sent(JSON.stringify(filingBody()).replace("{", '{"agencyId":"gas",')),
    400,
    "invalid",
    "agencyId",
  ],
  [
    "a name that stands twice further down",
    sent(JSON.stringify(filingBody({ citizen: { name: "زهرا" } })).replace('"name"', '"name":"مریم","name"')),
    400,
    "invalid",
    "citizen.name",
  ],
  [
    "a parameter that it does not know",
    filing({ body: filingBody(), path: "/v1/complaints?dryRun=true" }),
    400,
    "invalid",
    "dryRun",
  ],
  ["a __proto__ field", sent(withProto), 400, "invalid", "__proto__"],
  ["a constructor field", filed({ constructor: { name: "x" } }), 400, "invalid", "constructor"],
  ["4,001 characters", filed({ description: "ش".repeat(4_001) }), 400, "invalid", "description"],
  ["9 characters between spaces", filed({ description: "   123456789   " }), 400, "invalid", "description"],
  ["nothing but spaces", filed({ description: " ".repeat(40) }), 400, "invalid", "description"],
  ["a lone surrogate", sent(JSON.stringify(filingBody()).replace("از ساعت", "\\ud83d")), 400, "invalid", "description"],
  ["a lone surrogate in a name", filed({ employee: { name: "ا\udc00" } }), 400, "invalid", "employee.name"],
  ["what has not happened yet", filed({ occurredAt: "2099-11-24T06:10:00Z" }), 400, "invalid", "occurredAt"],
  ["text that is a number", filed({ description: 1234567890 }), 400, "invalid", "description"],
  ["a channel nobody has", filed({ channel: "telepathy" }), 400, "invalid", "channel"],
  ["an agency id in capitals", filed({ agencyId: "Social-Security" }), 400, "invalid", "agencyId"],
  ["a time without a zone", filed({ occurredAt: "2026-11-24T06:10:00" }), 400, "invalid", "occurredAt"],
  ["a date of the Jalali calendar", filed({ occurredAt: "1405-09-03T06:10:00Z" }), 400, "invalid", "occurredAt"],
  ["an employee who is nobody", filed({ employee: {} }), 400, "invalid", "employee"],
  ["the 30th of February", filed({ occurredAt: "2026-02-30T06:10:00Z" }), 400, "invalid", "occurredAt"],
  [
    "a national id with a wrong check digit",
    filed({ citizen: { nationalId: "0084575949" } }),
    400,
    "invalid",
    "citizen.nationalId",
  ],
  [
    "a national id of nine digits",
    filed({ citizen: { nationalId: "008457594" } }),
    400,
    "invalid",
    "citizen.nationalId",
  ],
  [
    "calls without a phone",
    filed({ citizen: { name: "زهرا", mayBeCalled: true } }),
    400,
    "invalid",
    "citizen.mayBeCalled",
  ],
  ["a phone that is none", filed({ citizen: { phone: "0912 12" } }), 400, "invalid", "citizen.phone"],
  ["an e-mail that is none", filed({ citizen: { email: "zahra" } }), 400, "invalid", "citizen.email"],
  [
    "sharing that is no yes or no",
    filed({ citizen: { shareWithAgency: "yes" } }),
    400,
    "invalid",
    "citizen.shareWithAgency",
  ],
];

/** Filings in good form that the province's rules refuse. */
const unfilable: Refused[] = [
  ["a channel that is another front end's", filed({ channel: "web" }), 403, "channel-not-allowed"],
  ["an unknown agency", filed({ agencyId: "ministry-of-magic" }), 422, "unknown-agency"],
  ["an agency named as objects' own things", filed({ agencyId: "constructor" }), 422, "unknown-agency"],
  ["an unknown county", filed({ countyId: "rasht" }), 422, "unknown-county"],
  ["a county where the agency is not", filed({ agencyId: "meteorology", countyId: "takestan" }), 422, "unknown-county"],
  ["an unknown office", filed({ officeId: "social-security-qazvin-99" }), 422, "unknown-office"],
  ["an office in another county", filed({ officeId: "social-security-takestan-1" }), 422, "unknown-office"],
  ["another agency's office", filed({ officeId: "gas-qazvin-1" }), 422, "unknown-office"],
  ["an unknown category", filed({ category: "bad-weather" }), 422, "unknown-category"],
  [
    "a complaint against the front end's own operator",
    filing({ as: "bank-melli-app", body: filingBody({ agencyId: "bank-melli", channel: "mobile" }) }),
    403,
    "not-allowed",
  ],
  [
    "a retaliation report by a front end that an agency runs",
    filing({
      as: "bank-melli-app",
      body: filingBody({ channel: "mobile", retaliationFor: { id: "QZ-7K3M-9XPT-Q", secret: "4T7N-QW2D" } }),
    }),
    403,
    "not-allowed",
  ],
];

const keyed = (key: string) => filing({ body: filingBody(), headers: { "idempotency-key": key } });

const badKeys: Refused[] = [
  ["an empty key", keyed(""), 400, "idempotency-key-missing"],
  ["a key of 7 characters", keyed("1234567"), 400, "invalid", "Idempotency-Key"],
  ["a key of 129 characters", keyed("k".repeat(129)), 400, "invalid", "Idempotency-Key"],
  ["a key that was never made", keyed("undefined"), 400, "invalid", "Idempotency-Key"],
  ["a key with a space", keyed("key with spaces"), 400, "invalid", "Idempotency-Key"],
];

export const refusedFilings: Refused[] = [...unreadable, ...invalid, ...unfilable, ...badKeys];

const list = (query: string): Call => ({ as: "agency-social-security", path: `/v1/agency/complaints?${query}` });

export const refusedLists: Refused[] = [
  ["limit 0", list("limit=0"), 400, "invalid", "limit"],
  ["limit 101", list("limit=101"), 400, "invalid", "limit"],
  ["a limit that is no number", list("limit=many"), 400, "invalid", "limit"],
  ["two limits", list("limit=5&limit=6"), 400, "invalid", "limit"],
  ["an unknown status", list("status=lost"), 400, "invalid", "status"],
  ["an unknown query parameter", list("sort=newest"), 400, "invalid", "sort"],
  ["a cursor that is none", list("cursor=abc"), 400, "cursor-invalid"],
  ["a cursor that is no text", list("cursor=%00%ff"), 400, "cursor-invalid"],
  ["a cursor longer than any", list(`cursor=${"A".repeat(2_001)}`), 400, "invalid", "cursor"],
];

const answered = { officer: { name: "رستمی" }, finding: "founded", cause: "none", text: "متن" };

/** Bodies of moves that are refused, by route. */
export const refusedMoves: [route: string, what: string, body: unknown, path: string][] = [
  ["acknowledgement", "no officer", {}, "officer"],
  ["acknowledgement", "an officer without a name", { officer: { personnelId: "1" } }, "officer.name"],
  ["acknowledgement", "an unknown field", { officer: { name: "رستمی" }, note: "x" }, "note"],
  ["answer", "a finding nobody knows", { ...answered, finding: "maybe" }, "finding"],
  ["answer", "no cause", { ...answered, cause: undefined }, "cause"],
  ["answer", "a cause that the province does not have", { ...answered, cause: "bad-weather" }, "cause"],
  ["answer", "a cause named as objects' own things", { ...answered, cause: "constructor" }, "cause"],
  ["answer", "a cause in capitals", { ...answered, cause: "Conduct" }, "cause"],
  ["answer", "whether it is upheld, which inspectors say", { ...answered, upholdsAnswer: true }, "upholdsAnswer"],
  ["answer", "4,001 characters", { ...answered, text: "ش".repeat(4_001) }, "text"],
  [
    "answer",
    "a promise for no day",
    { ...answered, actions: [{ text: "کار", dueOn: "2026-02-30" }] },
    "actions[0].dueOn",
  ],
  ["acceptance", "a rating, which is asked apart", { rating: 5 }, "rating"],
  ["opinion", "nothing", {}, "solved"],
  ["opinion", "a word nobody knows", { solved: "maybe", handling: 3 }, "solved"],
  ["opinion", "a handling of 6", { solved: "yes", handling: 6 }, "handling"],
  ["opinion", "a handling of 4.5", { solved: "yes", handling: 4.5 }, "handling"],
  ["opinion", "a handling that is a text", { solved: "yes", handling: "5" }, "handling"],
  ["opinion", "1,001 characters", { solved: "yes", handling: 3, comment: "ش".repeat(1_001) }, "comment"],
  ["consent", "nothing", {}, ""],
  ["consent", "calls that are no yes or no", { mayBeCalled: "yes" }, "mayBeCalled"],
  ["withdrawal", "1,001 characters", { reason: "ش".repeat(1_001) }, "reason"],
  ["withdrawal", "a lone surrogate", { reason: "\ud800" }, "reason"],
];
