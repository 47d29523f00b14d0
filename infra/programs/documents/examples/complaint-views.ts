import { promisesIn } from "#functions/complaints/promise-views.ts";
import { type Complaint, nextStep } from "#shared/complaints/complaint.ts";
import { complaintMoves } from "#shared/complaints/lifecycle.ts";
import { catalog } from "#shared/province/slices.static.ts";
import { type ExampleWords, exampleIds, exampleTimes, inspectorName } from "./example-values.ts";

const { id, agencyId, countyId, officeId, category, cause } = exampleIds;

/** The fields of a complaint that was just filed. */
export const filedState = {
  id,
  status: "filed",
  version: 1,
  agencyId,
  countyId,
  category,
  filedAt: exampleTimes.filed,
  acknowledgeBy: exampleTimes.acknowledgeBy,
  answerBy: exampleTimes.answerBy,
  level: 0,
};
export const acknowledgedState = { ...filedState, status: "acknowledged", version: 2 };
export const answeredState = { ...filedState, status: "answered", version: 3, confirmBy: exampleTimes.confirmBy };
export const disputedState = { ...answeredState, status: "disputed", version: 4, reviewBy: exampleTimes.reviewBy };
/** The same complaint when it is late and was escalated to the county governor. */
const escalatedState = { ...filedState, version: 3, level: 2 };

type ExampleState = typeof filedState & Record<string, unknown>;
/** The event that an example adds. */
type Last = { type: string; at: string; by: string; person?: string } & Record<string, unknown>;
/** `confidentialEntry`: an entry that the example adds to the confidential log. It does not change the version. */
type View = {
  words: ExampleWords;
  state: ExampleState;
  last?: Last;
  confidentialEntry?: Last;
  /** The complaint was not disputed; instead something became of its promise. */
  showsPromise?: true;
};

/** The state with the next version and these fields set. */
export function stateAfter(state: ExampleState, sets: Record<string, unknown> = {}): ExampleState {
  return { ...state, version: state.version + 1, ...sets };
}

export function officerOf({ officer }: ExampleWords) {
  return { name: officer, personnelId: "48213" };
}

export function answerOf({ answer, action }: ExampleWords) {
  return { finding: "founded", cause, text: answer, actions: [{ text: action, dueOn: "2026-12-01" }] };
}

export function decisionOf({ decision, action }: ExampleWords) {
  const actions = [{ text: action, dueOn: "2026-12-05" }];
  return { finding: "founded", cause, text: decision, actions, upholdsAnswer: false };
}

/** The events of a complaint from filing to dispute, up to the version `until`. */
function eventsUntilDispute(words: ExampleWords, until: number): (Last & { version: number })[] {
  const officer = { name: words.officer };
  return [
    { version: 1, type: "filed", at: exampleTimes.filed, by: "citizen", channel: "phone" },
    { version: 2, type: "acknowledged", at: exampleTimes.acknowledged, by: "agency", officer },
    { version: 3, type: "answered", at: exampleTimes.answered, by: "agency", officer, ...answerOf(words) },
    { version: 4, type: "disputed", at: exampleTimes.disputed, by: "citizen", reason: words.dispute },
  ].slice(0, until);
}

/** The events of the promise of an answered complaint, up to the version `until`: a report, an objection, an inspector's word. */
function eventsOfPromise(words: ExampleWords, until: number): (Last & { version: number })[] {
  const { promiseReported, promiseObjected, promiseJudged } = exampleTimes;
  const judge = { by: "inspector", person: "inspector-1" };
  const officer = { name: words.officer };
  const report = { type: "promise-reported", number: 1, officer, text: words.promiseReport };
  return [
    { version: 4, at: promiseReported, by: "agency", ...report },
    { version: 5, type: "promise-objected", at: promiseObjected, by: "citizen", number: 1, text: words.objection },
    {
      version: 6,
      type: "promise-judged",
      at: promiseJudged,
      ...judge,
      number: 1,
      kept: true,
      text: words.promiseJudgement,
    },
  ].slice(0, until - 3);
}

/** The state of an answered complaint whose promise has come so far. */
export const stateWithPromise = (version: number): ExampleState => ({ ...answeredState, version });

/** The fields that all views share: the state of the complaint, its texts and its history. */
function viewFields({ words, state, last, confidentialEntry, showsPromise }: View) {
  const version = last ? state.version - 1 : state.version;
  const earlier: Last[] = showsPromise
    ? [...eventsUntilDispute(words, 3), ...eventsOfPromise(words, version)]
    : eventsUntilDispute(words, version);
  const history = [
    ...earlier,
    ...(last ? [{ version: state.version, ...last }] : []),
    ...(confidentialEntry ? [{ entryNumber: 1, ...confidentialEntry }] : []),
  ];
  const ofType = (type: string) => history.filter((entry) => entry.type === type);
  const [answered] = ofType("answered");
  const [decided] = ofType("decided");
  return {
    ...state,
    description: words.description,
    ...(answered && { answer: { ...answerOf(words), at: answered.at } }),
    ...(decided && { decision: { ...decisionOf(words), at: decided.at } }),
    promises: promisesIn(history),
    messages: ofType("message-posted").map(
      ({ version: _version, type: _type, person: _person, ...message }) => message,
    ),
    attachments: [],
    history,
  };
}

/** The moves that the state of an example allows to the reader. */
function movesFor(caller: "citizen" | "agency" | "inspector", { state, last }: View) {
  const complaint = aComplaintOf({ ...state, extended: last?.type === "extended" });
  return complaintMoves(complaint, { by: { caller }, now: exampleTimes.filed });
}

/** The fields of a complaint that decide which moves are allowed. */
const aComplaintOf = (state: Record<string, unknown>) => ({ transferCount: 0, ...state }) as unknown as Complaint;

export function citizenViewOf(view: View) {
  return {
    ...viewFields(view),
    ...movesFor("citizen", view),
    phoneId: exampleIds.phoneId,
    identityShared: view.confidentialEntry?.type === "consent-given",
    mayBeCalled: true,
    hasCallDigits: true,
    notifyBySms: true,
    identityReads: [],
    uploads: [],
  };
}

function agencyFields({ words, state }: View) {
  return {
    officeId,
    language: words.language,
    occurredAt: exampleTimes.occurred,
    ...(state.status !== "filed" && { officer: officerOf(words) }),
    employee: { name: words.employee, counter: words.counter },
  };
}

export function agencyViewOf(view: View) {
  return { ...viewFields(view), ...agencyFields(view), ...movesFor("agency", view) };
}

export function inspectorViewOf(view: View & { visits?: unknown[] }) {
  const { visits = [], ...rest } = view;
  const people = { "inspector-1": inspectorName };
  const moves = movesFor("inspector", rest);
  return { ...viewFields(rest), ...agencyFields(rest), ...moves, channel: "phone", transferCount: 0, visits, people };
}

/** `more`: the events after the second escalation. */
export function overseerViewOf(words: ExampleWords, more: (Last & { version: number })[] = []) {
  const escalated = ({
    version,
    level,
    at,
    authority,
  }: {
    version: number;
    level: number;
    at: string;
    authority: string;
  }) => ({
    version,
    type: "escalated",
    at,
    by: "system",
    level,
    authority,
    step: "acknowledge",
    dueAt: at,
  });
  const view = viewFields({ words, state: filedState });
  const history = [
    ...view.history,
    escalated({ version: 2, level: 1, at: exampleTimes.acknowledgeBy, authority: "agency-head" }),
    escalated({ version: 3, level: 2, at: exampleTimes.secondLevel, authority: "county-governor" }),
    ...more,
  ];
  return { ...view, ...escalatedState, version: history.length, officeId, history };
}

/** The fields of a row in a list, besides the state of an example. */
type ExampleRow = { words: ExampleWords; state: ExampleState; lateSince?: string; awaitingReplySince?: string };

function rowFields({ words, state, ...row }: ExampleRow) {
  const nameIn = (named: { id: string; name: object }[], wanted: string) =>
    named.find((entry) => entry.id === wanted)?.name;
  const agency = catalog.agencies.find((entry) => entry.id === agencyId);
  return {
    officeId,
    names: {
      agency: agency?.name,
      county: nameIn(catalog.counties, countyId),
      office: nameIn(agency?.offices ?? [], officeId),
      category: nameIn(catalog.categories, category),
    },
    excerpt: words.description,
    next: nextStep(aComplaintOf(state)),
    newMessages: 0,
    ...row,
  };
}

/** A row of an agency's list. */
export function inboxItemOf(words: ExampleWords) {
  const { agencyId: _, ...state } = acknowledgedState;
  const { language } = words;
  return { ...state, language, officer: officerOf(words), ...rowFields({ words, state: acknowledgedState }) };
}

/** A row of an inspector's list. */
export const workQueueItemOf = (words: ExampleWords) => ({
  ...disputedState,
  ...rowFields({ words, state: disputedState }),
});
/** A row of an overseer's list. */
export const escalatedItemOf = (words: ExampleWords) => ({
  ...escalatedState,
  ...rowFields({ words, state: escalatedState, lateSince: exampleTimes.acknowledgeBy }),
});
/** The numbers of open complaints: one that is late. */
export function summaryExample() {
  const counts = { open: 4, dueSoon: 1, late: 1, answered: 1, disputed: 0 };
  const named = <T extends { id: string; name: object }>(all: readonly T[], wanted: string) =>
    all.filter((entry) => entry.id === wanted).map((entry) => ({ id: entry.id, name: entry.name, ...counts }));
  return {
    countedAt: exampleTimes.secondLevel,
    ...counts,
    levels: [
      { level: 0, open: 3, dueSoon: 1, late: 0, answered: 1, disputed: 0 },
      { level: 2, open: 1, dueSoon: 0, late: 1, answered: 0, disputed: 0 },
    ],
    agencies: named(catalog.agencies, agencyId),
    counties: named(catalog.counties, countyId),
    categories: named(catalog.categories, category),
  };
}

/** A cursor. Callers send it back as it is and do not read it. */
export const cursor = "WyI4ZDQ1YzE1ZjYwNTcwYjFhIix7fV0";
