import type { Language } from "#shared/domain/vocabulary.ts";

/** An example in both languages. */
export type InBothLanguages = Record<Language, unknown>;

/** What a route is sent and answers with, as it might be. */
export type RouteExample = { body?: InBothLanguages; answer?: InBothLanguages };
