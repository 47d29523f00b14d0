import { surelyMore } from "#shared/domain/policy-numbers.ts";
import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { ListRow } from "../model/lists.ts";

type Lists = { categories: readonly ListRow[]; causes: readonly ListRow[] };

/** What a list begins with, in words. */
export function mostSays({ categories, causes }: Lists, language: Language): Html {
  const [subject, cause] = [firstOf(categories), firstOf(causes)];
  const says = {
    fa: html`${subject && html`بیش از همه شکایت شد از: <strong>${subject.fa}</strong>. `}${cause && html`بیش از همه علت این بود: <strong>${cause.fa}</strong>. `}`,
    en: html`${subject && html`Most complained of: <strong>${subject.en}</strong>. `}${cause && html`Most often the cause: <strong>${cause.en}</strong>. `}`,
  };
  return says[language];
}

function firstOf(rows: readonly ListRow[]): ListRow["name"] | undefined {
  const [most = 0, next = 0] = rows.map(({ count }) => count);
  return most - next > surelyMore ? rows[0]?.name : undefined;
}
