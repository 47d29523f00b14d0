/**
 * The functions behind the gateway. Each kind of caller has one function (`public`, `front-end`, `citizen`, `agency`,
 * `inspector`, `overseer`, `admin`). The others are separate because they need permissions that the caller's function must
 * not have, for example on identities.
 */
export const apiFunctions = [
  "public",
  "read-statistics",
  "read-page",
  "unsubscribe",
  "file-complaint",
  "front-end",
  "calls",
  "read-case",
  "citizen",
  "export-complaint",
  "consent",
  "agency",
  "read-performance",
  "inspector",
  "read-identity",
  "renew-secret",
  "notices",
  "issues",
  "agency-issues",
  "read-issues",
  "reviewer",
  "read-records",
  "employee",
  "overseer",
  "admin",
  "hold-complaint",
  "read-person",
] as const;
export type ApiFunction = (typeof apiFunctions)[number];

/**
 * The scope that the token of a program must have for a function; undefined if the function needs no token. The function checks
 * it: the gateway accepts any of these scopes, since it cannot tell programs from people, whose scopes decide nothing.
 */
export const scopes: Record<ApiFunction, string | undefined> = {
  public: undefined,
  "read-statistics": undefined,
  "read-page": undefined,
  unsubscribe: undefined,
  citizen: undefined,
  "export-complaint": undefined,
  consent: undefined,
  employee: undefined,
  "file-complaint": "foad/front-end",
  "front-end": "foad/front-end",
  calls: "foad/front-end",
  "read-case": "foad/front-end",
  agency: "foad/agency",
  "read-performance": "foad/agency",
  inspector: "foad/inspector",
  "read-identity": "foad/inspector",
  "renew-secret": "foad/inspector",
  notices: "foad/inspector",
  issues: "foad/inspector",
  "agency-issues": "foad/agency",
  "read-issues": undefined,
  reviewer: "foad/person",
  "read-records": "foad/person",
  overseer: "foad/overseer",
  admin: "foad/admin",
  "hold-complaint": "foad/admin",
  "read-person": "foad/person",
};

/** The scopes that the gateway accepts: those of programs. No token has `foad/person`, since the scopes of people decide nothing. */
export const acceptedScopes = [...new Set(Object.values(scopes).flatMap((scope) => scope ?? []))].filter(
  (scope) => scope !== scopes["read-person"],
);

/** Every operation of the API, with the function that answers it. */
export const routes: Record<string, ApiFunction> = {
  "GET /v1/catalog": "read-issues",
  "GET /v1/issues": "read-issues",
  "GET /v1/issues/{issueId}": "read-issues",
  "GET /v1/changes": "public",
  "GET /v1/openapi.json": "public",
  "GET /v1/asyncapi.json": "public",
  "GET /v1/docs": "public",
  "GET /v1/statistics": "read-statistics",
  "GET /v1/statistics/definitions": "public",
  "GET /v1/statistics/datapackage.json": "public",
  "GET /v1/statistics/waiting": "read-statistics",
  "GET /v1/statistics/records": "read-statistics",
  "GET /v1/mail/unsubscribe": "unsubscribe",
  "POST /v1/mail/unsubscribe": "unsubscribe",
  "POST /v1/complaints": "file-complaint",
  "GET /v1/front-end/events": "front-end",
  "GET /v1/front-end/webhook": "front-end",
  "POST /v1/front-end/webhook/resume": "front-end",
  "GET /v1/front-end/calls": "calls",
  "POST /v1/front-end/calls/{callId}": "calls",
  "POST /v1/front-end/calls/{callId}/opening": "calls",
  "POST /v1/front-end/calls/{callId}/issue-answer": "calls",
  "POST /v1/front-end/calls/{callId}/dispute": "calls",
  "GET /v1/front-end/complaints/{id}": "read-case",
  "GET /v1/complaints/{id}": "citizen",
  "GET /v1/complaints/{id}/deadlines": "citizen",
  "POST /v1/complaints/{id}/messages": "citizen",
  "POST /v1/complaints/{id}/attachments": "citizen",
  "GET /v1/complaints/{id}/attachments/{attachmentId}": "citizen",
  "POST /v1/complaints/{id}/acceptance": "citizen",
  "POST /v1/complaints/{id}/dispute": "citizen",
  "POST /v1/complaints/{id}/opinion": "citizen",
  "POST /v1/complaints/{id}/actions/{n}/objection": "citizen",
  "POST /v1/complaints/{id}/withdrawal": "citizen",
  "GET /v1/complaints/{id}/export": "export-complaint",
  "POST /v1/complaints/{id}/consent": "consent",
  "DELETE /v1/complaints/{id}/identity": "consent",
  "POST /v1/complaints/{id}/notices/{noticeId}/consent": "consent",
  "GET /v1/agency/complaints": "agency",
  "GET /v1/agency/complaints/{id}": "agency",
  "GET /v1/agency/summary": "agency",
  "GET /v1/agency/complaints/{id}/deadlines": "agency",
  "GET /v1/agency/complaints/{id}/attachments/{attachmentId}": "agency",
  "POST /v1/agency/complaints/{id}/acknowledgement": "agency",
  "POST /v1/agency/complaints/{id}/transfer": "agency",
  "POST /v1/agency/complaints/{id}/extension": "agency",
  "POST /v1/agency/complaints/{id}/answer": "agency",
  "POST /v1/agency/complaints/{id}/messages": "agency",
  "POST /v1/agency/complaints/{id}/statement": "agency",
  "POST /v1/agency/complaints/{id}/actions/{n}/report": "agency",
  "GET /v1/agency/events": "agency",
  "GET /v1/agency/webhook": "agency",
  "POST /v1/agency/webhook/resume": "agency",
  "GET /v1/agency/issues": "agency-issues",
  "GET /v1/agency/issues/{issueId}": "agency-issues",
  "POST /v1/agency/issues/{issueId}/plan": "agency-issues",
  "POST /v1/agency/issues/{issueId}/done": "agency-issues",
  "POST /v1/agency/issues/{issueId}/answer": "agency-issues",
  "GET /v1/agency/performance": "read-performance",
  "GET /v1/overseer/complaints": "overseer",
  "GET /v1/overseer/complaints/{id}": "overseer",
  "GET /v1/overseer/summary": "overseer",
  "GET /v1/overseer/issues": "overseer",
  "GET /v1/overseer/issues/{issueId}": "overseer",
  "POST /v1/overseer/complaints/{id}/directives": "overseer",
  "GET /v1/inspector/complaints": "inspector",
  "GET /v1/inspector/complaints/{id}": "inspector",
  "GET /v1/inspector/complaints/{id}/deadlines": "inspector",
  "GET /v1/inspector/complaints/{id}/attachments/{attachmentId}": "inspector",
  "GET /v1/inspector/complaints/{id}/identity": "read-identity",
  "POST /v1/inspector/complaints/{id}/secret": "renew-secret",
  "POST /v1/inspector/complaints/{id}/notices": "notices",
  "GET /v1/inspector/notices": "notices",
  "GET /v1/inspector/notices/{noticeId}": "notices",
  "POST /v1/inspector/issues": "issues",
  "GET /v1/inspector/issues": "issues",
  "GET /v1/inspector/issues/{issueId}": "issues",
  "GET /v1/inspector/issues/{issueId}/links": "issues",
  "POST /v1/inspector/issues/{issueId}/links": "issues",
  "DELETE /v1/inspector/issues/{issueId}/links": "issues",
  "POST /v1/inspector/issues/{issueId}/verification": "issues",
  "POST /v1/inspector/issues/{issueId}/withdrawal": "issues",
  "POST /v1/inspector/issues/{issueId}/promise": "issues",
  "POST /v1/inspector/issues/{issueId}/return": "issues",
  "POST /v1/inspector/issues/{issueId}/recurrence": "issues",
  "POST /v1/inspector/issues/{issueId}/reading": "issues",
  "POST /v1/inspector/notices/{noticeId}/letter": "notices",
  "POST /v1/inspector/notices/{noticeId}/leave": "notices",
  "POST /v1/inspector/notices/{noticeId}/attachments": "notices",
  "GET /v1/inspector/notices/{noticeId}/attachments/{attachmentId}": "notices",
  "POST /v1/inspector/notices/{noticeId}/service": "notices",
  "POST /v1/inspector/notices/{noticeId}/service/confirmation": "notices",
  "POST /v1/inspector/notices/{noticeId}/questions/{number}": "notices",
  "POST /v1/inspector/notices/{noticeId}/answer": "notices",
  "POST /v1/inspector/notices/{noticeId}/decision": "notices",
  "GET /v1/reviewer/notices": "reviewer",
  "GET /v1/reviewer/notices/{noticeId}": "reviewer",
  "GET /v1/reviewer/notices/{noticeId}/attachments/{attachmentId}": "reviewer",
  "POST /v1/reviewer/notices/{noticeId}/decision": "reviewer",
  "POST /v1/reviewer/notices/{noticeId}/letter": "reviewer",
  "GET /v1/agency/records": "read-records",
  "GET /v1/notices/{noticeId}": "employee",
  "POST /v1/notices/{noticeId}/attachments": "employee",
  "POST /v1/notices/{noticeId}/answer": "employee",
  "POST /v1/notices/{noticeId}/extension": "employee",
  "POST /v1/notices/{noticeId}/questions": "employee",
  "POST /v1/notices/{noticeId}/contest": "employee",
  "POST /v1/inspector/complaints/{id}/claim": "inspector",
  "DELETE /v1/inspector/complaints/{id}/claim": "inspector",
  "POST /v1/inspector/complaints/{id}/visits": "inspector",
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/plan": "inspector",
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/cancellation": "inspector",
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/report": "inspector",
  "GET /v1/inspector/visits": "inspector",
  "GET /v1/inspector/proposals": "inspector",
  "GET /v1/inspector/summary": "inspector",
  "POST /v1/inspector/complaints/{id}/decision": "inspector",
  "POST /v1/inspector/complaints/{id}/rejection": "inspector",
  "POST /v1/inspector/complaints/{id}/transfer": "inspector",
  "POST /v1/inspector/complaints/{id}/messages": "inspector",
  "POST /v1/inspector/complaints/{id}/actions/{n}/judgement": "inspector",
  "GET /v1/admin/office-hours/{date}": "admin",
  "PUT /v1/admin/office-hours/{date}": "admin",
  "DELETE /v1/admin/office-hours/{date}": "admin",
  "GET /v1/admin/deliveries": "admin",
  "POST /v1/admin/deliveries/redrive": "admin",
  "GET /v1/admin/webhooks/{subscriber}": "admin",
  "POST /v1/admin/webhooks/{subscriber}/resume": "admin",
  "PUT /v1/admin/webhooks/{subscriber}/secret": "admin",
  "GET /v1/admin/audit": "admin",
  "GET /v1/admin/identity-limits": "admin",
  "DELETE /v1/admin/identity-limits/{sub}": "admin",
  "GET /v1/admin/people": "admin",
  "PUT /v1/admin/people/{sub}": "admin",
  "GET /v1/admin/people/{sub}": "admin",
  "DELETE /v1/admin/people/{sub}": "admin",
  "GET /v1/admin/performance": "admin",
  "GET /v1/me": "read-person",
  "GET /v1/admin/holds/{id}": "hold-complaint",
  "PUT /v1/admin/holds/{id}": "hold-complaint",
  "DELETE /v1/admin/holds/{id}": "hold-complaint",
};

/** Routes of notices to employees, and their page. A province has them only where its file says `records`. */
export const isRouteOfRecords = (routeKey: string) => routeKey.includes("/notice") || routeKey.endsWith("/records");

/** `rate`: requests per second that a route lets through; `burst`: requests at once. */
type Limit = { rate: number; burst: number };

/** The default limit of each route, over all callers of a province. */
export const gatewayLimit: Limit = { rate: 200, burst: 400 };

const pages: Limit = { rate: 100, burst: 200 };

/**
 * The routes of the public page, of the desk and of the page of employees. People open them in a browser; the API documents do not list them. Each has its own limit,
 * lower than the limit of API routes, so that too many readers of the page do not use up the API's capacity.
 */
export const pageRoutes: Record<string, Limit> = {
  "GET /": pages,
  "GET /agencies/{id}": pages,
  "GET /definitions": pages,
  "GET /feed.atom": pages,
  "GET /en": pages,
  "GET /en/agencies/{id}": pages,
  "GET /en/definitions": pages,
  "GET /en/feed.atom": pages,
  "GET /embed/{language}/{file}": pages,
  "GET /share/{language}/{file}": pages,
  // A first visit requests three files: the style and two fonts.
  "GET /assets/{file}": { rate: 200, burst: 400 },
  "GET /desk": pages,
  "GET /desk/{proxy+}": pages,
  // The letter to an employee names the address with a slash at its end. API Gateway takes no route that ends in one.
  "GET /notice": pages,
  "GET /notice/{proxy+}": pages,
};

const publicFunctions: readonly ApiFunction[] = ["public", "read-statistics", "read-issues", "unsubscribe"];

const openGets = Object.entries(routes).filter(
  ([key, name]) => key.startsWith("GET ") && publicFunctions.includes(name),
);

const headRouteOf = (routeKey: string) => routeKey.replace("GET ", "HEAD ");

/**
 * HEAD routes of everything public, for link checkers. They answer as GET does, without the body; no document lists them.
 */
export const headRoutes: Record<string, ApiFunction> = Object.fromEntries([
  ...openGets.map(([routeKey, name]) => [headRouteOf(routeKey), name]),
  ...Object.keys(pageRoutes).map((routeKey) => [headRouteOf(routeKey), "read-page"]),
]);

/**
 * Routes that send whole documents: up to 760 KB to callers that accept no compression. At the default rate, sending them
 * could cost $110 an hour.
 */
export const documentLimit: Limit = { rate: 5, burst: 20 };
export const documentRoutes = [
  "GET /v1/openapi.json",
  "GET /v1/asyncapi.json",
  "GET /v1/docs",
  "GET /v1/statistics/definitions",
  "GET /v1/statistics/datapackage.json",
];

/**
 * One table of figures has up to 800 KB. Programs read many tables one after the other, and several programs do so at once.
 */
export const figuresLimit: Limit = { rate: 20, burst: 200 };

const limitedGets: Record<string, Limit> = {
  ...pageRoutes,
  ...Object.fromEntries(documentRoutes.map((routeKey) => [routeKey, documentLimit])),
  "GET /v1/statistics": figuresLimit,
};

/**
 * Answers requests that match no other route: there is no such path or method. The limit is low, because a client that
 * follows the documents never reaches this route.
 */
export const defaultRoute: { routeKey: string; answeredBy: ApiFunction; limit: Limit } = {
  routeKey: "$default",
  answeredBy: "public",
  limit: { rate: 20, burst: 40 },
};

/** The routes that have their own limit, with it: the default route, and GET routes with their HEAD routes. */
export const routeLimits: Record<string, Limit> = {
  [defaultRoute.routeKey]: defaultRoute.limit,
  ...limitedGets,
  ...Object.fromEntries(Object.entries(limitedGets).map(([routeKey, limit]) => [headRouteOf(routeKey), limit])),
};
