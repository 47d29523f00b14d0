import { Follower } from "#shared/domain/telling/webhook.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { readItem, readPartition } from "../items.ts";
import { allReadable, readable } from "../readable.ts";
import { ifNew, overtaken, putIf, putting, unchangedSince, unlessOvertaken, writeTogether } from "../transaction.ts";
import { putAudit } from "./audit.ts";

const attempts = 5;
const keyOf = (subscriber: string) => ({ pk: partitions.webhook, sk: subscriber });

/**
 * Every subscriber that was ever served, by name: also those that the province's file no longer names. Undefined stands for one
 * that this code cannot read, which must not begin anew.
 */
export async function readFollowers(): Promise<Map<string, Follower | undefined>> {
  const items = await readPartition(partitions.webhook);
  const followers = new Map<string, Follower | undefined>(items.map(({ sk }) => [String(sk), undefined]));
  for (const follower of allReadable(Follower, items)) followers.set(follower.subscriber, follower);
  return followers;
}

/** Undefined for one that no run has served yet. */
export async function readFollower(subscriber: string): Promise<Follower | undefined> {
  const item = await readItem(keyOf(subscriber));
  return item && readable(Follower, item);
}

const next = (follower: Follower) => ({ ...follower, version: follower.version + 1 });

function sinceRead({ version }: Follower) {
  return version === 0 ? ifNew : unchangedSince(version);
}

/** Writes what became of a follower that was read, as its next version; undefined where another has written since. */
export async function saveFollower(follower: Follower): Promise<Follower | undefined> {
  const written = next(follower);
  return (await putIf(sinceRead(follower), { ...written, ...keyOf(follower.subscriber) })) ? written : undefined;
}

type Tending = {
  /** What is noted of an admin's act; nothing is of what owners do with their own. */
  noting?: { type: "webhook-resumed" | "webhook-secret-told"; at: string; client: string; person: string } | undefined;
  read: () => Promise<Follower>;
  /** The follower itself where nothing is to change. */
  tended: (before: Follower) => Follower;
};

/** What somebody does with a webhook: written together with a note of who did it, which is written also if nothing changes. */
export function tendFollower({ noting, read, tended }: Tending): Promise<Follower> {
  return unlessOvertaken(attempts, async () => {
    const before = await read();
    const after = tended(before);
    const { subscriber, generation } = after;
    const noted = noting ? [putAudit({ ...noting, subscriber, generation })] : [];
    // A run that has it in hand is not disturbed where nothing changes.
    const written = after === before ? [] : [putting({ ...next(after), ...keyOf(subscriber) }, sinceRead(after))];
    const writes = [...noted, ...written];
    return writes.length > 0 && (await writeTogether(writes)) ? overtaken : after;
  });
}
