import type { Province } from "../province.ts";
import { type Answer, byEntry, byField, byWord, refused, saying } from "./answer.ts";
import { nothingRunning, webhook } from "./any-effects.ts";
import { retirement } from "./retirement-effects.ts";

type FrontEnd = Province["frontEnds"][number];
type Overseer = Province["overseers"][number];
type Operator = Province["operators"][number];

const onceIssued = (scope: string) => `once the token issuer has it with the scope foad/${scope}`;

const channels = byWord({
  noun: "channel",
  added: () => "new; it may file what came in so",
  removed: () => "gone; what it files as that is refused from the deployment on",
});

const operatedBy: Answer<string | undefined> = saying(({ was, is }) => {
  const freed = was ? `may file about "${was}"` : "";
  if (!is) return `is run by no agency any more: ${freed} and files retaliation reports again`;
  return `is run by "${is}": files nothing about it and no retaliation report, and nothing that it filed is transferred there${freed && `; ${freed}`}`;
});

const foundAt: Answer<string | undefined> = saying(({ was, is }) =>
  is ? `the public page tells citizens to find it at ${is}` : `the public page no longer names ${was}`,
);

export const frontEnds: Answer<FrontEnd[]> = byEntry({
  noun: "front end",
  key: ({ clientId }) => clientId,
  added: ({ channels, filingsPerMinute }) =>
    `new; may file ${filingsPerMinute} complaints a minute that came in by ${channels.join(", ")}, ${onceIssued("front-end")}`,
  each: byField<FrontEnd>({
    clientId: refused,
    name: nothingRunning,
    channels,
    filingsPerMinute: saying(
      ({ was, is }) =>
        `may file ${is} complaints a minute, not ${was}; more are refused with 429 until the minute is over`,
    ),
    address: foundAt,
    phone: foundAt,
    operatedBy,
    webhook,
    retiredFrom: retirement({
      retired: "it files nothing new; what it filed goes on, and so does its feed",
      back: "it may file again",
    }),
  }),
});

export const callbacks: Answer<Province["callbacks"]> = saying(({ was, is }) => {
  const ends = was ? `"${was.clientId}" lists nobody to call any more` : "";
  if (!is) return `${ends}; citizens who agreed are drawn and called by nobody`;
  const begins = `"${is.clientId}" lists whom to call from the deployment on, also of what was filed before`;
  return ends ? `${begins}; ${ends}` : begins;
});

const ended = retirement({
  retired: "its tokens are refused as not registered; nothing waits for it alone",
  back: "its tokens are taken again",
});

export const overseers: Answer<Overseer[]> = byEntry({
  noun: "overseer",
  key: ({ clientId }) => clientId,
  added: ({ holder }, { ladder }) => `new; sees ${seenBy(holder, ladder)}, ${onceIssued("overseer")}`,
  each: byField<Overseer>({
    clientId: refused,
    name: nothingRunning,
    holder: saying(({ is }, { ladder }) => `is "${is}" now: sees ${seenBy(is, ladder)}`),
    countyIds: saying(
      ({ is }) => `sees complaints of ${is ? is.join(", ") : "the whole province"} from the deployment on`,
    ),
    retiredFrom: ended,
  }),
});

function seenBy(holder: Overseer["holder"], ladder: Province["ladder"]): string {
  const rung = ladder.findIndex((one) => one.holder === holder) + 1;
  return rung > 0 ? `what has climbed to rung ${rung}` : "nothing, since the ladder has no such rung";
}

export const operators: Answer<Operator[]> = byEntry({
  noun: "operator",
  key: ({ clientId }) => clientId,
  added: ({ role }) => `new; its people call as ${role}, ${onceIssued(role)}`,
  each: byField<Operator>({
    clientId: refused,
    name: nothingRunning,
    role: saying(
      ({ was, is }) =>
        `calls as ${is} and no more as ${was}: tokens with the scope foad/${was} are refused from the deployment on, it needs foad/${is}`,
    ),
    retiredFrom: ended,
  }),
});

export const tokens = byField<Province["tokens"]>({
  issuer: saying(
    ({ was, is }) =>
      `every token of ${was} is answered 401 from the deployment on; all clients must be at ${is} before, and people keep their sub, by which reads of identities are counted and repetitions are known`,
  ),
  audience: saying(
    ({ was = "its client", is = "their clients" }) =>
      `every token for ${was} is answered 401 from the deployment on; they must be for ${is}`,
  ),
});
