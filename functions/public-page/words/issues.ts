import type { Instant } from "#shared/time/calendar.ts";
import { dayMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { isLate, type PageIssue } from "../model/issues.ts";
import { dayLong, digits } from "./numbers-and-dates.ts";

type Step = PageIssue["history"][number];

export const issueLabels = {
  heading: { fa: "مشکل‌ها و قول رفع آن‌ها", en: "Issues, and promises to mend them" },
  outage: { fa: "قطعی خدمت", en: "A service is down" },
  opened: { fa: "ثبت", en: "Opened" },
  plan: { fa: "برنامهٔ دستگاه", en: "The agency’s plan" },
  proof: { fa: "گزارش دستگاه از رفع آن", en: "The agency’s report that it is mended" },
  history: { fa: "چه شد، و کِی", en: "What happened, and when" },
  more: { fa: "مشکل‌های دیگر در صفحهٔ هر دستگاه آمده است.", en: "Further issues stand on the pages of the agencies." },
  rest: { fa: "مشکل‌های دیگر، بی متن", en: "Further issues, without their texts" },
} satisfies Record<string, LocalizedText>;

export const issuesExplained: LocalizedText = {
  fa: "مشکل یعنی علتی که بارها پیش آمده است. بازرس آن را ثبت می‌کند و دستگاه قول می‌دهد تا روزی برطرفش کند. «برطرف شد» تنها وقتی نوشته می‌شود که بازرس در محل ببیند یا خود شاکیان بگویند.",
  en: "An issue is a cause that came up again and again. An inspector opens it and the agency promises a day by which it will be mended. It is called mended only once an inspector saw it on the spot, or the people who complained say so.",
};

export const textsExplained: LocalizedText = {
  fa: "متن‌های دستگاه پس از آن می‌آید که بازرس آن‌ها را خوانده باشد.",
  en: "Texts of the agency appear once an inspector has read them.",
};

const dayOf = (at: Instant, language: Language) => dayLong(localDate(at), language);

/** The state of an issue, in a sentence. */
export function issueStateText(issue: PageIssue, { now, language }: { now: Instant; language: Language }): string {
  return stateSentences[issue.status](issue, now)[language];
}

/** Whether the promise was kept, with both days; empty while the agency has not reported that it is mended. */
export function keptText({ doneAt, promisedBy }: PageIssue, language: Language): string {
  if (!doneAt || !promisedBy) return "";
  const [promised, done] = [dayOf(promisedBy, language), dayOf(doneAt, language)];
  const isKept = doneAt <= promisedBy;
  const when = isKept ? labelsOfPromise.inTime[language] : lateText({ doneAt, promisedBy }, language);
  return {
    fa: `قول: تا ${promised}. گزارش رفع: ${done}، ${when}.`,
    en: `Promised by ${promised}. Reported as mended on ${done}, ${when}.`,
  }[language];
}

const labelsOfPromise = {
  inTime: { fa: "در موعد", en: "in time" },
  sameDay: { fa: "چند ساعت پس از موعد", en: "some hours late" },
} satisfies Record<string, LocalizedText>;

function lateText({ doneAt, promisedBy }: { doneAt: Instant; promisedBy: Instant }, language: Language): string {
  const days = Math.round((Date.parse(localDate(doneAt)) - Date.parse(localDate(promisedBy))) / dayMs);
  if (days === 0) return labelsOfPromise.sameDay[language];
  const many = digits(`${days}`, language);
  return { fa: `${many} روز پس از موعد`, en: days === 1 ? "1 day late" : `${many} days late` }[language];
}

type Sentence = (issue: PageIssue, now: Instant) => LocalizedText;

const both = (sentence: (day: (at: Instant | undefined) => string, language: Language) => string): LocalizedText => ({
  fa: sentence((at) => (at ? dayOf(at, "fa") : ""), "fa"),
  en: sentence((at) => (at ? dayOf(at, "en") : ""), "en"),
});

const awaitsPlan: Sentence = (issue, now) =>
  isLate(issue, now)
    ? both((day, language) =>
        language === "fa"
          ? `دستگاه دیر کرده است: باید تا ${day(issue.planBy)} برنامه می‌داد و هنوز نداده است.`
          : `The agency is late: its plan was due by ${day(issue.planBy)} and has not come.`,
      )
    : both((day, language) =>
        language === "fa"
          ? `دستگاه باید تا ${day(issue.planBy)} برنامه بدهد.`
          : `The agency must plan by ${day(issue.planBy)}.`,
      );

const promised: Sentence = (issue, now) =>
  isLate(issue, now)
    ? both((day, language) =>
        language === "fa"
          ? `دستگاه دیر کرده است: قول داده بود تا ${day(issue.promisedBy)} برطرفش کند.`
          : `The agency is late: it promised to mend it by ${day(issue.promisedBy)}.`,
      )
    : both((day, language) =>
        language === "fa"
          ? `دستگاه قول داده است تا ${day(issue.promisedBy)} برطرفش کند.`
          : `The agency promises to mend it by ${day(issue.promisedBy)}.`,
      );

const recurred: Sentence = (issue, now) => {
  const then = awaitsPlan(issue, now);
  return { fa: `دوباره پیش آمده است. ${then.fa}`, en: `It came back. ${then.en}` };
};

const stateSentences: Record<PageIssue["status"], Sentence> = {
  open: awaitsPlan,
  planned: promised,
  done: () => ({
    fa: "دستگاه می‌گوید برطرف شده است؛ هنوز کسی آن را تأیید نکرده است.",
    en: "The agency says that it is mended; nobody has confirmed it yet.",
  }),
  verified: () => ({
    fa: "برطرف شد: بازرس در محل دید، یا کسانی که شکایت کرده بودند تأیید کردند.",
    en: "Mended: an inspector saw it on the spot, or people who had complained confirmed it.",
  }),
  unconfirmed: () => ({
    fa: "دستگاه می‌گوید برطرف شده، ولی تأیید نشده است.",
    en: "Said to be mended, not confirmed.",
  }),
  recurred,
  withdrawn: () => ({ fa: "بازرس آن را کنار گذاشت.", en: "An inspector withdrew it." }),
};

const stepTexts: Record<Step["type"], LocalizedText> = {
  opened: { fa: "بازرس مشکل را ثبت کرد", en: "An inspector opened the issue" },
  planned: { fa: "دستگاه برنامه داد", en: "The agency made a plan" },
  "plan-returned": { fa: "بازرس برنامه را برگرداند", en: "An inspector returned the plan" },
  "promise-moved": { fa: "بازرس موعد را جابه‌جا کرد", en: "An inspector moved the promised day" },
  done: { fa: "دستگاه گفت برطرف شد", en: "The agency said that it is mended" },
  "proof-returned": { fa: "بازرس گزارش رفع را برگرداند", en: "An inspector returned the report" },
  verified: { fa: "رفع آن تأیید شد", en: "It was confirmed as mended" },
  unconfirmed: { fa: "تا پایان مهلت کسی رفع آن را تأیید نکرد", en: "Nobody confirmed it in time" },
  recurred: { fa: "دوباره پیش آمد", en: "It came back" },
  withdrawn: { fa: "بازرس آن را کنار گذاشت", en: "An inspector withdrew it" },
};

/** What happened to an issue, without its day: `The agency made a plan`. */
export const stepText = ({ type }: Step, language: Language): string => stepTexts[type][language];

/** The day that a step promises; undefined if it promises none. */
export function promiseText({ promisedBy }: Step, language: Language): string | undefined {
  if (!promisedBy) return undefined;
  const day = dayOf(promisedBy, language);
  return { fa: `موعد: ${day}`, en: `promised by ${day}` }[language];
}

type StepOf = { step: Step; agency: string; language: Language };

/** A step of an issue as news, with the text that stands by it where an inspector has read it. */
export function issueNewsText(
  { title, summary, plan, proof }: PageIssue,
  { step, agency, language }: StepOf,
): { title: string; subject: string; summary: string } {
  const texts: (string | undefined)[] = [promiseText(step, language), step.reason];
  if (step.type === "opened") texts.push(summary);
  if (plan?.at === step.at) texts.push(plan.what);
  if (proof?.at === step.at) texts.push(proof.text);
  return {
    title: `${agency}: ${stepText(step, language)}`,
    subject: title,
    summary: texts.filter((one) => one !== undefined).join(". "),
  };
}

/** That the promised time passed and nothing was reported, as news. */
export function brokenPromiseNewsText(
  { title }: PageIssue,
  { step, agency, language }: StepOf,
): { title: string; subject: string; summary: string } {
  const passed = {
    fa: "موعد گذشت و دستگاه رفع آن را اعلام نکرد",
    en: "The promised day passed, and the agency did not report it as mended",
  };
  return { title: `${agency}: ${passed[language]}`, subject: title, summary: promiseText(step, language) ?? "" };
}

/** The days on which an agency's plan and its report came. */
export const cameOnText = (at: Instant, language: Language): string => dayOf(at, language);
