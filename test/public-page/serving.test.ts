import { describe, expect, test } from "vitest";
import * as z from "zod";
import { contentCodingOf } from "#functions/http/request.ts";
import { route } from "#functions/http/route.ts";
import { serve } from "#functions/http/serve.ts";
import { pageHeaders, pageNotFound, siteNotReady } from "#functions/public-page/page-route.ts";
import { fingerprintOf, type PageSources } from "#functions/public-page/read-material.ts";
import { aContext, anApiEvent } from "../support/api-event.ts";

const month = { month: "1405-08", edition: "1", periods: [], asOf: "", closedAt: "" };
const count = {
  date: "2026-11-22",
  countedAt: "2026-11-22T02:30:00.000Z",
  province: { overdue: 40, notYetDue: 110 },
  agencies: {},
};
const hours = { date: "2026-11-26", counties: [{ countyId: "qazvin", open: [{ from: "07:00", to: "13:00" }] }] };
const sources: PageSources = { closed: [month], count, hours, issues: [] };
const issue = { id: "IS-7K3M-9XPT-Q", version: 1, isLate: false };

describe("the site is made anew", () => {
  const changes: [string, Partial<PageSources>][] = [
    ["a month closes", { closed: [month, { ...month, month: "1405-09" }] }],
    ["what waits is counted", { count: { ...count, date: "2026-12-22", countedAt: "2026-12-22T02:30:00.000Z" } }],
    ["a day begins", { hours: { ...hours, date: "2026-11-27" } }],
    ["a county closes", { hours: { ...hours, counties: [{ countyId: "qazvin", open: [], reason: { fa: "برف" } }] } }],
  ];
  test.each<[string, PageSources["issues"]]>([
    ["is opened", [issue, { ...issue, id: "IS-2222-2222-2" }]],
    ["moves on", [{ ...issue, version: 2 }]],
    ["becomes late", [{ ...issue, isLate: true }]],
    ["is gone", []],
  ])("when an issue %s", (_, issues) => {
    const before = { ...sources, issues: [issue] };
    expect(fingerprintOf({ ...sources, issues }, "code")).not.toBe(fingerprintOf(before, "code"));
  });

  test.each(changes)("when %s", (_, change) => {
    expect(fingerprintOf({ ...sources, ...change }, "code")).not.toBe(fingerprintOf(sources, "code"));
  });

  test("with other code, and for nothing else", () => {
    expect(fingerprintOf(sources, "other code")).not.toBe(fingerprintOf(sources, "code"));
    expect(fingerprintOf(structuredClone(sources), "code")).toBe(fingerprintOf(sources, "code"));
  });
});

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip;q=0.5", "gzip"],
  ["gzip;q=0, identity", "identity"],
  ["brotli", "identity"],
  ["", "identity"],
])("whoever accepts '%s' is sent %s", (accepted, coding) => {
  const event = anApiEvent({ routeKey: "GET /", headers: { "accept-encoding": accepted } });
  expect(contentCodingOf(event)).toBe(coding);
});

describe("HEAD", () => {
  const answered = (caller: "public" | "citizen", { method, body }: { method: string; body: unknown }) => {
    const answer = { status: 200, schema: z.unknown() } as const;
    const headers = { etag: '"a"', "cache-control": "public, max-age=300" };
    const run = async () => ({ status: 200, body, headers });
    const routes = { "GET /v1/read": route({ caller, summary: { en: "", fa: "" }, answer, run }) };
    const handler = serve({ routes, authenticate: () => undefined });
    return handler(anApiEvent({ routeKey: `${method} /v1/read` }), aContext);
  };

  test.each([["text", "a page"] as const, ["bytes", Buffer.from("a page")] as const])(
    "of what anybody reads, as %s, is answered as GET is, without the body",
    async (_, body) => {
      const { body: sent, isBase64Encoded: __, ...rest } = await answered("public", { method: "GET", body });
      expect(sent).toBeTruthy();
      expect(await answered("public", { method: "HEAD", body })).toEqual(rest);
    },
  );

  test("of what a citizen reads is answered by no route", async () => {
    await expect(answered("citizen", { method: "HEAD", body: {} })).rejects.toThrow("Route does not exist");
  });
});

describe("the headers of the public page", () => {
  test("let a news site show an embed, and nobody frame a page", () => {
    const embed = pageHeaders({ path: "/embed/fa/months.svg", type: "image/svg+xml" });
    expect(embed["cross-origin-resource-policy"]).toBe("cross-origin");
    expect(embed["content-security-policy"]).not.toContain("frame-ancestors");
    const page = pageHeaders({ path: "/", type: "text/html; charset=utf-8" });
    expect(page["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(page).not.toHaveProperty("cross-origin-resource-policy");
  });

  test.each([
    ["no page", pageNotFound, 404],
    ["no site yet", siteNotReady, 503],
  ])(
    "where there is %s, it is said in both languages, held to the same policy and kept by nobody for long",
    (_, reply, status) => {
      expect(reply.status).toBe(status);
      expect(reply.body).toMatch(/lang="fa" dir="rtl"[\s\S]*lang="en" dir="ltr"/);
      expect(reply.headers?.["content-security-policy"]).toMatch(/^default-src 'none'/);
      expect(reply.headers?.["cache-control"]).toMatch(/no-store|max-age=60$/);
    },
  );
});
