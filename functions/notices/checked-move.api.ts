import type { PrincipalOf } from "#shared/people/principal.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { asCreated } from "../http/reply.ts";
import type { Notice } from "./notice.ts";
import { executeNoticeCommand, type NoticeRequest } from "./notice-commands.store.ts";
import type { NoticeChange } from "./notice-events.ts";
import { rowReply } from "./read-notices.api.ts";
import { createWordCheck } from "./words-of-citizen.api.ts";

type CheckedRequest = Pick<NoticeRequest, "now" | "idempotencyKey" | "ifMatch"> & {
  path: { noticeId: string };
  principal: PrincipalOf<"inspector" | "reviewer">;
};

type CheckedMove = {
  /** The texts that must not tell who the citizen is, by their fields. */
  texts: Record<string, string>;
  decide: (notice: Notice, acting: { now: Instant; person: string }) => NoticeChange | Promise<NoticeChange>;
};

/**
 * Makes a move of an inspector or a reviewer that comes with a text, and replies with the row of the notice. The move is decided before
 * the text is compared with the citizen's identity: an attempt that the state refuses counts as no reading.
 */
export async function checkedMoveReply(
  { path: { noticeId }, principal, ...request }: CheckedRequest,
  { texts, decide }: CheckedMove,
) {
  const { now } = request;
  const wordCheck = createWordCheck({ principal, now, texts });
  await executeNoticeCommand({ ...request, noticeId, caller: principal.caller }, async (found, at) => {
    const change = await decide(found, { now: at, person: principal.person });
    await wordCheck.refuseWordsOfCitizen(found);
    return { change };
  });
  return { ...asCreated(await rowReply(noticeId, now)), quota: await wordCheck.quota() };
}
