import type { DataKind } from "#shared/complaints/forgetting.ts";
import { retention } from "#shared/province/slices.static.ts";
import { dayMs, milliseconds } from "#shared/time/duration.ts";
import { costOfEscalation } from "./cost-of-escalation.ts";
import type { Life } from "./counted-lives.ts";
import type { Line } from "./idle-month.ts";
import { billOf, type Counted, dollars, list, sum } from "./prices.ts";

/**
 * Measured apart, since each takes minutes: `npm run trial -- statistics` and `npm run trial -- cleaning`. Figures are held to
 * 4.00, of which a life counts the index of cohorts already, with its filing.
 */
export const measuredApart = { figuresPerMillion: 4 - list.perMillion.tableWrites, filesPerThousand: 0.14 };
/** What nobody can count here. */
const supposed = {
  filesPerComplaint: 0.2,
  megabytesPerFile: 2,
  /** Calls of public routes, each with so much to send and so long to answer. */
  publicReads: { perComplaint: 20, kilobytes: 30, gbSeconds: 0.01 },
};
const daysOf = (kind: DataKind) => milliseconds(retention[kind]) / dayMs;
/** A clean copy is deleted with the texts; S3 keeps it for a month more as an old version, in both buckets. */
const daysOfFiles = daysOf("texts") + 30;
const daysPerMonth = 365 / 12;

type Part = "calls" | "late" | "figures" | "mails" | "files" | "reads" | "kept" | "forgotten";

/** What a million complaints cost, all of it, until nothing is kept of them. `publicRead`: what is logged of one. */
export async function linesOfALife(life: Life, publicRead: Counted): Promise<Record<Part, Line>> {
  const calls = dollars(billOf(sum(life.rows.map(({ counted }) => counted))));
  const mails =
    dollars(billOf(sum(life.mails.map(({ counted }) => counted)))) + life.mails.length * list.perMillion.mails;
  const { publicReads, filesPerComplaint } = supposed;
  const { perGbMonth, perMillion } = list;
  const files = filesPerComplaint * (measuredApart.filesPerThousand * 1_000 + perMillion.fileCopies);
  const { atFirst, withoutIdentity, withoutTexts } = life.stored;
  const [identity, texts, events] = [daysOf("identity"), daysOf("texts"), daysOf("events")];
  const gbDays = atFirst * identity + withoutIdentity * (texts - identity) + withoutTexts * (events - texts);
  const kept =
    (gbDays * (perGbMonth.table + perGbMonth.backup) +
      gigabytesOfFiles * daysOfFiles * (perGbMonth.files + perGbMonth.copies)) /
    daysPerMonth;
  const readsEach = dollarsPerMillionReads(publicReads.kilobytes, publicRead);
  return {
    calls: {
      what: "eight calls, five events, an opinion",
      how: "`npm run trial -- life` has each call",
      dollars: calls,
    },
    late: {
      what: "one in ten is overdue and escalates",
      how: "`npm run trial -- escalation`",
      dollars: await costOfEscalation(),
    },
    figures: {
      what: "public figures, at most",
      how: "`npm run trial -- statistics`, without the index that a filing counts",
      dollars: measuredApart.figuresPerMillion,
    },
    mails: {
      what: "mails",
      how: `${life.mails.length} each; SES $${perMillion.mails} a million, the rest queue and sender`,
      dollars: mails,
    },
    files: {
      what: "files cleaned and copied",
      how: `${filesPerComplaint} each, supposed; \`npm run trial -- cleaning\``,
      dollars: files,
    },
    reads: {
      what: "public reads of catalog, page and figures",
      how: `${publicReads.perComplaint} each of ${publicReads.kilobytes} KB, supposed, with their lines in two logs`,
      dollars: publicReads.perComplaint * readsEach,
    },
    kept: {
      what: "kept with backup until erased",
      how: `names ${years(identity)}, texts and files ${years(texts)}, the case ${years(events)}: ${kilobytes(atFirst)}, then ${kilobytes(withoutIdentity)}, then ${kilobytes(withoutTexts)} of table each`,
      dollars: kept * 1e6,
    },
    forgotten: {
      what: "erased, in three steps",
      how: "names, then texts, then all; S3 deletes for nothing",
      dollars: dollars(billOf(sum(life.forgetting.map(({ counted }) => counted)))),
    },
  };
}

const gigabytesOfFiles = (supposed.filesPerComplaint * supposed.megabytesPerFile) / 1_000;
const years = (days: number) => `${Number((days / 365).toFixed(1))} years`;
const kilobytes = (gigabytes: number) => `${(gigabytes * 1e6).toFixed(1)} KB`;

/** What GuardDuty takes for the files of a million complaints, in a province that has it look at them. */
export function malwareScan(): Line {
  const { filesPerComplaint } = supposed;
  return {
    what: "a million complaints' files scanned for malware",
    how: "where `attachments.malwareScan` is on",
    dollars: filesPerComplaint * list.perMillion.filesScanned + gigabytesOfFiles * list.perGb.scanned * 1e6,
  };
}

/** What a million calls of a public route cost that answer with so much each, with what is logged of them. */
export function dollarsPerMillionReads(kilobytes: number, logged: Counted): number {
  const { gatewayRequests, invocations, gbSeconds } = list.perMillion;
  return (
    gatewayRequests +
    invocations +
    supposed.publicReads.gbSeconds * gbSeconds +
    kilobytes * list.perGb.sent +
    dollars(billOf(logged))
  );
}
