/** What a caller has left of a limit of its own. */
export type Quota = {
  name: "filings" | "identities" | "phones";
  /** So many in a window of so many seconds. */
  most: number;
  windowSeconds: number;
  left: number;
  /** Seconds until there are as many again; left out where that is up to somebody who lifts it. */
  resetsIn?: number;
};
