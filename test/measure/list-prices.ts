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
