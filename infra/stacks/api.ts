import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Province } from "#shared/province/province.ts";
import type { NetworkPart } from "../constructs/closed-network.ts";
import { ComplaintsApi } from "../constructs/complaints-api.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { type ApiFunction, apiFunctions } from "../routes.ts";
import type { DataStack } from "./data.ts";
import { placeOf } from "./place.ts";

type ApiProps = {
  province: Province;
  data: DataStack;
  /** That leads to the tables alone. */
  part: NetworkPart;
  bundleOf: (name: string) => string;
};

const tasks: Record<ApiFunction, string> = {
  public: "What anybody may read",
  "read-statistics": "Anybody reads the public figures",
  "read-page": "Anybody opens the public page",
  "refuse-mail": "Readers of our mails refuse further ones",
  "file-complaint": "Front ends file complaints",
  "front-end": "Front ends read what happened to what they filed, and tend their webhook",
  "read-callbacks": "The call centre learns whom to call back, which the citizens see",
  citizen: "Citizens read and move their own complaint",
  "export-complaint": "Citizens take out all that is told of their own complaint",
  "give-consent": "Citizens let an agency know who they are or agree to be called, take it back, and have it erased",
  agency: "Agencies read and move their own complaints",
  "read-performance": "Agencies read the figures of their own work",
  inspector: "Inspectors see and decide every complaint",
  "read-identity": "Inspectors learn who complains, which the citizen sees",
  overseer: "Overseers read what has climbed to their rung",
  admin: "Admins set office hours, have events sent again and tend webhooks",
  "hold-complaint": "Admins keep a complaint from erasure, which its citizen sees",
};

/** Whoever overruns the page takes no function from front ends, agencies and citizens. */
const apart: Partial<Record<ApiFunction, { reservedConcurrentExecutions: number }>> = {
  "read-page": { reservedConcurrentExecutions: 20 },
};

/** The gateway and its functions, each with the permissions that its caller's routes need and no more. */
export class ApiStack extends Stack {
  readonly api: ComplaintsApi;
  readonly readIdentity: ServiceFunction;
  readonly readCallbacks: ServiceFunction;
  readonly readPage: ServiceFunction;

  constructor(scope: Construct, id: string, { province, data, part, bundleOf }: ApiProps) {
    super(scope, id, placeOf(province));
    const edgeDemanded = province.edge?.demanded === true;
    const functions = Object.fromEntries(
      apiFunctions.map((name) => {
        // What asks for the edge's keys needs Secrets Manager, and no free way leads there from the closed network.
        const network = name === "read-identity" && !edgeDemanded ? { part } : {};
        const props = { bundle: bundleOf(name), description: tasks[name], ...apart[name], ...network };
        return [name, new ServiceFunction(this, name, props)];
      }),
    ) as Record<ApiFunction, ServiceFunction>;
    lend(functions, data);
    lendWhole(functions, data);
    lendForCalls(functions, data);
    lendForWebhooks(functions, data);
    lendFigures(functions, data);
    data.site.servedBy(functions["read-page"]);
    functions.public.tell("PUBLIC_URL", province.publicUrl);
    functions.public.tell("TOKEN_ISSUER", province.tokens.issuer);
    if (edgeDemanded) for (const fn of Object.values(functions)) data.edgeKeys?.readBy(fn);
    this.readPage = functions["read-page"];
    this.readIdentity = functions["read-identity"];
    this.readCallbacks = functions["read-callbacks"];
    this.api = new ComplaintsApi(this, "Api", { province, functions });
  }
}

function lend(functions: Record<ApiFunction, ServiceFunction>, data: DataStack): void {
  const { complaints, identities, pepper, maskKey, addressKey, attachments } = data;
  const { citizen, agency, inspector, overseer, admin } = functions;
  const { "file-complaint": fileComplaint, "front-end": frontEnd } = functions;
  const { "read-identity": readIdentity, "give-consent": giveConsent, "refuse-mail": refuseMail } = functions;
  complaints.writtenBy(agency);
  complaints.readBy(overseer, { by: ["one", "all"], hours: false });
  complaints.readBy(frontEnd, { by: ["several"], hours: false });
  complaints.filedBy(fileComplaint);
  complaints.confidedTo(citizen);
  complaints.confidedTo(inspector);
  complaints.confidedTo(readIdentity, { adds: "audited", hours: false });
  complaints.confidedTo(giveConsent, { adds: "private", hours: false });
  complaints.listedBy(agency, "inboxes");
  complaints.listedBy(inspector, "everyDesk");
  complaints.listedBy(overseer, "desks");
  complaints.listedBy(frontEnd, "frontEndFeeds");
  complaints.notedBy(refuseMail, "mailRefused");
  complaints.administeredBy(admin);
  complaints.identityReadsCountedBy(readIdentity);
  for (const fn of [fileComplaint, citizen, giveConsent]) pepper.readBy(fn);
  for (const fn of [fileComplaint, citizen, inspector]) maskKey.readBy(fn);
  for (const fn of [fileComplaint, refuseMail]) addressKey.readBy(fn);
  identities.writtenBy(fileComplaint);
  identities.readBy(readIdentity);
  identities.consentedBy(giveConsent);
  identities.readWhereSharedBy(agency);
  attachments.uploadedThroughBy(citizen);
  for (const fn of [citizen, agency, inspector]) attachments.downloadedThroughBy(fn);
  attachments.orderedBy(giveConsent);
}

/** All that a citizen may know of a complaint, with no right to change it; and the order that all of it is kept. */
function lendWhole(functions: Record<ApiFunction, ServiceFunction>, data: DataStack): void {
  const { "export-complaint": exportComplaint, "hold-complaint": holdComplaint } = functions;
  data.complaints.confidedTo(exportComplaint, { by: ["all"], adds: "nothing" });
  data.pepper.readBy(exportComplaint);
  data.complaints.confidedTo(holdComplaint, { by: ["one", "all"], hours: false, adds: "audited" });
  data.attachments.orderedBy(holdComplaint);
}

/** Who is drawn to be called back, at filing or when consent is given, and who calls them. */
function lendForCalls(functions: Record<ApiFunction, ServiceFunction>, data: DataStack): void {
  const { attachments, complaints, identities, maskKey } = data;
  const { "file-complaint": fileComplaint, "give-consent": giveConsent, "read-callbacks": callbacks } = functions;
  for (const fn of [fileComplaint, giveConsent]) complaints.agencyCountsReadBy(fn);
  complaints.confidedTo(callbacks, { hours: false });
  complaints.listedBy(callbacks, "calls");
  maskKey.readBy(callbacks);
  identities.calleesReadBy(callbacks);
  attachments.orderedBy(callbacks);
  complaints.identityReadsCountedBy(callbacks);
}

/** How far webhooks are, and what they are signed with. */
function lendForWebhooks(functions: Record<ApiFunction, ServiceFunction>, { complaints, webhookKey }: DataStack): void {
  const { admin, agency, "front-end": frontEnd } = functions;
  for (const fn of [agency, frontEnd]) complaints.ownWebhookResumedBy(fn);
  complaints.webhooksTendedBy(admin);
  webhookKey.readBy(admin);
}

function lendFigures(functions: Record<ApiFunction, ServiceFunction>, { complaints }: DataStack): void {
  const { "read-statistics": statistics, "read-performance": performance, admin } = functions;
  complaints.publishedReadBy(statistics);
  for (const fn of [performance, admin]) complaints.ownFiguresReadBy(fn);
  complaints.waitingReadBy(statistics);
}
