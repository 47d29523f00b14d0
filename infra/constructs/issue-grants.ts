import { partitions } from "#shared/runtime/keys.ts";
import { type ComplaintsTable, readActions, writeActions } from "./complaints-table.ts";
import type { ServiceFunction } from "./service-function.ts";

const complaintKeys = [`${partitions.complaint}*`];
const issueKeys = [`${partitions.issues}*`];
const linkKeys = [`${partitions.issueLinks}*`];
const callKeys = [`${partitions.issueCalls}*`];
const visitKeys = [`${partitions.issueVisits}*`];
const logKeys = [`${partitions.confidential}*`];

type Ways = readonly (keyof typeof readActions)[];
const actionsOf = (by: Ways) => by.map((way) => readActions[way]);

/** Lets `fn` read issues with their texts, and not which complaints are linked to them. */
export function grantReadIssues(complaints: ComplaintsTable, fn: ServiceFunction, by: Ways): void {
  complaints.grantAccess(fn, { actions: actionsOf(by), keys: issueKeys });
}

/** Lets the inspectors' function keep and read visits that found an issue mended. */
export function grantIssueVisits(complaints: ComplaintsTable, fn: ServiceFunction): void {
  complaints.grantAccess(fn, { actions: actionsOf(["all"]), keys: visitKeys });
  // The record of the request is written in the same transaction. IAM compares all keys of a request with each statement.
  complaints.grantAccess(fn, { actions: writeActions, keys: [...issueKeys, ...visitKeys] });
}

/** Lets `fn` read and change issues, and read the office hours that their deadlines depend on. */
export function grantWriteIssues(complaints: ComplaintsTable, fn: ServiceFunction): void {
  const keys = [...issueKeys, partitions.hours];
  complaints.grantAccess(fn, { actions: actionsOf(["one", "several", "all"]), keys });
  complaints.grantAccess(fn, { actions: writeActions, keys: issueKeys });
}

/** Lets the inspectors' function link complaints to issues, which is an event of the complaint. */
export function grantLinkToIssues(complaints: ComplaintsTable, fn: ServiceFunction): void {
  const keys = [...complaintKeys, ...linkKeys];
  complaints.grantAccess(fn, { actions: actionsOf(["one", "several", "all"]), keys });
  complaints.grantAccess(fn, { actions: writeActions, keys });
}

/** Lets the call centre's function read which round a citizen is called for, and count an answer that it cannot read again. */
export function grantCountIssueAnswers(complaints: ComplaintsTable, fn: ServiceFunction): void {
  grantReadIssues(complaints, fn, ["one"]);
  // The entry of the log and the count are written in one transaction. IAM may compare each action with all of its keys.
  const keys = [...complaintKeys, ...logKeys, ...callKeys];
  complaints.grantAccess(fn, { actions: [...writeActions, "dynamodb:UpdateItem"], keys });
}

/**
 * Lets `fn` put linked citizens on the list of calls, and verify issues by reported visits and by the counts of answers, which no other
 * function reads.
 */
export function grantAskAboutIssues(complaints: ComplaintsTable, fn: ServiceFunction): void {
  complaints.grantAccess(fn, { actions: actionsOf(["several", "all"]), keys: [...complaintKeys, ...linkKeys] });
  complaints.grantAccess(fn, { actions: actionsOf(["one"]), keys: callKeys });
  complaints.grantAccess(fn, { actions: actionsOf(["all"]), keys: logKeys });
  complaints.grantAccess(fn, { actions: actionsOf(["several"]), keys: issueKeys });
  for (const keys of [callKeys, logKeys, issueKeys, visitKeys])
    complaints.grantAccess(fn, { actions: writeActions, keys });
  complaints.grantList(fn, "openIssues");
  complaints.grantList(fn, "pendingIssueVisits");
}

/** Lets `fn` answer the complaints that are linked to issues, as agencies ordered. */
export function grantAnswerLinked(complaints: ComplaintsTable, fn: ServiceFunction): void {
  complaints.grantAccess(fn, { actions: actionsOf(["several", "all"]), keys: [...complaintKeys, ...linkKeys] });
  complaints.grantAccess(fn, { actions: writeActions, keys: complaintKeys });
  complaints.grantAccess(fn, { actions: actionsOf(["one", "several"]), keys: issueKeys });
  complaints.grantAccess(fn, { actions: writeActions, keys: issueKeys });
  complaints.grantList(fn, "pendingAnswers");
}
