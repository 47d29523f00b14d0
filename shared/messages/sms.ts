import * as z from "zod";
import { mostSmsParts, smsPartLengths } from "../policy-numbers.ts";

/**
 * What became of a message. `sending` is written before a provider is called. `stopped`: it was not sent, because the
 * front end's messages of the month are used up.
 */
export const SmsState = z.enum(["sending", "accepted", "delivered", "undelivered", "rejected", "unknown", "stopped"]);
export type SmsState = z.infer<typeof SmsState>;

/**
 * The only text that citizens get. A phone may be shared, so the text says nothing about the complaint: not even which
 * agency, what happened, or which case. `address`: the site where citizens of the province ask. The regulator
 * demands «لغو۱۱» in every message: its reader sends 11 to end the messages.
 */
export function citizenSmsText(address: string): string {
  return `در سامانهٔ ۱۲۸ خبر تازه‌ای برای شماست. از ۱۲۸ بپرسید یا اینجا ببینید:\n${address}\nلغو۱۱`;
}

/** The text for officials: that complaints are late, and where the desk is. Nothing about a complaint. */
export function officialSmsText(deskUrl: string): string {
  return `سامانهٔ ۱۲۸: در حوزهٔ شما رسیدگی به شکایتی دیر شده است. میز کار:\n${deskUrl}\nلغو۱۱`;
}

/** The number of parts in which a text with Persian letters is sent and paid. */
export function smsParts(text: string): number {
  return text.length <= smsPartLengths.single ? 1 : Math.ceil(text.length / smsPartLengths.joined);
}

/** How many characters a text is too long; 0 where it fits into `mostSmsParts`. */
export function smsExcess(text: string): number {
  return Math.max(0, text.length - mostSmsParts * smsPartLengths.joined);
}
