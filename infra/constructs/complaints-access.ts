import { type IndexName, partitions } from "#shared/runtime/keys.ts";

export const reading = {
  one: "dynamodb:GetItem",
  several: "dynamodb:BatchGetItem",
  all: "dynamodb:Query",
};
export const writing = ["dynamodb:PutItem"];
export const open = [`${partitions.complaint}*`];
export const confidential = [`${partitions.private}*`];

/** How a role reads what it knows by id, and whether it reads the hours by which clocks run. */
export type Reads = { by?: (keyof typeof reading)[]; hours?: boolean };

export const held = ({ by = ["one", "several", "all"], hours = true }: Reads, keys: string[]) => ({
  actions: by.map((way) => reading[way]),
  to: hours ? [...keys, partitions.hours] : keys,
});

export const added = {
  nothing: [],
  private: confidential,
  audited: [...confidential, partitions.audit],
  both: [...open, ...confidential],
};

/**
 * A write may hand back the item that it replaces, deletes or updates, and so be a read: no role's may. A request that
 * asks for nothing back has no such key. IAM has no key for what a failed condition hands back (SECURITY.md).
 */
export const handsNothingBack = { StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" } };

export type Held = { actions: string[]; to: string[]; index?: IndexName };
