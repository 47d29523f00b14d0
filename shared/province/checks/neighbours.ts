import * as z from "zod";
import type { ProvinceFault } from "./province-faults.ts";

/** The file of another province; `content` is absent if it cannot be read. */
export type OtherProvince = { id: string; content?: unknown };

const text = z.string().catch("");
const withDomain = z.object({ domain: text }).catch({ domain: "" });
/** The fields that identify a province, read leniently. */
const Identity = z.object({
  id: text,
  idPrefix: text,
  phonePrefix: text,
  tokens: z.object({ audience: text }).catch({ audience: "" }),
  publicUrl: text,
  api: withDomain,
  edge: withDomain,
  mail: z.object({ sender: text, senderIdentity: text }).catch({ sender: "", senderIdentity: "" }),
});
type Identity = z.infer<typeof Identity>;

/** The fields that must differ between provinces: their path, their name in messages, and the value to compare. */
const uniqueFields: { path: string[]; noun: string; read: (identity: Identity) => string }[] = [
  { path: ["idPrefix"], noun: "id prefix", read: ({ idPrefix }) => idPrefix.toUpperCase() },
  { path: ["phonePrefix"], noun: "phone prefix", read: ({ phonePrefix }) => phonePrefix },
  { path: ["tokens", "audience"], noun: "audience", read: ({ tokens }) => tokens.audience },
  { path: ["publicUrl"], noun: "address", read: ({ publicUrl }) => publicUrl.toLowerCase() },
  { path: ["api", "domain"], noun: "domain of the gateway", read: ({ api }) => api.domain.toLowerCase() },
  { path: ["edge", "domain"], noun: "domain of the edge", read: ({ edge }) => edge.domain.toLowerCase() },
  {
    path: ["mail", "sender"],
    noun: "domain of mails",
    // Provinces may share a domain of mails, but only one of them may create its identity in SES.
    read: ({ mail }) => (mail.senderIdentity === "existing" ? "" : (mail.sender.split("@")[1]?.toLowerCase() ?? "")),
  },
];

/**
 * Faults that would let a province be mistaken for another, or be deployed over it. Another province's file that cannot be
 * read is skipped: it must not stop this one.
 */
export function uniquenessFaults(
  content: unknown,
  { file, others }: { file: string; others: OtherProvince[] },
): ProvinceFault[] {
  const { data: identity } = Identity.safeParse(content);
  if (!identity) return [];
  const neighbours = others.map(({ id, content }) => ({ file: id, identity: Identity.safeParse(content).data }));
  return [
    ...nameFaults(identity.id, file),
    ...uniqueFields.flatMap(({ path, noun, read }) => {
      const own = read(identity);
      const taken = neighbours.find((other) => own !== "" && other.identity && read(other.identity) === own);
      return taken ? [{ path, message: `"${own}" is the ${noun} of ${taken.file}: choose another` }] : [];
    }),
  ];
}

function nameFaults(id: string, file: string): ProvinceFault[] {
  if (id !== "" && id !== file)
    return [{ path: ["id"], message: `is "${id}" in the file ${file}.json: a file is named after its id` }];
  // Queues are named foad-<province>-agency-<agency>: the right to send to one province's would reach the other's.
  if (id.split("-").includes("agency"))
    return [
      { path: ["id"], message: 'may not have the word "agency": its queues would look like another province\'s' },
    ];
  return [];
}

const clients = z.array(z.object({ clientId: text })).catch([]);

/** The fields that decide which tokens a gateway accepts, read leniently. */
const TokenSettings = z.object({
  tokens: z.object({ issuer: text, audience: z.unknown().optional(), peopleClients: z.array(text).catch([]) }),
  agencies: z.array(z.object({ clientIds: z.array(text).catch([]) })).catch([]),
  frontEnds: clients,
  overseers: clients,
  sandbox: z.object({ clients }).catch({ clients: [] }),
});
type TokenSettings = z.infer<typeof TokenSettings>;

/** Without audiences, a gateway checks only a token's issuer and client: provinces with one issuer must share no client. */
export function sharedIssuerFaults(content: unknown, others: OtherProvince[]): ProvinceFault[] {
  const own = TokenSettings.safeParse(content).data;
  if (!own || own.tokens.audience !== undefined || own.tokens.issuer === "") return [];
  return others.flatMap(({ id, content }) => {
    const other = TokenSettings.safeParse(content).data;
    if (!other || other.tokens.audience !== undefined || other.tokens.issuer !== own.tokens.issuer) return [];
    const theirs = clientsOf(other);
    const shared = [...clientsOf(own)].filter((client) => client !== "" && theirs.has(client));
    if (shared.length === 0) return [];
    const message = `is left out, as in ${id}, whose issuer and clients ${shared.join(", ")} are the same: its tokens would be taken here; name an audience, or other clients`;
    return [{ path: ["tokens", "audience"], message }];
  });
}

function clientsOf({ agencies, frontEnds, overseers, sandbox, tokens }: TokenSettings): Set<string> {
  const single = [...frontEnds, ...overseers, ...sandbox.clients].map(({ clientId }) => clientId);
  return new Set([...agencies.flatMap(({ clientIds }) => clientIds), ...single, ...tokens.peopleClients]);
}
