import * as z from "zod";
import { AttachmentId } from "#shared/files/attachment.ts";
import { Employment } from "#shared/people/people.ts";
import { UnknownFields } from "#shared/storage/newer-items.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Slug } from "#shared/vocabulary.ts";
import { CitizenNoticeStatus, NoticeStatus } from "./notice-status.ts";

/** Why a notice ended. If an authority is late, it ends in favour of the employee: `not-decided`, `not-judged`, `question-unanswered`. */
export const NoticeEnd = z.enum([
  "citizen-disagreed",
  "citizen-silent",
  "not-served",
  "question-unanswered",
  "not-decided",
  "dismissed-by-inspector",
  "overturned-by-reviewer",
  "not-judged",
  "complaint-not-founded",
  "expired",
]);
export type NoticeEnd = z.infer<typeof NoticeEnd>;

/** How the letter reached the employee: a signed receipt, or a note of two officials that the employee declined to sign. */
export const ServiceWay = z.enum(["receipt", "declined"]);
export type ServiceWay = z.infer<typeof ServiceWay>;

/** A printed letter. Its secret works once: then the employee gets another one. */
const Letter = z.object({ printedBy: z.string(), printedAt: Instant, openedAt: Instant.optional() });

const Service = z.object({
  way: ServiceWay,
  employment: Employment,
  recordedBy: z.string(),
  /** The number of the event that recorded it: a confirmation names it. */
  number: z.int().min(1),
  confirmedAt: Instant.optional(),
});

/**
 * An act of a person on a notice. `acted-on-complaint`: the person decided, rejected or visited the complaint, acted on it for an
 * agency, read the citizen's identity, or renewed the citizen's secret.
 */
export const NoticePart = z.enum([
  "opened-notice",
  "printed-letter",
  "recorded-leave",
  "recorded-service",
  "confirmed-service",
  "answered-question",
  "typed-in-answer",
  "decided-notice",
  "acted-on-complaint",
  "judged-notice",
  "handed-over-letter",
]);
export type NoticePart = z.infer<typeof NoticePart>;

/** A question of the employee, without its text. While it waits, the employee's time stops. */
const Question = z.object({ askedAt: Instant, answeredAt: Instant.optional() });

/**
 * The state of a notice after its last event. It holds the fields for the rules, and no text and no name. Persons are the `sub`
 * of their tokens. A field that ends in `By` with a time is a deadline.
 */
export const Notice = z.object({
  id: z.string(),
  complaintId: z.string(),
  agencyId: Slug,
  officeId: Slug.optional(),
  status: NoticeStatus,
  /** Number of the last event. */
  version: z.int().min(1),
  lastEventAt: Instant,
  openedBy: z.string(),
  openedAt: Instant,
  /** All acts by persons. A new letter removes none. `acted-on-complaint` is added when the notice is decided. */
  parts: z.array(z.object({ part: NoticePart, person: z.string() })),
  /** Until when the citizen may agree. */
  agreeBy: Instant,
  agreedAt: Instant.optional(),
  /** Until when the letter must be served; an employee's leave moves it. */
  serveBy: Instant.optional(),
  /** Days of leave that have moved `serveBy`. */
  leaveDays: z.number().min(0),
  /** The last letter. `letterCount` counts all. */
  letter: Letter.optional(),
  letterCount: z.int().min(0),
  /** Which secret opens the notice; absent before the first letter. */
  secretGeneration: z.int().min(0).optional(),
  /** The last word about the notice that its citizen got; absent before the service. */
  toldCitizen: CitizenNoticeStatus.optional(),
  /** Present once erasing is the only work that is left. */
  settled: z.literal(true).optional(),
  /** The deadline about which the head of the centre got a reminder. */
  remindedOf: Instant.optional(),
  service: Service.optional(),
  /** When a reviewer handed over a new letter, once, and the status before. The employee is then heard anew. */
  handover: z.object({ at: Instant, from: NoticeStatus }).optional(),
  /** How long the entry rested while the employee was heard anew, in ms: it stands so much longer. */
  restedMs: z.number().min(0).optional(),
  /** Present if the employee declined to sign and got new days by opening the notice later. */
  heardAnew: z.literal(true).optional(),
  /** Until when the employee may answer. */
  answerBy: Instant.optional(),
  extended: z.literal(true).optional(),
  questions: z.array(Question),
  /** When the employee answered with the secret. */
  answeredAt: Instant.optional(),
  /** The inspector who typed in an answer on paper. */
  paperAnswerBy: z.string().optional(),
  decidedAt: Instant.optional(),
  decidedBy: z.string().optional(),
  /** Until when the employee may contest a decision that the allegation stands. */
  contestBy: Instant.optional(),
  contestedAt: Instant.optional(),
  standsSince: Instant.optional(),
  endedAt: Instant.optional(),
  end: NoticeEnd.optional(),
  newer: UnknownFields,
});
export type Notice = z.infer<typeof Notice>;

/** The events of a notice with their texts. An event by `system` was caused by time or by a later decision. */
export const NoticePayload = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.object({
      type: z.literal("opened"),
      /** Numbers of the complaint's events on which the notice rests. */
      evidence: z.array(z.int().min(1)),
      allegation: z.string(),
      /** The provision of law. */
      grounds: z.string(),
    }),
    z.object({ type: z.literal("agreed") }),
    z.object({ type: z.literal("letter-printed") }),
    z.object({ type: z.literal("letter-opened") }),
    z.object({ type: z.literal("leave-recorded"), until: Instant }),
    /** `scan`: the file with the signatures. */
    z.object({ type: z.literal("service-recorded"), way: ServiceWay, employment: Employment, scan: AttachmentId }),
    z.object({ type: z.literal("service-confirmed") }),
    /** A reviewer saw the employee's identity card and handed over a new letter against signature. */
    z.object({ type: z.literal("letter-handed-over") }),
    /** The employee, who was to be heard anew, did not answer: the former state goes on. */
    z.object({ type: z.literal("resumed") }),
    z.object({ type: z.literal("answer-extended") }),
    z.object({ type: z.literal("question-asked"), text: z.string() }),
    z.object({ type: z.literal("question-answered"), text: z.string() }),
    /** `onPaper`: an inspector typed in the employee's answer on paper. */
    z.object({
      type: z.literal("answered"),
      text: z.string(),
      attachments: z.array(AttachmentId).optional(),
      onPaper: z.literal(true).optional(),
    }),
    z.object({ type: z.literal("decided"), outcome: z.enum(["stands", "dismissed"]), reasons: z.string() }),
    z.object({ type: z.literal("contested"), text: z.string() }),
    z.object({ type: z.literal("judged"), outcome: z.enum(["upheld", "overturned"]), reasons: z.string() }),
    /** An inspector or the reviewer must act within days: the head of the centre gets a mail. */
    z.object({ type: z.literal("reminded"), deadline: Instant }),
    /** The citizen learns of the service or of the outcome, in one word. */
    z.object({ type: z.literal("citizen-told"), word: CitizenNoticeStatus }),
    z.object({ type: z.literal("began-to-stand") }),
    z.object({ type: z.literal("ended"), end: NoticeEnd }),
  ]),
);
export type NoticePayload = z.infer<typeof NoticePayload>;

/** Who caused an event of a notice. `person` is the `sub` of an official. */
export const NoticeActor = z.object({
  by: z.enum(["inspector", "citizen", "employee", "reviewer", "system"]),
  person: z.string().optional(),
});
export type NoticeActor = z.infer<typeof NoticeActor>;

export const NoticeEvent = z.intersection(
  NoticePayload,
  NoticeActor.extend({
    version: z.int().min(1),
    at: Instant,
    /** Of a decision: who acted on the complaint. No view shows it. */
    involved: z.array(z.string()).optional(),
  }),
);
export type NoticeEvent = z.infer<typeof NoticeEvent>;

/** A notice that no event but time or a later decision can change, or nothing at all. */
export const isNoticeOver = ({ endedAt }: Pick<Notice, "endedAt">) => endedAt !== undefined;

/** The question that waits for an inspector's answer. */
export const openQuestion = ({ questions }: Pick<Notice, "questions">) =>
  questions.find(({ answeredAt }) => answeredAt === undefined);
