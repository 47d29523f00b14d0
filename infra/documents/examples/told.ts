import type { Language } from "#shared/domain/vocabulary.ts";

/** An example in both languages. */
export type Told = Record<Language, unknown>;

/** What a route is sent and answers with, as it might be; an answer that only leads on has no body. */
export type RouteExample = { body?: Told; answer?: Told };
