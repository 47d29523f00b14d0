import type { DeadlinePolicy } from "#shared/hours/deadline-policy.ts";
import type { Act } from "./acts.ts";
import { type Hours, randomOfficeTime, roundUpToGrid } from "./calendar.ts";
import type { Chance } from "./chance.ts";
import { type Character, characterOf, type Filing, type Finding } from "./filing.ts";

/**
 * Who sends a request: a program of a front end or an overseer by its client id, an agency's program, an official by name, or the
 * citizen or employee with a secret.
 */
export type YearActor = { program: string } | { agency: string } | { person: string } | "citizen" | "employee";

export type PlannedRequest = {
  /** Epoch ms on the clock of the local cloud. */
  at: number;
  /** The complaint's number in the year. */
  complaint: number;
  /** The request's number within its complaint, from 0. Complaint and step make the idempotency key. */
  step: number;
  by: YearActor;
  /** A `call` is made only if the API lists the complaint for the call centre. */
  act: Act;
  /** `{id}` and the like stand for what earlier answers of this complaint's story said. */
  body: Record<string, unknown>;
  /** Parts of the path that no earlier answer says, and its `query`. */
  path?: Record<string, string>;
  /** The numbers of complaints that are linked to an issue. */
  links?: number[];
};

/** Invented texts of complaints, by category. */
const complaints: Record<string, string[]> = {
  "systems-not-ready": [
    "سامانه قطع بود و گفتند معلوم نیست کی وصل می‌شود.",
    "تلفن را کسی برنمی‌دارد و دستگاه نوبت‌دهی خراب است.",
  ],
  disrespect: ["متصدی با تندی جواب داد و پرونده‌ام را پس داد.", "جلوی همه گفت وقت مرا نگیر."],
  "late-start-early-end": ["نیم ساعت پس از آغاز وقت اداری هنوز باجه بسته بود.", "پیش از پایان وقت کار را تعطیل کردند."],
  "nobody-at-the-desk": ["پشت باجه کسی نبود و نگفتند چه کسی جانشین است.", "کارشناس مرخصی است و جانشین ندارد."],
  "steps-not-transparent": ["هر بار مدرک تازه‌ای خواستند و هیچ فهرستی نیست.", "کسی نمی‌گوید مرحلهٔ بعد چیست."],
  "decision-not-transparent": ["درخواستم را رد کردند و دلیلش را نگفتند.", "مبلغ را بدون توضیح تغییر داده‌اند."],
  "postponed-without-reason": ["سه هفته است منتظرم و هر روز می‌گویند فردا بیا.", "بی‌هیچ دلیلی گفتند هفتهٔ دیگر بیا."],
};

const causes: Record<string, Record<string, number>> = {
  "systems-not-ready": { "system-down": 0.85, capacity: 0.15 },
  disrespect: { conduct: 0.85, capacity: 0.15 },
  "late-start-early-end": { "staff-absent": 0.7, conduct: 0.3 },
  "nobody-at-the-desk": { "no-substitute": 0.75, "staff-absent": 0.25 },
  "steps-not-transparent": { "information-missing": 0.6, "rule-unclear": 0.4 },
  "decision-not-transparent": { "rule-unclear": 0.6, "information-missing": 0.4 },
  "postponed-without-reason": { capacity: 0.6, "other-body": 0.2, "no-substitute": 0.2 },
};

const answers: Record<Finding, string[]> = {
  founded: ["حق با شماست. کار شما همین امروز انجام شد.", "پیگیری شد و ایراد از ما بود؛ برطرف شد."],
  unfounded: ["بررسی شد؛ کار برابر دستورالعمل انجام شده است.", "به گفتهٔ مسئول واحد، باجه در وقت اداری باز بوده است."],
  undetermined: ["مدارک موجود برای اظهار نظر کافی نیست.", "موضوع از هر دو طرف شنیده شد و روشن نشد."],
};
const emptyAnswers = ["بررسی شد.", "اقدام لازم انجام خواهد شد.", "به واحد مربوط ارجاع شد."];

const officers = [
  { name: "بهار سپهرنیا", personnelId: "۱۰۲۱" },
  { name: "آرش نیک‌گفتار", personnelId: "۱۰۳۴" },
  { name: "نگار دل‌آرام", personnelId: "۱۰۵۷" },
];

export const yearTexts = {
  complaint: (chance: Chance, category: string) => chance.oneOf(complaints[category] ?? ["کسی پاسخگو نبود."]),
  officer: (chance: Chance) => chance.oneOf(officers),
  cause: (chance: Chance, { category, finding }: { category: string; finding: Finding }) =>
    finding === "unfounded" ? "none" : chance.weighted(causes[category] ?? { none: 1 }),
  answer: (chance: Chance, { finding, answerText }: { finding: Finding } & Pick<Character, "answerText">) =>
    chance.oneOf(answerText === "empty" ? emptyAnswers : answers[finding]),
  message: "مدرک را پیدا کردم و همراهم هست.",
  extension: "برای پاسخ کامل به پروندهٔ بایگانی نیاز است.",
  transfer: "این کار در وظیفهٔ دستگاه دیگری است.",
  dispute: "آنچه نوشته‌اند با آنچه دیدم نمی‌خواند.",
  rejection: "این درخواست شکایت از شیوهٔ خدمت نیست.",
  report: "بازدید انجام شد و با مسئول واحد گفت‌وگو شد.",
  decision: (finding: Finding) =>
    finding === "founded" ? "شکایت وارد است و دستگاه باید آن را برطرف کند." : "شکایت وارد دانسته نشد.",
  /** Invented citizens; nobody has these phone numbers. One of four who may be called chooses no digits. */
  citizen: (number: number) => ({
    name: `شهروند ${["آذر", "مهر", "بهمن", "تیر"][number % 4]}`,
    phone: phoneOf(number),
    shareWithAgency: number % 3 === 0,
    mayBeCalled: number % 5 < 3,
    ...(number % 5 < 3 && number % 4 > 0 && { callDigits: yearDigits }),
  }),
};

/** The digits of all citizens who have chosen some. */
export const yearDigits = "4031";
/** By its phone number the call centre's list names a citizen. */
export const phoneOf = (number: number) => `0912000${String(number % 10_000).padStart(4, "0")}`;

/** A category with its deadlines. */
type Category = { id: string; answer: DeadlinePolicy; extension: DeadlinePolicy };

/** A complaint while its requests are planned: the requests so far, and its present agency. */
export type PlannedComplaint = {
  number: number;
  filing: Filing;
  chance: Chance;
  hours: Hours;
  category: Category;
  character: Character;
  agencyId: string;
  answerBy: number;
  /** Time of the last planned request. */
  now: number;
  /** Whether the citizen agreed to be called at filing. */
  mayBeCalled: boolean;
  /** The finding of the agency's answer, once it is planned. */
  answerFinding?: Finding;
  requests: PlannedRequest[];
};

export type World = { number: number; chance: Chance; hours: Hours; categories: Category[] };

export function planComplaint(filing: Filing, { number, chance, hours, categories }: World): PlannedComplaint {
  const category = categories.find(({ id }) => id === filing.category);
  if (!category) throw new Error(`The province has no category ${filing.category}.`);
  const { agencyId } = filing;
  const answerBy = hours.due(filing.at, category.answer);
  const character = characterOf(agencyId);
  return {
    number,
    filing,
    chance,
    hours,
    category,
    character,
    agencyId,
    answerBy,
    now: filing.at,
    mayBeCalled: false,
    requests: [],
  };
}

type NextRequest = Omit<PlannedRequest, "complaint" | "step">;

/** Adds the next request of a complaint. Its time is never before the time of the previous request. */
export function addRequest(complaint: PlannedComplaint, { at, ...request }: NextRequest): void {
  const next = Math.max(complaint.now, roundUpToGrid(at));
  complaint.now = request.by === "citizen" ? randomOfficeTime(next) : next;
  const { number, requests } = complaint;
  requests.push({ at: complaint.now, complaint: number, step: requests.length, ...request });
}

export const agencyOf = ({ agencyId }: PlannedComplaint): YearActor => ({ agency: agencyId });
