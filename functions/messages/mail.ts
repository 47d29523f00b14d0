import type { Status } from "#shared/complaints/complaint.ts";
import type { MailSubject, MailTrigger } from "#shared/complaints/event-rules.ts";
import { noticeTexts, retaliationNotice } from "#shared/complaints/event-texts.ts";
import { ownValue } from "#shared/own-value.ts";
import type { Language, ListedNames, LocalizedText } from "#shared/vocabulary.ts";
import { escapeHtml } from "#shared/wording/html.ts";
import { lengthOfTime } from "#shared/wording/length-of-time.ts";
import { authorities, statuses } from "#shared/wording/names.ts";
import { tehranTime } from "#shared/wording/tehran-time.ts";
import type { Recipient } from "./recipients.ts";

/** The fixed texts of a mail, and the labels of its lines. */
const mailTexts = {
  service: { fa: "سامانهٔ فوریت‌های اداری (۱۲۸)", en: "FOAD 128, administrative emergencies" },
  subject: { fa: "سامانهٔ ۱۲۸: پیام دربارهٔ پروندهٔ", en: "FOAD 128: notice about case" },
  greeting: { fa: "با سلام", en: "Good day," },
  id: { fa: "کد پیگیری", en: "Case" },
  status: { fa: "وضعیت", en: "Status" },
  filedAt: { fa: "زمان ثبت", en: "Registered" },
  at: { fa: "زمان این رویداد", en: "Time of this event" },
  acknowledgeBy: { fa: "مهلت اعلام دریافت", en: "To be acknowledged by" },
  answerBy: { fa: "مهلت پاسخ", en: "To be answered by" },
  confirmBy: { fa: "مهلت پذیرش یا اعتراض", en: "To be accepted or disputed by" },
  unsubscribe: {
    fa: "اگر این پیام به شما مربوط نیست یا نمی‌خواهید سامانهٔ ۱۲۸ باز هم به این نشانی پیام بفرستد",
    en: "If this mail is not for you, or you want no more mail from FOAD 128 at this address",
  },
  reviewBy: { fa: "مهلت بازبینی", en: "To be decided by" },
  agency: { fa: "دستگاه", en: "Agency" },
  category: { fa: "موضوع", en: "Category" },
  county: { fa: "شهرستان", en: "County" },
  late: { fa: "دیرکرد", en: "Late by" },
  desk: { fa: "دیدن پرونده در میز کار", en: "See the case on the desk" },
  follow: { fa: "پیگیری پرونده", en: "Follow the case" },
} satisfies Record<string, LocalizedText>;

/** The end of a mail: how the reader finds the details, and that nobody reads replies. */
const closingTexts: { citizen: LocalizedText; official: Pick<LocalizedText, "fa"> } = {
  citizen: {
    fa: "برای دیدن جزئیات، با کد پیگیری و رمز پرونده از همان راهی که آن را ثبت کرده‌اید پیگیری کنید یا با مرکز ۱۲۸ تماس بگیرید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
    en: "For details, use your case number and secret where you registered the case, or call 128. This is an automatic message; please do not reply.",
  },
  official: {
    fa: "شرح پرونده در این پیام نمی‌آید؛ آن را در میز کار ببینید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
  },
};

export type Mail = { subject: string; text: string; html: string };

type MailInput = {
  trigger: MailTrigger;
  complaint: MailSubject;
  recipient: Pick<Recipient, "role" | "language">;
  places: MailPlaces;
  /** The URL of the page on which the reader can unsubscribe; undefined for officials, who cannot. */
  unsubscribeUrl?: string | undefined;
};

/** The addresses that mails link to, and the names of agencies, counties and categories by id. */
export type MailPlaces = {
  /** The desk of officials. */
  desk: string;
  /** Where a citizen follows a complaint, by the client id of the front end that filed it. */
  followAt: Record<string, string>;
  names: Pick<ListedNames, "agency" | "county" | "category">;
};

/**
 * Composes the mail about an event, with the complaint's id, status and dates; to an official also with agency, category, county
 * and delay. Other people may read it on a shared phone. So it has nothing about the content of the complaint or about persons. A
 * citizen's subject does not name the event either.
 */
export function composeMail(input: MailInput): Mail {
  const { language } = input.recipient;
  const { subject, notice, closing } = mailWording(input);
  const cases = [{ facts: mailFacts(input), link: linkOf(input) }];
  return renderMail({ language, subject, notice, closing, cases, unsubscribeUrl: input.unsubscribeUrl });
}

/** The mails about complaints that became late within an hour, in one mail to an official. */
export function composeLateMail(
  late: readonly Pick<MailInput, "trigger" | "complaint">[],
  { recipient, places }: Pick<MailInput, "recipient" | "places">,
): Mail {
  const { language } = recipient;
  const count = late.length.toLocaleString("fa-IR");
  return renderMail({
    language,
    subject: `سامانهٔ ۱۲۸: ${count} پروندهٔ دیرشدهٔ دیگر`,
    notice: `در یک ساعت گذشته مهلت این ${count} پرونده هم گذشته است. خواهشمند است بی‌درنگ به آن‌ها رسیدگی شود.`,
    closing: closingTexts.official.fa,
    cases: late.map((one) => {
      const input = { ...one, recipient, places };
      return { facts: mailFacts(input), link: linkOf(input) };
    }),
    unsubscribeUrl: undefined,
  });
}

type MailLink = { label: string; url: string };

/** Where the reader goes on: an official to the case on the desk, a citizen to the front end that filed the complaint. */
function linkOf({
  complaint,
  recipient: { role, language },
  places,
}: Omit<MailInput, "trigger">): MailLink | undefined {
  if (role !== "citizen") return { label: mailTexts.desk[language], url: `${places.desk}/complaints/${complaint.id}` };
  const url = ownValue(places.followAt, complaint.filedBy);
  return url === undefined ? undefined : { label: mailTexts.follow[language], url };
}

type MailWording = { subject: string; notice: string; closing: string };

function mailWording({ trigger, complaint, recipient: { role, language } }: MailInput): MailWording {
  const isRetaliation = trigger.type === "filed" && trigger.after.retaliation;
  const { citizen, official }: NoticeTexts = isRetaliation ? retaliationNotice : noticeTexts[trigger.type];
  const notice = role === "citizen" ? citizen?.[language] : official?.fa;
  if (!notice) throw new Error(`${role} gets no mail about ${trigger.type}`);
  const subjectStart = role === "citizen" ? mailTexts.subject[language] : `سامانهٔ ۱۲۸: ${official?.subject}،`;
  return {
    subject: `${subjectStart} ${complaint.id}`,
    notice: notice.replace("{authority}", trigger.authority ? authorities[trigger.authority][language] : ""),
    closing: role === "citizen" ? closingTexts.citizen[language] : closingTexts.official.fa,
  };
}
type NoticeTexts = { citizen?: Record<Language, string>; official?: { subject: string; fa: string } };

/** The deadlines in a mail, by the complaint's status. */
const deadlinesByStatus: Record<Status, readonly ("acknowledgeBy" | "answerBy" | "confirmBy" | "reviewBy")[]> = {
  filed: ["acknowledgeBy", "answerBy"],
  acknowledged: ["answerBy"],
  answered: ["confirmBy"],
  disputed: ["reviewBy"],
  closed: [],
};

type MailFact = { label: string; value: string };

function mailFacts({ trigger, complaint, recipient, places }: Omit<MailInput, "unsubscribeUrl">): MailFact[] {
  const { language } = recipient;
  const line = (name: keyof typeof mailTexts, value: string): MailFact => ({ label: mailTexts[name][language], value });
  const id = line("id", complaint.id);
  const late = lateness(trigger, complaint);
  const delay = late === undefined ? [] : [line("late", lengthOfTime(late, language))];
  const isOfficial = recipient.role !== "citizen";
  // Of a report of retaliation a mail about a delay tells nothing else.
  if (isOfficial && trigger.after.retaliation && trigger.type === "escalated") return [id, ...delay];
  const placeLines = isOfficial && !trigger.after.retaliation ? placeFacts(trigger, { language, places }) : [];
  const { status, acknowledgeBy, answerBy } = trigger.after;
  const { filedAt, confirmBy, reviewBy } = complaint;
  const dates = { filedAt, at: trigger.at, acknowledgeBy, answerBy, confirmBy, reviewBy };
  const names = [
    "filedAt",
    ...(trigger.type === "filed" ? [] : ["at" as const]),
    ...deadlinesByStatus[status],
  ] as const;
  const dateLines = names.flatMap((name) => {
    const date = dates[name];
    return date ? [line(name, tehranTime(date, language))] : [];
  });
  return [id, ...placeLines, line("status", statuses[status][language]), ...(isOfficial ? delay : []), ...dateLines];
}

/** How long the deadline of the late step had passed when the complaint was escalated; undefined for other events. */
function lateness(
  { type, at, after: { status, acknowledgeBy, answerBy } }: MailTrigger,
  { reviewBy }: MailSubject,
): number | undefined {
  if (type !== "escalated") return undefined;
  const deadlines: Partial<Record<Status, string | undefined>> = {
    filed: acknowledgeBy,
    acknowledged: answerBy,
    disputed: reviewBy,
  };
  const deadline = deadlines[status];
  return deadline === undefined ? undefined : Date.parse(at) - Date.parse(deadline);
}

function placeFacts(
  { after: { agencyId, category, countyId } }: MailTrigger,
  { language, places: { names } }: { language: Language; places: MailPlaces },
): MailFact[] {
  const named = [
    ["agency", ownValue(names.agency, agencyId)],
    ["category", ownValue(names.category, category)],
    ["county", ownValue(names.county, countyId)],
  ] as const;
  return named.flatMap(([label, name]) => (name ? [{ label: mailTexts[label][language], value: name[language] }] : []));
}

type MailCase = { facts: MailFact[]; link: MailLink | undefined };
type MailContent = MailWording & { language: Language; cases: MailCase[]; unsubscribeUrl: string | undefined };

function renderMail(content: MailContent): Mail {
  return { subject: content.subject, text: renderPlainText(content), html: renderHtml(content) };
}

function renderPlainText({ language, notice, closing, cases, unsubscribeUrl }: MailContent): string {
  const paragraphs = cases.map(({ facts, link }) => {
    const lines = facts.map(({ label, value }) => `${label}: ${value}`);
    return [...lines, ...(link ? [`${link.label}: ${link.url}`] : [])].join("\n");
  });
  const ending = unsubscribeUrl ? [`${mailTexts.unsubscribe[language]}: ${unsubscribeUrl}`] : [];
  const { greeting, service } = mailTexts;
  return `${[greeting[language], notice, ...paragraphs, closing, service[language], ...ending].join("\n\n")}\n`;
}

const directions: Record<Language, { dir: string; side: string }> = {
  fa: { dir: "rtl", side: "right" },
  en: { dir: "ltr", side: "left" },
};

/**
 * Mail programs remove style sheets and the attributes of `html` and `body`. So language, direction and style are set
 * on the elements inside.
 */
function renderHtml({ language, subject, notice, closing, cases, unsubscribeUrl }: MailContent): string {
  const { dir, side } = directions[language];
  const cell = `padding:6px 12px;border-bottom:1px solid #dddddd;text-align:${side};vertical-align:top`;
  const row = ({ label, value }: MailFact) =>
    `<tr><th scope="row" style="${cell};font-weight:normal;color:#595959">${escapeHtml(label)}</th>` +
    `<td style="${cell}"><bdi>${escapeHtml(value)}</bdi></td></tr>`;
  const tables = cases.map(
    ({ facts, link }) => `<table style="width:100%;border-collapse:collapse;margin:16px 0">
${facts.map(row).join("\n")}
</table>${link ? `\n<p><a href="${escapeHtml(link.url)}" style="color:#1f5f5b">${escapeHtml(link.label)}</a></p>` : ""}`,
  );
  const small = "color:#595959;font-size:14px";
  const ending = unsubscribeUrl
    ? `\n<p style="${small}"><a href="${escapeHtml(unsubscribeUrl)}" style="color:#595959">${escapeHtml(mailTexts.unsubscribe[language])}</a></p>`
    : "";
  return `<!DOCTYPE html>
<html lang="${language}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:0;background:#ffffff">
<div lang="${language}" dir="${dir}" style="max-width:560px;margin:0 auto;padding:24px 16px;text-align:${side};font:16px/1.8 Vazirmatn,Tahoma,Arial,sans-serif;color:#1a1a1a">
<p style="margin:0 0 16px;padding-bottom:8px;border-bottom:3px solid #1f5f5b;font-weight:bold">${escapeHtml(mailTexts.service[language])}</p>
<p>${escapeHtml(mailTexts.greeting[language])}</p>
<p>${escapeHtml(notice)}</p>
${tables.join("\n")}
<p style="${small}">${escapeHtml(closing)}</p>${ending}
</div>
</body>
</html>
`;
}
