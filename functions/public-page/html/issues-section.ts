import type { Instant } from "#shared/time/calendar.ts";
import { localDate } from "#shared/time/local-time.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { inPageOrder, isDown, type PageIssue, withinWeight } from "../model/issues.ts";
import { addresses, type PageData } from "../model/material.ts";
import {
  cameOnText,
  issueLabels,
  issueStateText,
  issuesExplained,
  keptText,
  promiseText,
  stepText,
  textsExplained,
} from "../words/issues.ts";
import { section } from "./frame.ts";

/** How many issues the province's page lists. Those of each agency stand on its own page. */
const mostIssues = 20;

/** The issues of all agencies, each in two lines; nothing if there are none. */
export function issuesSection(material: PageData, language: Language): Html {
  const issues = inPageOrder(material.issues);
  if (issues.length === 0) return html``;
  return section({
    id: "issues",
    heading: issueLabels.heading[language],
    note: issuesExplained[language],
    body: html`<ul class="issues">${issues.slice(0, mostIssues).map((issue) => issueRow(issue, material, language))}</ul>
${issues.length > mostIssues && html`<p>${issueLabels.more[language]}</p>`}`,
  });
}

function issueRow(issue: PageIssue, material: PageData, language: Language): Html {
  const agency = nameIn(material.province.agencies, issue.agencyId, language);
  const state = issueStateText(issue, { now: material.now, language });
  const opened = html`${issueLabels.opened[language]}: ${dayTag(issue.openedAt, language)}`;
  const down = isDown(issue) && html`${issueLabels.outage[language]} · `;
  return html`<li><h3><a href="${addresses.issue(issue, language)}">${written(issue.title, language)}</a></h3><p>${state} ${keptText(issue, language)}</p><p class="note">${down}${agency} · ${opened}</p></li>
`;
}

/** The issues of one agency with their texts and days; nothing if there are none. */
export function agencyIssuesSection(agencyId: string, material: PageData, language: Language): Html {
  const issues = inPageOrder(material.issues.filter((issue) => issue.agencyId === agencyId));
  if (issues.length === 0) return html``;
  const { whole, rest } = withinWeight(issues);
  return section({
    id: "issues",
    heading: issueLabels.heading[language],
    note: `${issuesExplained[language]} ${textsExplained[language]}`,
    body: html`${whole.map((issue) => wholeIssue(issue, material, language))}${rest.length > 0 && html`<p class="note">${issueLabels.rest[language]}</p>`}${rest.map((issue) => shortIssue(issue, material, language))}`,
  });
}

function shortIssue(issue: PageIssue, { now }: PageData, language: Language): Html {
  return html`<article class="issue" id="${issue.id}"><h3><a href="${addresses.issueData(issue.id)}">${written(issue.title, language)}</a></h3><p>${issueStateText(issue, { now, language })}</p></article>
`;
}

function wholeIssue(issue: PageIssue, material: PageData, language: Language): Html {
  const { summary, plan, proof, history, id, title } = issue;
  const steps = history.map((step) => stepItem(step, language));
  return html`<article class="issue" id="${id}"><h3>${written(title, language)}</h3>
<p><strong>${issueStateText(issue, { now: material.now, language })}</strong> ${keptText(issue, language)}</p>
<p class="note">${aboutText(issue, material, language)}</p>
${paragraphs(summary, language)}
${plan && agencyText(issueLabels.plan[language], { at: plan.at, text: plan.what }, language)}${proof && agencyText(issueLabels.proof[language], proof, language)}<h4>${issueLabels.history[language]}</h4><ol class="steps">${steps}</ol></article>
`;
}

/** Subject, cause and counties of an issue, and whether a service is down. */
function aboutText(issue: PageIssue, { province }: PageData, language: Language) {
  const { category, cause, countyIds } = issue;
  const and = { fa: "، ", en: ", " }[language];
  const parts = [
    isDown(issue) && issueLabels.outage[language],
    nameIn(province.categories, category, language),
    cause && nameIn(province.causes, cause, language),
    countyIds.map((county) => nameIn(province.counties, county, language)).join(and),
  ];
  return parts.filter(Boolean).join(" · ");
}

function agencyText(heading: string, { at, text }: { at: Instant; text: string }, language: Language): Html {
  const comma = { fa: "،", en: "," }[language];
  return html`<h4>${heading}${comma} <time datetime="${localDate(at)}">${cameOnText(at, language)}</time></h4>${paragraphs(text, language)}
`;
}

function stepItem(step: PageIssue["history"][number], language: Language): Html {
  const promise = promiseText(step, language);
  const { reason } = step;
  const colon = language === "fa" ? "؛ " : "; ";
  return html`<li>${dayTag(step.at, language)} ${stepText(step, language)}${promise && `${colon}${promise}`}${reason && html`: ${written(reason, language)}`}</li>
`;
}

const dayTag = (at: Instant, language: Language): Html =>
  html`<time class="note" datetime="${localDate(at)}">${cameOnText(at, language)}</time>`;

/** A text as somebody wrote it: mostly in Persian, and of any direction. It changes nothing outside itself. */
function written(text: string, language: Language): Html {
  return language === "fa" ? html`<bdi>${text}</bdi>` : html`<bdi lang="fa">${text}</bdi>`;
}

function paragraphs(text: string, language: Language): Html[] {
  const lines = text.split(/\n+/).filter((line) => line.trim());
  return lines.map((line) => html`<p class="written" dir="auto"${language === "en" && html` lang="fa"`}>${line}</p>`);
}

/** The name of an entry of the province file; its id where the file no longer has it. */
function nameIn(entries: readonly { id: string; name: Record<Language, string> }[], id: string, language: Language) {
  return entries.find((entry) => entry.id === id)?.name[language] ?? id;
}
