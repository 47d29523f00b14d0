import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/schema.ts";
import type { NetworkSegment } from "../constructs/closed-network.ts";
import { ComplaintsApi } from "../constructs/complaints-api.ts";
import {
  grantCountIssueAnswers,
  grantIssueVisits,
  grantLinkToIssues,
  grantReadIssues,
  grantWriteIssues,
} from "../constructs/issue-grants.ts";
import { grantNoticesAlone, grantReadNotices, grantRecords, grantRecordYears } from "../constructs/notice-grants.ts";
import { type ApiFunction, apiFunctions, scopes } from "../constructs/routes.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { environmentOf } from "../provinces/province-files.ts";
import type { DataStack } from "./data.ts";

type ApiProps = {
  province: Province;
  data: DataStack;
  /** The network segment that leads only to the tables. */
  segment: NetworkSegment;
  bundleOf: (name: string) => string;
};

const descriptions: Record<ApiFunction, string> = {
  public: "What anybody may read",
  "read-statistics": "Anybody reads the public figures",
  "read-page": "Anybody opens the public page",
  unsubscribe: "Readers of our mails refuse further ones",
  "file-complaint": "Front ends file complaints",
  "front-end": "Front ends read what happened to what they filed, and tend their webhook",
  calls: "The call centre learns whom to call back, which the citizens see",
  "read-case": "The call centre reads a case to a citizen who gave its code, which the citizen sees",
  citizen: "Citizens read and move their own complaint",
  "export-complaint": "Citizens export everything about their own complaint",
  consent: "Citizens let an agency know who they are, agree to calls or messages, take it back, and have it erased",
  agency: "Agencies read and move their own complaints",
  "read-performance": "Agencies read the figures of their own work",
  inspector: "Inspectors see and decide every complaint",
  "read-identity": "Inspectors learn who complains, which the citizen sees",
  issues: "Inspectors open, link and verify issues, which agencies have to mend",
  "agency-issues": "Agencies plan and report how they mend issues, and answer the linked complaints",
  "read-issues": "Anybody reads the catalog with its outages, and issues",
  notices: "Inspectors put what they established to employees, after the citizen agreed",
  reviewer: "Reviewers judge what employees contest, and have employees heard anew",
  "read-records": "The personnel office of an agency reads what stands in the record of one of its staff",
  employee: "Employees read and answer the notice that was served on them",
  "renew-secret": "Inspectors give a citizen who came in person a new secret, which the citizen sees",
  overseer: "Overseers read complaints that were escalated to their level, and give agencies directives",
  admin: "Admins register officials, set office hours, have events sent again and tend webhooks",
  "hold-complaint": "Admins keep a complaint from erasure, which its citizen sees",
  "read-person": "Officials read who they are and what they may do",
};

/** A limit for the public page, so that many readers do not use up the concurrency of front ends, agencies and citizens. */
const reservedConcurrency: Partial<Record<ApiFunction, { reservedConcurrentExecutions: number }>> = {
  "read-page": { reservedConcurrentExecutions: 20 },
};

/** The gateway and its functions. Each function has only the permissions that the routes of its caller need. */
export class ApiStack extends Stack {
  readonly api: ComplaintsApi;
  readonly readIdentity: ServiceFunction;
  readonly renewSecret: ServiceFunction;
  readonly calls: ServiceFunction;
  readonly readPage: ServiceFunction;
  /** The functions to which callers send secrets of citizens. */
  readonly takingSecrets: readonly [ServiceFunction, ...ServiceFunction[]];

  constructor(scope: Construct, id: string, { province, data, segment, bundleOf }: ApiProps) {
    super(scope, id, environmentOf(province));
    const edgeDemanded = province.edge?.required === true;
    const functions = Object.fromEntries(
      apiFunctions.map((name) => {
        // A function that checks the edge's keys needs Secrets Manager. The closed network has no free endpoint for it.
        const network = name === "read-identity" && !edgeDemanded ? { segment } : {};
        const props = {
          bundle: bundleOf(name),
          description: descriptions[name],
          ...reservedConcurrency[name],
          ...network,
        };
        return [name, new ServiceFunction(this, name, props)];
      }),
    ) as Record<ApiFunction, ServiceFunction>;
    grantTables(functions, data);
    grantExportAndHold(functions, data);
    grantRenewal(functions["renew-secret"], data);
    grantCallCentre(functions, data);
    grantWebhooks(functions, data);
    grantFigures(functions, data);
    if (province.records) grantNotices(functions, data);
    grantIssues(functions, data);
    grantPeople(functions, data);
    data.site.grantServe(functions["read-page"]);
    const readPage = functions["read-page"];
    readPage.setEnvironment("TOKEN_ISSUER", province.tokens.issuer);
    readPage.setEnvironment("TOKEN_ENDPOINT", province.tokens.tokenEndpoint ?? province.tokens.issuer);
    data.attachments.nameUrl(readPage);
    functions.public.setEnvironment("PUBLIC_URL", province.publicUrl);
    functions.public.setEnvironment("TOKEN_ISSUER", province.tokens.issuer);
    if (edgeDemanded) for (const fn of Object.values(functions)) data.edgeKeys?.grantRead(fn);
    this.readPage = functions["read-page"];
    this.readIdentity = functions["read-identity"];
    this.renewSecret = functions["renew-secret"];
    this.calls = functions.calls;
    const { citizen, consent, "export-complaint": exportComplaint, "file-complaint": fileComplaint } = functions;
    const { "read-case": readCase } = functions;
    this.takingSecrets = [citizen, consent, exportComplaint, fileComplaint, readCase, functions.employee];
    for (const fn of [functions.notices, functions.reviewer]) fn.setEnvironment("PUBLIC_URL", province.publicUrl);
    this.api = new ComplaintsApi(this, "Api", { province, functions });
  }
}

function grantTables(functions: Record<ApiFunction, ServiceFunction>, data: DataStack): void {
  const { complaints, identities, pepper, maskKey, addressKey, attachments } = data;
  const { citizen, agency, inspector, overseer, admin } = functions;
  const { "file-complaint": fileComplaint, "front-end": frontEnd } = functions;
  const { "read-identity": readIdentity, consent, unsubscribe } = functions;
  complaints.grantWrite(agency);
  complaints.grantWrite(overseer);
  complaints.grantRead(frontEnd, { by: ["several"], hours: false });
  complaints.grantFiling(fileComplaint);
  complaints.grantConfidential(citizen);
  complaints.grantConfidential(inspector);
  complaints.grantConfidential(readIdentity, { adds: "audited", hours: false });
  complaints.grantConfidential(consent, { adds: "counted", hours: false });
  complaints.grantList(agency, "inboxes");
  for (const list of ["everyWorkQueue", "due", "cohorts"] as const) complaints.grantList(inspector, list);
  for (const list of ["workQueues", "cohorts"] as const) complaints.grantList(overseer, list);
  complaints.grantList(frontEnd, "frontEndFeeds");
  complaints.grantFindEvents(frontEnd);
  complaints.grantRecord(unsubscribe, "unsubscribed");
  complaints.grantAdministration(admin);
  complaints.grantCountIdentityReads(readIdentity);
  for (const fn of [fileComplaint, citizen, consent]) pepper.grantRead(fn);
  for (const fn of [fileComplaint, citizen, inspector]) maskKey.grantRead(fn);
  for (const fn of [fileComplaint, unsubscribe]) addressKey.grantRead(fn);
  complaints.grantReadMessagedCounts(consent);
  identities.grantWrite(fileComplaint);
  identities.grantRead(readIdentity);
  identities.grantConsent(consent);
  identities.grantReadShared(agency);
  attachments.grantUploadLinks(citizen);
  for (const fn of [citizen, agency, inspector]) attachments.grantDownloadLinks(fn);
  attachments.grantRetentionOrders(consent);
}

/** One function exports everything that a citizen may read of a complaint; another orders that a complaint is not erased. */
function grantExportAndHold(functions: Record<ApiFunction, ServiceFunction>, data: DataStack): void {
  const { "export-complaint": exportComplaint, "hold-complaint": holdComplaint } = functions;
  data.complaints.grantConfidential(exportComplaint, { by: ["one", "all"], adds: "nothing" });
  data.pepper.grantRead(exportComplaint);
  data.complaints.grantConfidential(holdComplaint, { by: ["one", "all"], hours: false, adds: "audited" });
  data.attachments.grantRetentionOrders(holdComplaint);
}

/** A renewal compares a national id and writes head, confidential log and audit. It shows the new secret and no identity. */
function grantRenewal(fn: ServiceFunction, { attachments, complaints, identities, pepper }: DataStack): void {
  complaints.grantConfidential(fn, { by: ["one", "several", "all"], adds: "renewal", hours: false });
  complaints.grantCountIdentityReads(fn);
  identities.grantReadDeclaredPerson(fn);
  pepper.grantRead(fn);
  attachments.grantRetentionOrders(fn);
}

/** Inspectors open notices, which the citizen of the complaint reads and agrees to. */
function grantNotices(functions: Record<ApiFunction, ServiceFunction>, data: DataStack): void {
  const { complaints, identities, maskKey } = data;
  const { notices, citizen, consent, inspector } = functions;
  const { "export-complaint": exportComplaint, "read-case": readCase } = functions;
  complaints.grantConfidential(notices, { adds: "notices", hours: false });
  complaints.grantCountIdentityReads(notices);
  complaints.grantListPeople(notices);
  complaints.grantList(notices, "notices");
  maskKey.grantRead(notices);
  identities.grantEmployeeNames(notices);
  identities.grantReadPeople(notices);
  for (const fn of [notices, citizen, consent, exportComplaint, readCase, inspector]) grantReadNotices(complaints, fn);
  complaints.grantList(inspector, "lateNotices");
  data.pepper.grantRead(notices);
  data.attachments.grantUploadLinks(notices);
  data.attachments.grantDownloadLinks(notices);
  grantHearing(functions, data);
  complaints.grantWriteNotices(consent, "agreement");
  complaints.grantWriteNotices(inspector, "decision");
}

/** Inspectors open issues, agencies mend them, overseers read the late ones, and everybody reads what is published. */
function grantIssues(functions: Record<ApiFunction, ServiceFunction>, { complaints, identities }: DataStack): void {
  const { issues, "agency-issues": agencyIssues, "read-issues": readIssues, overseer, agency } = functions;
  for (const fn of [issues, agencyIssues]) grantWriteIssues(complaints, fn);
  grantLinkToIssues(complaints, issues);
  grantIssueVisits(complaints, issues);
  for (const fn of [readIssues, overseer]) grantReadIssues(complaints, fn, ["one", "all"]);
  // The feed of an agency continues after an event of an issue.
  grantReadIssues(complaints, agency, ["several"]);
  for (const fn of [issues, readIssues, overseer]) complaints.grantList(fn, "issues");
  complaints.grantList(agencyIssues, "issuesOfAgencies");
  for (const fn of [issues, agencyIssues]) identities.grantReadPeople(fn);
}

/** Employees answer, the reviewer judges, and the personnel office reads what stands. */
function grantHearing(functions: Record<ApiFunction, ServiceFunction>, data: DataStack): void {
  const { complaints, identities, maskKey, pepper, attachments } = data;
  const { employee, reviewer, "read-records": readRecords, "read-statistics": readStatistics } = functions;
  grantNoticesAlone(complaints, employee);
  // The reviewer hands over letters, whose secrets are made of it.
  for (const fn of [employee, reviewer]) pepper.grantRead(fn);
  attachments.grantUploadLinks(employee);
  complaints.grantConfidential(reviewer, { adds: "notices", hours: false });
  grantReadNotices(complaints, reviewer);
  complaints.grantCountIdentityReads(reviewer);
  complaints.grantList(reviewer, "notices");
  maskKey.grantRead(reviewer);
  identities.grantReadPeople(reviewer);
  attachments.grantDownloadLinks(reviewer);
  grantRecords(complaints, readRecords);
  for (const fn of [employee, reviewer, readRecords]) identities.grantReadEmployeeNames(fn);
  grantRecordYears(complaints, readStatistics);
}

/** Complaints are drawn for a call at filing or when consent is given; the call centre reads whom to call. */
function grantCallCentre(functions: Record<ApiFunction, ServiceFunction>, data: DataStack): void {
  const { attachments, complaints, identities, maskKey, pepper } = data;
  const { "file-complaint": fileComplaint, consent, calls, "read-case": readCase } = functions;
  for (const fn of [fileComplaint, consent]) complaints.grantReadAgencyCounts(fn);
  complaints.grantReadBounces(consent);
  complaints.grantConfidential(calls, { hours: false });
  complaints.grantList(calls, "calls");
  complaints.grantReadBounces(calls);
  complaints.grantConfidential(readCase, { adds: "private", hours: false });
  pepper.grantRead(readCase);
  for (const fn of [consent, calls]) maskKey.grantRead(fn);
  grantCountIssueAnswers(complaints, calls);
  identities.grantCallContacts(calls);
  attachments.grantRetentionOrders(calls);
  complaints.grantCountIdentityReads(calls);
}

function grantWebhooks(functions: Record<ApiFunction, ServiceFunction>, { complaints, webhookKey }: DataStack): void {
  const { admin, agency, "front-end": frontEnd } = functions;
  for (const fn of [agency, frontEnd]) complaints.grantResumeOwnWebhook(fn);
  complaints.grantManageWebhooks(admin);
  webhookKey.grantRead(admin);
}

function grantFigures(functions: Record<ApiFunction, ServiceFunction>, { complaints }: DataStack): void {
  const { "read-statistics": statistics, "read-performance": performance, admin } = functions;
  complaints.grantReadPublished(statistics);
  for (const fn of [performance, admin]) complaints.grantReadAgencyFigures(fn);
  complaints.grantReadWeeks(functions.overseer);
  complaints.grantReadWaiting(statistics);
  complaints.grantReadProposals(functions.inspector);
}

/** Functions that officials call learn what a person may do. Some also show who acted; the admins' function registers people. */
function grantPeople(functions: Record<ApiFunction, ServiceFunction>, { complaints, identities }: DataStack): void {
  for (const name of apiFunctions) if (isForOfficials(name)) complaints.grantReadPeople(functions[name]);
  const { agency, inspector, overseer, "read-identity": readIdentity, "read-person": person } = functions;
  const { "renew-secret": renewSecret } = functions;
  for (const fn of [agency, inspector, overseer, readIdentity, renewSecret, person]) identities.grantReadPeople(fn);
  identities.grantWritePeople(functions.admin);
}

const isForOfficials = (name: ApiFunction) => scopes[name] !== undefined && scopes[name] !== scopes["front-end"];
