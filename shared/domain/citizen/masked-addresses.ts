import type { Span } from "./span.ts";

/** Matches only the characters that an e-mail address may have which the API accepts. */
const plain = /(?<![\w.'+\p{Nd}-])[\w.'+\p{Nd}-]+@(?:[a-z\d-]+\.)+[a-z]{2,}/giu;

/** Spaces, hyphens and brackets, which stand around what is spelled out. */
const gaps = String.raw`[\s\p{Cf}()[\]{}<>-]`;
const [gap, mayGap] = [`${gaps}{1,3}`, `${gaps}{0,3}`];
const dot = "(?:dot|دات|نقطه)";
const line = `(?:[آا]ندر${mayGap}لاین|خط${mayGap}تیره|underscore|dash)`;
const label = String.raw`[\p{L}\p{M}\p{Nd}+'_]+`;
const local = String.raw`(?<![\p{L}\p{M}\p{Nd}.+'_-])${label}(?:(?:[.-]|${gap}(?:${dot}|${line})${gap})${label}|\s\p{Nd}+){0,6}`;
const atSign = String.raw`(?:${mayGap}[@＠]${mayGap}|\s?[([{<]\s?(?:at|[آا]ت)\s?[)\]}>]\s?)`;
const atWord = `${gap}(?:at|[آا]َ?ت(?:${mayGap}ساین)?|[آا]د${mayGap}ساین)${gap}`;
const ending = String.raw`(?:com|ir|net|org|info|co|کام|نت|ارگ|[آا]ی${mayGap}[آا]ر)(?![\p{L}\p{M}])`;
const providers = `(?:(?:g|y|ch|hot)?${mayGap}mail|yahoo|outlook|icloud|(?:جی|هات|چی?)?${mayGap}میل|یاهو|[آا]وت${mayGap}لوک)`;
const anyDot = String.raw`${mayGap}(?:\.|${dot})${mayGap}`;
const atProvider = String.raw`${providers}(?:(?:${anyDot}|[\s,،]{0,2})${ending})?(?![\p{L}\p{M}\p{Nd}])`;
const spokenDomain = `(?:${label}${mayGap}${dot}${mayGap}){1,3}${ending}`;
const typedDomain = String.raw`[a-z\d-]+(?:\.[a-z\d-]+)*(?:\.[a-z]{2,}|${anyDot}${ending})`;

/** Addresses as they are dictated, or spelled to be hidden from programs. */
const spelled = new RegExp(
  `${local}(?:${atSign}(?:${spokenDomain}|${typedDomain}|${atProvider})|${atWord}(?:${spokenDomain}|${atProvider}))`,
  "giu",
);

/** "Look at example.com" reads the same, so this is an address only where the citizen gave it. */
const ambiguous = new RegExp(String.raw`(?<![\w.'+-])([\w.'+-]+)${atWord}((?:[a-z\d-]+\.)+[a-z]{2,})`, "giu");

/** Where e-mail addresses stand, whoever's they are. */
export function addresses(text: string, isGiven: (token: string) => boolean): Span[] {
  const certain = [plain, spelled].flatMap((form) => [...text.matchAll(form)]);
  const given = [...text.matchAll(ambiguous)].filter(([, name, domain]) => isGiven(`${name}@${domain}`.toLowerCase()));
  return [...certain, ...given].map(({ 0: written, index: from }) => ({ from, to: from + written.length }));
}
