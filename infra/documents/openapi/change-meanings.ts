import type { Text } from "#shared/domain/vocabulary.ts";

/** The meanings of fields about how this API changes. */
export const changeMeanings: Record<string, Text> = {
  "Changes.version": { en: "The version in the path", fa: "نسخه‌ای که در نشانی آمده است" },
  changes: { en: "What has changed, the newest first", fa: "تغییرها، تازه‌ترین نخست" },
  "changes.on": { en: "Since which day", fa: "از چه روزی" },
  "changes.kind": {
    en: "`added`, or `deprecated`: it goes on, and should be used no more",
    fa: "افزوده (added) یا منسوخ (deprecated): هنوز کار می‌کند، اما دیگر نباید به کار رود",
  },
  "changes.what": { en: "What it is about", fa: "شرح تغییر" },
  "changes.routes": { en: "The routes it is about", fa: "مسیرهای مربوط" },
  "changes.endsOn": {
    en: "From which day on what is deprecated is gone",
    fa: "از چه روزی آنچه منسوخ شده دیگر در دسترس نیست",
  },
};
