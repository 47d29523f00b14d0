import { latinDigits } from "../text.ts";
import type { TextSpan } from "./decoded-text.ts";
import type { IsIdentityToken } from "./identity.ts";
import { numberWord } from "./number-words.ts";

/** Matches only the characters that an e-mail address may have which the API accepts. */
const plainAddress = /(?<![\w.'+\p{Nd}-])[\w.'+\p{Nd}-]+@(?:[a-z\d-]+\.)+[a-z]{2,}/giu;

/** Spaces, hyphens and brackets, which stand around what is spelled out. */
const gaps = String.raw`[\s\p{Cf}()[\]{}<>-]`;
const [gap, mayGap] = [`${gaps}{1,3}`, `${gaps}{0,3}`];
/** What people call the places that have their mailbox. */
const mailboxes: [string, string][] = [
  ["gmail.com", `g${mayGap}mail|جی${mayGap}میل`],
  ["yahoo.com", "yahoo|یاهو"],
  ["hotmail.com", `hot${mayGap}mail|هات${mayGap}میل`],
  ["outlook.com", `outlook|[آا]وت${mayGap}لوک`],
  ["icloud.com", `icloud|[آا]ی${mayGap}کلاد`],
  ["chmail.ir", `chmail|چی?${mayGap}میل`],
  ["ymail.com", `ymail|وای${mayGap}میل`],
];
const mailbox = mailboxes.map(([, names]) => names).join("|");
const dot = "(?:dot|دات|نقطه)";
const line = `(?:[آا]ندر${mayGap}لاین|خط${mayGap}تیره|underscore|dash)`;
const label = String.raw`[\p{L}\p{M}\p{Nd}+'_]+`;
const local = String.raw`(?<![\p{L}\p{M}\p{Nd}.+'_-])${label}(?:(?:[.-]|${gap}(?:${dot}|${line})${gap})${label}|\s\p{Nd}+|${gap}(?:و${gap})?${numberWord}(?![\p{L}\p{M}])){0,6}`;
const atSign = String.raw`(?:${mayGap}[@＠]${mayGap}|\s?[([{<]\s?(?:at|[آا]ت)\s?[)\]}>]\s?)`;
const atWord = `${gap}(?:at|[آا]َ?ت(?:${mayGap}ساین)?|[آا]د${mayGap}ساین)${gap}`;
const ending = String.raw`(?:com|ir|net|org|info|co|کام|نت|ارگ|[آا]ی${mayGap}[آا]ر)(?![\p{L}\p{M}])`;
const providers = `(?:${mailbox}|mail|میل)`;
const anyDot = String.raw`${mayGap}(?:\.|${dot})${mayGap}`;
const atProvider = String.raw`${providers}(?:(?:${anyDot}|[\s,،]{0,2})${ending})?(?![\p{L}\p{M}\p{Nd}])`;
const spokenDomain = `(?:${label}${mayGap}${dot}${mayGap}){1,3}${ending}`;
const typedDomain = String.raw`[a-z\d-]+(?:\.[a-z\d-]+)*(?:\.[a-z]{2,}|${anyDot}${ending})`;

/**
 * Addresses as they are dictated, or spelled to be hidden from programs. A function, since Node takes long to read an
 * expression with classes of letters, and most starts of a function mask nothing.
 */
const spelledAddress = () =>
  new RegExp(
    `${local}(?:${atSign}(?:${spokenDomain}|${typedDomain}|${atProvider})|${atWord}(?:${spokenDomain}|${atProvider}))`,
    "giu",
  );

/** An address whose sign is left out: "karimi.mr64gmail.com". */
const joinedAddress =
  /(?<![\w.'+-])[\w.'+-]+?(?<=\w)(?:gmail|yahoo|hotmail|outlook|icloud|chmail|ymail)[.,]?(?:com|ir)(?!\w)/giu;

/** What an address may begin with: "karimi.mr64", "karimi mr64", "karimi نقطه mr64". */
const piece = /[a-z\p{Nd}]+/giu;
const betweenPieces = new RegExp(String.raw`^(?:[\s.'+_-]{1,3}|${gap}(?:${dot}|${line})${gap})$`, "iu");
const mostPieces = 4;
/** In these the spellings of such a beginning differ. */
const betweenLetters = new RegExp(`${dot}|${line}|[^a-z\\d]`, "giu");
/** A shorter beginning may be a word of English. */
const shortestBeginning = 5;
/** What follows it where the sign is left out or another one: " جیمیل", "#gmail.com", " at mail.example". */
const signs = String.raw`[\s\p{P}\p{S}\p{Cf}]`;
const missingAtSign = `${signs}{1,4}(?:(?:a|at|on|dar|[آا]ت|[آا]د${mayGap}ساین|روی?|توی?|در|${dot})${signs}{1,3})?`;
const namedDomain = String.raw`(?<domain>(?:[a-z\d-]{1,40}\.){1,4}[a-z]{2,20})|(?<named>${mailbox})(?:${anyDot}${ending})?`;
const restOfAddress = () => new RegExp(`${missingAtSign}(?:${namedDomain})(?![\\p{L}\\p{M}\\p{Nd}])`, "iuy");

/** How an e-mail address that was given is recognized: whole, and by the letters and digits before its sign. */
export function emailTokens(email: string): string[] {
  const whole = email.toLowerCase();
  return [whole, ...beginningTokens(whole.split("@")[0] ?? "")];
}

/** Where e-mail addresses stand, whoever's they are, and what the citizen gave also without its sign or domain. */
export function emailAddresses(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const whole = [plainAddress, spelledAddress(), joinedAddress].flatMap((form) => [...text.matchAll(form)]);
  return [...whole.map(spanOf), ...addressesWithoutSign(text, isGiven)];
}

function addressesWithoutSign(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const pieces = [...text.matchAll(piece)].map(spanOf);
  return pieces.flatMap(({ to }, n) => {
    const { end, domains, isMailbox } = domainFrom(text, to);
    const isAddress = (from: number) => {
      const beginning = text.slice(from, to);
      const whole = domains.map((domain) => `${beginning}@${domain}`.toLowerCase());
      return [...beginningTokens(beginning), ...whole].some(isGiven) || (isMailbox && hasDigitsOrDots(beginning));
    };
    const from = beginningsOf(text, pieces.slice(Math.max(0, n + 1 - mostPieces), n + 1)).find(isAddress);
    return from === undefined ? [] : [{ from, to: end }];
  });
}

/** Where an address may begin whose last piece before the sign is the last of these; the longest comes first. */
function beginningsOf(text: string, pieces: TextSpan[]): number[] {
  const parted = pieces.findLastIndex(
    ({ from }, n) => n > 0 && !betweenPieces.test(text.slice(pieces[n - 1]?.to, from)),
  );
  return pieces.slice(Math.max(0, parted)).map(({ from }) => from);
}

/** Where the domain ends that stands behind the beginning of an address, and which domains may be meant. */
function domainFrom(text: string, from: number): { end: number; domains: string[]; isMailbox: boolean } {
  const rest = restOfAddress();
  rest.lastIndex = from;
  const { 0: written = "", groups: { domain, named } = {} } = rest.exec(text) ?? {};
  const meant = mailboxes.filter(([, names]) => named && new RegExp(`^(?:${names})$`, "iu").test(named));
  const domains = [...(domain ? [domain] : []), ...meant.map(([one]) => one)];
  return { end: from + written.length, domains, isMailbox: named !== undefined };
}

/** Whether it has digits or dots among its letters, which no word of a sentence has. */
function hasDigitsOrDots(beginning: string): boolean {
  return /^(?=.*[a-z])\S*[\p{Nd}._]\S*$/iu.test(beginning);
}

function beginningTokens(beginning: string): string[] {
  const letters = latinDigits(beginning).replace(betweenLetters, "").toLowerCase();
  return letters.length >= shortestBeginning && /[a-z]/.test(letters) ? [`${letters}@`] : [];
}

function spanOf({ 0: written, index: from }: RegExpExecArray): TextSpan {
  return { from, to: from + written.length };
}
