/**
 * How much of each trial in `test/deep` is played: `short` if one file is run by hand, `deep` in `npm run test:deep`, `full`
 * in `npm run trial`. `FOAD_TEST_SIZE` says which, or gives the number itself.
 */
const sizes = {
  /** Complaints with pieces of identity in them. */
  canaries: { short: 24, deep: 100, full: 2_000 },
  /** Complaints that a quarter's figures are counted from. */
  cohort: { short: 300, deep: 600, full: 10_000 },
  /** Cases that are erased, a tenth of them held. */
  erasing: { short: 10, deep: 10, full: 200 },
  /** Open complaints of a province, with twenty times as many closed ones. */
  complaints: { short: 100, deep: 300, full: 5_000 },
  /** Files that are cleaned while their cleaners are killed. */
  files: { short: 15, deep: 15, full: 200 },
  /** Complaints filed at once, each of which is told by mail; in `npm test` too. */
  flood: { short: 40, deep: 40, full: 3_000 },
  /** Guesses at a citizen's secret, half of them with the id of a complaint; in `npm test` too. */
  guesses: { short: 2_400, deep: 5_000, full: 100_000 },
  /** Requests that hold anything at all. */
  fuzz: { short: 250, deep: 1_500, full: 10_000 },
  /** Histories of a province's file. */
  histories: { short: 3, deep: 40, full: 100 },
  /** Stored histories of issues, with acts at one instant and kills. */
  issues: { short: 60, deep: 150, full: 1_000 },
  /** Late complaints that climb every level; divisible by three. */
  escalation: { short: 15, deep: 99, full: 300 },
  /** Sequences of acts, each compared with the model. */
  model: { short: 12, deep: 60, full: 2_000 },
  /** Events that are read page by page. */
  pages: { short: 1_000, deep: 4_000, full: 10_000 },
  /** Requests made from the document's own schemas. */
  requests: { short: 25, deep: 400, full: 10_000 },
  /** Complaints that are restored from a backup. */
  restore: { short: 12, deep: 12, full: 90 },
  /** Rounds in which two people act on one complaint in the same instant. */
  sameInstant: { short: 10, deep: 50, full: 300 },
  /** Complaints whose citizens get a message, while the sender is killed and providers fail. */
  sms: { short: 40, deep: 120, full: 1_000 },
  /** Complaints that are filed while everything is killed now and then. */
  survival: { short: 60, deep: 200, full: 1_000 },
  /** Pairs of complaints that differ by a secret alone. */
  twins: { short: 20, deep: 80, full: 2_000 },
  /** Complaints of an invented year that live by chance, beside those that hold every act. */
  year: { short: 16, deep: 16, full: 60 },
};

const chosen = process.env.FOAD_TEST_SIZE ?? "short";

export const isDeep = chosen !== "short";
export const isFull = chosen === "full";

export function sizeOf(trial: keyof typeof sizes): number {
  if (chosen === "short" || chosen === "deep" || chosen === "full") return sizes[trial][chosen];
  const given = Number(chosen);
  if (!Number.isInteger(given) || given < 1)
    throw new Error(`FOAD_TEST_SIZE is short, deep, full or a number, not ${chosen}`);
  return given;
}
