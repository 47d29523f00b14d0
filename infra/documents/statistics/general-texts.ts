import type { Text } from "#shared/domain/vocabulary.ts";

/** What was done to every number, and why, in four sentences for a citizen. The page shows them first. */
export const methodTexts: Text[] = [
  {
    en: "An exact small number could show who complained, so every number is rounded at random to a multiple of five (0, 5, 10, 15 …) before it is published.",
    fa: "از یک عدد کوچک و دقیق شاید بتوان فهمید چه کسی شکایت کرده است؛ برای همین، هر عدد پیش از انتشار، به تصادف، به مضربی از پنج (۰، ۵، ۱۰، ۱۵ و …) گرد می‌شود.",
  },
  {
    en: "The nearer multiple is chosen more often, so that sums are right on average: a true 13 becomes 15 three times in five, and 10 twice in five.",
    fa: "مضرب نزدیک‌تر بیشتر انتخاب می‌شود، برای این که جمع‌ها به طور میانگین درست بمانند: عدد ۱۳ در سه بار از هر پنج بار ۱۵ می‌شود و در دو بار ۱۰.",
  },
  {
    en: "A published number is at most 4 away from the true one: 0 means 0 to 4, 5 means 1 to 9, and 20 means 16 to 24; a true multiple of five stays as it is.",
    fa: "عدد منتشرشده حداکثر ۴ واحد با عدد واقعی فرق دارد: ۰ یعنی ۰ تا ۴، ۵ یعنی ۱ تا ۹، و ۲۰ یعنی ۱۶ تا ۲۴؛ عددی که خود مضرب پنج است عوض نمی‌شود.",
  },
  {
    en: "Each number is rounded on its own, one up and another down, so the parts of a total need not add up to it exactly.",
    fa: "هر عدد جداگانه گرد می‌شود، یکی رو به بالا و دیگری رو به پایین، پس جمع بخش‌ها لزوماً با شمار کل برابر نیست.",
  },
];

/** What holds of every table. */
export const generalTexts: Text[] = [
  {
    en: "A row counts the complaints that were filed in a period, by what was known 15 days after its end; later news about them changes no published number. A period is an Iranian month, a quarter, or four quarters together, named by the last of them.",
    fa: "هر ردیف شکایت‌هایی را می‌شمارد که در یک دوره ثبت شده‌اند، بر پایهٔ آنچه ۱۵ روز پس از پایان دوره معلوم بود؛ اطلاعات بعدی هیچ عدد منتشرشده‌ای را عوض نمی‌کند. دوره یک ماه است، یا یک فصل، یا چهار فصل پیاپی با هم، که با نام آخرین فصل آن می‌آید.",
  },
  {
    en: "A row is divided into classes, such as late and unanswered, only where these together have 20 complaints or more before rounding. Other rows have their count alone, and so have tables by two things, such as agency and county.",
    fa: "هر ردیف تنها جایی به دسته‌هایی مانند «دیر» و «بی‌پاسخ» تفکیک می‌شود که این دسته‌ها روی هم و پیش از گرد شدن دست‌کم ۲۰ شکایت داشته باشند. ردیف‌های دیگر، و جدول‌هایی که هم‌زمان بر پایهٔ دو ویژگی (مانند دستگاه اجرایی و شهرستان) هستند، تنها شمار کل را دارند.",
  },
  {
    en: "Shares, medians, ranges and comparisons are calculated from published numbers alone. A share that may be off by more than 25 points of 100 either way is not shown, since there are too few complaints.",
    fa: "سهم‌ها، میانه‌ها، بازه‌ها و سنجش‌ها تنها از عددهای منتشرشده حساب می‌شوند. اگر سهمی ممکن است بیش از ۲۵ واحد از ۱۰۰ با مقدار واقعی فرق داشته باشد، منتشر نمی‌شود، چون شمار شکایت‌ها کم است.",
  },
  {
    en: "No complaints is no praise: people may not know of 128, or may fear it.",
    fa: "نبودِ شکایت نشانهٔ خوبی نیست: شاید مردم سامانهٔ ۱۲۸ را نمی‌شناسند، یا از شکایت می‌ترسند.",
  },
];
