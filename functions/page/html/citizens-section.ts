import { type Html, html } from "#shared/domain/telling/html.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import { addresses, csvAddress } from "../addresses.ts";
import type { OpinionsView } from "../model/opinions.ts";
import type { Currency } from "../model/province-view.ts";
import { periodNamed } from "../words/dates.ts";
import { labels } from "../words/labels.ts";
import { begun } from "../words/numbers.ts";
import {
  calledNames,
  calledSays,
  handlingSays,
  nobodyCalled,
  opinionHeadings,
  ownSays,
  reachedSays,
} from "../words/opinions.ts";
import { opinionsExplained } from "../words/prose.ts";
import { linksOf, section } from "./figure.ts";

type Opinions = { opinions: OpinionsView; currency: Currency; table: "total" | "agency" };

/** Citizens' opinions: those given on their own beside those of called citizens, never mixed. */
export function citizensSection({ opinions, currency, table }: Opinions, language: Language): Html {
  const { whole } = currency;
  if (!whole) return html``;
  const called = opinions.called.map(
    (one) => html`<li><strong>${begun(calledNames[one.group][language])}</strong>: ${calledSays(one, language)}</li>\n`,
  );
  const reached = reachedSays(opinions, language);
  const handling = handlingSays(opinions, language);
  return section({
    id: "citizens",
    heading: labels.opinions[language],
    period: periodNamed(whole, language),
    note: opinionsExplained[language],
    body: html`<div class="halves">
<div><h3>${opinionHeadings.own[language]}</h3><p>${ownSays(opinions, language)}</p>${handling && html`<p>${handling}</p>`}${linksOf({ definition: "solvedYesShare", csv: csvAddress(table, whole) }, language)}</div>
<div><h3>${opinionHeadings.called[language]}</h3>${reached && html`<p><a class="definition" href="${addresses.definition("calledAnsweredShare", language)}">${reached}</a></p>`}${called.length > 0 ? html`<ul>${called}</ul>` : html`<p>${nobodyCalled[language]}</p>`}${linksOf({ definition: "calledSilentSolved", csv: csvAddress(table, whole) }, language)}</div>
</div>`,
  });
}
