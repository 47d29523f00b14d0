import { defaultSmsPerMonth } from "#shared/policy-numbers.ts";
import type { Province } from "../schema.ts";
import {
  type DescribeChange,
  describeAs,
  describedNowhere,
  describeEntries,
  describeFields,
  describeOptional,
  describeWords,
  noEffectOnRunning,
  retirementChange,
  webhookChange,
} from "./describe-change.ts";

type FrontEnd = Province["frontEnds"][number];
type Overseer = Province["overseers"][number];

const onceIssued = (scope: string) => `once the token issuer has it with the scope foad/${scope}`;

const channels = describeWords({
  noun: "channel",
  added: () => "new; it may file what came in so",
  removed: () => "gone; what it files as that is refused from the deployment on",
});

const operatedBy: DescribeChange<string | undefined> = describeAs(({ oldValue, newValue }) => {
  const freed = oldValue ? `may file about "${oldValue}"` : "";
  if (!newValue) return `is run by no agency any more: ${freed} and files retaliation reports again`;
  return `is run by "${newValue}": files nothing about it and no retaliation report, and nothing that it filed is transferred there${freed && `; ${freed}`}`;
});

const addressChange: DescribeChange<string | undefined> = describeAs(({ oldValue, newValue }) =>
  newValue ? `the public page tells citizens to find it at ${newValue}` : `the public page no longer names ${oldValue}`,
);

export const frontEnds: DescribeChange<FrontEnd[]> = describeEntries({
  noun: "front end",
  key: ({ clientId }) => clientId,
  added: ({ channels, filingsPerMinute }) =>
    `new; may file ${filingsPerMinute} complaints a minute that came in by ${channels.join(", ")}, ${onceIssued("front-end")}`,
  each: describeFields<FrontEnd>({
    clientId: describedNowhere,
    name: noEffectOnRunning,
    channels,
    filingsPerMinute: describeAs(
      ({ oldValue, newValue }) =>
        `may file ${newValue} complaints a minute, not ${oldValue}; more are refused with 429 until the minute is over`,
    ),
    address: addressChange,
    phone: addressChange,
    smsPerMonth: describeAs<number | undefined>(
      ({ newValue = defaultSmsPerMonth }) =>
        `${newValue} messages (SMS) a month may go to citizens whose complaints it filed; those of this month that were sent count`,
    ),
    operatedBy,
    webhook: webhookChange,
    retiredFrom: retirementChange({
      retired: "it files nothing new; what it filed goes on, and so does its feed",
      back: "it may file again",
    }),
  }),
});

export const callCentre: DescribeChange<Province["callCentre"]> = describeAs(({ oldValue, newValue }) => {
  const ends = oldValue ? `"${oldValue.clientId}" lists nobody to call any more` : "";
  if (!newValue) return `${ends}; citizens who agreed are drawn and called by nobody`;
  const begins = `"${newValue.clientId}" lists whom to call from the deployment on, also of what was filed before`;
  return ends ? `${begins}; ${ends}` : begins;
});

const retiredClient = retirementChange({
  retired: "its tokens are refused as not registered; nothing waits for it alone",
  back: "its tokens are taken again",
});

export const overseers: DescribeChange<Overseer[]> = describeEntries({
  noun: "overseer",
  key: ({ clientId }) => clientId,
  added: ({ authority }, { escalationLevels }) =>
    `new; sees ${levelSeenBy(authority, escalationLevels)}, ${onceIssued("overseer")}`,
  each: describeFields<Overseer>({
    clientId: describedNowhere,
    name: noEffectOnRunning,
    authority: describeAs(
      ({ newValue }, { escalationLevels }) => `is "${newValue}" now: sees ${levelSeenBy(newValue, escalationLevels)}`,
    ),
    countyIds: describeAs(
      ({ newValue }) =>
        `sees complaints of ${newValue ? newValue.join(", ") : "the whole province"} from the deployment on`,
    ),
    retiredFrom: retiredClient,
  }),
});

function levelSeenBy(authority: Overseer["authority"], escalationLevels: Province["escalationLevels"]): string {
  const level = escalationLevels.findIndex((one) => one.authority === authority) + 1;
  return level > 0
    ? `complaints that were escalated to level ${level}`
    : "nothing, since there is no such escalation level";
}

export const admins: DescribeChange<Province["admins"]> = describeWords({
  noun: "admin",
  added: () => "new; is an admin from the deployment on, registered or not",
  removed: () => "is an admin only if registered as one",
});

export const tokens = describeFields<Province["tokens"]>({
  issuer: describeAs(
    ({ oldValue, newValue }) =>
      `every token of ${oldValue} is answered 401 from the deployment on; all clients must be at ${newValue} before, and people keep their sub, by which reads of identities are counted and repetitions are known`,
  ),
  audience: describeAs(
    ({ oldValue = "its client", newValue = "their clients" }) =>
      `every token for ${oldValue} is answered 401 from the deployment on; they must be for ${newValue}`,
  ),
  tokenEndpoint: describeAs(({ newValue = "the issuer's origin" }) => `the desk fetches tokens at ${newValue}`),
  peopleClients: describeWords({
    noun: "client",
    added: () => "new; people sign in through it once the token issuer has it",
    removed: () => "gone; people who sign in through it are answered 403 from the deployment on",
  }),
});

export const api: DescribeChange<Province["api"]> = describeOptional<NonNullable<Province["api"]>>({
  added: ({ domain }) =>
    `the gateway is reached as ${domain}, once its DNS names what the Api stack puts out; the address that AWS gave it answers nobody from the deployment on`,
  removed: () => "the gateway is reached by the address that AWS gives it alone",
  each: describeFields<NonNullable<Province["api"]>>({
    domain: describeAs(({ oldValue, newValue }) => `the gateway is reached as ${newValue}, and as ${oldValue} no more`),
    certificateArn: describeAs(({ newValue }) => `the gateway proves itself by ${newValue}`),
  }),
});

export const edge: DescribeChange<Province["edge"]> = describeOptional<NonNullable<Province["edge"]>>({
  added: ({ domain, required }) =>
    required
      ? `functions refuse what does not come through ${domain} from the deployment on, and its DNS must name the edge already: deploy it first with "required": false`
      : `stands beside the gateway, and functions answer what comes around it; ${domain} leads there once its DNS names what the Edge stack puts out`,
  removed: ({ required }) =>
    required
      ? `functions REFUSE EVERYBODY while this is deployed, since their keys go first: deploy it with "required": false before it is taken out`
      : "functions answer every caller; its keys go with the deployment of Data, its stack only by being deleted",
  each: describeFields<NonNullable<Province["edge"]>>({
    domain: describeAs(({ oldValue, newValue }) => `the edge is reached as ${newValue}, and as ${oldValue} no more`),
    certificateArn: describeAs(({ newValue }) => `the edge proves itself by ${newValue}`),
    activeKey: describeAs(
      ({ oldValue, newValue }) => `the edge sends its key ${newValue}; key ${oldValue} holds until it is made anew`,
    ),
    required: describeAs(({ newValue }) =>
      newValue
        ? "functions refuse what comes around the edge from the deployment on: callers of any other address with it"
        : "functions also answer callers who come around the edge",
    ),
  }),
});

const operationsFields = describeFields<NonNullable<Province["operations"]>>({
  alarmEmails: describeWords({
    noun: "address",
    added: () => "new; alarms reach it once somebody follows the link that SNS mails to it",
    removed: () => "gone; no alarm is mailed to it from the deployment on",
  }),
  alarmEndpoint: describeAs(({ newValue }) =>
    newValue
      ? `alarms are posted to ${newValue} once it has confirmed its subscription`
      : "alarms are posted to no address",
  ),
  monthlyBudgetUsd: describeAs(({ newValue: dollars }) =>
    dollars
      ? `the addresses of alarms get a mail when a month costs more than ${dollars} dollars`
      : "nobody gets a mail about the costs of a month",
  ),
});
const noOperations = { alarmEmails: [] };

/** Without `operations`, all its fields are absent, so it is described field by field too. */
export const operations: DescribeChange<Province["operations"]> = (
  { oldValue = noOperations, newValue = noOperations },
  provinceContext,
) => operationsFields({ oldValue, newValue }, provinceContext);
