import { partitions } from "#shared/runtime/keys.ts";
import { type ComplaintsTable, readActions, writeActions } from "./complaints-table.ts";
import type { ServiceFunction } from "./service-function.ts";

const keys = [`${partitions.notices}*`];

/** Lets `fn` read notices to employees. */
export function grantReadNotices(complaints: ComplaintsTable, fn: ServiceFunction): void {
  complaints.grantAccess(fn, { actions: Object.values(readActions), keys });
}

/** Lets `fn` read and change notices to employees, and nothing of a complaint. */
export function grantNoticesAlone(complaints: ComplaintsTable, fn: ServiceFunction): void {
  grantReadNotices(complaints, fn);
  complaints.grantAccess(fn, { actions: writeActions, keys });
}

/** Lets `fn` read the standing records of employees, and record each reading. */
export function grantRecords(complaints: ComplaintsTable, fn: ServiceFunction): void {
  grantReadNotices(complaints, fn);
  complaints.grantList(fn, "records");
  complaints.grantAccess(fn, { actions: writeActions, keys: [partitions.audit] });
}

/** Lets `fn` read what was published of employees' records, or publish it (`adds`). */
export function grantRecordYears(complaints: ComplaintsTable, fn: ServiceFunction, { adds = false } = {}): void {
  const actions = [readActions.all, ...(adds ? writeActions : [])];
  complaints.grantAccess(fn, { actions, keys: [partitions.recordYears] });
}

/** Lets `fn` erase notices to employees that ended a year ago. It sees which files they have, and no name. */
export function grantNoticeErasure(complaints: ComplaintsTable, fn: ServiceFunction): void {
  complaints.grantAccess(fn, { actions: [readActions.all], keys });
  complaints.grantAccess(fn, { actions: ["dynamodb:DeleteItem"], keys });
  complaints.grantList(fn, "pastNotices");
}
