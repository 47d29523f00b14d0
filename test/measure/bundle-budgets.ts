type Budget = {
  /** Bytes of the minified bundle. */
  bytes: number;
  /** Start-up, as a share of what a bare handler with a DynamoDB client takes. */
  ratio: number;
};

const plain: Budget = { bytes: 340 * 1_024, ratio: 0.8 };
const countingHours: Budget = { bytes: 420 * 1_024, ratio: 1.0 };
const thatCountHours = ["citizen", "agency", "inspector", "export-complaint", "file-complaint", "admin"];

/** What a function of the API may be at most: it is larger where it counts office hours. */
export function budgetOf(name: string): Budget {
  return thatCountHours.includes(name) ? countingHours : plain;
}

/** What would make bundles smaller, by what it would save in KB of this province's, and why it is not done. */
export const remedies = [
  "21 problems' words of a function's own routes alone, instead of all routes': which those are is not known when bundles are made",
  "20 words in one language: a caller chooses between two",
  "13 secrets from the environment, without a client for them (citizen, agency, inspector, filing, call-backs): whoever reads a function's configuration would read them",
  "17 agencies looked up in the table instead of compiled in (filing, agency, inspector, admin), 330 where there are 500: a read more for each call",
  "12 holidays and hours looked up likewise, where hours are counted",
  "5 lists in persian-tools that nobody asks for: it is one file, whose makers forgot to let bundlers take it apart",
  "35 the page's file fetched by a signature of our own, without a client of S3 (read-page)",
];
