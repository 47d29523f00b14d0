import type { Text } from "./problem-texts.ts";

/** The rules that are not zod's own, by the name the schemas give them. */
export const ruleTexts: Record<string, Text> = {
  "well-formed": { fa: "متن یونیکد نادرستی دارد", en: "holds text that is not valid Unicode" },
  "no-controls": { fa: "نویسه‌های کنترلی دارد", en: "holds control characters" },
  "min-characters": { fa: "باید دست‌کم {limit} نویسه باشد", en: "must have at least {limit} characters" },
  "max-characters": { fa: "باید حداکثر {limit} نویسه باشد", en: "must have at most {limit} characters" },
  "national-id": { fa: "کد ملی درست نیست", en: "is not a valid Iranian national id" },
  "past-date": {
    fa: "روز گذشته است و ساعت‌های آن دیگر تغییر نمی‌کند",
    en: "is a day that has passed, whose hours cannot change any more",
  },
  "closed-or-intervals": {
    fa: "یکی از «closed» و «intervals» را بفرستید، نه هر دو را",
    en: "needs either `closed` or `intervals`, and not both",
  },
  time: { fa: "باید ساعتی مانند 08:00 باشد", en: "must be a time like 08:00" },
  "ends-after-start": { fa: "پایان باید پس از آغاز باشد", en: "must be after the start" },
  "in-order": {
    fa: "بازه‌ها باید به ترتیب باشند و روی هم نیفتند",
    en: "must be in order and not overlap",
  },
  "file-name": { fa: "نباید خط مورب یا شکستن خط داشته باشد", en: "must have no slashes and no line breaks" },
  "events-or-period": {
    fa: "یکی از «eventIds» و «since» را بفرستید، نه هر دو را",
    en: "may not be sent together with `eventIds`",
  },
  "since-missing": {
    fa: "«until» و «agencyId» بدون «since» معنا ندارند",
    en: "is required where `until` or `agencyId` is sent",
  },
  "too-long-ago": {
    fa: "نباید بیش از ۳۰ روز پیش باشد",
    en: "must not be more than 30 days ago",
  },
  "period-without-length": {
    fa: "بازه‌ای که پایانش پس از آغازش و آغازش پیش از اکنون باشد لازم است",
    en: "leaves no period: it must end after it starts, and start before now",
  },
  phone: { fa: "شمارهٔ تلفن درست نیست", en: "is not an Iranian or international phone number" },
};
