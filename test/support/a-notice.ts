import type { NoticeChange } from "#functions/notices/notice-events.ts";
import { type NoticeGround, openNotice } from "#functions/notices/notice-opening.ts";
import type { ComplaintEvent } from "#shared/complaints/event.ts";
import { aComplaint, morning } from "./a-complaint.ts";

export const openingInspector = "inspector-1";
const closedAt = "2026-12-01T08:00:00.000Z";

const event = (version: number, fields: object) =>
  ({ version, at: closedAt, by: "inspector", ...fields }) as ComplaintEvent;

/** A complaint about a person that an inspector decided as founded after another's visit. */
export const noticeGround: NoticeGround = {
  complaint: aComplaint({ status: "closed", closure: "decided", closedAt, cause: "conduct", decidedBy: "decided" }),
  events: [
    event(1, { type: "filed", at: morning, by: "front-end" }),
    event(2, { type: "answered", by: "agency" }),
    event(3, { type: "visit-reported", person: "visited", visitResult: "confirmed" }),
    event(4, { type: "decided", person: "decided", finding: "founded" }),
  ],
  isCausePersonal: true,
  inspectors: [openingInspector, "decided", "visited", "inspector-4", "inspector-5", "inspector-6"],
  visitors: ["visited"],
  operatesFrontEnd: false,
  reviewers: ["reviewer", "reviewer-2"],
  colleagues: [],
  confidentialLog: [],
  others: [],
};

export const involved = {
  complaint: noticeGround.complaint,
  events: noticeGround.events,
  confidentialLog: noticeGround.confidentialLog,
  visitors: noticeGround.visitors,
};

export const newNotice = {
  id: "QZ-N000-0001",
  employee: { agencyId: "social-security", name: "رضا کریمی" },
  evidence: [3, 4],
  allegation: "ارباب‌رجوع را بی‌دلیل از باجه راند.",
  grounds: "بند ۸ ماده ۸ قانون رسیدگی به تخلفات اداری",
  inspector: openingInspector,
  now: "2026-12-02T08:00:00.000Z",
};

export const aNotice = (ground: Partial<NoticeGround> = {}): NoticeChange =>
  openNotice({ ...noticeGround, ...ground }, newNotice);
