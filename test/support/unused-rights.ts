import type { Grant, GrantUse } from "#infra/programs/local-cloud/iam/gate.ts";

/** What a run of the suite did not use of what is granted, in one line each. */
export type Findings = {
  /** Actions that were asked for under no statement. */
  idle: string[];
  /** Resources, or values of a condition, that nothing was asked for under. */
  idlePatterns: string[];
  /** Patterns of which everything that was asked for lies in one part. */
  wide: string[];
  /** Statements without which everything would still have been allowed. */
  spare: string[];
};

type AcceptedIdleGrant = { of: RegExp; reason: string };

/** What is used in AWS and cannot be seen here. `of` is matched with a statement's id and the action or pattern. */
export const acceptedIdleGrants: AcceptedIdleGrant[] = [
  { of: / logs:/, reason: "Lambda and Step Functions write logs themselves; here they are files." },
  { of: / xray:/, reason: "Step Functions traces its executions; here nothing is traced." },
  { of: / ec2:/, reason: "Lambda puts functions into their network with the roles' rights; here there is none." },
  { of: / kms:/, reason: "DynamoDB uses the key for whoever reads or writes the table; here no table is encrypted." },
  {
    of: /\/Agencies-|-Agencies-\d+\//,
    reason: "What an agency's consumer may do is the contract's; the suite plays two of them.",
  },
  {
    of: / arn:aws:execute-api:[^ ]*\/\*\/\*\/\*$/,
    reason: "The gateway has one stage; CDK lets in any stage, method and path of it.",
  },
  {
    of: /:ChangeMessageVisibility$/,
    reason: "Postpones what failed; of queues' messages the suite lets only mails fail.",
  },
  {
    of: /redriveevents.* CONFIDENTIAL#\*$/,
    reason: "Sends a mail of the confidential log again; the suite parks none.",
  },
  { of: /sendnotification.* B$/, reason: "Notes an address that SES refuses; here it refuses none." },
  {
    of: /updatecalllist.* s3:(PutObject|ListBucket)$|updatecalllist.*callsparkedrecordsbucket\w+$/,
    reason: "Lambda parks what failed; of calls the suite parks none.",
  },
  { of: /-Operations\/AlarmsPolicy/, reason: "CloudWatch speaks on the topic when an alarm goes off; here none does." },
  {
    of: /AttachmentsBackup.* s3:(GetReplicationConfiguration|ListBucket|GetObjectVersion(Acl|Tagging)|ReplicateTags)$/,
    reason: "S3 asks for it when it copies; here an object has neither tags nor an ACL.",
  },
  { of: /BouncesQueuePolicy/, reason: "SES tells of mails that came back; here none does." },
  { of: /ParkedRecords[^ ]*\/\*$|parkedrecords[^ ]*\/\*$/, reason: "Lambda chooses the names of what it parks." },
];

export function findingsIn({ grants, uses }: { grants: Grant[]; uses: GrantUse[] }): Findings {
  const of = Map.groupBy(uses, ({ id }) => id);
  const found = grants.map((grant) => findingsOf(grant, of.get(grant.id) ?? []));
  const all = (kind: keyof Findings) => found.flatMap((one) => one[kind]).sort();
  return { idle: all("idle"), idlePatterns: all("idlePatterns"), wide: all("wide"), spare: all("spare") };
}

function findingsOf({ id, actions, patterns }: Grant, uses: GrantUse[]): Findings {
  const lines = (texts: string[]) => texts.map((text) => `${id} ${text}`).filter((line) => !isExcused(line));
  const textsUnder = (pattern: string) => uses.filter((use) => use.pattern === pattern).map(({ text }) => text);
  // Where no action can be seen here, neither can what it is asked for.
  if (lines(actions).length === 0) return { idle: [], idlePatterns: [], wide: [], spare: [] };
  return {
    // An action that is a pattern is never used as it stands.
    idle: lines(actions.filter((action) => !uses.some((use) => use.action === action))),
    idlePatterns: lines(patterns.filter((pattern) => textsUnder(pattern).length === 0)),
    wide: lines(patterns.filter((pattern) => isWide(pattern, textsUnder(pattern)))),
    spare: uses.length > 0 && !uses.some(({ isOnlyGrant }) => isOnlyGrant) ? [id] : [],
  };
}

const isExcused = (line: string) => acceptedIdleGrants.some(({ of }) => of.test(line));

/** Whether everything that was asked for lies in one part of what the pattern lets in. */
function isWide(pattern: string, texts: string[]): boolean {
  const [fixed = ""] = pattern.split("*");
  if (fixed === pattern || texts.length === 0) return false;
  return texts.reduce(commonPart).length > fixed.length;
}

function commonPart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  // To the last separator: that two names begin alike says nothing.
  return one.slice(0, length).replace(/[^#/]*$/, "");
}
