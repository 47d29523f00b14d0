/** The day these were written down. None is fetched: look them up again before a sum is relied on. */
export const listedOn = "2026-11-26";

/** List prices of us-east-1 in dollars, without free tiers, taxes and support. */
export const list = {
  /** A million of each. */
  perMillion: {
    tableWrites: 0.625,
    tableReads: 0.125,
    gatewayRequests: 1,
    invocations: 0.2,
    // On arm64.
    gbSeconds: 13.3334,
    fifoRequests: 0.5,
    standardRequests: 0.4,
    secretReads: 5,
    keyUses: 3,
    stateTransitions: 25,
    scheduledRuns: 1,
    mails: 100,
    filePuts: 5,
    /** Into the class of the backup. */
    fileCopies: 20,
    fileGets: 0.4,
    /** By GuardDuty, beside what it takes by the gigabyte. */
    filesScanned: 215,
    /** What a web ACL looks at, whatever becomes of it. */
    webRequests: 0.6,
    /** CloudFront's, over HTTPS, to Europe and North America. */
    edgeRequests: 1,
  },
  /** A gigabyte. */
  perGb: { logged: 0.5, sent: 0.09, scanned: 0.09 },
  /** A gigabyte kept for a month; `backup` is point-in-time recovery, `copies` of files are kept in a colder class. */
  perGbMonth: { table: 0.25, backup: 0.2, files: 0.023, copies: 0.004, logs: 0.03 },
  /** One of each for a month. `turnedKey`: what each of a key's first two rotations adds, a year apart. */
  perMonth: { alarm: 0.1, secret: 0.4, key: 1, turnedKey: 1, dashboard: 3, webAcl: 5, webRule: 1 },
} as const;

const { perMillion, perGb } = list;

/** What a request uses, by the service that bills it, in dollars per million of each unit. */
export const prices = {
  writes: { of: "table", dollars: perMillion.tableWrites },
  reads: { of: "table", dollars: perMillion.tableReads },
  requests: { of: "gateway", dollars: perMillion.gatewayRequests },
  invocations: { of: "functions", dollars: perMillion.invocations },
  gbSeconds: { of: "functions", dollars: perMillion.gbSeconds },
  fifoRequests: { of: "queues", dollars: perMillion.fifoRequests },
  standardRequests: { of: "queues", dollars: perMillion.standardRequests },
  secretReads: { of: "secrets", dollars: perMillion.secretReads },
  loggedGb: { of: "logs", dollars: perGb.logged * 1e6 },
  sentGb: { of: "transfer", dollars: perGb.sent * 1e6 },
} as const;

/** The same, of what the public page alone uses; written down on 2026-11-26. */
export const pagePrices = {
  objectReads: 0.4,
  objectWrites: 5,
  /** CloudFront to Europe and North America, by 10,000 requests over HTTPS. */
  edgeRequests: perMillion.edgeRequests,
  edgeGb: 85_000,
} as const;

type Unit = keyof typeof prices;
export type Service = (typeof prices)[Unit]["of"];
export type Counted = Record<Unit, number>;
/** Dollars per million lives. */
type Bill = Record<Service, number>;

/** What cannot be counted here; each is an upper one. */
export const assumed = {
  /** How long an invocation is billed, start-ups shared out. */
  seconds: 0.1,
  /** The same of a run of a schedule that finds nothing to do. */
  idleSeconds: 0.05,
  /** How long a provider takes to accept a message (SMS) or to tell its state; ten are asked at once. */
  providerSeconds: 0.3,
  /** Invocations until a container ends; each container reads its secrets once. */
  invocationsPerContainer: 100,
  /** What the agency's consumer asks of its queue for a message: one receives it, one deletes it. */
  requestsPerMessage: 2,
};

const nothing: Counted = {
  writes: 0,
  reads: 0,
  requests: 0,
  invocations: 0,
  gbSeconds: 0,
  fifoRequests: 0,
  standardRequests: 0,
  secretReads: 0,
  loggedGb: 0,
  sentGb: 0,
};
const units = Object.keys(nothing) as Unit[];
export const services = [...new Set(units.map((unit) => prices[unit].of))];

export function sum(all: Partial<Counted>[]): Counted {
  const total = { ...nothing };
  for (const counted of all) for (const unit of units) total[unit] += counted[unit] ?? 0;
  return total;
}

export function billOf(counted: Counted): Bill {
  const bill = Object.fromEntries(services.map((service) => [service, 0])) as Bill;
  for (const unit of units) bill[prices[unit].of] += counted[unit] * prices[unit].dollars;
  return bill;
}

export function dollars(bill: Bill): number {
  return services.reduce((total, service) => total + bill[service], 0);
}
