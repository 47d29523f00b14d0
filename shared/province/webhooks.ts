import type { Province } from "./province.ts";

type Feed = { agencyId: string } | { clientId: string };

/** A feed that is sent to an address; `subscriber` names whose it is, such as `agency:post`. */
export type Webhook = { subscriber: string; url: string; feed: Feed };

/** Every webhook of a province; those of retired agencies and front ends too, whose feeds go on. */
export function webhooksOf({ agencies, frontEnds }: Province): Webhook[] {
  return [
    ...agencies.flatMap(({ id, webhook }) =>
      webhook ? [{ subscriber: `agency:${id}`, url: webhook.url, feed: { agencyId: id } }] : [],
    ),
    ...frontEnds.flatMap(({ clientId, webhook }) =>
      webhook ? [{ subscriber: `front-end:${clientId}`, url: webhook.url, feed: { clientId } }] : [],
    ),
  ];
}
