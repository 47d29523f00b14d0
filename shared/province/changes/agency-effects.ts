import { agencyQueueName } from "#shared/runtime/keys.ts";
import type { Agency, Province } from "../province.ts";
import { type Answer, byEntry, byField, byWord, refused, saying } from "./answer.ts";
import { contact, mailed, renamed, webhook } from "./any-effects.ts";
import { retirement, successor } from "./retirement-effects.ts";

type County = Province["counties"][number];
type Office = Agency["offices"][number];

export const counties: Answer<County[]> = byEntry({
  noun: "county",
  key: ({ id }) => id,
  added: () => "new; filings may name it with an agency that serves it",
  each: byField<County>({
    id: refused,
    name: renamed,
    governor: contact,
    tile: saying("stands elsewhere on the public page's map of counties"),
    retiredFrom: retirement({
      retired: "filings that name it are refused as retired; complaints of it go on as before",
      back: "filings may name it again",
    }),
    successorId: successor,
  }),
});

const offices: Answer<Office[]> = byEntry({
  noun: "office",
  key: ({ id }) => id,
  added: ({ countyId }) => `new; filings in "${countyId}" may name it`,
  each: byField<Office>({
    id: refused,
    name: renamed,
    countyId: refused,
    retiredFrom: retirement({
      retired: "filings that name it are refused as retired; complaints that name it go on as before",
      back: "filings may name it again",
    }),
    successorId: successor,
  }),
});

const consumer: Answer<Agency["consumer"]> = saying(({ was, is }) => {
  const before = was ? `, and ${was.principalArn} no more` : "";
  if (is) return `${is.principalArn} may read the queue from the deployment on${before}`;
  return `nobody may read the queue from the deployment on${before}: a message is gone after 14 days, and stays in the agency's feed`;
});

export const agencies: Answer<Agency[]> = byEntry({
  noun: "agency",
  key: ({ id }) => id,
  added: ({ id, stack, clientIds }, province) =>
    `new; gets the queue ${agencyQueueName({ provinceId: province.id, agencyId: id })} in stack Foad-${province.id}-Agencies-${stack}, which must be deployed before Processing and Api; ${clientIds.join(", ")} may call for it, once the token issuer has them with the scope foad/agency`,
  each: byField<Agency>({
    id: refused,
    name: renamed,
    countyIds: byWord({
      noun: "county",
      added: () => "served too; filings and transfers there may name the agency",
      removed: () =>
        "served no more; filings and transfers there are refused; what is open there stays with the agency",
    }),
    offices,
    inspectionUnit: byField({ email: mailed }),
    head: byField({ email: mailed }),
    stack: refused,
    consumer,
    webhook,
    clientIds: byWord({
      noun: "client",
      added: () => "new; may call for the agency, once the token issuer has it with the scope foad/agency",
    }),
    peerGroup: saying(({ was, is }) =>
      is
        ? `figures are held beside those of "${is}"${was ? `, not of "${was}"` : ""}, from the next four quarters to close on`
        : "figures are held beside no others, from the next four quarters to close on",
    ),
    retiredFrom: retirement({
      retired:
        "filings and transfers to it are refused as retired; what it has open it finishes; its queue, feed and clients go on",
      back: "it takes filings and transfers again",
    }),
    successorId: successor,
  }),
});
