import type { Mover } from "#shared/domain/complaint/change.ts";
import type { MoveRequest } from "#shared/store/complaints/moves.ts";

/** A request that no key and no `If-Match` can have refused, for what is never refused and does no harm when repeated. */
export function unconditional<M extends Mover>({ path, principal, now }: MoveRequest<M>): MoveRequest<M> {
  return { path, principal, now };
}
