import * as z from "zod";

/**
 * The states of a notice: an allegation of an inspector about an employee's conduct. Only a notice in `standing` is
 * an entry in the employee's record.
 */
export const NoticeStatus = z.enum([
  "asked",
  "declined",
  "open",
  "lapsed",
  "served",
  "dismissed",
  "decided",
  "contested",
  "standing",
  "overturned",
  "expired",
]);
export type NoticeStatus = z.infer<typeof NoticeStatus>;

/** The state of a notice as its citizen reads it: one word for the service, one for the outcome. */
export const CitizenNoticeStatus = z.enum([
  "asked",
  "declined",
  "open",
  "served",
  "not-served",
  "dismissed",
  "standing",
]);
export type CitizenNoticeStatus = z.infer<typeof CitizenNoticeStatus>;

export const citizensWord: Record<NoticeStatus, CitizenNoticeStatus> = {
  asked: "asked",
  declined: "declined",
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
