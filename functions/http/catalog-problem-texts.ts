import type { FaultCode } from "#shared/fault.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";

export type ProblemText = { status: number; title: LocalizedText; detail: LocalizedText };

type CatalogFaultCode = Extract<FaultCode, "retired" | `unknown-${string}`>;

/** The texts of refusals where a request names an agency, county, office, category or complaint that is unknown or retired. */
export const catalogProblemTexts: Record<Exclude<CatalogFaultCode, "unknown-route">, ProblemText> = {
  retired: {
    status: 422,
    title: { fa: "مورد تازه نمی‌پذیرد", en: "No longer in use for new complaints" },
    detail: {
      fa: "«{id}» دیگر مورد تازه نمی‌پذیرد؛ اگر `successorId` آمده باشد، جانشین آن است.",
      en: "`{id}` is not used for new complaints any more. `successorId`, where it is given, takes its place.",
    },
  },
  "unknown-agency": {
    status: 422,
    title: { fa: "چنین دستگاهی نیست", en: "Unknown agency" },
    detail: {
      fa: "دستگاه «{agencyId}» در فهرست استان (GET /v1/catalog) نیست؛ دستگاه دیگری انتخاب کنید.",
      en: "The agency `{agencyId}` is not in the province's list (`GET /v1/catalog`): choose another one.",
    },
  },
  "unknown-county": {
    status: 422,
    title: { fa: "شهرستان شناخته نشد", en: "Unknown county" },
    detail: {
      fa: "شهرستان «{countyId}» در استان نیست، یا دستگاه در آن نیست. شهرستان‌های هر دستگاه در GET /v1/catalog آمده است.",
      en: "The county `{countyId}` is not in the province, or the agency is not in it: `GET /v1/catalog` has each agency's `countyIds`.",
    },
  },
  "unknown-office": {
    status: 422,
    title: { fa: "چنین اداره‌ای نیست", en: "Unknown office" },
    detail: {
      fa: "ادارهٔ «{officeId}» از این دستگاه و شهرستان نیست. اداره‌ها در GET /v1/catalog آمده است؛ بدون officeId نیز می‌توان ثبت کرد.",
      en: "`{officeId}` is not an office of that agency in that county: `GET /v1/catalog` has them, or leave `officeId` out.",
    },
  },
  "unknown-category": {
    status: 422,
    title: { fa: "چنین موضوعی نیست", en: "Unknown category" },
    detail: {
      fa: "موضوع «{category}» در فهرست استان (GET /v1/catalog) نیست؛ موضوع دیگری انتخاب کنید.",
      en: "The subject `{category}` is not in the province's list (`GET /v1/catalog`): choose another one.",
    },
  },
  "unknown-earlier-complaint": {
    status: 422,
    title: { fa: "شکایت پیشین شناخته نشد", en: "The earlier complaint was not recognized" },
    detail: {
      fa: "کد پیگیری و رمز شکایت پیشین با هم نمی‌خوانند؛ هر دو را از رسید آن بردارید.",
      en: "The id and the secret of the earlier complaint do not match: take both from its receipt.",
    },
  },
};
