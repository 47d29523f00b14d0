import { latinDigits } from "../text.ts";
import type { TextSpan } from "./decoded-text.ts";
import type { IsIdentityToken } from "./identity.ts";
import { numberWord } from "./number-words.ts";

/** An e-mail address with the characters that the API accepts in addresses. */
const plainAddress = /(?<![\w.'+\p{Nd}-])[\w.'+\p{Nd}-]+@(?:[a-z\d-]+\.)+[a-z]{2,}/giu;

/** Spaces, hyphens and brackets, which people put around words such as "dot". */
const gapSign = String.raw`[\s\p{Cf}()[\]{}<>-]`;
const [gap, optionalGap] = [`${gapSign}{1,3}`, `${gapSign}{0,3}`];
/** Mail providers: their domain, and the names that people write for them. */
const mailProviders: [string, string][] = [
  ["gmail.com", `g${optionalGap}mail|جی${optionalGap}میل`],
  ["yahoo.com", "yahoo|یاهو"],
  ["hotmail.com", `hot${optionalGap}mail|هات${optionalGap}میل`],
  ["outlook.com", `outlook|[آا]وت${optionalGap}لوک`],
  ["icloud.com", `icloud|[آا]ی${optionalGap}کلاد`],
  ["chmail.ir", `chmail|چی?${optionalGap}میل`],
  ["ymail.com", `ymail|وای${optionalGap}میل`],
];
const providerName = mailProviders.map(([, names]) => names).join("|");
/** Words for the signs of an address: dot, hyphen and underscore. */
const dotWord = "(?:dot|دات|نقطه)";
const hyphenWord = `(?:[آا]ندر${optionalGap}لاین|خط${optionalGap}تیره|underscore|dash)`;
/** One word of an address. Further words follow after a sign, after the word for a sign, or as numbers. */
const addressWord = String.raw`[\p{L}\p{M}\p{Nd}+'_]+`;
const spelledLocalPart = String.raw`(?<![\p{L}\p{M}\p{Nd}.+'_-])${addressWord}(?:(?:[.-]|${gap}(?:${dotWord}|${hyphenWord})${gap})${addressWord}|\s\p{Nd}+|${gap}(?:و${gap})?${numberWord}(?![\p{L}\p{M}])){0,6}`;
/**
 * `@`, also written as "(at)". After the bare word "at" only a dictated domain or a known provider counts, since the
 * word is common.
 */
const atSign = String.raw`(?:${optionalGap}[@＠]${optionalGap}|\s?[([{<]\s?(?:at|[آا]ت)\s?[)\]}>]\s?)`;
const atWord = `${gap}(?:at|[آا]َ?ت(?:${optionalGap}ساین)?|[آا]د${optionalGap}ساین)${gap}`;
/** Domains: their end, known providers with or without it, dictated domains, typed domains. */
const topLevelDomain = String.raw`(?:com|ir|net|org|info|co|کام|نت|ارگ|[آا]ی${optionalGap}[آا]ر)(?![\p{L}\p{M}])`;
const knownProvider = `(?:${providerName}|mail|میل)`;
const dotOrWord = String.raw`${optionalGap}(?:\.|${dotWord})${optionalGap}`;
const atProvider = String.raw`${knownProvider}(?:(?:${dotOrWord}|[\s,،]{0,2})${topLevelDomain})?(?![\p{L}\p{M}\p{Nd}])`;
const spokenDomain = `(?:${addressWord}${optionalGap}${dotWord}${optionalGap}){1,3}${topLevelDomain}`;
const typedDomain = String.raw`[a-z\d-]+(?:\.[a-z\d-]+)*(?:\.[a-z]{2,}|${dotOrWord}${topLevelDomain})`;

/**
 * Addresses that are dictated, or spelled out to hide them from programs. A function, because Node takes long to
 * compile an expression with classes of letters, and most runs mask no text.
 */
const spelledAddress = () =>
  new RegExp(
    `${spelledLocalPart}(?:${atSign}(?:${spokenDomain}|${typedDomain}|${atProvider})|${atWord}(?:${spokenDomain}|${atProvider}))`,
    "giu",
  );

/** An address without its `@`: "karimi.mr64gmail.com". */
const joinedAddress =
  /(?<![\w.'+-])[\w.'+-]+?(?<=\w)(?:gmail|yahoo|hotmail|outlook|icloud|chmail|ymail)[.,]?(?:com|ir)(?!\w)/giu;

/**
 * Letters and digits before the `@`. An address begins with up to four such pieces: "karimi.mr64", "karimi نقطه mr64".
 */
const piece = /[a-z\p{Nd}]+/giu;
const betweenPieces = new RegExp(String.raw`^(?:[\s.'+_-]{1,3}|${gap}(?:${dotWord}|${hyphenWord})${gap})$`, "iu");
const mostPieces = 4;
/** Signs and words between the letters. They are dropped, because people write them in different ways. */
const betweenLetters = new RegExp(`${dotWord}|${hyphenWord}|[^a-z\\d]`, "giu");
/** A shorter beginning may be an English word. */
const shortestBeginning = 5;
const anySign = String.raw`[\s\p{P}\p{S}\p{Cf}]`;
const insteadOfAtSign = `${anySign}{1,4}(?:(?:a|at|on|dar|[آا]ت|[آا]د${optionalGap}ساین|روی?|توی?|در|${dotWord})${anySign}{1,3})?`;
const domainOrProvider = String.raw`(?<domain>(?:[a-z\d-]{1,40}\.){1,4}[a-z]{2,20})|(?<provider>${providerName})(?:${dotOrWord}${topLevelDomain})?`;
/** The rest of an address without `@`, or with another sign instead: " جیمیل", "#gmail.com", " at mail.example". */
const restOfAddress = () => new RegExp(`${insteadOfAtSign}(?:${domainOrProvider})(?![\\p{L}\\p{M}\\p{Nd}])`, "iuy");

/** Returns the tokens of the citizen's e-mail address: the whole address, and the letters and digits before its `@`. */
export function emailTokens(email: string): string[] {
  const whole = email.toLowerCase();
  return [whole, ...beginningTokens(whole.split("@")[0] ?? "")];
}

/** Finds all e-mail addresses in a text. The citizen's own address is also found without its `@` or its domain. */
export function emailAddresses(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const matches = [plainAddress, spelledAddress(), joinedAddress].flatMap((form) => [...text.matchAll(form)]);
  return [...matches.map(spanOf), ...addressesWithoutAtSign(text, isGiven)];
}

/**
 * Such an address is masked where it is the citizen's, or where it has digits or dots and the name of a mail provider.
 */
function addressesWithoutAtSign(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const pieces = [...text.matchAll(piece)].map(spanOf);
  return pieces.flatMap(({ to }, n) => {
    const { end, domains, isProvider } = domainFrom(text, to);
    const isAddress = (from: number) => {
      const beginning = text.slice(from, to);
      const wholeAddresses = domains.map((domain) => `${beginning}@${domain}`.toLowerCase());
      return (
        [...beginningTokens(beginning), ...wholeAddresses].some(isGiven) || (isProvider && hasDigitsOrDots(beginning))
      );
    };
    const from = beginningsOf(text, pieces.slice(Math.max(0, n + 1 - mostPieces), n + 1)).find(isAddress);
    return from === undefined ? [] : [{ from, to: end }];
  });
}

/**
 * Returns the places where an address may begin. The last of `pieces` is the last one before its `@`. The longest
 * address comes first.
 */
function beginningsOf(text: string, pieces: TextSpan[]): number[] {
  const firstConnected = pieces.findLastIndex(
    ({ from }, n) => n > 0 && !betweenPieces.test(text.slice(pieces[n - 1]?.to, from)),
  );
  return pieces.slice(Math.max(0, firstConnected)).map(({ from }) => from);
}

/**
 * Reads the domain of an address whose beginning ends at `from`. `end`: where the domain ends. `domains`: the domains
 * that may be meant. `isProvider`: whether it is the name of a mail provider.
 */
function domainFrom(text: string, from: number): { end: number; domains: string[]; isProvider: boolean } {
  const rest = restOfAddress();
  rest.lastIndex = from;
  const { 0: written = "", groups: { domain, provider } = {} } = rest.exec(text) ?? {};
  const meant = mailProviders.filter(([, names]) => provider && new RegExp(`^(?:${names})$`, "iu").test(provider));
  const domains = [...(domain ? [domain] : []), ...meant.map(([meantDomain]) => meantDomain)];
  return { end: from + written.length, domains, isProvider: provider !== undefined };
}

/** Returns whether a beginning has digits or dots among its letters. Words of a sentence have none. */
function hasDigitsOrDots(beginning: string): boolean {
  return /^(?=.*[a-z])\S*[\p{Nd}._]\S*$/iu.test(beginning);
}

/** Returns the token of the letters and digits before an `@`; none if they are too few. */
function beginningTokens(beginning: string): string[] {
  const letters = latinDigits(beginning).replace(betweenLetters, "").toLowerCase();
  return letters.length >= shortestBeginning && /[a-z]/.test(letters) ? [`${letters}@`] : [];
}

function spanOf({ 0: written, index: from }: RegExpExecArray): TextSpan {
  return { from, to: from + written.length };
}
