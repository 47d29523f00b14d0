import { describe, expect, test } from "vitest";
import { composeLateMail, composeMail } from "#functions/messages/mail.ts";
import { recipientsOf } from "#functions/messages/recipients.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { MailSubject, MailTrigger, rolesToMail } from "#shared/complaints/event-rules.ts";
import type { Language } from "#shared/vocabulary.ts";
import { aComplaint as anyComplaint } from "../../support/a-complaint.ts";

const aComplaint = (fields: Partial<Complaint> = {}) => anyComplaint({ citizenIsMailed: true, ...fields });

type Given = { type?: MailTrigger["type"]; complaint?: Partial<Complaint>; role?: string; language?: Language };

const types = MailTrigger.shape.type.options;
/** What nobody is mailed about. */
const silent: MailTrigger["type"][] = [
  "renewal-requested",
  "visit-ordered",
  "visit-planned",
  "visit-cancelled",
  "identity-erased",
  "texts-erased",
  "opinion-given",
  "call-consent-given",
  "call-consent-withdrawn",
  "sms-consent-given",
  "sms-consent-withdrawn",
  "hold-set",
  "hold-lifted",
  "phone-read",
  "notice-call-recorded",
  "issue-call-recorded",
  "read-to-citizen",
  "call-recorded",
  "call-digits-chosen",
  "call-opened",
  "call-digits-wrong",
  "notice-agreed",
  "notice-disagreed",
  "dispute-lodged-by-phone",
  "attachment-added",
  "statement-added",
  "issue-linked",
  "issue-unlinked",
];

function theEvent(type: MailTrigger["type"], complaint: Complaint): MailTrigger {
  return { type, at: "2026-11-24T07:00:00.000Z", by: "system", after: complaint, authority: "county-governor" };
}

function aMail({ type = "filed", complaint = {}, role = "citizen", language = "fa" }: Given = {}) {
  const whole = aComplaint({ language, ...complaint });
  const trigger = theEvent(type, whole);
  const recipient = recipientsOf(trigger, whole).find((one) => one.role === role);
  if (!recipient) throw new Error(`${role} is not told of ${type}`);
  return composeMail({ trigger: trigger, complaint: whole, recipient, places });
}

const name = (fa: string, en: string) => ({ fa, en });
const places = {
  desk: "https://foad.example/desk",
  followAt: { "web-portal": "https://web.example/follow" },
  names: {
    agency: { gas: name("گاز", "Gas"), "social-security": name("تأمین اجتماعی", "Social security") },
    category: { delay: name("تأخیر", "Delay") },
    county: { qazvin: name("قزوین", "Qazvin") },
  },
};

describe("a mail", () => {
  test("in Persian runs from right to left, with Persian digits and Jalali dates", () => {
    const { subject, text, html } = aMail();
    expect(subject).toBe("سامانهٔ ۱۲۸: پیام دربارهٔ پروندهٔ QZ-7K3M-9XPT-Q");
    expect(html).toContain('<html lang="fa" dir="rtl">');
    expect(html).toContain('<div lang="fa" dir="rtl"');
    for (const body of [text, html]) {
      expect(body).toContain("QZ-7K3M-9XPT-Q");
      expect(body).toContain("ثبت‌شده");
      expect(body).toContain("سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۱۲:۴۰ به وقت تهران");
      expect(body).toContain("پنجشنبه ۵ آذر ۱۴۰۵، ساعت ۰۹:۴۰ به وقت تهران");
    }
    // Only the id has Latin digits.
    expect(text.replaceAll("QZ-7K3M-9XPT-Q", "")).not.toMatch(/[0-9٠-٩]/);
  });

  test("of a rejection fits whichever reason it was given: out of scope, or no complaint", () => {
    const told = aMail({ type: "rejected" });
    const official = aMail({ type: "rejected", role: "inspection-unit" });
    for (const { subject, text } of [told, official]) {
      expect(text).toContain("بدون رأی");
      expect(subject + text).not.toContain("صلاحیت");
    }
    expect(aMail({ type: "rejected", language: "en" }).text).toContain("closed your case without a decision");
  });

  test("in English runs from left to right", () => {
    const { subject, text, html } = aMail({ language: "en" });
    expect(subject).toBe("FOAD 128: notice about case QZ-7K3M-9XPT-Q");
    expect(html).toContain('<div lang="en" dir="ltr"');
    expect(text).toContain("To be answered by: Thursday, 26 November 2026, 09:40 Tehran time");
    expect(text).not.toMatch(/[\u0600-\u06ff]/);
  });

  test.each<[string, Given, string[], string[]]>([
    [
      "a new case, when it will be acknowledged and answered",
      {},
      ["مهلت اعلام دریافت", "مهلت پاسخ"],
      ["زمان این رویداد"],
    ],
    [
      "an acknowledged case, when it will be answered",
      { type: "acknowledged", complaint: { status: "acknowledged" } },
      ["مهلت پاسخ"],
      ["مهلت اعلام دریافت"],
    ],
    [
      "an answered case, until when to object",
      { type: "answered", complaint: { status: "answered", confirmBy: "2026-12-04T06:10:00.000Z" } },
      ["مهلت پذیرش یا اعتراض: جمعه ۱۳ آذر ۱۴۰۵"],
      ["مهلت پاسخ:"],
    ],
    [
      "a disputed case, when it will be decided",
      { type: "disputed", complaint: { status: "disputed", reviewBy: "2026-12-04T06:10:00.000Z" } },
      ["مهلت بازبینی: جمعه ۱۳ آذر ۱۴۰۵"],
      ["مهلت پذیرش"],
    ],
    ["a closed case, no deadline", { type: "withdrawn", complaint: { status: "closed" } }, ["بسته‌شده"], ["مهلت"]],
  ])("tells of %s", (_, given, said, unsaid) => {
    const { text } = aMail(given);
    for (const words of said) expect(text).toContain(words);
    for (const words of unsaid) expect(text).not.toContain(words);
  });

  test("of a raised case says whom it was raised to, by office and never by name", () => {
    expect(aMail({ type: "escalated" }).text).toContain("به فرماندار شهرستان گزارش شده است");
    expect(aMail({ type: "escalated", language: "en" }).text).toContain("reported to the governor of the county");
    expect(aMail({ type: "escalated", role: "county-governor" }).subject).toBe("سامانهٔ ۱۲۸: گذشت مهلت، QZ-7K3M-9XPT-Q");
  });

  test("is in paragraphs, and each fact on a line of its own", () => {
    const [greeting, notice, facts = "", closing, service, ...rest] = aMail({ language: "en" }).text.split("\n\n");
    expect([greeting, service, rest]).toEqual(["Good day,", "FOAD 128, administrative emergencies\n", []]);
    expect(notice).toBe("Your case has been registered and sent to the office concerned.");
    expect(closing).toContain("please do not reply");
    const labels = ["Case", "Status", "Registered", "To be acknowledged by", "To be answered by"];
    expect(facts.split("\n").map((line) => line.split(": ")[0])).toEqual(labels);
  });

  test.each([
    ["fa", "right"],
    ["en", "left"],
  ] as const)("in %s has a table of the same facts, each beside its name, written from the %s", (language, side) => {
    const { text, html } = aMail({ language });
    const cells = [...html.matchAll(/<th [^>]*>([^<]*)<\/th><td style="([^"]*)"><bdi>([^<]*)<\/bdi>/g)];
    expect(text).toContain(`\n\n${cells.map(([, label, , value]) => `${label}: ${value}`).join("\n")}\n\n`);
    expect(cells.length).toBeGreaterThan(4);
    for (const [, , style] of cells) expect(style).toContain(`text-align:${side}`);
  });

  test("to an official is in the words for officials", () => {
    const [official, citizen] = ["inspection-unit", "citizen"].map((role) => aMail({ type: "withdrawn", role }).text);
    expect(official).toContain("https://foad.example/desk/complaints/QZ-7K3M-9XPT-Q");
    expect(citizen).toContain("با کد پیگیری و رمز پرونده");
    expect(citizen).toContain("کد پیگیری: ");
    expect(official).not.toContain("رمز پرونده");
  });

  test.each(["acknowledged", "visit-ordered"] as const)("to somebody who is not told of %s is a mistake", (type) => {
    const complaint = aComplaint();
    const trigger = theEvent(type, complaint);
    const letter = { trigger, complaint, places, recipient: { role: "inspection-unit", language: "fa" } } as const;
    expect(() => composeMail(letter)).toThrow(`inspection-unit gets no mail about ${type}`);
  });

  test("has nothing in it that could be read as markup", () => {
    const hostile = `QZ"'&<img src=x>` as Complaint["id"];
    const { html, text } = aMail({ complaint: { id: hostile } });
    expect(html).not.toContain("<img");
    expect(html).toContain("QZ&quot;&#39;&amp;&lt;img src=x&gt;");
    expect(text).toContain(hostile);
  });

  test("loads nothing, so it reads the same with images switched off", () => {
    for (const role of ["citizen", "inspection-unit"])
      expect(aMail({ role }).html.replace(/<a href="[^"]*"/g, "")).not.toMatch(
        /<(img|link|script|style)|url\(|https?:/,
      );
  });

  test("leads a citizen to where the complaint was filed, where that has an address", () => {
    const there = aMail({ complaint: { filedBy: "web-portal" } });
    for (const body of [there.text, there.html]) expect(body).toContain("https://web.example/follow");
    for (const filedBy of ["call-centre-128", "constructor"])
      expect(aMail({ complaint: { filedBy } }).html).not.toContain("<a ");
  });

  test("to an official names agency, category and county, and to the citizen nothing of the case", () => {
    const named = ["دستگاه: گاز", "موضوع: تأخیر", "شهرستان: قزوین"];
    const complaint = { agencyId: "gas", category: "delay" };
    for (const line of named) {
      expect(aMail({ complaint, role: "inspection-unit" }).text).toContain(line);
      expect(aMail({ complaint }).text).not.toContain(line);
    }
  });

  test.each<[string, Partial<Complaint>, string]>([
    ["an acknowledgement", { status: "filed", acknowledgeBy: "2026-11-24T04:50:00.000Z" }, "دیرکرد: ۲ ساعت و ۱۰ دقیقه"],
    ["an answer", { status: "acknowledged", answerBy: "2026-11-22T07:00:00.000Z" }, "دیرکرد: ۲ روز\n"],
    ["a review", { status: "disputed", reviewBy: "2026-11-24T06:59:59.999Z" }, "دیرکرد: ۱ دقیقه"],
  ])("to an authority says how late %s is", (_, fields, line) => {
    expect(aMail({ type: "escalated", complaint: fields, role: "county-governor" }).text).toContain(line);
  });
});

describe("the mail about a retaliation report", () => {
  const complaint = aComplaint({ status: "disputed", reviewBy: "2026-12-04T06:10:00.000Z" });
  const mailed = (type: MailTrigger["type"], retaliation: true | undefined) => {
    const trigger = { ...theEvent(type, complaint), after: { ...complaint, retaliation } };
    return recipientsOf(trigger, complaint).map((recipient) =>
      composeMail({ trigger: trigger, complaint, recipient, places }),
    );
  };

  test("says that no office hears of it, when it is filed", () => {
    const [citizen, centre] = mailed("filed", true);
    expect(citizen?.text).toContain("تنها مرکز بازرسی آن را می‌بیند");
    expect(centre?.subject).toBe("سامانهٔ ۱۲۸: گزارش اقدام تلافی‌جویانه، QZ-7K3M-9XPT-Q");
    expect(mailed("filed", undefined)[0]?.text).not.toContain("تنها مرکز بازرسی");
  });

  test("is later like any other to the citizen", () => {
    expect(mailed("decided", true)[0]).toEqual(mailed("decided", undefined)[0]);
  });

  test("says to officials only that a review is late", () => {
    const late = { ...complaint, reviewBy: "2026-11-24T06:00:00.000Z" };
    const trigger = { ...theEvent("escalated", late), authority: "governor-general" as const };
    const withRetaliation = { ...trigger, after: { ...late, retaliation: true as const } };
    const officials = recipientsOf(withRetaliation, late).filter(({ role }) => role !== "citizen");
    expect(officials.map(({ role }) => role)).toEqual(["inspection-centre", "governor-general"]);
    for (const recipient of officials) {
      const { text } = composeMail({ trigger: withRetaliation, complaint: late, recipient, places });
      expect(text.split("\n\n")[2]).toBe(
        "کد پیگیری: QZ-7K3M-9XPT-Q\nدیرکرد: ۱ ساعت\nدیدن پرونده در میز کار: https://foad.example/desk/complaints/QZ-7K3M-9XPT-Q",
      );
    }
    const both = [
      { trigger: withRetaliation, complaint: late },
      { trigger, complaint: late },
    ];
    const recipient = { role: "governor-general", language: "fa" } as const;
    const { subject, text } = composeLateMail(both, { recipient, places });
    expect(subject).toBe("سامانهٔ ۱۲۸: ۲ پروندهٔ دیرشدهٔ دیگر");
    expect(text.match(/دستگاه: /g)).toHaveLength(1);
    expect(text.match(/دیرکرد: ۱ ساعت/g)).toHaveLength(2);
  });
});

describe("whatever happened", () => {
  const canary = "canary-q7w";
  // As the stores parse them, from items that hold all there is.
  const item = {
    ...aComplaint({ officer: { name: canary }, filedBy: canary, identityDigests: [canary], accused: { name: canary } }),
    description: canary,
    secret: canary,
    citizen: { name: canary },
    email: canary,
  };
  const written = { reason: canary, text: canary, officer: { name: canary }, maskedTexts: { text: canary } };

  test.each(types)(
    "%s: each who is told finds something to read, in either language, and no word that anybody wrote",
    (type) => {
      const trigger = MailTrigger.parse({ ...theEvent(type, aComplaint()), ...written });
      for (const language of ["fa", "en"] as const) {
        const complaint = MailSubject.parse({ ...item, language });
        const mails = recipientsOf(trigger, complaint).map((recipient) =>
          composeMail({ trigger: trigger, complaint, recipient, places }),
        );
        expect(mails).toHaveLength(rolesToMail(trigger).length);
        for (const mail of mails) {
          expect(mail.text.length).toBeGreaterThan(200);
          expect(JSON.stringify(mail)).not.toContain(canary);
          expect(JSON.stringify(mail)).not.toMatch(/undefined|\{authority\}/);
        }
      }
    },
  );

  test.each(types)("%s: the subject of a citizen's mail is the same as of any other", (type) => {
    const subjects = (["fa", "en"] as const).flatMap((language) => {
      const trigger = theEvent(type, aComplaint());
      const complaint = aComplaint({ language });
      const citizens = recipientsOf(trigger, complaint).filter(({ role }) => role === "citizen");
      return citizens.map((recipient) => composeMail({ trigger: trigger, complaint, recipient, places }).subject);
    });
    const neutral = [aMail().subject, aMail({ language: "en" }).subject];
    // Of an overdue visit and of a notice that is due only the centre is mailed, and of a reminder only the agency.
    expect(subjects).toEqual(
      [...silent, "visit-overdue", "notice-due", "promise-reminded"].includes(type) ? [] : neutral,
    );
  });
});
