import { comparableName, latinDigits } from "../text.ts";
import type { Span } from "./span.ts";

type Written = Span & { text: string };

const currency = /^[\s\p{Cf}]*(?:هزار|میلیون|ملیون|میلیارد|ریال|توم[اه]?ن|rial|toman)/iu;
const inThousands = /^[1-9]\d{0,2}(?:[,،٬.']\d{3})+$/;
const date = /(?<!\d)(?:1[34]\d\d([/.-])\d{1,2}\1\d{1,2}|\d{1,2}([/.-])\d{1,2}\2(?:1[34]|20)\d\d)(?!\d)/;

/** Sums of money are no numbers of a person, whatever their digits say. */
export function isAmount({ text, from, to }: Written): boolean {
  return currency.test(text.slice(to, to + 20)) || inThousands.test(latinDigits(text.slice(from, to)));
}

/** Whether a date is a part of it, as where a day and an hour stand side by side. */
export function isDated({ text, from, to }: Written): boolean {
  return date.test(latinDigits(text.slice(from, to)));
}

const phone =
  /^(?:تلفن|تلفون|تماس|زنگ|فکس|فاکس|نمابر|دورنگار|موبایل|اشغال|شماره?(?:ها)?[متش](?:[وا]ن)?$|tel|phone|fax|call|zang|tamas)/;
/** Where people are reached, but also where meters are and bills come. */
const place = /^(?:منزل|خونه?|خانه|مغازه|ثابت|همراه|گوشی|manzel|kh[ou]+ne)/;
const otherwise =
  /^(?:پرونده|پیگیری|رهگیری|قب[وض]|شناسه|اشتراک|پلاک|تقاضا|سریال|داخلی|فیش|ابلاغ|ردیف|بخشنامه|مبلغ|پستی|کنتور|پروانه|ثبتی|دادنامه|قرارداد|ارجاع|پیوست|تاریخ|شبا|گواهی|مجوز|دفترچه|پیامک|تراکنش|(?:نامه|کد|سند|رسید|حساب|کارت|شکایت|درخواست|نوبت|ملی)(?:[میش]|ها)?$|code|file|case|parvande|peygiri|rahgiri)/;
const sentence = /[!?؟؛\n]|\.\s/;

/** Whether the words around a number say that it is one to call: the nearest that says anything decides. */
export function isDialled({ text, from, to }: Written): boolean {
  const before = text
    .slice(Math.max(0, from - 80), from)
    .split(sentence)
    .toReversed();
  const after = text.slice(to, to + 60).split(sentence);
  return said(wordsOf(before).toReversed().slice(0, 6)) ?? said(wordsOf(after).slice(0, 5)) ?? false;
}

function wordsOf([nearest = ""]: string[]): string[] {
  return (nearest.match(/\p{L}[\p{L}\p{M}\p{Cf}]*/gu) ?? []).map(comparableName);
}

function said(words: string[]): boolean | undefined {
  const deciding = words.find((word) => phone.test(word) || otherwise.test(word));
  if (deciding !== undefined) return phone.test(deciding);
  return words.some((word) => place.test(word)) || undefined;
}
