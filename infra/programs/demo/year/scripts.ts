import { day, type Hours, nextCallTime, type Span } from "./calendar.ts";
import type { Filing } from "./filing.ts";
import { announcedPicture } from "./perform.ts";
import {
  addRequest,
  agencyOf,
  type PlannedComplaint,
  type PlannedRequest,
  phoneOf,
  type YearActor,
  yearDigits,
  yearTexts,
} from "./story.ts";

/**
 * Stories that are told in every year, so that even a small one holds each act. The first complaints of a year have them, one
 * story each; all other complaints live by chance.
 */
type Script = (teller: Teller) => void;

type Said = Partial<Pick<PlannedRequest, "body" | "path" | "links">> & {
  /** Minutes of office hours since the last act. */
  after?: number;
};
type Tell = (act: PlannedRequest["act"], said?: Said) => Teller;

type Teller = {
  citizen: Tell;
  employee: Tell;
  agency: Tell;
  governor: Tell;
  admin: Tell;
  reviewer: Tell;
  personnel: Tell;
  /** An inspector by number. */
  inspector(number: number): Tell;
  /** The call centre calls, if the complaint stands on its list. */
  called(body?: Record<string, unknown>): Teller;
  /** Time passes in which nobody acts. */
  days(count: number): Teller;
  /** The day in UTC so many days from now, for a body or path; noon, so that Tehran has the same. */
  on(days: number): string;
  /** The instant so many days from now. */
  at(days: number): string;
  complaint: PlannedComplaint;
};

const agencyId = "bank-mahtab";
const countyId = "sepidrokh";
/** Time enough for all that happens before an answer. */
const category = "postponed-without-reason";

/**
 * When and about whom a scripted complaint is filed. The first story begins on the fifth day of the year, each next one a day later. The
 * complaints that are linked to the issue of `issueMended` are filed on the day of that story, half an hour of office time before it.
 */
export function filingOfScript(number: number, { span, hours }: { span: Span; hours: Hours }): Filing {
  const isLinked = number >= stories.length;
  const ownDay = 4 + (isLinked ? issueStory : number);
  const at = hours.worked(span.from + ownDay * day, isLinked ? 30 : 60);
  return { at, agencyId, countyId, category, frontEnd: "call-centre-128" };
}

/** Plans a whole story, from its filing on. */
export function tellScript(complaint: PlannedComplaint): PlannedRequest[] {
  const script = stories[complaint.number] ?? linkedStory;
  script(tellerOf(complaint));
  return complaint.requests;
}

function tellerOf(complaint: PlannedComplaint): Teller {
  const tell =
    (by: YearActor): Tell =>
    (act, { after = 60, body = {}, ...more } = {}) => {
      const at = complaint.requests.length === 0 ? complaint.now : complaint.hours.worked(complaint.now, after);
      addRequest(complaint, { at, by, act, body, ...more });
      return teller;
    };
  const instant = (days: number) => new Date(complaint.now + days * day).toISOString();
  const teller: Teller = {
    complaint,
    citizen: tell("citizen"),
    employee: tell("employee"),
    agency: (act, said) => tell(agencyOf(complaint))(act, said),
    governor: tell({ program: `governor-${countyId}` }),
    admin: tell({ person: "admin" }),
    reviewer: tell({ person: "reviewer" }),
    personnel: tell({ person: `personnel-${firstAgency}` }),
    inspector: (number) => tell({ person: `inspector-${number}` }),
    called(body = {}) {
      const at = nextCallTime(complaint.now);
      addRequest(complaint, { at, by: { program: "call-centre-128" }, act: "call", body: { ...opinion, ...body } });
      return teller;
    },
    days(count) {
      complaint.now += count * day;
      return teller;
    },
    on: (days) => instant(days).slice(0, 10),
    at: instant,
  };
  return teller;
}

/** The agency whose personnel office is registered on this machine: the first of the province file. */
const firstAgency = "bank-sepidar";

const officer = { name: "بهار سپهرنیا", personnelId: "۱۰۲۱" };
const opinion = { solved: "partly", handling: 3 };
const judgement = { finding: "founded", cause: "system-down", text: yearTexts.decision("founded") };
const answered = { officer, finding: "founded", cause: "system-down", text: "سامانه برگشت و کار شما انجام شد." };
const named = (number: number) => ({
  name: "شهروند مهر",
  phone: phoneOf(number),
  mayBeCalled: true,
  callDigits: yearDigits,
});
const nationalId = "0499370899";
const file = (teller: Teller, more: object = {}, own: object = {}) => {
  const { complaint } = teller;
  const at = complaint.requests.length === 0 ? complaint.now : complaint.hours.worked(complaint.now, 60);
  const description = yearTexts.complaint(complaint.chance, category);
  const citizen = { ...named(complaint.number), ...own };
  const filing = { agencyId: complaint.agencyId, countyId, category, channel: "phone", description, citizen };
  addRequest(complaint, { at, by: { program: "call-centre-128" }, act: "filing", body: { ...filing, ...more } });
  return teller;
};
const acknowledge = (teller: Teller) => teller.agency("acknowledgement", { body: { officer } });
const answer = (teller: Teller, more: object = {}) => teller.agency("answer", { body: { ...answered, ...more } });
const dispute = (teller: Teller) => teller.citizen("dispute", { body: { reason: yearTexts.dispute } });
const decide = (teller: Teller, more: object = {}) =>
  teller.inspector(2)("decision", { body: { ...judgement, ...more } });
const acknowledged = (teller: Teller) => acknowledge(file(teller));
const disputed = (teller: Teller) => dispute(answer(acknowledged(teller)));

const issue = {
  agencyId,
  category,
  countyIds: [countyId],
  title: "سامانهٔ شعبه‌ها قطع می‌شود",
  summary: "سامانهٔ شعبه‌ها هر هفته چند ساعت قطع است و کار مردم به روز دیگر می‌افتد.",
  outage: false,
};
const reason = "قطعهٔ سفارش‌داده‌شده در گمرک مانده است.";
const plan = (teller: Teller, days = 20) =>
  teller.agency("issue-plan", {
    body: { what: "سرور شعبه‌ها عوض می‌شود.", responsible: "ادارهٔ فناوری", by: teller.at(days) },
  });
const done = (teller: Teller) => teller.agency("issue-done", { body: { text: "سرور تازه یک هفته است که کار می‌کند." } });
const opened = (teller: Teller) => teller.inspector(1)("issue-opening", { body: issue });

const allegation = "هنگام مراجعه، کارمند با صدای بلند ارباب‌رجوع را از باجه راند.";
const grounds = "بند ۲ ماده ۸ قانون رسیدگی به تخلفات اداری";
const reasons = "گزارش بازدید و فیلم سالن آن را نشان می‌دهد.";
const conduct = { ...judgement, cause: "conduct", upholdsAnswer: true };
const employee = { agencyId, name: "رضا کریمی" };
/** A notice to an employee to which the citizen agreed. */
function agreed(teller: Teller): Teller {
  dispute(answer(acknowledged(teller), { cause: "conduct" })).inspector(2)("decision", { body: conduct });
  teller.inspector(1)("notice-opening", { body: { employee, evidence: [5], allegation, grounds } });
  return teller.citizen("notice-consent", { body: { agrees: true } });
}

/** A notice that two inspectors opened and served; a third inspector is left to decide. */
function served(teller: Teller, way: "receipt" | "declined"): Teller {
  agreed(teller)
    .inspector(1)("notice-leave", { body: { onLeaveUntil: teller.at(5) } })
    .days(5);
  teller.inspector(1)("notice-letter");
  teller.inspector(1)("notice-scan", { body: announcedPicture });
  const employment = { personnelId: "40218" };
  teller.inspector(1)("notice-service", { body: { way, name: employee.name, employment, scan: "{attachmentId}" } });
  teller.inspector(2)("notice-confirmation", { body: { number: 5 } });
  return teller.employee("notice-first-reading");
}

export const scripts: Record<string, Script> = {
  promised(teller) {
    const actions = [{ text: "آموزش جانشین", dueOn: teller.on(20) }];
    answer(acknowledged(teller), { actions }).days(21);
    teller.agency("promise-report", { body: { officer, text: "انجام شد." } });
    teller.citizen("promise-objection", { body: { text: "انجام نشده است." } });
    teller.inspector(1)("promise-judgement", { body: { kept: false, text: "در بازدید دیده نشد." } });
  },
  escalated(teller) {
    file(teller).days(6);
    teller.governor("directive", { body: { text: "تا فردا پاسخ دهید." } });
    teller.agency("agency-message", { body: { officer, text: "پیگیری می‌شود." } });
    teller.inspector(1)("claim").inspector(1)("inspector-message", { body: { text: "پرونده نزد ماست." } });
    teller.inspector(1)("claim-return");
    decide(teller).citizen("opinion", { body: opinion });
  },
  visited(teller) {
    disputed(teller).inspector(1)("visits", { body: { plannedAt: teller.at(2) } });
    teller.inspector(1)("visit-cancellation", { body: { reason: "همان موضوع دیروز دیده شد." } });
    teller.inspector(1)("visits", { body: { plannedAt: teller.at(1) } });
    teller.inspector(1)("visit-plan", { body: { plannedAt: teller.at(1), inspector: "inspector-2" } });
    const body = { arrivedAt: "", visitResult: "confirmed", text: yearTexts.report };
    teller.days(1).inspector(2)("report", { body: { ...body, arrivedAt: teller.at(0) } });
    decide(teller, { upholdsAnswer: false });
  },
  employeeSpeaks(teller) {
    const employee = { name: "رضا کریمی" };
    acknowledge(file(teller, { employee })).agency("statement", { body: { employee, text: "در مأموریت بودم." } });
    answer(teller).citizen("acceptance");
  },
  misplaced(teller) {
    file(teller).inspector(1)("inspector-transfer", {
      body: { toAgencyId: "workers-fund", reason: yearTexts.transfer },
    });
    teller.complaint.agencyId = "workers-fund";
    acknowledge(teller).agency("transfer", { body: { toAgencyId: "roads-house", reason: yearTexts.transfer } });
    teller.complaint.agencyId = "roads-house";
    acknowledge(teller).agency("extension", { body: { reason: yearTexts.extension } });
    answer(teller).citizen("acceptance");
  },
  rejected(teller) {
    file(teller).inspector(1)("rejection", { body: { reason: "out-of-scope", text: yearTexts.rejection } });
  },
  withdrawn(teller) {
    file(teller)
      .citizen("withdrawal")
      .citizen("opinion", { body: { solved: "no", handling: 1, pressured: true } });
  },
  withFile(teller) {
    file(teller, {}, { nationalId }).citizen("consent", { body: { shareWithAgency: true } });
    teller.citizen("attachment", { body: announcedPicture }).citizen("messages", { body: { text: yearTexts.message } });
    teller.inspector(1)("secret-renewal", { body: { nationalId } });
    // For two days a renewed secret accepts nothing.
    answer(acknowledge(teller)).days(3).citizen("acceptance").days(2).citizen("identity-erasure");
  },
  held(teller) {
    file(teller).admin("hold-set", { body: { reason: "دادگاه پرونده را خواسته است." } });
    answer(acknowledge(teller)).admin("hold-lifted", { body: { reason: "دادگاه کارش را تمام کرد." } });
  },
  closedDay(teller) {
    // Offices close on the day of the filing, before its first deadline.
    const date = teller.on(0);
    file(teller).admin("office-hours", { path: { date }, body: { closed: true, reason: "برف" }, after: 1 });
    teller.admin("office-hours-restored", { path: { date }, body: { reason: "برف بند آمد." }, after: 1 });
    answer(acknowledge(teller)).citizen("acceptance");
  },
  retaliation(teller) {
    answer(acknowledged(teller)).citizen("acceptance").days(3);
    file(teller, { retaliationFor: { id: "{id}", secret: "{secret}" } });
    decide(teller);
  },
  silent(teller) {
    answer(acknowledged(teller)).days(8).called({ dispute: "کار انجام نشده است." });
    decide(teller, { upholdsAnswer: true });
  },
  toldByPhone(teller) {
    answer(acknowledged(teller)).days(3).called();
  },
  issueMended(teller) {
    opened(acknowledged(teller)).inspector(1)("issue-links", { links: [issueStory, ...linked] });
    plan(teller).inspector(2)("issue-reading", { body: { number: 2 } });
    teller.inspector(1)("issue-promise", { body: { reason, by: teller.at(40) } });
    done(teller.days(20)).inspector(1)("issue-return", { body: { reason } });
    teller.days(5).agency("issue-answer", { body: answered });
    // Linked citizens are asked weeks later, while their telephone numbers are still known.
    done(teller);
    teller.days(8 * 7 + 3);
    for (let week = 0; week < 4; week++) teller.called({ issueAnswer: "yes" }).days(6);
  },
  issueRecurring(teller) {
    plan(opened(acknowledged(teller)), 5).inspector(1)("issue-return", { body: { reason } });
    done(plan(teller, 5)).inspector(2)("issue-verification", {
      body: { arrivedAt: teller.at(1 / 48), text: "در بازدید، سامانه کار می‌کرد." },
    });
    teller.days(20).inspector(1)("issue-recurrence", { body: { reason } });
    answer(teller);
  },
  issueWithdrawn(teller) {
    opened(acknowledged(teller)).inspector(1)("issue-links", { links: [teller.complaint.number] });
    teller.inspector(1)("issue-unlinking", { links: [teller.complaint.number] });
    teller.inspector(1)("issue-withdrawal", { body: { reason } });
    answer(teller).citizen("acceptance");
  },
  noticeStands(teller) {
    served(teller, "receipt").employee("notice-extension");
    teller.employee("notice-question", { body: { text: "کدام روز بود؟" } });
    teller.inspector(2)("notice-question-answer", { body: { text: "یکی از روزهای هفتهٔ گذشته، پیش از ظهر." } });
    teller.employee("notice-attachment", { body: announcedPicture });
    const body = { text: "آن روز باجه شلوغ بود و کسی را نراندم.", attachments: ["{attachmentId}"] };
    teller.employee("notice-answer", { body });
    teller.inspector(3)("notice-decision", { body: { outcome: "stands", reasons } });
    teller.employee("notice-contest", { body: { text: "فیلم صدا ندارد." } });
    teller.reviewer("notice-judgement", { body: { outcome: "upheld", reasons } });
    teller.personnel("records-reading", { path: { query: "?personnelId=40218" } });
    // The employee opens the new letter and says nothing, so that the entry goes on.
    teller.reviewer("notice-hand-over").employee("notice-first-reading");
  },
  noticeUncontested(teller) {
    // The employee says nothing, and the inspector decides when only days are left.
    served(teller, "receipt").days(27);
    teller.inspector(3)("notice-decision", { body: { outcome: "stands", reasons } });
  },
  noticeNeverServed(teller) {
    agreed(teller);
  },
  noticeOnPaper(teller) {
    served(teller, "declined").inspector(2)("notice-scan", { body: announcedPicture });
    teller.inspector(2)("notice-paper-answer", {
      body: { text: "آن روز مرخصی بودم.", attachments: ["{attachmentId}"] },
    });
    // On paper, more may come until the time for the answer is over.
    teller.days(10).inspector(3)("notice-decision", { body: { outcome: "dismissed", reasons } });
  },
};

/** The story of a complaint that is linked to the issue of `issueMended`. The agency's one answer about that issue answers it too. */
const linkedStory: Script = (teller) => {
  acknowledged(teller);
};

const stories = Object.values(scripts);
/** The number of the complaint whose story opens that issue. */
const issueStory = Object.keys(scripts).indexOf("issueMended");
/** The citizens who may be called about that issue: of fewer, nobody would be called. */
export const citizensOfIssue = 30;
/** The numbers of the other complaints that are linked to it. */
const linked = Array.from({ length: citizensOfIssue - 1 }, (_, n) => stories.length + n);

export const countOfScripts = stories.length + linked.length;
