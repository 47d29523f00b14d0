import * as z from "zod";
import type { Instant } from "#shared/time/calendar.ts";
import { localDate } from "#shared/time/local-time.ts";
import { tehranDay } from "#shared/wording/tehran-time.ts";

/**
 * The letter that brings a notice to an employee, in Persian, to be printed on A4. It does not say the subject of the notice:
 * the person who carries it learns nothing. `secret` opens the notice once.
 */
export const NoticeLetter = z
  .object({
    id: z.string(),
    secret: z.string(),
    /** Where the employee reads and answers. */
    address: z.url(),
    title: z.string(),
    paragraphs: z.array(z.string()),
    rights: z.array(z.string()),
    /** Forms at the end of the sheet: the receipt that the employee signs, and the note of two officials that the employee declined. */
    receipt: z.array(z.string()),
    declined: z.array(z.string()),
  })
  .meta({ id: "NoticeLetter" });
export type NoticeLetter = z.infer<typeof NoticeLetter>;

type LetterInput = {
  id: string;
  secret: string;
  address: string;
  employee: string;
  /** The name of the agency, in Persian. */
  agency: string;
  printedAt: Instant;
};

export function noticeLetter({ id, secret, address, employee, agency, printedAt }: LetterInput): NoticeLetter {
  const printedOn = tehranDay(localDate(printedAt), "fa");
  return {
    id,
    secret,
    address,
    title: "ابلاغیهٔ مرکز بازرسی استان",
    paragraphs: [
      `به ${employee}، ${agency}. تاریخ چاپ: ${printedOn}.`,
      "بازرسان استان دربارهٔ رفتار شما با ارباب‌رجوع موضوعی را ثبت کرده‌اند. تا سخن شما شنیده نشود و بازرس دیگری تصمیم نگیرد، چیزی در سابقهٔ شما نمی‌آید و دستگاه شما از آن خبردار نمی‌شود.",
      `متن آن را در ${address} با شناسهٔ ${id} و رمز ${secret} می‌خوانید. بار نخست که آن را باز کنید رمز تازه‌ای می‌بینید. آن را یادداشت کنید: رمز این نامه از آن پس کار نمی‌کند. اگر رمز این نامه از پیش باز شده است، پیش از ابلاغ به مرکز بازرسی بگویید تا نامهٔ دیگری بیاید.`,
    ],
    rights: [
      "از روز ابلاغ ده روز مهلت پاسخ دارید. یک بار می‌توانید پنج روز دیگر بگیرید.",
      "تا سه پرسش می‌توانید بپرسید. تا پاسخ هر پرسش، مهلت شما نمی‌گذرد.",
      "پاسخ را می‌توانید همراه فایل بفرستید، یا روی کاغذ به بازرسی بدهید که این ابلاغیه را تنظیم نکرده است.",
      "اگر در مهلت پاسخ ندهید، بازرس بدون پاسخ شما تصمیم می‌گیرد.",
      "اگر دیگری این نامه را باز کرده یا به نام شما پاسخ داده است، با کارت شناسایی نزد بازبین بروید. او یک بار، تا پایان سابقه، نامهٔ تازه‌ای به شما می‌دهد و از نو ده روز مهلت دارید. تا شنیده شوید کسی سابقه را نمی‌خواند.",
      "به تصمیم تا ۳۰ روز می‌توانید اعتراض کنید. بازبین که بیرون از مرکز بازرسی است دربارهٔ اعتراض رأی می‌دهد.",
      "آنچه قطعی شود ۲۴ ماه می‌ماند و سپس از همه جا برداشته می‌شود.",
      "این رسیدگی قضایی نیست. قانون رسیدگی به تخلفات اداری جدا از این برقرار است. از خود این سابقه می‌توانید در دیوان عدالت اداری شکایت کنید.",
    ],
    receipt: ["این نامه را دریافت کردم. نام و نام خانوادگی:", "شمارهٔ پرسنلی (یا نام کارفرما):", "تاریخ و امضا:"],
    declined: ["گیرنده از امضا خودداری کرد. نام، سمت و امضای مأمور نخست:", "نام، سمت و امضای مأمور دوم:", "تاریخ:"],
  };
}
