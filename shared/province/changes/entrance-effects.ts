import type { Province } from "../province.ts";
import { type Answer, byField, byWord, comingAndGoing, saying } from "./answer.ts";

export const api: Answer<Province["api"]> = comingAndGoing<NonNullable<Province["api"]>>({
  added: ({ domain }) =>
    `the gateway is reached as ${domain}, once its DNS names what the Api stack puts out; the address that AWS gave it answers nobody from the deployment on`,
  removed: () => "the gateway is reached by the address that AWS gives it alone",
  each: byField<NonNullable<Province["api"]>>({
    domain: saying(({ was, is }) => `the gateway is reached as ${is}, and as ${was} no more`),
    certificateArn: saying(({ is }) => `the gateway proves itself by ${is}`),
  }),
});

export const edge: Answer<Province["edge"]> = comingAndGoing<NonNullable<Province["edge"]>>({
  added: ({ domain, demanded }) =>
    demanded
      ? `functions refuse what does not come through ${domain} from the deployment on, and its DNS must name the edge already: deploy it first with "demanded": false`
      : `stands beside the gateway, and functions answer what comes around it; ${domain} leads there once its DNS names what the Edge stack puts out`,
  removed: ({ demanded }) =>
    demanded
      ? `functions REFUSE EVERYBODY while this is deployed, since their keys go first: deploy it with "demanded": false before it is taken out`
      : "functions answer whoever calls; its keys go with the deployment of Data, its stack only by being deleted",
  each: byField<NonNullable<Province["edge"]>>({
    domain: saying(({ was, is }) => `the edge is reached as ${is}, and as ${was} no more`),
    certificateArn: saying(({ is }) => `the edge proves itself by ${is}`),
    sends: saying(({ was, is }) => `the edge sends its key ${is}; key ${was} holds until it is made anew`),
    demanded: saying(({ is }) =>
      is
        ? "functions refuse what comes around the edge from the deployment on: callers of any other address with it"
        : "functions answer whoever comes around the edge",
    ),
  }),
});

const watchers = byField<NonNullable<Province["operations"]>>({
  alarmEmails: byWord({
    noun: "address",
    added: () => "new; alarms reach it once somebody follows the link that SNS mails to it",
    removed: () => "gone; no alarm is mailed to it from the deployment on",
  }),
  alarmEndpoint: saying(({ is }) =>
    is ? `alarms are posted to ${is} once it has confirmed its subscription` : "alarms are posted to no address",
  ),
  monthlyBudget: saying(({ is: dollars }) =>
    dollars
      ? `whoever is mailed is told where a month costs more than ${dollars} dollars`
      : "nobody is told what a month costs",
  ),
});
const nobody = { alarmEmails: [] };

/** A part that may be missing whole is one whose fields are missing. */
export const operations: Answer<Province["operations"]> = ({ was = nobody, is = nobody }, around) =>
  watchers({ was, is }, around);
