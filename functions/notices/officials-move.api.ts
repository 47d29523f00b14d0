import { Fault } from "#shared/fault.ts";
import { tellingMoves } from "#shared/moves.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import type { Writes } from "#shared/storage/transaction.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { asCreated } from "../http/reply.ts";
import type { Notice } from "./notice.ts";
import { passTime } from "./notice-clock.ts";
import { executeNoticeCommand, type NoticeRequest } from "./notice-commands.store.ts";
import type { NoticeChange } from "./notice-events.ts";
import { noticeMoves } from "./notice-lifecycle.ts";
import { rowReply } from "./read-notices.api.ts";
import { readTies } from "./ties.api.ts";
import { createWordCheck } from "./words-of-citizen.api.ts";

/** The request of an inspector or a reviewer that makes a move of a notice. */
export type OfficialsRequest = Pick<NoticeRequest, "now" | "idempotencyKey" | "ifMatch"> & {
  path: { noticeId: string };
  principal: PrincipalOf<"inspector" | "reviewer">;
};
type Acting = { now: Instant; person: string };
/** Decides the change of a notice, or throws a `Fault`. */
export type OfficialsDecision = (notice: Notice, acting: Acting) => NoticeChange | Promise<NoticeChange>;
type Decided = { change: NoticeChange; additionalWrites?: Writes };

/**
 * Makes a move of an inspector or a reviewer. Returns the notice after the move. If the state refuses the move, the fault names the same
 * moves as the official's view of the notice.
 */
export function executeOfficialsMove(
  { path: { noticeId }, principal, ...request }: OfficialsRequest,
  decide: (notice: Notice, acting: Acting) => Decided | Promise<Decided>,
): Promise<Notice> {
  return executeNoticeCommand({ ...request, noticeId, caller: principal.caller }, async (found, now) => {
    try {
      return await decide(found, { now, person: principal.person });
    } catch (error) {
      throw await withMovesOf(error, { found, now, principal });
    }
  });
}

type Refused = { found: Notice; now: Instant; principal: OfficialsRequest["principal"] };

/** The fault of a state, with the moves that the official has; any other error as it is. */
export async function withMovesOf(error: unknown, { found, now, principal }: Refused): Promise<unknown> {
  if (!(error instanceof Fault) || error.code !== "notice-state") return error;
  const present = passTime(found, now).notice;
  const ties = await readTies(present, principal);
  return tellingMoves(error, noticeMoves(present, { by: principal, now, ...ties }));
}

type CheckedMove = {
  /** The texts that must not tell who the citizen is, by their fields. */
  texts: Record<string, string>;
  decide: OfficialsDecision;
};

/**
 * Makes a move of an inspector or a reviewer that comes with a text, and replies with the row of the notice. The move is decided before
 * the text is compared with the citizen's identity: an attempt that the state refuses counts as no reading.
 */
export async function checkedMoveReply(request: OfficialsRequest, { texts, decide }: CheckedMove) {
  const { principal, now } = request;
  const wordCheck = createWordCheck({ principal, now, texts });
  await executeOfficialsMove(request, async (found, acting) => {
    const change = await decide(found, acting);
    await wordCheck.refuseWordsOfCitizen(found);
    return { change };
  });
  return { ...asCreated(await rowReply(request.path.noticeId, now)), quota: await wordCheck.quota() };
}
