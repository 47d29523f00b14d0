import { agencyQueueName } from "#shared/runtime/keys.ts";
import type { Agency, Province } from "../schema.ts";
import {
  contactChange,
  type DescribeChange,
  describeAs,
  describedNowhere,
  describeEntries,
  describeFields,
  describeOptional,
  describeWords,
  mailAddressChange,
  nameChange,
  noEffectOnRunning,
  phoneChange,
  retirementChange,
  successorChange,
  webhookChange,
} from "./describe-change.ts";

type County = Province["counties"][number];
type Office = Agency["offices"][number];

export const counties: DescribeChange<County[]> = describeEntries({
  noun: "county",
  key: ({ id }) => id,
  added: () => "new; filings may name it with an agency that serves it",
  each: describeFields<County>({
    id: describedNowhere,
    name: nameChange,
    governor: contactChange,
    tile: describeAs("stands elsewhere on the public page's map of counties"),
    retiredFrom: retirementChange({
      retired: "filings that name it are refused as retired; complaints of it go on as before",
      back: "filings may name it again",
    }),
    successorId: successorChange,
  }),
});

const offices: DescribeChange<Office[]> = describeEntries({
  noun: "office",
  key: ({ id }) => id,
  added: ({ countyId }) => `new; filings in "${countyId}" may name it`,
  each: describeFields<Office>({
    id: describedNowhere,
    name: nameChange,
    countyId: describedNowhere,
    retiredFrom: retirementChange({
      retired: "filings that name it are refused as retired; complaints that name it go on as before",
      back: "filings may name it again",
    }),
    successorId: successorChange,
  }),
});

const consumer: DescribeChange<Agency["consumer"]> = describeAs(({ oldValue, newValue }) => {
  const before = oldValue ? `, and ${oldValue.principalArn} no more` : "";
  if (newValue) return `${newValue.principalArn} may read the queue from the deployment on${before}`;
  return `nobody may read the queue from the deployment on${before}: a message is gone after 14 days, and stays in the agency's feed`;
});

export const agencies: DescribeChange<Agency[]> = describeEntries({
  noun: "agency",
  key: ({ id }) => id,
  added: ({ id, queueStack: stack, clientIds }, province) =>
    `new; gets the queue ${agencyQueueName({ provinceId: province.id, agencyId: id })} in stack Foad-${province.id}-Agencies-${stack}, which must be deployed before Processing and Api; ${clientIds.join(", ")} may call for it, once the token issuer has them with the scope foad/agency`,
  each: describeFields<Agency>({
    id: describedNowhere,
    name: nameChange,
    countyIds: describeWords({
      noun: "county",
      added: () => "served too; filings and transfers there may name the agency",
      removed: () =>
        "served no more; filings and transfers there are refused; what is open there stays with the agency",
    }),
    offices,
    inspectionUnit: describeFields({ email: mailAddressChange }),
    head: describeFields<Agency["head"]>({ email: mailAddressChange, phone: phoneChange }),
    carriesSms: describeAs(({ newValue }) =>
      newValue
        ? "citizens get no message (SMS) about its complaints from the deployment on"
        : "citizens who want it get messages (SMS) about its complaints",
    ),
    queueStack: describedNowhere,
    consumer,
    webhook: webhookChange,
    clientIds: describeWords({
      noun: "client",
      added: () => "new; may call for the agency, once the token issuer has it with the scope foad/agency",
    }),
    peerGroup: describeAs(({ oldValue, newValue }) =>
      newValue
        ? `figures are held beside those of "${newValue}"${oldValue ? `, not of "${oldValue}"` : ""}, from the next four quarters to close on`
        : "figures are held beside no others, from the next four quarters to close on",
    ),
    retiredFrom: retirementChange({
      retired:
        "filings and transfers to it are refused as retired; what it has open it finishes; its queue, feed and clients go on",
      back: "it takes filings and transfers again",
    }),
    successorId: successorChange,
  }),
});

type Sandbox = NonNullable<Province["sandbox"]>;

const trialPhrase = 'may file to the agency "sandbox" and act as it';
const endOfTrialPhrase = 'may neither file to the agency "sandbox" nor act as it from the deployment on';
const onceIssued = (clients: "it" | "them") =>
  `once the token issuer has ${clients} with the scopes foad/front-end and foad/agency`;

const clients: DescribeChange<Sandbox["clients"]> = describeEntries({
  noun: "client",
  key: ({ clientId }) => clientId,
  added: () => `new; ${trialPhrase}, ${onceIssued("it")}`,
  removed: () => `gone; ${endOfTrialPhrase}`,
  each: describeFields<Sandbox["clients"][number]>({ clientId: describedNowhere, name: noEffectOnRunning }),
});

const canaryAdded = (clientId: string) =>
  `${clientId} takes a complaint the whole way every hour, once its secret is in Secrets Manager; the alarm CanaryFailed tells where none came round in two hours`;
const canaryRemoved =
  "no complaint is taken the whole way every hour any more, and the alarm CanaryFailed goes; the secret leaves the Data stack and stays in Secrets Manager, at its price, until you delete it";

const canary: DescribeChange<Sandbox["canary"]> = describeAs(({ oldValue, newValue }) => {
  if (!newValue) return canaryRemoved;
  if (!oldValue) return canaryAdded(newValue);
  return `${newValue} takes a complaint the whole way every hour, and ${oldValue} no more: its secret must be put in the place of the other's in Secrets Manager`;
});

const clientNames = (all: Sandbox["clients"]) => all.map(({ clientId }) => clientId).join(", ");

export const sandbox: DescribeChange<Province["sandbox"]> = describeOptional<Sandbox>({
  added: (newSandbox) =>
    [
      `${clientNames(newSandbox.clients)} ${trialPhrase}, ${onceIssued("them")}`,
      ...(newSandbox.canary ? [canaryAdded(newSandbox.canary)] : []),
      "its queue, in the stack Agencies-sandbox, must be deployed before Processing and Api",
    ].join("; "),
  removed: (oldSandbox) =>
    [
      `${clientNames(oldSandbox.clients)} ${endOfTrialPhrase}`,
      "what was filed so lapses, and its queue is kept",
      ...(oldSandbox.canary ? [canaryRemoved] : []),
    ].join("; "),
  each: describeFields<Sandbox>({ clients, canary }),
});
