import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import {
  callContactPrefix,
  callsWorkQueueKey,
  employeeNamePrefix,
  partitions,
  personNamePrefix,
  sharedIdentityPrefix,
  smsPhonePrefix,
  undeliveredWorkQueueKey,
} from "#shared/runtime/keys.ts";
import { templateOf } from "../support/synthesized.ts";

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Statement = z.object({
  Action: oneOrMore,
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});
const Policy = z.object({ Properties: z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) }) });

/** What each function's role may do, by the function's name. */
function permissionsIn(template: Template): Record<string, z.infer<typeof Statement>[]> {
  const policies = Object.entries(template.findResources("AWS::IAM::Policy"));
  return Object.fromEntries(
    policies.map(([id, policy]) => [
      id.replace(/RoleDefaultPolicy.*/, ""),
      Policy.parse(policy).Properties.PolicyDocument.Statement,
    ]),
  );
}

const api = permissionsIn(templateOf("qazvin", "Api"));
const processing = permissionsIn(templateOf("qazvin", "Processing"));
const all = { ...api, ...processing };
const actions = (fn: string) =>
  all[fn]?.flatMap(({ Action }) => Action).filter((action) => !action.startsWith("logs:"));
const on = (fn: string, resource: string) =>
  all[fn]?.filter(({ Resource }) => JSON.stringify(Resource).includes(resource)).flatMap(({ Action }) => Action);

const security = readFileSync(join(import.meta.dirname, "../../SECURITY.md"), "utf8");
const reading = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];

describe("who may do what", () => {
  test("the public functions may read published figures at the most, and do nothing else but log", () => {
    expect(actions("public")).toEqual([]);
    expect(actions("readstatistics")).toEqual(["dynamodb:Query", "dynamodb:GetItem", "dynamodb:Query"]);
    expect(actions("readpage")).toEqual(["s3:GetObject", "s3:GetObject"]);
  });

  const writing = ["dynamodb:PutItem"];
  const listing = ["dynamodb:Query"];
  const open = `${partitions.complaint}*`;
  const inPrivate = `${partitions.confidential}*`;
  const Held = z.strictObject({
    "ForAllValues:StringLike": z.object({ "dynamodb:LeadingKeys": z.array(z.string()) }),
    Null: z.strictObject({
      "dynamodb:LeadingKeys": z.literal("false"),
      "dynamodb:Attributes": z.literal("false").optional(),
    }),
    "ForAllValues:StringEquals": z.strictObject({ "dynamodb:Attributes": z.array(z.string()) }).optional(),
    StringEquals: z.strictObject({ "dynamodb:Select": z.literal("SPECIFIC_ATTRIBUTES") }).optional(),
    // A write that hands back what it replaces would be a read.
    StringEqualsIfExists: z.strictObject({
      "dynamodb:ReturnValues": z.literal("NONE"),
    }),
  });

  /** What a role may do with the complaints' table, and the partitions that it is held to; of an index, `index`. */
  const heldTo = (fn: string) =>
    all[fn]
      ?.filter(({ Resource }) => JSON.stringify(Resource).includes("ComplaintsTable"))
      .map(({ Action, Resource, Condition }) => {
        const index = JSON.stringify(Resource).includes("/index/") ? ["index"] : [];
        const held = Held.safeParse(Condition).data?.["ForAllValues:StringLike"]["dynamodb:LeadingKeys"] ?? [];
        return [Action, [...index, ...held]];
      });
  const [one, several] = [["dynamodb:GetItem"], ["dynamodb:BatchGetItem"]];
  const list = (...keys: string[]) => [listing, ["index", ...keys]];
  const desks = ["open#*", "disputed#*"];
  const feeds = { agency: "AGENCY#*#events", frontEnd: "FRONT-END#*" };
  const add = (...keys: string[]) => [writing, keys];
  const { agencyCounts, agencyWeeks, agencyWeeksMade, closed, ownFiguresMade, waiting } = partitions;
  const [counting, ofPeriods] = [`${partitions.counting}*`, `${partitions.published}*`];
  const ofAgency = `${partitions.ownFigures}*`;
  const published = [listing, [ofPeriods, closed]];
  const [counts, waits] = [
    [one, [agencyCounts, closed]],
    [one, [waiting]],
  ];
  const ownFigures = [
    [one, [ofAgency]],
    [listing, [ownFiguresMade]],
  ];
  const proposals = [one, [partitions.proposals]];
  const bounces = [one, [partitions.bounced]];
  const people = [one, [partitions.people]];
  const ownWebhook = [[...one, ...writing], [partitions.webhook]];
  const issues = `${partitions.issues}*`;
  const links = `${partitions.issueLinks}*`;
  const issueCalls = `${partitions.issueCalls}*`;
  const issueVisits = `${partitions.issueVisits}*`;
  const foundEvents = [listing, [open]];
  const changeIssues = [[reading, [issues, partitions.hours]], add(issues)];
  const ofNotice = `${partitions.notices}*`;
  const ofNotices = [reading, [ofNotice]];
  const rows: [fn: string, held: unknown[]][] = [
    ["readstatistics", [published, waits, [listing, [partitions.recordYears]]]],
    ["readperformance", [...ownFigures, people]],
    ["readperson", [people]],
    ["citizen", [[reading, [open, inPrivate, partitions.hours]], add(open, inPrivate), ofNotices]],
    [
      "holdcomplaint",
      [
        [
          [...one, ...listing],
          [open, inPrivate],
        ],
        add(inPrivate, partitions.audit),
        people,
      ],
    ],
    [
      "exportcomplaint",
      [
        [
          [...one, ...listing],
          [open, inPrivate, partitions.hours],
        ],
        ofNotices,
      ],
    ],
    [
      "agency",
      [
        [reading, [open, partitions.hours]],
        add(open),
        list("AGENCY#*#open", "AGENCY#*#closed", feeds.agency),
        ownWebhook,
        [several, [issues]],
        people,
      ],
    ],
    [
      "inspector",
      [
        [reading, [open, inPrivate, partitions.hours]],
        add(open, inPrivate),
        list(...desks, "visits", "visits#*", "pressured", "promises", "claims#*"),
        list("DUE#0", "DUE#1", "DUE#2", "DUE#3"),
        list("*#*"),
        proposals,
        ofNotices,
        list("notices#late"),
        add(open, inPrivate, `${partitions.notices}*`),
        people,
      ],
    ],
    [
      "readidentity",
      [
        [reading, [open, inPrivate]],
        add(inPrivate, partitions.audit),
        [[...one, ...writing], [partitions.identityReads]],
        people,
      ],
    ],
    [
      "renewsecret",
      [
        [reading, [open, inPrivate]],
        add(open, inPrivate, partitions.audit, partitions.smsNews),
        [[...one, ...writing], [partitions.identityReads]],
        people,
      ],
    ],
    [
      "consent",
      [
        [reading, [open, inPrivate]],
        add(inPrivate, `${partitions.mailCounts}*`),
        [one, [`${partitions.mailCounts}*`]],
        counts,
        bounces,
        ofNotices,
        add(inPrivate, `${partitions.notices}*`),
      ],
    ],
    ["readcase", [[reading, [open, inPrivate]], add(inPrivate), ofNotices]],
    [
      "notices",
      [
        [reading, [open, inPrivate]],
        add(inPrivate, `${partitions.notices}*`, partitions.audit, partitions.smsNews),
        [[...one, ...writing], [partitions.identityReads]],
        [listing, [partitions.people]],
        list("notices"),
        ofNotices,
        people,
      ],
    ],
    [
      "issues",
      [
        ...changeIssues,
        [reading, [open, links]],
        add(open, links),
        [listing, [issueVisits]],
        add(issues, issueVisits),
        list("issues", "issues#past"),
        people,
      ],
    ],
    ["agencyissues", [...changeIssues, list("AGENCY#*#issues"), people]],
    ["readissues", [[[...one, ...listing], [issues]], list("issues", "issues#past")]],
    [
      "Issuesanswerlinkedcomplaints",
      [
        [
          [...several, ...listing],
          [open, links],
        ],
        add(open),
        [[...one, ...several], [issues]],
        add(issues),
        list("DUE#answers"),
      ],
    ],
    [
      "calls",
      [
        [reading, [open, inPrivate]],
        add(open, inPrivate),
        list(callsWorkQueueKey),
        bounces,
        [one, [issues]],
        [
          [...writing, "dynamodb:UpdateItem"],
          [open, inPrivate, issueCalls],
        ],
        [[...one, ...writing], [partitions.identityReads]],
      ],
    ],
    [
      "IssueCallsaskaboutissues",
      [
        [
          [...several, ...listing],
          [open, links],
        ],
        [one, [issueCalls]],
        [listing, [inPrivate]],
        [several, [issues]],
        add(issueCalls),
        add(inPrivate),
        add(issues),
        add(issueVisits),
        list("issues"),
        list("DUE#issue-visits"),
      ],
    ],
    [
      "Callsupdatecalllist",
      [
        [
          [...one, ...listing],
          [open, inPrivate],
        ],
        add(inPrivate),
        bounces,
        // The stream, which it reads beside the table.
        [["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], []],
      ],
    ],
    [
      "overseer",
      [
        [reading, [open, partitions.hours]],
        add(open),
        list(...desks),
        list("*#*"),
        [listing, [agencyWeeks, agencyWeeksMade]],
        [[...one, ...listing], [issues]],
        list("issues", "issues#past"),
        people,
      ],
    ],
    ["frontend", [[several, [open]], list(feeds.frontEnd), foundEvents, ownWebhook]],
    ["Attachmentsaddattachment", [[several, [open]], add(open), ofNotices, add(ofNotice)]],
    ["employee", [ofNotices, add(ofNotice)]],
    [
      "reviewer",
      [
        [reading, [open, inPrivate]],
        add(inPrivate, ofNotice, partitions.audit, partitions.smsNews),
        ofNotices,
        [[...one, ...writing], [partitions.identityReads]],
        list("notices"),
        people,
      ],
    ],
    ["readrecords", [ofNotices, list("RECORDS#*#*"), add(partitions.audit), people]],
    [
      "Noticesadvancenotices",
      [[reading, [open, inPrivate]], add(inPrivate, ofNotice, partitions.smsNews), ofNotices, list("notices")],
    ],
    [
      "Escalationescalatecomplaint",
      [
        [
          [...one, ...listing],
          [open, inPrivate, partitions.hours],
        ],
        add(open, inPrivate),
        list("DUE#hours"),
        ...changeIssues,
      ],
    ],
    [
      "Escalationprocessduecomplaints",
      [
        [
          [...one, ...listing],
          [open, inPrivate],
        ],
        add(open, inPrivate),
        [["dynamodb:UpdateItem"], [open]],
        ...changeIssues,
        list("DUE#0", "DUE#1", "DUE#2", "DUE#3"),
        list("DUE#issues"),
        list("DUE#visits"),
        list("DUE#promises"),
        list("DUE#mails"),
      ],
    ],
    [
      "Hourschangedeadlines",
      [
        [one, [open, partitions.hours]],
        add(open),
        [[...listing, ...writing], [partitions.hours]],
        list("AGENCY#*#open"),
        list("DUE#hours"),
      ],
    ],
    [
      "filecomplaint",
      [
        [one, [open, `${partitions.mailCounts}*`]],
        [listing, [partitions.hours]],
        [writing, [open, inPrivate, `${partitions.mailCounts}*`]],
        [["dynamodb:GetItem", "dynamodb:UpdateItem"], [`${partitions.filingCount}*`]],
        counts,
      ],
    ],
    ["unsubscribe", [[writing, [partitions.unsubscribed]]]],
    [
      "admin",
      [
        [listing, [partitions.hours, partitions.identityReads, partitions.people]],
        [one, [partitions.identityReads, partitions.redrive]],
        add(partitions.hours, partitions.identityReads, partitions.people, partitions.redrive, partitions.audit),
        [["dynamodb:ConditionCheckItem"], [partitions.people, partitions.audit]],
        list(undeliveredWorkQueueKey),
        [listing, [partitions.audit]],
        [[...one, ...listing], [partitions.webhook]],
        [writing, [partitions.webhook, partitions.audit]],
        ...ownFigures,
        people,
      ],
    ],
    [
      "Redriverredriveevents",
      [
        [
          ["dynamodb:GetItem", "dynamodb:BatchGetItem"],
          [open, inPrivate, issues, partitions.undelivered, partitions.redrive],
        ],
        [writing, [partitions.undelivered, partitions.redrive]],
        list(feeds.agency),
        list(feeds.frontEnd),
        list(undeliveredWorkQueueKey),
        list("DUE#redrive"),
      ],
    ],
    [
      "WebhookSenderdeliverwebhooks",
      [
        [several, [open, issues]],
        [[...listing, ...writing], [partitions.webhook]],
        list(feeds.agency),
        list(feeds.frontEnd),
        foundEvents,
      ],
    ],
    ["QueueMonitormonitorqueues", [list(feeds.agency)]],
    [
      "StatisticsCountercloseperiods",
      [
        [listing, [open, inPrivate, counting, closed, partitions.hours]],
        [one, [waiting, partitions.bounced]],
        add(counting, ofPeriods, agencyCounts, closed, waiting),
        list("*#*"),
        list("AGENCY#*#open"),
        list("notices", "notices#past", "notices#late"),
        [[...listing, ...writing], [partitions.recordYears]],
      ],
    ],
    [
      "RetentionEraserapplyretention",
      [
        [
          [...one, ...listing],
          [open, inPrivate, partitions.closed, partitions.erasure],
        ],
        [
          [...writing, "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
          [open, inPrivate, partitions.erasure, partitions.undelivered],
        ],
        list("*#*"),
        [listing, [ofNotice]],
        [["dynamodb:DeleteItem"], [ofNotice]],
        list("notices#past", "notices#late"),
      ],
    ],
    [
      "StatisticsCountercountagencyfigures",
      [
        [listing, [partitions.hours]],
        ...ownFigures,
        [listing, [agencyWeeks, agencyWeeksMade]],
        add(ofAgency, ownFiguresMade, agencyWeeks, agencyWeeksMade),
        list(feeds.agency),
      ],
    ],
    [
      "StatisticsCounterproposeissues",
      [
        [several, [open]],
        [
          [...one, ...listing, ...writing],
          [partitions.dayCounts, partitions.proposals],
        ],
        list("*#*"),
        list("issues", "issues#past"),
      ],
    ],
    [
      "Pagerenderpage",
      [
        published,
        waits,
        [listing, [partitions.hours]],
        [[...one, ...listing], [issues]],
        list("issues", "issues#past"),
      ],
    ],
    ["Redriverrecordundelivered", [[writing, [partitions.undelivered]]]],
    [
      "Notifiersendnotification",
      [
        [
          ["dynamodb:GetItem", "dynamodb:BatchGetItem"],
          [open, inPrivate, partitions.bounced, partitions.unsubscribed],
        ],
        [writing, [inPrivate, partitions.bounced]],
        [["dynamodb:GetItem", "dynamodb:UpdateItem"], [partitions.lateMails]],
      ],
    ],
    ["Notifierrecordbounce", [[writing, [partitions.bounced]]]],
    [
      "Smssendsms",
      [
        list(feeds.frontEnd),
        [listing, [open]],
        [one, [partitions.sms]],
        [listing, [`${partitions.smsBatches}*`, partitions.smsNews]],
        add(partitions.sms, `${partitions.smsBatches}*`, inPrivate),
      ],
    ],
  ];

  test.each(rows)("%s is held to what it needs of the complaints' table, and never scans", (fn, held) => {
    expect(heldTo(fn)).toEqual(held);
  });

  test("the sender of messages reads no text of a complaint or event, and of an identity the phone alone", () => {
    const attributesOf = ({ Condition }: { Condition?: unknown }) =>
      Held.safeParse(Condition).data?.["ForAllValues:StringEquals"]?.["dynamodb:Attributes"];
    const ofComplaints = all.Smssendsms?.filter(({ Condition }) =>
      /"(COMPLAINT#|FRONT-END#)/.test(JSON.stringify(Condition)),
    );
    expect(ofComplaints?.map(attributesOf)).toEqual([
      ["workQueue", "workQueueAt", "complaintId", "type", "at", "by", "after"],
      ["pk", "sk", "status", "agencyId", "filedBy", "filedAt", "answeredAt"],
    ]);
  });

  test("every function that may use the table has its row here, and none may scan, and one alone delete", () => {
    const users = Object.keys(all).filter((fn) =>
      actions(fn)?.some((action) => /dynamodb:.*(Item|Query|Scan)/.test(action)),
    );
    // The stream's reader is lent the stream, and no table.
    expect(users.sort()).toEqual(rows.map(([fn]) => fn).sort());
    const everything = Object.keys(all).flatMap((fn) => (actions(fn) ?? []).map((action) => `${fn} ${action}`));
    expect(everything.filter((action) => /dynamodb:(\*|.*Scan|.*Delete|PartiQL|Export)/.test(action))).toEqual([
      "RetentionEraserapplyretention dynamodb:DeleteItem",
      "RetentionEraserapplyretention dynamodb:DeleteItem",
      "RetentionEraserapplyretention dynamodb:DeleteItem",
      "RetentionEraserapplyretention dynamodb:DeleteItem",
    ]);
    expect(on("RetentionEraserapplyretention", "IdentitiesTable")).toEqual([
      "dynamodb:DeleteItem",
      "dynamodb:DeleteItem",
    ]);
  });

  test("own figures are made of the agencies' feeds alone, and read by two functions", () => {
    const maker = "StatisticsCountercountagencyfigures";
    const ofIndexes = all[maker]?.filter(({ Resource }) => JSON.stringify(Resource).includes("/index/"));
    expect(ofIndexes?.map(({ Resource }) => /index\/(\w+)/.exec(JSON.stringify(Resource))?.[1])).toEqual(["inbox"]);
    expect(JSON.stringify(heldTo(maker))).not.toMatch(/"[CP]#/);
    const users = Object.keys(all).filter((fn) => JSON.stringify(heldTo(fn)).includes(partitions.ownFigures));
    expect(users.sort()).toEqual([maker, "admin", "readperformance"]);
  });

  test("what arithmetic proposes is read by inspectors alone", () => {
    const users = Object.keys(all).filter((fn) =>
      /STATISTICS#(proposals|day-counts)"/.test(JSON.stringify(heldTo(fn))),
    );
    expect(users.sort()).toEqual(["StatisticsCounterproposeissues", "inspector"]);
  });

  test("a confidential log is shut to agencies, overseers, front ends and admins", () => {
    for (const fn of ["agency", "agencyissues", "overseer", "frontend", "admin", "readstatistics", "readperformance"])
      expect(JSON.stringify(heldTo(fn))).not.toContain(partitions.confidential);
  });

  test("which complaints share a cause is shut to agencies, overseers and the public", () => {
    const users = Object.keys(all).filter((fn) => JSON.stringify(heldTo(fn)).includes(partitions.issueLinks));
    expect(users.sort()).toEqual(["IssueCallsaskaboutissues", "Issuesanswerlinkedcomplaints", "issues"]);
  });

  test("how many citizens said that an issue is mended is read by one function; the call centre's can only count", () => {
    const held = (fn: string) => heldTo(fn)?.filter(([, keys = []]) => keys.includes(issueCalls)) ?? [];
    const users = Object.keys(all).filter((fn) => held(fn).length > 0);
    expect(users.sort()).toEqual(["IssueCallsaskaboutissues", "calls"]);
    expect(held("calls").flatMap(([actions]) => actions)).toEqual(["dynamodb:PutItem", "dynamodb:UpdateItem"]);
  });

  test("which visits found an issue mended is read by inspectors alone, and by the function that publishes it", () => {
    const users = Object.keys(all).filter((fn) => JSON.stringify(heldTo(fn)).includes(partitions.issueVisits));
    expect(users.sort()).toEqual(["IssueCallsaskaboutissues", "issues"]);
  });

  test("the public page is written by one function, which adds files and exchanges none but the list of them", () => {
    const writers = Object.keys(all).filter((fn) => on(fn, "SiteArn")?.includes("s3:PutObject"));
    expect(writers).toEqual(["Pagerenderpage"]);
    expect(on("Pagerenderpage", "current.json")).toEqual(["s3:GetObject", "s3:PutObject"]);
    const added = all.Pagerenderpage?.find(({ Resource }) => JSON.stringify(Resource).includes("editions/*"));
    expect(added).toMatchObject({ Action: ["s3:PutObject"], Condition: { Null: { "s3:if-none-match": "false" } } });
  });

  test("only the function whose every read the citizen sees reads identities that are not shared", () => {
    const readers = Object.keys(all).filter((fn) =>
      all[fn]?.some(
        ({ Action, Resource, Condition }) =>
          JSON.stringify(Resource).includes("IdentitiesTable") &&
          Action.includes("dynamodb:GetItem") &&
          JSON.stringify(Condition).includes('"QZ-*"'),
      ),
    );
    // The other one copies them for agencies, as the citizen bids.
    expect(readers.sort()).toEqual(["consent", "readidentity"]);
  });

  test("who shows or registers officials reaches their names in the identities table, and no citizen's identity", () => {
    const ofNames = (fn: string) =>
      all[fn]
        ?.filter(({ Resource }) => JSON.stringify(Resource).includes("IdentitiesTable"))
        .filter(({ Condition }) => JSON.stringify(Condition).includes(`"${personNamePrefix}*"`))
        .flatMap(({ Action }) => Action);
    expect(
      Object.keys(all)
        .filter((fn) => ofNames(fn)?.length)
        .sort(),
    ).toEqual([
      "admin",
      "agency",
      "agencyissues",
      "inspector",
      "issues",
      "notices",
      "overseer",
      "readidentity",
      "readperson",
      "renewsecret",
      "reviewer",
    ]);
    for (const fn of ["agency", "notices", "readidentity", "renewsecret"])
      expect(ofNames(fn)).toEqual(["dynamodb:BatchGetItem"]);
    for (const fn of ["admin", "agencyissues", "inspector", "issues", "overseer", "readperson"])
      expect(ofNames(fn)).toEqual(on(fn, "IdentitiesTable"));
  });

  test("only the filing and consent write identities, and the filing reads none; who calls writes contacts for calls alone", () => {
    const writers = Object.keys(all).filter((fn) => on(fn, "IdentitiesTable")?.includes("dynamodb:PutItem"));
    expect(writers.sort()).toEqual(["admin", "calls", "consent", "filecomplaint", "notices"]);
    for (const { Resource, Condition } of all.calls ?? [])
      if (JSON.stringify(Resource).includes("IdentitiesTable"))
        expect(Condition).toMatchObject({
          "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${callContactPrefix}*`] },
        });
    // It writes the names of employees.
    expect(JSON.stringify(all.notices)).toContain(`"${employeeNamePrefix}*"`);
    expect(JSON.stringify(all.notices)).not.toContain('"QZ-*"');
    expect(on("filecomplaint", "IdentitiesTable")).toEqual(["dynamodb:PutItem"]);
    expect(on("citizen", "IdentitiesTable")).toEqual([]);
  });

  test("the key of identities is the province's own, turns every year, and is used through the table by who needs it", () => {
    const data = templateOf("qazvin", "Data");
    data.hasResourceProperties("AWS::KMS::Key", { EnableKeyRotation: true });
    data.hasResource("AWS::KMS::Key", { DeletionPolicy: "Retain" });
    const users = Object.keys(all).filter((fn) => actions(fn)?.some((action) => action.startsWith("kms:")));
    const allowed = (fn: string) => [fn, on(fn, "IdentitiesKey")];
    const readers = ["kms:Decrypt", "kms:DescribeKey"];
    const reencrypting = ["kms:ReEncryptFrom", "kms:ReEncryptTo"];
    const generating = ["kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"];
    const writers = [...readers, "kms:Encrypt", ...reencrypting, ...generating];
    expect(users.map(allowed).sort()).toEqual([
      ["Notifiersendnotification", readers],
      ["RetentionEraserapplyretention", writers],
      ["Smssendsms", readers],
      ["admin", [...readers, ...writers]],
      ["agency", readers],
      ["agencyissues", readers],
      ["calls", [...readers, ...writers]],
      ["consent", writers],
      ["employee", readers],
      ["filecomplaint", writers],
      ["inspector", readers],
      ["issues", readers],
      ["notices", [...readers, ...writers]],
      ["overseer", readers],
      ["readidentity", readers],
      ["readperson", readers],
      ["readrecords", readers],
      ["renewsecret", readers],
      ["reviewer", readers],
    ]);
    for (const fn of users)
      expect(
        all[fn]?.find(({ Action }) => Action.some((action) => action.startsWith("kms:")))?.Condition,
      ).toMatchObject({
        StringEquals: {
          "kms:ViaService": { "Fn::Join": ["", ["dynamodb.", { Ref: "AWS::Region" }, ".", { Ref: "AWS::URLSuffix" }]] },
        },
      });
  });

  test.each([
    ["agency", "those that are shared", sharedIdentityPrefix],
    ["calls", "those who are to be called", callContactPrefix],
    ["Smssendsms", "phones that get messages", smsPhonePrefix],
  ])("the function %s reads an identity only under the keys of %s", (fn, _, prefix) => {
    const statement = all[fn]?.find(({ Resource }) => JSON.stringify(Resource).includes("IdentitiesTable"));
    expect(statement).toMatchObject({
      Action: ["dynamodb:GetItem"],
      Condition: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${prefix}*`] },
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    });
  });

  test("the function that renews secrets reads no more of an identity than name and national id", () => {
    const statements = all.renewsecret?.filter(({ Resource }) => JSON.stringify(Resource).includes("IdentitiesTable"));
    const ofCitizens = statements?.filter(({ Condition }) => !JSON.stringify(Condition).includes(personNamePrefix));
    expect(ofCitizens).toEqual([
      expect.objectContaining({
        Action: ["dynamodb:Query"],
        Condition: {
          "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "name", "nationalId"] },
          StringEquals: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
          StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" },
          Null: { "dynamodb:Attributes": "false" },
        },
      }),
    ]);
  });

  test("only the filing and the citizen's functions read the pepper, no agency's the key of the mask, and one alone the statistics key", () => {
    const readersOf = (secret: string) => Object.keys(all).filter((fn) => on(fn, secret)?.length);
    expect(readersOf("PepperSecret").sort()).toEqual([
      "citizen",
      "consent",
      "employee",
      "exportcomplaint",
      "filecomplaint",
      "notices",
      "readcase",
      "renewsecret",
      "reviewer",
    ]);
    expect(readersOf("MaskKeySecret").sort()).toEqual([
      "calls",
      "citizen",
      "consent",
      "filecomplaint",
      "inspector",
      "notices",
      "reviewer",
    ]);
    expect(readersOf("WebhookKeySecret").sort()).toEqual(["WebhookSenderdeliverwebhooks", "admin"]);
    expect(readersOf("StatisticsKeySecret")).toEqual(["StatisticsCountercloseperiods"]);
    expect(readersOf("AddressKeySecret").sort()).toEqual(["Notifiersendnotification", "filecomplaint", "unsubscribe"]);
    expect(readersOf("SmsKeysSecret").sort()).toEqual(["Notifiersendnotification", "Smssendsms"]);
  });

  test("SECURITY.md names the functions that read the pepper, and those that write the confidential log", () => {
    const withPepper = Object.keys(all).filter((fn) => on(fn, "PepperSecret")?.length);
    const written = Object.keys(all).filter((fn) =>
      heldTo(fn)?.some(([actions, keys]) => actions?.includes("dynamodb:PutItem") && keys?.includes(inPrivate)),
    );
    for (const [sentence, functions] of [
      [/functions read the pepper \(([^)]*)\)/, withPepper],
      [/The confidential log is written by ([^.]*)\./, written],
    ] as const) {
      const names = (sentence.exec(security)?.[1]?.match(/[a-z-]+(?=`)/g) ?? []).map((name) =>
        name.replaceAll("-", ""),
      );
      expect(names.length).toBe(functions.length);
      expect(functions.filter((fn) => !names.some((name) => fn.endsWith(name)))).toEqual([]);
    }
  });

  test("who counts what stands in agencies' queues may neither receive nor send", () => {
    expect(actions("QueueMonitormonitorqueues")).toEqual(["sqs:GetQueueAttributes", "dynamodb:Query"]);
  });

  test("only those who tell events send to agencies; the dispatcher reads no table", () => {
    const senders = Object.keys(all).filter((fn) => actions(fn)?.includes("sqs:SendMessage"));
    // The last sends mail orders only.
    expect(senders).toEqual(["Dispatcherdispatchevent", "Redriverredriveevents", "Escalationprocessduecomplaints"]);
    expect(on("Escalationprocessduecomplaints", "Notif")).toEqual(["sqs:SendMessage"]);
    expect(actions("Dispatcherdispatchevent")?.filter((action) => reading.includes(action))).toEqual([]);
  });

  test("what calls a function by a role may call it is deployed, and no version of it", () => {
    const calls = Object.values(all).flatMap((statements) =>
      statements.filter(({ Action }) => Action.includes("lambda:InvokeFunction")),
    );
    expect(calls).toHaveLength(15);
    for (const { Resource } of calls) expect(Resource).toEqual({ "Fn::GetAtt": [expect.any(String), "Arn"] });
  });

  test("nobody may delete, but what was worked off from a queue, clean copies of refused files, and what is forgotten", () => {
    // Of a network Lambda itself deletes its own interfaces; the function's code may not (test/infra/attachments-bucket.test.ts).
    const deleting = (fn: string) => actions(fn)?.filter((action) => /^(?!ec2:).*(delete|\*)/i.test(action));
    expect(Object.keys(all).flatMap((fn) => deleting(fn)?.map((action) => `${fn} ${action}`))).toEqual([
      "Redriverrecordundelivered sqs:DeleteMessage",
      "Notifiersendnotification sqs:DeleteMessage",
      "Notifierrecordbounce sqs:DeleteMessage",
      "Cleanercleanfile sqs:DeleteMessage",
      "Attachmentsaddattachment sqs:DeleteMessage",
      "Attachmentsaddattachment s3:DeleteObject",
      "RetentionEraserapplyretention dynamodb:DeleteItem",
      "RetentionEraserapplyretention dynamodb:DeleteItem",
      "RetentionEraserapplyretention s3:DeleteObject",
      // Notices to employees, and their names.
      "RetentionEraserapplyretention dynamodb:DeleteItem",
      "RetentionEraserapplyretention dynamodb:DeleteItem",
    ]);
  });
});
