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
  // مرتضی, مرتضا
  [/(?<=کبر|صغر|مصطف|یحی|مرتض|مجتب|موس|عیس|لیل|هد|سلم|طوب|بشر|ضح|نجو)ی/g, "ا"],
  // ابوالفضل, ابولفضل, ابالفضل
  [/^اب(?:وا?|ا)ل(?=..)/, "ابل"],
  // رحمة‌الله, رحمت‌الله
  [/ه(?=ا?لله)/g, "ت"],
  // روح‌الله, روح‌اله; عبدالرضا, عبدلرضا
  [/لله/g, "له"],
  [/(?<=..)ال(?=ه|..)/g, "ل"],
];

/** The one spelling of a name that stands for all of them. */
export function oneSpelling(name: string): string {
  return spellings.reduce((spelled, [from, to]) => spelled.replace(from, to), name);
}
