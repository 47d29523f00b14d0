import type { Complaint } from "./complaint.ts";
import type { ComplaintEvent } from "./event.ts";

type MessageFields = Pick<Complaint, "newMessages" | "awaitingReplySince">;

/** The unread messages and the awaited reply after an event. They follow only from events that the agency sees. */
export function messageFieldsAfter(event: ComplaintEvent, before: MessageFields): MessageFields {
  return { newMessages: newMessagesAfter(event, before), awaitingReplySince: awaitingReplyAfter(event, before) };
}

/** A transfer leaves the citizen's messages new: the next agency has not seen them. */
function newMessagesAfter({ type, by }: ComplaintEvent, { newMessages }: MessageFields): number | undefined {
  if (by === "agency" && type !== "transferred") return undefined;
  return by === "citizen" && type === "message-posted" ? (newMessages ?? 0) + 1 : newMessages;
}

/** Every act of the citizen ends the wait, a file too: the agency must look at it. */
function awaitingReplyAfter({ type, by, at, after }: ComplaintEvent, { awaitingReplySince }: MessageFields) {
  if (by === "agency" && type === "message-posted") return at;
  const isOver = by === "citizen" || type === "answered" || type === "transferred" || after.status === "closed";
  return isOver ? undefined : awaitingReplySince;
}
