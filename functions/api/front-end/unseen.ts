import type { Party } from "#shared/domain/complaint/change.ts";
import type { MoveRequest } from "#shared/store/complaints/moves.ts";

/**
 * A request without `If-Match`: whoever calls citizens back sees no version of a complaint, and a refusal by it would
 * tell of one that is not in the call that it is there.
 */
export function unseen<M extends Party>(request: MoveRequest<M>): MoveRequest<M> {
  return { ...request, ifMatch: undefined };
}
