import type { Province } from "./province.ts";

type Feed = { agencyId: string } | { clientId: string };

/** A feed that is sent to an address; `subscriber` names whose it is, such as `agency:post`. */
export type Subscription = { subscriber: string; url: string; feed: Feed };

/** The name of whoever owns a feed, such as `agency:post` or `front-end:web-portal`. */
export function subscriberOf(feed: Feed): string {
  return "agencyId" in feed ? `agency:${feed.agencyId}` : `front-end:${feed.clientId}`;
}

/** Every webhook of a province; those of retired agencies and front ends too, whose feeds go on. */
export function webhooksOf({ agencies, frontEnds }: Province): Subscription[] {
  return [
    ...agencies.map(({ id, webhook }) => ({ webhook, feed: { agencyId: id } })),
    ...frontEnds.map(({ clientId, webhook }) => ({ webhook, feed: { clientId } })),
  ].flatMap(({ webhook, feed }) => (webhook ? [{ subscriber: subscriberOf(feed), url: webhook.url, feed }] : []));
}
