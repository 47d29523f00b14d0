import type { Issue } from "#functions/issues/issue.ts";
import { issueMoves } from "#functions/issues/issue-lifecycle.ts";
import { directory, personalCauses } from "#shared/province/slices.static.ts";
import { cursor } from "./complaint-views.ts";
import { type ExampleWords, exampleIds, inBothLanguages, inspectorName, type RouteExample } from "./example-values.ts";

const { id: complaintId, agencyId, category, countyId } = exampleIds;
const issueId = "IS-7K3M-9XPT-Q";
const cause = directory.causes.find(({ id }) => id === "system-down" && !personalCauses.includes(id))?.id;

const times = {
  opened: "2026-11-25T06:40:00.000Z",
  planBy: "2026-12-02T09:30:00.000Z",
  planned: "2026-11-29T06:30:00.000Z",
  promised: "2026-12-20T09:30:00.000Z",
  moved: "2026-12-27T09:30:00.000Z",
  readBy: "2026-12-06T09:30:00.000Z",
  done: "2026-12-19T08:00:00.000Z",
  proofReadBy: "2026-12-26T09:30:00.000Z",
  visited: "2026-12-21T07:00:00.000Z",
  recurred: "2027-01-10T07:00:00.000Z",
};

const words = {
  fa: {
    title: "قطعی سامانهٔ نوبت‌دهی",
    summary: "سامانهٔ نوبت‌دهی هر روز چند ساعت از کار می‌افتد و کسی نوبت کاغذی نمی‌دهد.",
    what: "سرور نوبت‌دهی عوض می‌شود و تا آن روز نوبت کاغذی داده می‌شود.",
    responsible: "ادارهٔ فناوری اطلاعات",
    proof: "سرور تازه از یک‌شنبه کار می‌کند و از آن روز قطعی نداشته است.",
    seen: "در بازدید، سامانه سه ساعت بی‌وقفه کار کرد.",
    reason: "قطعهٔ سفارش‌داده‌شده در گمرک مانده است.",
    answer: "سامانه قطع بود و تا پایان آذر درست می‌شود. تا آن روز نوبت کاغذی می‌دهیم.",
  },
  en: {
    title: "The queue system is down",
    summary: "The queue system stops for some hours each day, and nobody hands out tickets on paper.",
    what: "The queue server is replaced. Until then the office hands out tickets on paper.",
    responsible: "Information technology office",
    proof: "The new server has worked since Sunday, without an interruption.",
    seen: "During the visit the system worked for three hours without an interruption.",
    reason: "The ordered part is held at the customs.",
    answer: "The system was down and will be mended by the end of Azar. Until then we hand out tickets on paper.",
  },
};
const wordsOf = ({ language }: ExampleWords) => words[language as "fa" | "en"];

const places = { agencyId, category, ...(cause && { cause }), countyIds: [countyId] };
const openRow = (example: ExampleWords) => ({
  id: issueId,
  title: wordsOf(example).title,
  ...places,
  outage: false,
  status: "open",
  openedAt: times.opened,
  planBy: times.planBy,
});
const plannedRow = (example: ExampleWords) => ({
  ...openRow(example),
  status: "planned",
  plannedAt: times.planned,
  promisedBy: times.promised,
});
const doneRow = (example: ExampleWords) => ({ ...plannedRow(example), status: "done", doneAt: times.done });

const official = { version: 2, level: 0 };
const unread = { number: 2, since: times.planned, readBy: times.readBy };
const inspectors = { ...official, openedBy: "inspector-1" };

const opened = (example: ExampleWords) => ({
  type: "opened",
  summary: wordsOf(example).summary,
  planBy: times.planBy,
  number: 1,
  at: times.opened,
  by: "inspector",
});
const planned = (example: ExampleWords) => ({
  type: "planned",
  what: wordsOf(example).what,
  responsible: wordsOf(example).responsible,
  promisedBy: times.promised,
  readBy: times.readBy,
  number: 2,
  at: times.planned,
  by: "agency",
});
/** The moves that the state of an example allows to its reader. */
const movesFor = (caller: "agency" | "inspector" | "overseer", state: object) =>
  issueMoves({ used: [], ...state } as unknown as Issue, { by: { caller }, now: times.planned });

const viewOf = (example: ExampleWords) => ({
  ...plannedRow(example),
  ...official,
  summary: wordsOf(example).summary,
  answersUnderWay: false,
  ...movesFor("agency", plannedRow(example)),
  history: [opened(example), planned(example)],
});
const inspectorViewOf = (example: ExampleWords) => ({
  ...viewOf(example),
  ...inspectors,
  unread,
  ...movesFor("inspector", { ...plannedRow(example), unread }),
  history: [{ ...opened(example), person: "inspector-1" }, planned(example)],
  visits: [],
  people: { "inspector-1": inspectorName },
});

const reasonOf = (example: ExampleWords) => ({ reason: wordsOf(example).reason });
const linkBody = inBothLanguages(() => ({ complaintIds: [complaintId] }));
const page = (row: (example: ExampleWords) => object) =>
  inBothLanguages((example) => ({ items: [row(example)], nextCursor: cursor }));

export const issueExamples: Record<string, RouteExample> = {
  "GET /v1/issues": { answer: page(plannedRow) },
  "GET /v1/issues/{issueId}": {
    answer: inBothLanguages((example) => ({
      ...plannedRow(example),
      summary: wordsOf(example).summary,
      plan: { what: wordsOf(example).what, at: times.planned },
      history: [
        { type: "opened", at: times.opened },
        { type: "planned", at: times.planned, promisedBy: times.promised },
      ],
    })),
  },
  "POST /v1/inspector/issues": {
    body: inBothLanguages((example) => {
      const { title, summary } = wordsOf(example);
      return { ...places, title, summary, outage: false };
    }),
    answer: inBothLanguages((example) => ({ ...openRow(example), ...inspectors })),
  },
  "GET /v1/inspector/issues": { answer: page((example) => ({ ...plannedRow(example), ...inspectors, unread })) },
  "GET /v1/inspector/issues/{issueId}": { answer: inBothLanguages(inspectorViewOf) },
  "GET /v1/inspector/issues/{issueId}/links": {
    answer: inBothLanguages(() => ({
      items: [{ complaintId, linkedAt: times.opened, status: "filed", filedAt: times.opened }],
      nextCursor: cursor,
    })),
  },
  "POST /v1/inspector/issues/{issueId}/links": {
    body: linkBody,
    answer: inBothLanguages(() => ({ complaintIds: [complaintId], refused: [] })),
  },
  "DELETE /v1/inspector/issues/{issueId}/links": {
    body: linkBody,
    answer: inBothLanguages(() => ({ complaintIds: [], refused: [{ complaintId, refusal: "not-linked" }] })),
  },
  "POST /v1/inspector/issues/{issueId}/verification": {
    body: inBothLanguages((example) => ({ arrivedAt: times.visited, text: wordsOf(example).seen })),
    answer: inBothLanguages((example) => ({
      ...doneRow(example),
      ...inspectors,
    })),
  },
  "POST /v1/inspector/issues/{issueId}/withdrawal": {
    body: inBothLanguages(reasonOf),
    answer: inBothLanguages((example) => ({
      ...openRow(example),
      ...inspectors,
      status: "withdrawn",
      endedAt: times.planned,
    })),
  },
  "POST /v1/inspector/issues/{issueId}/promise": {
    body: inBothLanguages((example) => ({ ...reasonOf(example), by: times.moved })),
    answer: inBothLanguages((example) => ({ ...plannedRow(example), ...inspectors, promisedBy: times.moved })),
  },
  "POST /v1/inspector/issues/{issueId}/return": {
    body: inBothLanguages(reasonOf),
    answer: inBothLanguages((example) => ({ ...openRow(example), ...inspectors })),
  },
  "POST /v1/inspector/issues/{issueId}/recurrence": {
    body: inBothLanguages(reasonOf),
    answer: inBothLanguages((example) => ({
      ...openRow(example),
      ...inspectors,
      level: 2,
      status: "recurred",
      recurredAt: times.recurred,
    })),
  },
  "POST /v1/inspector/issues/{issueId}/reading": {
    body: inBothLanguages(() => ({ number: 2 })),
    answer: inBothLanguages((example) => ({ ...plannedRow(example), ...inspectors })),
  },
  "GET /v1/agency/issues": { answer: page((example) => ({ ...plannedRow(example), ...official })) },
  "GET /v1/agency/issues/{issueId}": { answer: inBothLanguages(viewOf) },
  "POST /v1/agency/issues/{issueId}/plan": {
    body: inBothLanguages((example) => {
      const { what, responsible } = wordsOf(example);
      return { what, responsible, by: times.promised };
    }),
    answer: inBothLanguages((example) => ({ ...plannedRow(example), ...official })),
  },
  "POST /v1/agency/issues/{issueId}/done": {
    body: inBothLanguages((example) => ({ text: wordsOf(example).proof })),
    answer: inBothLanguages((example) => ({ ...doneRow(example), ...official })),
  },
  "POST /v1/agency/issues/{issueId}/answer": {
    body: inBothLanguages((example) => ({
      officer: { name: example.officer },
      finding: "founded",
      cause: cause ?? exampleIds.cause,
      text: wordsOf(example).answer,
      actions: [],
    })),
    answer: inBothLanguages((example) => ({ ...plannedRow(example), ...official })),
  },
  "GET /v1/overseer/issues": {
    answer: page((example) => ({ ...openRow(example), version: 1, level: 2, lateSince: times.planBy })),
  },
  "GET /v1/overseer/issues/{issueId}": {
    answer: inBothLanguages((example) => ({
      ...openRow(example),
      version: 1,
      level: 2,
      lateSince: times.planBy,
      summary: wordsOf(example).summary,
      answersUnderWay: false,
      ...movesFor("overseer", openRow(example)),
      history: [opened(example)],
    })),
  },
};
