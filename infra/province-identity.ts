import * as z from "zod";
import type { ProvinceFault } from "#shared/province/province-faults.ts";

/** Another province's file, as far as it can be read. */
export type Neighbour = { id: string; content?: unknown };

const text = z.string().catch("");
const door = z.object({ domain: text }).catch({ domain: "" });
/** By what a province is known, read leniently. */
const Identity = z.object({
  id: text,
  idPrefix: text,
  tokens: z.object({ audience: text }).catch({ audience: "" }),
  publicUrl: text,
  api: door,
  edge: door,
  mail: z.object({ sender: text, identity: text }).catch({ sender: "", identity: "" }),
});
type Identity = z.infer<typeof Identity>;

/** What two provinces of one account, or of one country, may not share, and what is compared. */
const unique: { path: string[]; what: string; of: (identity: Identity) => string }[] = [
  { path: ["idPrefix"], what: "id prefix", of: ({ idPrefix }) => idPrefix.toUpperCase() },
  { path: ["tokens", "audience"], what: "audience", of: ({ tokens }) => tokens.audience },
  { path: ["publicUrl"], what: "address", of: ({ publicUrl }) => publicUrl.toLowerCase() },
  { path: ["api", "domain"], what: "domain of the gateway", of: ({ api }) => api.domain.toLowerCase() },
  { path: ["edge", "domain"], what: "domain of the edge", of: ({ edge }) => edge.domain.toLowerCase() },
  {
    path: ["mail", "sender"],
    what: "domain of mails",
    // Provinces may share one, but only one of them makes it.
    of: ({ mail }) => (mail.identity === "existing" ? "" : (mail.sender.split("@")[1]?.toLowerCase() ?? "")),
  },
];

/**
 * Faults by which a province would be taken for another, or be deployed over it. A neighbour that cannot be read is
 * passed over: it is no reason to hold up this one.
 */
export function identityFaults(
  content: unknown,
  { file, others }: { file: string; others: Neighbour[] },
): ProvinceFault[] {
  const { data: identity } = Identity.safeParse(content);
  if (!identity) return [];
  const neighbours = others.map(({ id, content }) => ({ file: id, identity: Identity.safeParse(content).data }));
  return [
    ...nameFaults(identity.id, file),
    ...unique.flatMap(({ path, what, of }) => {
      const own = of(identity);
      const taken = neighbours.find((other) => own !== "" && other.identity && of(other.identity) === own);
      return taken ? [{ path, message: `"${own}" is the ${what} of ${taken.file}: choose another` }] : [];
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
