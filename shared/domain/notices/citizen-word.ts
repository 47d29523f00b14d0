import * as z from "zod";
import type { NoticeStatus } from "./notice.ts";

/** What becomes of a notice, as its citizen reads it: one word for the service, one for the outcome. */
export const CitizenNoticeStatus = z.enum([
  "asked",
  "refused",
  "open",
  "served",
  "not-served",
  "dismissed",
  "standing",
]);
export type CitizenNoticeStatus = z.infer<typeof CitizenNoticeStatus>;

export const citizensWord: Record<NoticeStatus, CitizenNoticeStatus> = {
  asked: "asked",
  refused: "refused",
  open: "open",
  lapsed: "not-served",
  served: "served",
  decided: "served",
  contested: "served",
  dismissed: "dismissed",
  overturned: "dismissed",
  standing: "standing",
  expired: "standing",
};

/** The outcomes that a citizen is told. */
export const NoticeOutcome = CitizenNoticeStatus.extract(["not-served", "dismissed", "standing"]);
