import { checkSymbol } from "#shared/domain/complaint/identifier.ts";
import { catalog, idPrefix } from "#shared/province/slices.static.ts";

/** Agencies to use in the examples, where the province has them. */
const preferred = ["social-security", "health-insurance"];
const chosen = [...catalog.agencies].sort((a, b) => rank(a.id) - rank(b.id));
const [agency, otherAgency = agency] = chosen;
const office = agency?.offices[0];

function rank(id: string): number {
  return preferred.includes(id) ? preferred.indexOf(id) : preferred.length;
}

/** A complaint's id with this province's letters, from its eight symbols. */
const idOf = (symbols: string) => `${idPrefix}-${symbols.slice(0, 4)}-${symbols.slice(4)}-${checkSymbol(symbols)}`;

/** The ids in the examples; the agencies, counties, categories and the cause are in the province's own catalog. */
export const cast = {
  id: idOf("7K3M9XPT"),
  secret: "4T7N-QW2D",
  visitId: "9b1d4c7e2f604a8d8f0c3b5a7e6d1c20",
  attachmentId: "3f2a9c51d07b4e6688aa10c4be57d913",
  agencyId: agency?.id ?? "",
  otherAgencyId: otherAgency?.id ?? "",
  officeId: office?.id ?? "",
  countyId: office?.countyId ?? catalog.counties[0]?.id ?? "",
  cause: catalog.causes.find(({ id }) => id === "no-substitute")?.id ?? catalog.causes[0]?.id ?? "",
  category: catalog.categories.find(({ id }) => id === "nobody-at-the-desk")?.id ?? catalog.categories[0]?.id ?? "",
};

/** The instants of the examples: a Wednesday morning, with the weekend before the answer is due. */
export const times = {
  occurred: "2026-11-25T06:10:00.000Z",
  filed: "2026-11-25T06:40:00.000Z",
  acknowledged: "2026-11-25T06:55:00.000Z",
  acknowledgeBy: "2026-11-25T07:40:00.000Z",
  answerBy: "2026-11-28T04:40:00.000Z",
  /** Of one that was sent on as the other was answered. */
  transferredAcknowledgeBy: "2026-11-25T08:20:00.000Z",
  extendedAnswerBy: "2026-11-28T07:40:00.000Z",
  answered: "2026-11-25T07:20:00.000Z",
  confirmBy: "2026-12-05T07:20:00.000Z",
  disputed: "2026-11-25T07:50:00.000Z",
  reviewBy: "2026-11-27T07:50:00.000Z",
  planned: "2026-11-25T08:30:00.000Z",
  ended: "2026-11-25T09:20:00.000Z",
  lapsed: "2026-11-26T07:50:00.000Z",
  lapses: "2026-11-26T09:20:00.000Z",
  secondRung: "2026-11-28T05:40:00.000Z",
};
