import type { Status } from "../complaint/complaint.ts";
import type { MailSubject, MailTrigger } from "../complaint/event-rules.ts";
import { noticeTexts, retaliationNotice } from "../complaint/event-texts.ts";
import type { Language, LocalizedText } from "../vocabulary.ts";
import { escapeHtml } from "../wording/html.ts";
import { authorities, statuses } from "../wording/names.ts";
import { tehranTime } from "../wording/tehran-time.ts";
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
  refusal: {
    fa: "اگر این پیام به شما مربوط نیست یا نمی‌خواهید سامانهٔ ۱۲۸ باز هم به این نشانی پیام بفرستد",
    en: "If this mail is not for you, or you want no more mail from FOAD 128 at this address",
  },
  reviewBy: { fa: "مهلت بازبینی", en: "To be decided by" },
} satisfies Record<string, LocalizedText>;

/** The end of a mail: where the reader finds the details, and that nobody reads replies. */
const closingTexts: { citizen: LocalizedText; official: Pick<LocalizedText, "fa"> } = {
  citizen: {
    fa: "برای دیدن جزئیات، با کد پیگیری و رمز پرونده از همان راهی که آن را ثبت کرده‌اید پیگیری کنید یا با مرکز ۱۲۸ تماس بگیرید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
    en: "For details, use your case number and secret where you registered the case, or call 128. This is an automatic message; please do not reply.",
  },
  official: {
    fa: "شرح پرونده در سامانه در دسترس شماست و در این پیام نمی‌آید. این پیام خودکار است؛ لطفاً به آن پاسخ ندهید.",
  },
};

export type Mail = { subject: string; text: string; html: string };

type MailInput = {
  trigger: MailTrigger;
  complaint: MailSubject;
  recipient: Pick<Recipient, "role" | "language">;
  /** The URL of the page on which the reader can refuse further mail; undefined where the reader may not refuse it. */
  refusal?: string | undefined;
};

/**
 * Composes the mail about an event, with the complaint's id, status and dates. Other people may read it on a shared
 * phone. So it has nothing about the content of the complaint or about persons. A citizen's subject does not name the
 * event either.
 */
export function composeMail(input: MailInput): Mail {
  const { language } = input.recipient;
  const { subject, notice, closing } = mailWording(input);
  const content: MailContent = { language, subject, notice, closing, lines: mailFacts(input), refusal: input.refusal };
  return { subject, text: renderPlainText(content), html: renderHtml(content) };
}

type MailWording = { subject: string; notice: string; closing: string };

function mailWording({ trigger, complaint, recipient: { role, language } }: MailInput): MailWording {
  const isRetaliation = trigger.type === "filed" && trigger.after.retaliation;
  const { citizen, official }: NoticeTexts = isRetaliation ? retaliationNotice : noticeTexts[trigger.type];
  const notice = role === "citizen" ? citizen?.[language] : official?.fa;
  if (!notice) throw new Error(`${role} is told nothing of ${trigger.type}`);
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

function mailFacts({ trigger, complaint, recipient: { language } }: MailInput): MailFact[] {
  const { status, acknowledgeBy, answerBy } = trigger.after;
  const { id, filedAt, confirmBy, reviewBy } = complaint;
  const dates = { filedAt, at: trigger.at, acknowledgeBy, answerBy, confirmBy, reviewBy };
  const names = [
    "filedAt",
    ...(trigger.type === "filed" ? [] : ["at" as const]),
    ...deadlinesByStatus[status],
  ] as const;
  const line = (name: keyof typeof mailTexts, value: string): MailFact => ({ label: mailTexts[name][language], value });
  return [
    line("id", id),
    line("status", statuses[status][language]),
    ...names.flatMap((name) => {
      const date = dates[name];
      return date ? [line(name, tehranTime(date, language))] : [];
    }),
  ];
}

type MailContent = MailWording & { language: Language; lines: MailFact[]; refusal: string | undefined };

function renderPlainText({ language, notice, closing, lines, refusal }: MailContent): string {
  const facts = lines.map(({ label, value }) => `${label}: ${value}`).join("\n");
  const ending = refusal ? [`${mailTexts.refusal[language]}: ${refusal}`] : [];
  return `${[mailTexts.greeting[language], notice, facts, closing, mailTexts.service[language], ...ending].join("\n\n")}\n`;
}

const directions: Record<Language, { dir: string; side: string }> = {
  fa: { dir: "rtl", side: "right" },
  en: { dir: "ltr", side: "left" },
};

/**
 * Mail programs remove style sheets and the attributes of `html` and `body`. So language, direction and style are set
 * on the elements inside.
 */
function renderHtml({ language, subject, notice, closing, lines, refusal }: MailContent): string {
  const { dir, side } = directions[language];
  const cell = `padding:6px 12px;border-bottom:1px solid #dddddd;text-align:${side};vertical-align:top`;
  const rows = lines.map(
    ({ label, value }) =>
      `<tr><th scope="row" style="${cell};font-weight:normal;color:#595959">${escapeHtml(label)}</th>` +
      `<td style="${cell}"><bdi>${escapeHtml(value)}</bdi></td></tr>`,
  );
  const small = "color:#595959;font-size:14px";
  const ending = refusal
    ? `\n<p style="${small}"><a href="${escapeHtml(refusal)}" style="color:#595959">${escapeHtml(mailTexts.refusal[language])}</a></p>`
    : "";
  return `<!DOCTYPE html>
<html lang="${language}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:0;background:#ffffff">
<div lang="${language}" dir="${dir}" style="max-width:560px;margin:0 auto;padding:24px 16px;text-align:${side};font:16px/1.8 Vazirmatn,Tahoma,Arial,sans-serif;color:#1a1a1a">
<p style="margin:0 0 16px;padding-bottom:8px;border-bottom:3px solid #1f5f5b;font-weight:bold">${escapeHtml(mailTexts.service[language])}</p>
<p>${escapeHtml(mailTexts.greeting[language])}</p>
<p>${escapeHtml(notice)}</p>
<table style="width:100%;border-collapse:collapse;margin:16px 0">
${rows.join("\n")}
</table>
<p style="${small}">${escapeHtml(closing)}</p>${ending}
</div>
</body>
</html>
`;
}
