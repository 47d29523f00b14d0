import * as z from "zod";
import { Fault } from "#shared/domain/fault.ts";
import { idempotencyKeyDays } from "#shared/domain/policy-numbers.ts";
import { type Follower, resumed } from "#shared/domain/telling/webhook.ts";
import { dayMs, later } from "#shared/domain/time/duration.ts";
import { eventIdPattern } from "#shared/domain/vocabulary.ts";
import type { Once } from "#shared/store/complaints/moves.ts";
import { tendFollower } from "#shared/store/events/followers.ts";
import { type Asked, followerOf } from "./webhook.ts";

export const Resuming = z.strictObject({ after: z.string().regex(eventIdPattern).optional() });

type Resume = Asked & {
  after: string | undefined;
  once: Once | undefined;
  /** The admin whose act is noted; nobody where its owner resumes it. */
  admin?: { clientId: string; person: string };
};

/** Sends on from where it stopped, or after another event; the same request within a day changes nothing. */
export function resume({ subscriber, after, once, admin, now }: Resume): Promise<Follower> {
  return tendFollower({
    noting: admin && { type: "webhook-resumed", at: now, client: admin.clientId, person: admin.person },
    read: () => followerOf({ subscriber, now }),
    tended(before) {
      const same = before.resumedBy.find(
        ({ keyMac, at }) => keyMac === once?.keyMac && later(at, idempotencyKeyDays * dayMs) > now,
      );
      if (!same) return resumed(before, { after, by: once, now });
      if (same.bodyMac !== once?.bodyMac) throw new Fault("idempotency-key-reused");
      return before;
    },
  });
}
