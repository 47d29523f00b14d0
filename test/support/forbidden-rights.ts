import { physicalName } from "#infra/programs/local-cloud/cloudformation/resources.ts";
import type { PermissionRequest } from "#infra/programs/local-cloud/iam/gate.ts";
import type { Principal } from "#infra/programs/local-cloud/iam/statements.ts";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { logicalIdIn } from "./planted-assembly.ts";

const account = "000000000000";
const region = "us-east-1";

type ForbiddenRequest = { who: string; by: Principal; ask: PermissionRequest };

const roleNamed = (stack: string, of: string): Principal => ({
  arn: `arn:aws:iam::${account}:role/Foad-qazvin-${stack}-${logicalIdIn(stack, { of, type: "Role" })}`,
});
const roleOf = (stack: string, fn: string) => roleNamed(stack, `${fn}Role`);
const tableArn = (of: string) =>
  `arn:aws:dynamodb:${region}:${account}:table/Foad-qazvin-Data-${logicalIdIn("Data", { of, type: "Table" })}`;
const bucketArn = () =>
  `arn:aws:s3:::foad-qazvin-data-${logicalIdIn("Data", { of: "AttachmentsBucket", type: "Bucket" })}`.toLowerCase();
const functionArn = (stack: string, of: string) => {
  const logicalId = logicalIdIn(stack, { of, type: "Function" });
  const name = physicalName({ stack: `Foad-qazvin-${stack}`, logicalId, longest: 64 });
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
};
const agencyQueue = (name: string) => `arn:aws:sqs:${region}:${account}:foad-qazvin-agency-${name}.fifo`;
const consumerOf = (number: string): Principal => ({ arn: `arn:aws:iam::${number}:role/foad-events-consumer` });

const onTable = (
  action: string,
  resource: string,
  keys: string[],
  more: PermissionRequest["context"] = {},
): PermissionRequest => ({
  action: `dynamodb:${action}`,
  resource,
  context: { "dynamodb:leadingkeys": keys, ...more },
});
const onQueue = (action: string, name: string): PermissionRequest => ({
  action: `sqs:${action}`,
  resource: agencyQueue(name),
});

/** What nobody may do, asked of the deployed policies: each a question to which the answer is no. */
export function forbiddenRequests(): ForbiddenRequest[] {
  const [complaints, identities, bucket] = [tableArn("Complaints"), tableArn("Identities"), bucketArn()];
  const [agency, dispatcher] = [roleOf("Api", "agency"), roleOf("Processing", "Dispatcherdispatchevent")];
  const cleaner = roleOf("Processing", "Cleanercleanfile");
  const mailer = roleOf("Processing", "Notifiersendnotification");
  const attributes = { "dynamodb:select": ["SPECIFIC_ATTRIBUTES"], "dynamodb:attributes": ["pk", "name"] };
  const renewer = roleOf("Api", "renewsecret");
  const phone = { ...attributes, "dynamodb:attributes": ["pk", "phone"] };
  const no = (who: string, by: Principal, ask: PermissionRequest): ForbiddenRequest => ({ who, by, ask });
  return [
    ...figureRequests(complaints),
    ...writerRequests({ complaints, identities, bucket }),
    ...versionRequests(),
    no("an agency reads a confidential log", agency, onTable("GetItem", complaints, ["CONFIDENTIAL#1"])),
    no("an agency reads and names no key", agency, onTable("Query", complaints, [])),
    no("an agency lists and names no key", agency, onTable("Query", `${complaints}/index/inbox`, [])),
    no("an agency lists what is due", agency, onTable("Query", `${complaints}/index/due`, ["DUE#0"])),
    no("an agency reads an identity that is not shared", agency, onTable("GetItem", identities, ["QZ-1"])),
    no("an agency lists webhooks", agency, onTable("Query", complaints, ["WEBHOOK"])),
    no("an agency writes into the audit", agency, onTable("PutItem", complaints, ["AUDIT"])),
    no("a front end lists webhooks", roleOf("Api", "frontend"), onTable("Query", complaints, ["WEBHOOK"])),
    no("a front end moves a complaint", roleOf("Api", "frontend"), onTable("PutItem", complaints, ["COMPLAINT#1"])),
    no("an agency deletes", agency, onTable("DeleteItem", complaints, ["COMPLAINT#1"])),
    no(
      "an overseer lists a front end's feed",
      roleOf("Api", "overseer"),
      onTable("Query", `${complaints}/index/workQueue`, ["FRONT-END#app"]),
    ),
    no("an inspector reads an identity", roleOf("Api", "inspector"), onTable("GetItem", identities, ["QZ-1"])),
    no("who renews a secret reads a whole identity", renewer, onTable("GetItem", identities, ["QZ-1"])),
    no("who renews a secret reads a phone", renewer, onTable("Query", identities, ["QZ-1"], phone)),
    no("who renews a secret writes an identity", renewer, onTable("PutItem", identities, ["QZ-1"])),
    no("an inspector reads the audit", roleOf("Api", "inspector"), onTable("Query", complaints, ["AUDIT"])),
    no(
      "an admin learns who works on a complaint",
      roleOf("Api", "admin"),
      onTable("Query", complaints, ["CONFIDENTIAL#1"]),
    ),
    ...["ReceiveMessage", "DeleteMessage", "SendMessage", "PurgeQueue"].map((action) =>
      no(
        `who watches the queues calls ${action}`,
        roleOf("Processing", "QueueMonitormonitorqueues"),
        onQueue(action, "gas"),
      ),
    ),
    no(
      "the call centre reads an identity of nobody who is to be called",
      roleOf("Api", "calls"),
      onTable("GetItem", identities, ["QZ-1"]),
    ),
    no(
      "a front end lists whom to call",
      roleOf("Api", "frontend"),
      onTable("Query", `${complaints}/index/workQueue`, ["calls"]),
    ),
    ...["calls", "issues", "inspector", "agencyissues", "readissues"].map((fn) =>
      no(
        `${fn} reads how many citizens said that an issue is mended`,
        roleOf("Api", fn),
        onTable("GetItem", complaints, ["ISSUE-CALLS#1"]),
      ),
    ),
    ...["calls", "inspector", "overseer", "agencyissues", "readissues", "public"].map((fn) =>
      no(`${fn} reads who found an issue mended`, roleOf("Api", fn), onTable("Query", complaints, ["ISSUE-VISITS#1"])),
    ),
    no("the mailer reads a name", mailer, onTable("Query", identities, ["QZ-1"], attributes)),
    ...messagerRequests({ complaints, identities }),
    no("the dispatcher fills a queue of dead letters", dispatcher, onQueue("SendMessage", "education-dlq")),
    no("the dispatcher takes from a queue", dispatcher, onQueue("ReceiveMessage", "education")),
    no(
      "a consumer takes another agency's messages",
      consumerOf("000000000102"),
      onQueue("ReceiveMessage", "education"),
    ),
    no(
      "a consumer takes another agency's dead letters",
      consumerOf("000000000102"),
      onQueue("ReceiveMessage", "education-dlq"),
    ),
    no(
      "another role of a consumer's account takes",
      { arn: "arn:aws:iam::000000000101:role/other" },
      onQueue("ReceiveMessage", "education"),
    ),
    no("a consumer sends", consumerOf("000000000101"), onQueue("SendMessage", "education")),
    no("the cleaner writes over a clean copy", cleaner, { action: "s3:PutObject", resource: `${bucket}/clean/1` }),
    no("the cleaner reads what it made", cleaner, { action: "s3:GetObject", resource: `${bucket}/clean/1` }),
    no(
      "a stranger's gateway calls a function",
      { service: "apigateway.amazonaws.com" },
      {
        action: "lambda:InvokeFunction",
        resource: functionArn("Api", "agencyFunction"),
        context: { "aws:sourcearn": [`arn:aws:execute-api:${region}:${account}:stranger/*/*/v1/agency/complaints`] },
      },
    ),
  ];
}

/** The sender of messages reads phones that get messages, and of complaints no text and no confidential log. */
function messagerRequests({ complaints, identities }: Pick<Places, "complaints" | "identities">): ForbiddenRequest[] {
  const by = roleOf("Processing", "Smssendsms");
  const only = (...attributes: string[]) => ({
    "dynamodb:select": ["SPECIFIC_ATTRIBUTES"],
    "dynamodb:attributes": attributes,
  });
  const feed = `${complaints}/index/workQueue`;
  const no = (what: string, ask: PermissionRequest): ForbiddenRequest => ({
    who: `the sender of messages ${what}`,
    by,
    ask,
  });
  return [
    no("reads an identity", onTable("GetItem", identities, ["QZ-1"])),
    no("reads a phone that is to be called", onTable("GetItem", identities, ["call#QZ-1"])),
    no("writes a phone", onTable("PutItem", identities, ["sms#QZ-1"])),
    no("reads a whole complaint", onTable("Query", complaints, ["COMPLAINT#1"])),
    no("reads a complaint by its key", onTable("GetItem", complaints, ["COMPLAINT#1"])),
    no("reads a text of a complaint", onTable("Query", complaints, ["COMPLAINT#1"], only("pk", "sk", "description"))),
    no("reads a confidential log", onTable("Query", complaints, ["CONFIDENTIAL#1"], only("pk", "sk", "status"))),
    no("reads a text of an event", onTable("Query", feed, ["FRONT-END#app"], only("workQueue", "text"))),
    no("reads whole events", onTable("Query", feed, ["FRONT-END#app"])),
    no("moves a complaint", onTable("PutItem", complaints, ["COMPLAINT#1"])),
  ];
}

/** Own figures are made of feeds alone, and neither the public nor the page reads them. */
function figureRequests(complaints: string): ForbiddenRequest[] {
  const by = roleOf("Processing", "StatisticsCountercountagencyfigures");
  const maker = (what: string, ask: PermissionRequest): ForbiddenRequest => ({
    who: `who makes own figures ${what}`,
    by,
    ask,
  });
  const readers = [roleOf("Api", "readstatistics"), roleOf("Processing", "Pagerenderpage")];
  return [
    maker("reads a complaint", onTable("GetItem", complaints, ["COMPLAINT#1"])),
    maker("lists a complaint's events", onTable("Query", complaints, ["COMPLAINT#1"])),
    maker("lists a confidential log", onTable("Query", complaints, ["CONFIDENTIAL#1"])),
    maker("lists an agency's complaints", onTable("Query", `${complaints}/index/inbox`, ["AGENCY#gas#open"])),
    maker("lists a front end's feed", onTable("Query", `${complaints}/index/workQueue`, ["FRONT-END#app"])),
    maker("lists what was filed", onTable("Query", `${complaints}/index/cohort`, ["1405-09#0"])),
    maker("reads what is counted", onTable("Query", complaints, ["STATISTICS#counting#1405-09#1"])),
    ...readers.map((reader) => ({
      who: `${reader.arn} reads own figures`,
      by: reader,
      ask: onTable("GetItem", complaints, ["STATISTICS#agency-figures#gas"]),
    })),
  ];
}

type Places = Record<"complaints" | "identities" | "bucket", string>;

/** Who writes what it may not read: neither by a read, nor by a write that hands back what was there or what it copied. */
function writerRequests({ complaints, identities, bucket }: Places): ForbiddenRequest[] {
  const forgetter = roleOf("Processing", "RetentionEraserapplyretention");
  const writers: [who: string, by: Principal, table: string, key: string][] = [
    ["file-complaint, of identities,", roleOf("Api", "filecomplaint"), identities, "QZ-1"],
    ["file-complaint, of confidential log,", roleOf("Api", "filecomplaint"), complaints, "CONFIDENTIAL#1"],
    ["apply-retention, of identities,", forgetter, identities, "QZ-1"],
    ["apply-retention, of undelivered events,", forgetter, complaints, "UNDELIVERED"],
    ["unsubscribe", roleOf("Api", "unsubscribe"), complaints, "D"],
    ["read-identity, of the audit,", roleOf("Api", "readidentity"), complaints, "AUDIT"],
    ["hold-complaint, of the audit,", roleOf("Api", "holdcomplaint"), complaints, "AUDIT"],
    ["record-bounce", roleOf("Processing", "Notifierrecordbounce"), complaints, "B"],
    ["record-undelivered", roleOf("Processing", "Redriverrecordundelivered"), complaints, "UNDELIVERED"],
  ];
  const ofTables = writers.flatMap(([who, by, table, key]) => [
    ...["GetItem", "BatchGetItem", "Query", "Scan"].map((action) => ({
      who: `${who} reads by ${action}`,
      by,
      ask: onTable(action, table, [key]),
    })),
    ...["PutItem", "UpdateItem", "DeleteItem"].flatMap((action) =>
      ["ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"].map((values) => ({
        who: `${who} has ${values} handed back by ${action}`,
        by,
        ask: onTable(action, table, [key], { "dynamodb:returnvalues": [values] }),
      })),
    ),
  ]);
  const files: [who: string, by: Principal, folders: (keyof typeof bucketFolders)[]][] = [
    ["apply-retention", forgetter, ["uploads", "attempts", "clean", "cleaningResults", "orders"]],
    ["consent", roleOf("Api", "consent"), ["clean", "orders"]],
    ["hold-complaint", roleOf("Api", "holdcomplaint"), ["clean", "orders"]],
    ["calls", roleOf("Api", "calls"), ["clean", "orders"]],
    ["citizen", roleOf("Api", "citizen"), ["uploads"]],
    ["clean-file", roleOf("Processing", "Cleanercleanfile"), ["clean", "cleaningResults", "orders"]],
  ];
  const ofFiles = files.flatMap(([who, by, folders]) =>
    folders.map((folder) => ({
      who: `${who} reads a file of ${bucketFolders[folder]}`,
      by,
      ask: { action: "s3:GetObject", resource: `${bucket}/${bucketFolders[folder]}1` },
    })),
  );
  return [...ofTables, ...ofFiles];
}

/** What calls a function calls it is deployed, and no version that somebody may have kept. */
function versionRequests(): ForbiddenRequest[] {
  const version = (fn: string) => ({
    action: "lambda:InvokeFunction",
    resource: `${functionArn("Processing", `${fn}Function`)}:1`,
  });
  return [
    {
      who: "the state machine calls a version of escalate-complaint",
      by: roleOf("Processing", "EscalationClimbMachine"),
      ask: version("Escalationescalatecomplaint"),
    },
    {
      who: "a schedule calls a version of process-due-complaints",
      by: roleNamed("Processing", "EscalationEveryMinuteCaller"),
      ask: version("Escalationprocessduecomplaints"),
    },
  ];
}
