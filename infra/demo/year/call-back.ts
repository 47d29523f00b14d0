import * as z from "zod";

/** A request by whoever acts: a POST where something is posted. Rejects unless it succeeds; resolves with the answer's JSON. */
export type Ask = (path: string, posted?: object) => Promise<unknown>;
type Call = { at: number; ask: Ask; opinion: object };

const list = "/v1/front-end/callbacks";
const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().optional() });

/** Reads once whom the call centre is to call on a day: each reading is told to everybody on the list. */
export function callCentre(): (id: string, call: Call) => Promise<void> {
  let reading: { at: number; listed: Promise<Set<string>> } | undefined;
  return async (id, { at, ask, opinion }) => {
    if (reading?.at !== at) reading = { at, listed: readList(ask) };
    // A citizen who is among them answers; whoever was not drawn is left alone.
    if ((await reading.listed).has(id)) await ask(`${list}/${id}`, { outcome: "answered", opinion });
  };
}

async function readList(ask: Ask): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let next: string | undefined = ""; next !== undefined; ) {
    const page: z.infer<typeof Page> = Page.parse(await ask(`${list}?limit=100${next && `&cursor=${next}`}`));
    for (const { id } of page.items) ids.add(id);
    next = page.nextCursor;
  }
  return ids;
}
