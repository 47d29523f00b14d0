import type { Language, LocalizedText } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { addresses, type CountyHours, type PageData, type PageProvince } from "../model/material.ts";
import { howToComplain, labels, meanings } from "../words/labels.ts";
import { type News, newsItems } from "../words/news.ts";
import { dayLong, dayShort, digits, hoursSpan } from "../words/numbers-and-dates.ts";
import { section } from "./frame.ts";

const closedText: LocalizedText = { fa: "تعطیل", en: "closed" };
const otherWaysText: LocalizedText = { fa: "راه‌های دیگر", en: "Other ways" };

/** How to complain: the phone number, three sentences, the other front ends, and today's office hours. */
export function howToComplainSection({ province, hours }: PageData, language: Language): Html {
  const steps = howToComplain.map((text) => html`<li>${text[language]}</li>`);
  const fronts = province.frontEnds.map((front) => frontEndItem(front, language));
  return section({
    id: "how",
    heading: labels.how[language],
    body: html`<div class="how">
<div><p class="big"><a href="tel:128">${{ fa: "۱۲۸", en: "128" }[language]}</a></p>
${fronts.length > 0 && html`<h3>${otherWaysText[language]}</h3><ul class="fronts">${fronts}</ul>`}</div>
<ol>${steps}</ol>
${hoursTable(hours, { province, language })}
</div>`,
  });
}

function frontEndItem({ name, address, phone }: PageProvince["frontEnds"][number], language: Language): Html {
  const label = address ? html`<a href="${address}">${name[language]}</a>` : html`${name[language]}`;
  const number = phone && digits(phone, language);
  // A call centre is often named by its number. Then the number is not repeated.
  const isInName = number !== undefined && name[language].includes(number);
  return html`<li>${label}${number && !isInName && html` <a href="tel:${phone}"><bdi>${number}</bdi></a>`}</li>`;
}

function hoursTable(
  { date, counties }: PageData["hours"],
  { province, language }: { province: PageProvince; language: Language },
): Html {
  const rows = counties.map((one) => {
    const name = province.counties.find(({ id }) => id === one.countyId)?.name[language] ?? one.countyId;
    return html`<tr><th scope="row">${name}</th><td>${openWords(one, language)}</td></tr>\n`;
  });
  const comma = { fa: "،", en: "," }[language];
  const caption = html`${labels.hours[language]}${comma} <time datetime="${date}">${dayLong(date, language)}</time>`;
  return html`<table class="hours" id="hours"><caption>${caption}</caption><thead class="hidden"><tr><th scope="col">${labels.county[language]}</th><th scope="col">${labels.hours[language]}</th></tr></thead><tbody>
${rows}</tbody></table>`;
}

function openWords({ open, reason }: CountyHours, language: Language): Html {
  const and = { fa: " و ", en: " and " }[language];
  const spans = open.map((span) => hoursSpan(span, language)).join(and);
  const words = open.length === 0 ? closedText[language] : spans;
  return html`${words}${reason && html` ${reasonOf(reason, language)}`}`;
}

function reasonOf({ fa, en }: NonNullable<CountyHours["reason"]>, language: Language): Html {
  if (language === "fa") return html`<bdi class="note">${fa}</bdi>`;
  return en ? html`<span class="note">${en}</span>` : html`<bdi class="note" lang="fa" dir="rtl">${fa}</bdi>`;
}

/** How many of the latest news the page shows. The feed has more. */
const mostNewsItems = 5;

export function newsSection(material: PageData, language: Language): Html {
  const isOfAgency = ({ page }: News) => page !== addresses.province(language);
  // On the same day, changed classes stand before published periods, which would otherwise fill the list.
  const inOrder = (one: News, other: News) =>
    other.date.localeCompare(one.date) || Number(isOfAgency(other)) - Number(isOfAgency(one));
  const news = newsItems(material, language).sort(inOrder).slice(0, mostNewsItems);
  if (news.length === 0) return html``;
  const lines = news.map((one) => {
    const { date, page } = one;
    const title = html`${one.title}${one.subject !== undefined && html`: <bdi${language === "en" && html` lang="fa"`}>${one.subject}</bdi>`}`;
    const words = isOfAgency(one) ? html`<a href="${page}">${title}</a>` : title;
    return html`<li><time class="note" datetime="${date}">${dayShort(date, language)}</time> ${words}</li>\n`;
  });
  const feed = html`<ul class="links"><li><a href="${addresses.feed(language)}">${labels.feed[language]}</a></li></ul>`;
  return section({
    id: "news",
    heading: labels.news[language],
    body: html`<ul class="news">${lines}</ul>${feed}`,
  });
}

export function meaningSection(language: Language): Html {
  const texts = meanings.map(
    ({ title, text, definition }) =>
      html`<div><dt><a class="definition" href="${addresses.definition(definition, language)}">${title[language]}</a></dt><dd>${text[language]}</dd></div>\n`,
  );
  return section({
    id: "meaning",
    heading: labels.meaning[language],
    body: html`<dl class="meanings">${texts}</dl>`,
  });
}
