import { costOfEscalation } from "./cost-of-escalation.ts";
import type { Life } from "./counted-lives.ts";
import type { Line } from "./idle-month.ts";
import { list } from "./list-prices.ts";
import { billOf, dollars, sum } from "./prices.ts";

/**
 * Measured apart, since each takes minutes: `npm run trial -- statistics` and `npm run trial -- cleaning`. Figures are held to
 * 4.00, of which a life counts the index of cohorts already, with its filing.
 */
export const measuredApart = { figuresPerMillion: 4 - list.perMillion.tableWrites, filesPerThousand: 0.19 };
/** What would make a life cheaper, with the dollars per million that it would save, and why it is not done. */
export const savingsOfALife = [
  "4.50 agencies that receive and delete ten messages at a time: their consumers are theirs",
  "4.40 invocations of 50 ms instead of the 100 supposed: to be seen on Lambda, where 256 MB for what only waits could be tried too",
  "3.75 front ends' feeds given up: they would ask for each complaint",
  "2.50 an event without `complaintId`, which its key has: this life's answer is 1,027 bytes, and 4 units more by that; a release that reads without it must come first",
  "0.63 an opinion put alone, not as a transaction of one: repeated after a lost answer it would be refused",
];
/** What nobody can count here. */
const supposed = {
  filesPerComplaint: 0.2,
  megabytesPerFile: 2,
  /** Calls of public routes, each with so much to send and so long to answer. */
  publicReads: { perComplaint: 20, kilobytes: 30, gbSeconds: 0.01 },
  monthsKept: 36,
};

type Part = "calls" | "late" | "figures" | "mails" | "files" | "reads" | "kept";

/** What a million complaints cost, all of it. */
export async function linesOfALife(life: Life): Promise<Record<Part, Line>> {
  const calls = dollars(billOf(sum(life.rows.map(({ counted }) => counted))));
  const mails =
    dollars(billOf(sum(life.mails.map(({ counted }) => counted)))) + life.mails.length * list.perMillion.mails;
  const { publicReads, filesPerComplaint, megabytesPerFile, monthsKept } = supposed;
  const { perGbMonth, perMillion } = list;
  const files = filesPerComplaint * (measuredApart.filesPerThousand * 1_000 + perMillion.fileCopies);
  const kept =
    life.storedGb * (perGbMonth.table + perGbMonth.backup) +
    ((filesPerComplaint * megabytesPerFile) / 1_000) * (perGbMonth.files + perGbMonth.copies);
  return {
    calls: {
      what: `${life.name}: eight calls and what follows from their events`,
      how: "`npm run trial -- life` has each call",
      dollars: calls,
    },
    late: {
      what: "one in ten is late and climbs",
      how: "`npm run trial -- escalation`",
      dollars: await costOfEscalation(),
    },
    figures: {
      what: "public figures, at most",
      how: "`npm run trial -- statistics`, measured apart, without the index that is counted above",
      dollars: measuredApart.figuresPerMillion,
    },
    mails: {
      what: `${life.mails.length} mails`,
      how: `SES $${perMillion.mails} a million, the rest queue and sender`,
      dollars: mails,
    },
    files: {
      what: `${filesPerComplaint} files made anew, and copied`,
      how: "supposed; `npm run trial -- cleaning`, measured apart",
      dollars: files,
    },
    reads: {
      what: `${publicReads.perComplaint} reads of catalog, page and figures`,
      how: `supposed, ${publicReads.kilobytes} KB each`,
      dollars: publicReads.perComplaint * dollarsPerMillionReads(publicReads.kilobytes),
    },
    kept: {
      what: `kept for ${monthsKept} months, with backup`,
      how: `${(life.storedGb * 1e6).toFixed(1)} KB of table each, and files`,
      dollars: kept * monthsKept * 1e6,
    },
  };
}

/** What a million calls of a public route cost that answer with so much each. */
export function dollarsPerMillionReads(kilobytes: number): number {
  const { gatewayRequests, invocations, gbSeconds } = list.perMillion;
  return gatewayRequests + invocations + supposed.publicReads.gbSeconds * gbSeconds + kilobytes * list.perGb.sent;
}
