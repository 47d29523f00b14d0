import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { routes as admin } from "#functions/callers/admin.function.ts";
import { routes as agency } from "#functions/callers/agency.function.ts";
import { routes as citizen } from "#functions/callers/citizen.function.ts";
import { routes as inspector } from "#functions/callers/inspector.function.ts";
import { routes as overseer } from "#functions/callers/overseer.function.ts";
import { routes as readCallbacks } from "#functions/calls/calls.function.ts";
import { routes as giveConsent } from "#functions/complaints/consent.function.ts";
import { routes as exportComplaint } from "#functions/complaints/export-complaint.function.ts";
import { routes as fileComplaint } from "#functions/complaints/file-complaint.function.ts";
import { routes as readCase } from "#functions/complaints/read-case.function.ts";
import { routes as readIdentity } from "#functions/complaints/read-identity.function.ts";
import { routes as renewSecret } from "#functions/complaints/renew-secret.function.ts";
import { routes as frontEnd } from "#functions/deliveries/front-end.function.ts";
import { routes as everybody } from "#functions/documents/public.function.ts";
import { routes as readIssues } from "#functions/documents/read-issues.function.ts";
import { routes as readPerformance } from "#functions/figures/read-performance.function.ts";
import { routes as readStatistics } from "#functions/figures/read-statistics.function.ts";
import type { Routes } from "#functions/http/serve.ts";
import { routes as agencyIssues } from "#functions/issues/agency-issues.function.ts";
import { routes as issues } from "#functions/issues/issues.function.ts";
import { routes as unsubscribe } from "#functions/messages/unsubscribe.function.ts";
import { routes as employee } from "#functions/notices/employee.function.ts";
import { routes as notices } from "#functions/notices/notices.function.ts";
import { routes as readRecords } from "#functions/notices/read-records.function.ts";
import { routes as reviewer } from "#functions/notices/reviewer.function.ts";
import { routes as readPerson } from "#functions/people/read-person.function.ts";
import { routes as readPage } from "#functions/public-page/read-page.function.ts";
import { routes as holdComplaint } from "#functions/retention/hold-complaint.function.ts";
import {
  type ApiFunction,
  apiFunctions,
  defaultRoute,
  gatewayLimit,
  headRoutes,
  pageRoutes,
  routeLimits,
  routes,
  scopes,
} from "#infra/constructs/routes.ts";

const served: Record<ApiFunction, Routes> = {
  public: everybody,
  "read-statistics": readStatistics,
  "read-page": readPage,
  unsubscribe,
  "file-complaint": fileComplaint,
  "front-end": frontEnd,
  calls: readCallbacks,
  "read-case": readCase,
  citizen,
  "export-complaint": exportComplaint,
  consent: giveConsent,
  agency,
  "read-performance": readPerformance,
  inspector,
  "read-identity": readIdentity,
  "renew-secret": renewSecret,
  notices,
  issues,
  "agency-issues": agencyIssues,
  "read-issues": readIssues,
  reviewer,
  "read-records": readRecords,
  employee,
  overseer,
  admin,
  "hold-complaint": holdComplaint,
  "read-person": readPerson,
};

describe.each(apiFunctions)("the function %s", (name) => {
  test("serves just the routes that the gateway sends it", () => {
    const operations = Object.keys(routes).filter((routeKey) => routes[routeKey] === name);
    const sent = name === "read-page" ? Object.keys(pageRoutes) : operations;
    expect(Object.keys(served[name]).sort()).toEqual(sent.sort());
  });

  test("is reached with the scope of its callers alone", () => {
    for (const { contract } of Object.values(served[name])) {
      const { caller } = contract;
      const scope = caller === "reviewer" || caller === "personnel" ? "foad/person" : `foad/${caller}`;
      const open = caller === "public" || caller === "citizen" || caller === "employee";
      expect(scopes[name]).toBe(open ? undefined : scope);
    }
  });
});

test("what anybody reads by GET is asked by HEAD too, of the same function, and nothing else is", () => {
  const read = apiFunctions.flatMap((name) =>
    Object.entries(served[name])
      .filter(([routeKey, { contract }]) => routeKey.startsWith("GET ") && contract.caller === "public")
      .map(([routeKey]) => [routeKey.replace("GET", "HEAD"), name]),
  );
  expect(headRoutes).toEqual(Object.fromEntries(read));
});

test.each([
  ["/v1/openapi.json", 5],
  ["/v1/asyncapi.json", 5],
  ["/v1/docs", 5],
  ["/v1/statistics/definitions", 5],
  ["/v1/statistics/datapackage.json", 5],
  ["/v1/statistics", 20],
])("a flood of what anybody may read costs little, since it has a limit of its own: %s", (path, rate) => {
  for (const method of ["GET", "HEAD"]) expect(routeLimits[`${method} ${path}`]?.rate).toBe(rate);
});

test("every operation's file has one route", async () => {
  const files = globSync("functions/**/*.api.ts", { cwd: join(import.meta.dirname, "../..") }).map((file) => ({
    file,
    module: import(join(import.meta.dirname, "../..", file)),
  }));
  const routed = Object.values(served).flatMap((all) => Object.values(all));
  for (const { file, module } of files) {
    const operations = Object.values(await module).filter((exported) => isOperation(exported));
    expect(
      operations.filter((operation) => routed.filter((one) => one === operation).length !== 1),
      basename(file),
    ).toEqual([]);
  }
});

function isOperation(exported: unknown): boolean {
  return typeof exported === "object" && exported !== null && "respond" in exported;
}

describe("of routes the pages tell", () => {
  const page = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");

  test("how many there are of those that a gateway takes", () => {
    const all = [...[routes, pageRoutes, headRoutes].flatMap((table) => Object.keys(table)), defaultRoute.routeKey];
    expect(all.length).toBeLessThan(300);
    expect(page("docs/architecture.md")).toContain(`${all.length} routes of 300`);
  });

  test("how many take a citizen's secret, and how long it takes to guess one by all of them", () => {
    const byTheSecret = Object.values(served).flatMap((all) =>
      Object.values(all).filter(({ contract }) => contract.caller === "citizen"),
    );
    expect(byTheSecret).toHaveLength(14);
    const yearsAt = (perSecond: number) => 1e12 / 2 / perSecond / (365.25 * 24 * 60 * 60);
    const years = (limits: number) => Math.round(yearsAt(limits * gatewayLimit.rate));
    const told = page("SECURITY.md").replaceAll("\n", " ");
    expect(told).toContain(`guessing the digits of one complaint takes ${years(1)} years on average`);
    expect(told).toContain(
      `fourteen routes that take the secret: an attacker who fills all of them, day and night, needs ${years(14)} years`,
    );
    const unnoticed = Math.round(yearsAt(300 / 3_600) / 10_000) * 10_000;
    expect(told).toContain(`below 300 an hour takes ${unnoticed.toLocaleString("en")} years on average`);
  });
});
