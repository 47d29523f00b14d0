import * as z from "zod";
import type { ProvinceFault } from "#shared/province/province-faults.ts";
import type { Neighbour } from "./province-identity.ts";

const text = z.string().catch("");
const clients = z.array(z.object({ clientId: text })).catch([]);

/** By what a gateway knows a token, read leniently. */
const Tokens = z.object({
  tokens: z.object({ issuer: text, audience: z.unknown().optional() }),
  agencies: z.array(z.object({ clientIds: z.array(text).catch([]) })).catch([]),
  frontEnds: clients,
  overseers: clients,
  operators: clients,
  sandbox: z.object({ clients }).catch({ clients: [] }),
});
type Tokens = z.infer<typeof Tokens>;

/** Without audiences a gateway goes by the issuer and the client alone: two provinces of one issuer may share no client. */
export function foreignTokenFaults(content: unknown, others: Neighbour[]): ProvinceFault[] {
  const own = Tokens.safeParse(content).data;
  if (!own || own.tokens.audience !== undefined || own.tokens.issuer === "") return [];
  return others.flatMap(({ id, content }) => {
    const other = Tokens.safeParse(content).data;
    if (!other || other.tokens.audience !== undefined || other.tokens.issuer !== own.tokens.issuer) return [];
    const theirs = clientsOf(other);
    const shared = [...clientsOf(own)].filter((client) => client !== "" && theirs.has(client));
    if (shared.length === 0) return [];
    const message = `is left out, as in ${id}, whose issuer and clients ${shared.join(", ")} are the same: its tokens would be taken here; name an audience, or other clients`;
    return [{ path: ["tokens", "audience"], message }];
  });
}

function clientsOf({ agencies, frontEnds, overseers, operators, sandbox }: Tokens): Set<string> {
  const single = [...frontEnds, ...overseers, ...operators, ...sandbox.clients].map(({ clientId }) => clientId);
  return new Set([...agencies.flatMap(({ clientIds }) => clientIds), ...single]);
}
