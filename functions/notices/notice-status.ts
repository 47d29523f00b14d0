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
  "reheard",
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

const wordOfStatus: Record<Exclude<NoticeStatus, "reheard">, CitizenNoticeStatus> = {
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

/** What decides the citizen's word. */
type Worded = {
  status: NoticeStatus;
  standsSince?: string | undefined;
  /** The last word that was announced. */
  toldCitizen?: CitizenNoticeStatus | undefined;
};

/**
 * The word for the state of a notice. While an entry that stood is heard anew it still says so: whether it stands is open again, and the
 * citizen learns of the outcome alone.
 */
export function wordOfNotice({ status, standsSince }: Worded): CitizenNoticeStatus {
  if (status === "reheard" || status === "contested") return standsSince ? "standing" : "served";
  return wordOfStatus[status];
}

/** The words that the clock announces. The others follow from what the citizen does. */
const announced: readonly CitizenNoticeStatus[] = ["served", "not-served", "dismissed", "standing"];

/** The word that the citizen reads: service and outcome no earlier than the hourly announcement, however often the citizen looks. */
export function citizensWord(notice: Worded): CitizenNoticeStatus {
  const word = wordOfNotice(notice);
  return announced.includes(word) ? (notice.toldCitizen ?? "open") : word;
}
