import type { Caller } from "#shared/people/principal.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";

/** The kinds of callers in the order of the documents: name, proof of identity, and what the caller may do. */
export const callers: Record<
  Caller,
  { name: LocalizedText; proof: "token" | "secret" | undefined; may: LocalizedText }
> = {
  public: {
    name: { en: "Public", fa: "عموم" },
    proof: undefined,
    may: { en: "read what is open to everybody", fa: "مشاهدهٔ اطلاعات عمومی" },
  },
  "front-end": {
    name: { en: "Front end", fa: "درگاه ثبت شکایت" },
    proof: "token",
    may: {
      en: "file complaints through its registered channels",
      fa: "ثبت شکایت از طرف شهروندان، از راه‌هایی که برای آن ثبت شده است",
    },
  },
  citizen: {
    name: { en: "Citizen", fa: "شهروند" },
    proof: "secret",
    may: { en: "follow one complaint with its secret", fa: "پیگیری یک شکایت با کد پیگیری و رمز آن" },
  },
  agency: {
    name: { en: "Agency", fa: "دستگاه اجرایی" },
    proof: "token",
    may: { en: "work on the agency's own complaints", fa: "رسیدگی به شکایت‌های همان دستگاه اجرایی" },
  },
  inspector: {
    name: { en: "Inspector", fa: "بازرس" },
    proof: "token",
    may: { en: "see every complaint of the province and decide disputes", fa: "رسیدگی به شکایت‌های استان و صدور رأی" },
  },
  overseer: {
    name: { en: "Overseer", fa: "مقام ناظر" },
    proof: "token",
    may: {
      en: "read the complaints of its counties that were escalated to its level",
      fa: "مشاهدهٔ شکایت‌هایی که در شهرستان‌های زیر نظر آن مقام به سطح او رسیده‌اند",
    },
  },
  reviewer: {
    name: { en: "Reviewer", fa: "بازبین" },
    proof: "token",
    may: { en: "judge what employees contest", fa: "رسیدگی به اعتراض کارمندان به ابلاغیه" },
  },
  personnel: {
    name: { en: "Personnel office", fa: "کارگزینی" },
    proof: "token",
    may: { en: "read the standing records of its agency's staff", fa: "مشاهدهٔ سوابق قطعی کارکنان همان دستگاه" },
  },
  employee: {
    name: { en: "Employee", fa: "کارمند" },
    proof: "secret",
    may: { en: "read and answer a notice with its secret", fa: "خواندن ابلاغیه و پاسخ به آن، با شناسه و رمز آن" },
  },
  person: {
    name: { en: "Official", fa: "کاربر" },
    proof: "token",
    may: { en: "read who signed in, and with which roles", fa: "مشاهدهٔ نام و نقش‌های خود پس از ورود" },
  },
  admin: {
    name: { en: "Administrator", fa: "مدیر سامانه" },
    proof: "token",
    may: {
      en: "register people, set office hours and look after deliveries",
      fa: "ثبت کاربران، تعیین ساعت کاری و پیگیری پیام‌های تحویل‌نشده",
    },
  },
};

export const scopeOf = (caller: Caller) => `foad/${caller}`;

/** Callers that no program is: the scopes of people decide nothing. */
export const peopleOnly: readonly Caller[] = ["person", "reviewer", "personnel"];

/** The proof of identity that a request must carry, as OpenAPI's `security`. */
export function securityOf({ caller, secret }: { caller: Caller; secret?: true }): Record<string, string[]>[] {
  const { proof } = callers[caller];
  const isScoped = proof === "token" && !peopleOnly.includes(caller);
  // Both in one object: the request needs both.
  return proof ? [{ [proof]: isScoped ? [scopeOf(caller)] : [], ...(secret && { secret: [] }) }] : [];
}

/** The two proofs of identity, as OpenAPI's `securitySchemes`. `issuer`: the https address of the token issuer. */
export function securitySchemes(issuer: string) {
  return {
    token: {
      type: "openIdConnect",
      description: "Client credentials of a client that is registered in the province.",
      openIdConnectUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    },
    secret: {
      type: "apiKey",
      in: "header",
      name: "Foad-Secret",
      description:
        "The complaint's secret, `XXXX-XXXX`, or its form for a keypad, `1234-5678-9012`, as the receipt of the filing showed them.",
    },
  };
}
