import * as z from "zod";
import { clientOf } from "../../support/model/acts.ts";
import type { Followed, World } from "./steps.ts";
import type { Answered } from "./visitor.ts";

const View = z.object({ version: z.int() });
const Page = z.object({
  items: z.array(z.looseObject({ id: z.string().optional() })),
  nextCursor: z.string().optional(),
});

/** Reads a complaint as everybody who may; returns its version. */
export async function readByAll({ ask, faults }: World, followed: Followed): Promise<number> {
  const { receipt, agencyId, retaliation, life } = followed;
  const { id, secret } = receipt;
  const agency = retaliation ? [] : [{ as: clientOf(agencyId), under: "/agency" }];
  const readers = [{ secret, under: "" }, ...agency, { as: "inspector-1", under: "/inspector" }];
  let version = 0;
  for (const { under, ...reader } of readers)
    for (const part of ["", "/deadlines"]) {
      const answered = await ask({ ...reader, path: `/v1${under}/complaints/${id}${part}` });
      if (answered.status !== 200)
        faults.push(`"${life}" is not read${under}${part}: ${answered.status} ${answered.text}`);
      else if (part === "") version = View.parse(answered.body).version;
    }
  const overseen = await ask({ as: "governor-qazvin", path: `/v1/overseer/complaints/${id}` });
  // One that has not climbed to the governor is none of theirs.
  if (![200, 404].includes(overseen.status)) faults.push(`"${life}" is not read by the governor: ${overseen.text}`);
  return version;
}

const lists: [as: string, path: string][] = [
  ["inspector-1", "/v1/inspector/complaints?queue=disputed"],
  ["inspector-1", "/v1/inspector/complaints?queue=escalated"],
  ["inspector-1", "/v1/inspector/complaints?queue=visits"],
  ["governor-qazvin", "/v1/overseer/complaints?limit=100"],
  ["admin", "/v1/admin/deliveries?limit=100"],
  ["admin", "/v1/admin/identity-limits"],
];

/** Reads every list, page after page. */
export async function readLists(world: World, followed: Followed[]): Promise<void> {
  const agencies = new Set(followed.map(({ agencyId }) => agencyId));
  const inboxes = [...agencies].flatMap((agencyId): [string, string][] =>
    ["limit=5", "limit=5&status=closed"].map((query) => [clientOf(agencyId), `/v1/agency/complaints?${query}`]),
  );
  for (const [as, path] of [...lists, ...inboxes]) await readAllPages(world, { as, path, next: "cursor" });
}

/** The ids of all events in the feeds of these agencies and of the front end, read from their beginning. */
export async function readFeeds(world: World, agencies: string[]): Promise<Set<string>> {
  const told = new Set<string>();
  const feeds = agencies.map((agencyId) => ({ as: clientOf(agencyId), path: "/v1/agency/events?limit=20" }));
  for (const feed of feeds) for (const id of await readAllPages(world, { ...feed, next: "after" })) told.add(id);
  await readAllPages(world, { as: "call-centre-128", path: "/v1/front-end/events?limit=20", next: "after" });
  return told;
}

type Listing = { as: string; path: string; next: "cursor" | "after" };

async function readAllPages({ ask, faults }: World, { as, path, next }: Listing): Promise<string[]> {
  const ids: string[] = [];
  for (let from: string | undefined = ""; from !== undefined; ) {
    const answered: Answered = await ask({ as, path: from ? `${path}&${next}=${encodeURIComponent(from)}` : path });
    if (answered.status !== 200) {
      faults.push(`${path} of ${as}: ${answered.status} ${answered.text}`);
      return ids;
    }
    const page: z.infer<typeof Page> = Page.parse(answered.body);
    ids.push(...page.items.flatMap(({ id }) => id ?? []));
    from = page.nextCursor;
  }
  return ids;
}
