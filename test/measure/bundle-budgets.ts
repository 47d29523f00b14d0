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
