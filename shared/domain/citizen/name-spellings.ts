/**
 * Names that people spell in several ways, in comparable letters, and the one spelling under which they are compared. The
 * spelling need not exist: «روح‌الله» and «روح اله» are both compared as «روحله».
 */
const spellings: [RegExp, string][] = [
  // ضیاءی, ضیایی; زینت‌السادات, زینت سادات; نورالدین, نورادین; عطاءالله, عطاالله
  [/ء(?=ی)/g, "ی"],
  [/ء/g, ""],
  [/ا{1,2}ل?(?=سادات|ملوک|نسا|زمان|دین)/g, ""],
  [/اا+/g, "ا"],
  // رئوف, رؤوف, رووف; داوود, داود
  [/[یو](?=و)/g, ""],
  // هیأت, هیئت
  [/(?<=هی)ی(?=ت)/g, "ا"],
  // رحمن, اسحق, ابرهیم, هرون, جبرئیل: with the alef that old spellings leave out
  [/(?<=رحم)(?=ن)|(?<=اسح)(?=ق)|(?<=ابر)(?=هیم)|(?<=^ه)(?=رون)|(?<=جبر)(?=ییل)/g, "ا"],
  [/اسما?[عی]یل/g, "اسماعیل"],
  [/^طه|طه$/g, "طاها"],
  [/^یس$/, "یاسین"],
  // محمدرضا, ممدرضا
  [/ممد/g, "محمد"],
  // مرتضی, مرتضا
  [/(?<=کبر|صغر|مصطف|یحی|مرتض|مجتب|موس|عیس|لیل|هد|سلم|طوب|بشر|ضح|نجو)ی/g, "ا"],
  // ابوالفضل, ابولفضل, ابالفضل
  [/^اب(?:وا?|ا)ل(?=..)/, "ابل"],
  // رحمة‌الله, رحمت‌الله
  [/ه(?=ا?لله)/g, "ت"],
  // روح‌الله, روح‌اله; عبدالرضا, عبدلرضا
  [/لله/g, "له"],
  [/(?<=..)ال(?=ه|..)/g, "ل"],
  // حسینی, حسیینی; the last two letters of «رضایی» and «رضای» make two words.
  [/(\p{L})\1+(?=.)/gu, "$1"],
];

/** The one spelling of a name that stands for all of them. */
export function oneSpelling(name: string): string {
  return spellings.reduce((spelled, [from, to]) => spelled.replace(from, to), name);
}

/** Persian consonants, and the Latin letters that people write for them; letters of the same sound have one. */
const consonants: Record<string, string> = Object.fromEntries(
  "بb پp تطt ثسصs جژj چc حهh خx دd ذزضظz رr ش$ غقq فf کk گg لl مm نn یi"
    .split(" ")
    .flatMap((row) => [...row.slice(0, -1)].map((letter) => [letter, row.slice(-1)])),
);
const latinSounds: [RegExp, string][] = [
  [/kh/g, "x"],
  [/gh/g, "q"],
  [/sh/g, "$$"],
  [/c(?!h)/g, "k"],
  [/ch/g, "c"],
  [/zh/g, "j"],
  [/ph/g, "f"],
  [/ee|y/g, "i"],
  [/[aeouvw'`]/g, ""],
];

export const isLatin = (word: string) => /^\p{Script=Latin}/u.test(word);

/**
 * What «مریم» and "Maryam" have in common: the consonants and the long i, in Latin letters. The other vowels, doubled
 * letters, the i at the beginning and the h at the end are left out, since people write them in many ways or not at all.
 */
export function consonantsOf(word: string): string {
  const latin = isLatin(word)
    ? latinSounds.reduce(
        (spelled, [from, to]) => spelled.replace(from, to),
        word.normalize("NFD").replace(/\p{M}/gu, ""),
      )
    : [...word].map((letter) => consonants[letter] ?? "").join("");
  return latin.replace(/(.)\1+/g, "$1").replace(/^i|h$/g, "");
}
