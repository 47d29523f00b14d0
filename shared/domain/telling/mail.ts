import type { Status } from "../complaint/complaint.ts";
import type { Language } from "../vocabulary.ts";
import { escaped } from "./html.ts";
import { closings, frame } from "./mail-frame.ts";
import { notices, retaliationFiled } from "./mail-wording.ts";
import { holders, statuses } from "./names.ts";
import type { Concerned, Occasion, Recipient } from "./notification.ts";
import { tehranTime } from "./tehran-time.ts";

export type Mail = { subject: string; text: string; html: string };

type Letter = {
  occasion: Occasion;
  complaint: Concerned;
  recipient: Pick<Recipient, "role" | "language">;
  /** The address of a page that refuses further mail, where the reader may do so. */
  refusal?: string | undefined;
};

/**
 * A mail about an event: id, status and dates. It may be read on a shared phone, so it says nothing about what the
 * complaint is or who is in it; a citizen's subject does not even say what happened.
 */
export function mailOf(letter: Letter): Mail {
  const { language } = letter.recipient;
  const { subject, notice, closing } = wordsFor(letter);
  const page: Page = { language, subject, notice, closing, lines: linesOf(letter), refusal: letter.refusal };
  return { subject, text: asText(page), html: asHtml(page) };
}

type Words = { subject: string; notice: string; closing: string };

function wordsFor({ occasion, complaint, recipient: { role, language } }: Letter): Words {
  const isRetaliation = occasion.type === "filed" && occasion.after.retaliation;
  const { citizen, official }: Notices = isRetaliation ? retaliationFiled : notices[occasion.type];
  const notice = role === "citizen" ? citizen?.[language] : official?.fa;
  if (!notice) throw new Error(`${role} is told nothing of ${occasion.type}`);
  const about = role === "citizen" ? frame.subject[language] : `سامانهٔ ۱۲۸: ${official?.subject}،`;
  return {
    subject: `${about} ${complaint.id}`,
    notice: notice.replace("{holder}", occasion.holder ? holders[occasion.holder][language] : ""),
    closing: role === "citizen" ? closings.citizen[language] : closings.official.fa,
  };
}
type Notices = { citizen?: Record<Language, string>; official?: { subject: string; fa: string } };

type DateName = "acknowledgeBy" | "answerBy" | "confirmBy" | "reviewBy";

/** The deadlines that a mail names, by the complaint's status. */
const awaited: Record<Status, readonly DateName[]> = {
  filed: ["acknowledgeBy", "answerBy"],
  acknowledged: ["answerBy"],
  answered: ["confirmBy"],
  disputed: ["reviewBy"],
  closed: [],
};

type Line = { label: string; value: string };

function linesOf({ occasion, complaint, recipient: { language } }: Letter): Line[] {
  const { status, acknowledgeBy, answerBy } = occasion.after;
  const { id, filedAt, confirmBy, reviewBy } = complaint;
  const dates = { filedAt, at: occasion.at, acknowledgeBy, answerBy, confirmBy, reviewBy };
  const names = ["filedAt", ...(occasion.type === "filed" ? [] : ["at" as const]), ...awaited[status]] as const;
  const line = (name: keyof typeof frame, value: string): Line => ({ label: frame[name][language], value });
  return [
    line("id", id),
    line("status", statuses[status][language]),
    ...names.flatMap((name) => {
      const date = dates[name];
      return date ? [line(name, tehranTime(date, language))] : [];
    }),
  ];
}

type Page = Words & { language: Language; lines: Line[]; refusal: string | undefined };

function asText({ language, notice, closing, lines, refusal }: Page): string {
  const facts = lines.map(({ label, value }) => `${label}: ${value}`).join("\n");
  const ending = refusal ? [`${frame.refusal[language]}: ${refusal}`] : [];
  return `${[frame.greeting[language], notice, facts, closing, frame.service[language], ...ending].join("\n\n")}\n`;
}

const directions: Record<Language, { dir: string; side: string }> = {
  fa: { dir: "rtl", side: "right" },
  en: { dir: "ltr", side: "left" },
};

/**
 * Mail programs drop style sheets and the attributes of `html` and `body`, so language, direction and style are set on
 * the elements inside.
 */
function asHtml({ language, subject, notice, closing, lines, refusal }: Page): string {
  const { dir, side } = directions[language];
  const cell = `padding:6px 12px;border-bottom:1px solid #dddddd;text-align:${side};vertical-align:top`;
  const rows = lines.map(
    ({ label, value }) =>
      `<tr><th scope="row" style="${cell};font-weight:normal;color:#595959">${escaped(label)}</th>` +
      `<td style="${cell}"><bdi>${escaped(value)}</bdi></td></tr>`,
  );
  const small = "color:#595959;font-size:14px";
  const ending = refusal
    ? `\n<p style="${small}"><a href="${escaped(refusal)}" style="color:#595959">${escaped(frame.refusal[language])}</a></p>`
    : "";
  return `<!DOCTYPE html>
<html lang="${language}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:0;background:#ffffff">
<div lang="${language}" dir="${dir}" style="max-width:560px;margin:0 auto;padding:24px 16px;text-align:${side};font:16px/1.8 Vazirmatn,Tahoma,Arial,sans-serif;color:#1a1a1a">
<p style="margin:0 0 16px;padding-bottom:8px;border-bottom:3px solid #1f5f5b;font-weight:bold">${escaped(frame.service[language])}</p>
<p>${escaped(frame.greeting[language])}</p>
<p>${escaped(notice)}</p>
<table style="width:100%;border-collapse:collapse;margin:16px 0">
${rows.join("\n")}
</table>
<p style="${small}">${escaped(closing)}</p>${ending}
</div>
</body>
</html>
`;
}
