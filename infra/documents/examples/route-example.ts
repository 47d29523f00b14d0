import type { Language } from "#shared/domain/vocabulary.ts";

/** An example in both languages. */
export type InBothLanguages = Record<Language, unknown>;

/** An example of what a route is sent and of its answer. */
export type RouteExample = { body?: InBothLanguages; answer?: InBothLanguages };
