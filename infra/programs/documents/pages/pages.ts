import type { DocsPage } from "#functions/documents/documents.api.ts";
import type { Caller } from "#shared/people/principal.ts";
import { catalog, records } from "#shared/province/slices.static.ts";
import type { Language } from "#shared/vocabulary.ts";
import { type Html, html } from "#shared/wording/html.ts";
import { callers } from "../openapi/callers.ts";
import { document, routeOf, routes } from "./api.ts";
import type { Task } from "./entries.ts";
import { errorsPage } from "./errors-page.ts";
import { guide } from "./guide.ts";
import { limitsSection } from "./limits.ts";
import { beginnings, pasteBlock, tokenLine } from "./paste.ts";
import { allowedCallers, operationSection, shapesSection, summaryOf } from "./sections.ts";
import { tasks } from "./tasks.ts";
import { noticeTasks } from "./tasks-of-officials.ts";
import { webhooksPage } from "./webhooks-page.ts";
import { code, prose, wordsIn } from "./wording.ts";

/** The callers that have a page of their own, in the order of the pages. */
export const callerPages = ["front-end", "citizen", "agency", "inspector", "overseer", "admin"] as const;
type CallerPage = (typeof callerPages)[number];

/** One section of a page: a heading beside what belongs to it. */
export function section({ id, head, body }: { id: string; head: Html; body: Html }): Html {
  return html`<section id="${id}"><div class="head">${head}</div><div class="body">${body}</div></section>`;
}

/** The name of each page in its language. */
export function pageName(page: DocsPage, language: Language): string {
  if (
    page === "start" ||
    page === "webhooks" ||
    page === "notices" ||
    page === "reference" ||
    page === "shapes" ||
    page === "histories" ||
    page === "errors"
  )
    return wordsIn(language)(page);
  return callers[page].name[language];
}

/** What stands on a page below its navigation. Links to places of other pages are written as if they stood on this page. */
export function pageBody(page: DocsPage, language: Language): Html {
  if (page === "start") return startPage(language);
  if (page === "webhooks") return webhooksPage(language);
  if (page === "notices") return noticesPage(language);
  if (page === "reference") return referencePage(language);
  if (page === "shapes" || page === "histories") return shapesPage(page, language);
  if (page === "errors") return errorsPage(language);
  return callerPage(page, language);
}

/** Parts of the guide with their paragraphs, for example how to get a token. */
function guideParts(ids: readonly string[], language: Language): Html {
  const parts = guide.filter(({ id }) => ids.includes(id));
  return html`${parts.map(
    ({ id, title, paragraphs, sample }) =>
      html`<div class="text" id="${id}"><h3>${title[language]}</h3>${paragraphs[language].map((text) => html`<p>${prose(text)}</p>`)}${sample}</div>`,
  )}`;
}

const startIds = ["about", "life", "addresses", "terminal", "first-hour"];

function startPage(language: Language): Html {
  const say = wordsIn(language);
  const title = `${say("title")}: ${catalog.province.name[language]}`;
  const [about, ...rest] = startIds;
  const lead = guide.find(({ id }) => id === about)?.paragraphs[language] ?? [];
  const caller = (page: CallerPage) =>
    html`<li><a href="#caller-${page}"><b>${callers[page].name[language]}</b></a><br>${beginning(callers[page].may[language])}</li>`;
  const other = (id: string, name: string, text: string) =>
    html`<li><a href="#${id}"><b>${name}</b></a><br>${prose(text)}</li>`;
  const others = startTexts[language];
  return html`<h1>${title}</h1><p class="lead" id="about">${prose(lead[0] ?? "")}</p>
<section id="callers"><div class="head"><h2>${others.who}</h2></div><ul class="rows callers">${callerPages.map(caller)}
${other("webhook-steps", say("webhooks"), others.webhooks)}${other("notices", say("notices"), others.notices)}${other("problems", say("errors"), others.errors)}${other("operations", say("reference"), others.reference)}</ul></section>
${section({
  id: "first-request",
  head: html`<h2>${others.first}</h2><p>${prose(others.firstText)}</p>`,
  body: html`${pasteBlock("terminal", { request: beginnings, language })}${guideParts(["terminal", "addresses"], language)}`,
})}
${section({
  id: "guide",
  head: html`<h2>${others.know}</h2>`,
  body: html`${guideParts(
    rest.filter((id) => id === "life" || id === "first-hour"),
    language,
  )}<p class="prose">${prose(lead[1] ?? "")}</p>`,
})}`;
}

const startTexts = {
  en: {
    who: "Who are you?",
    webhooks: "Receive events by HTTPS or from an agency's queue",
    notices: "An employee, the reviewer, or the personnel office of an agency",
    errors: "The sentence that you see, its cause, and what to do",
    reference: "Token, keys, lists, files, limits, every operation",
    first: "The first request",
    firstText: "Paste this, then [file a complaint](#postComplaints) and [read it](#getComplaint).",
    know: "Good to know",
  },
  fa: {
    who: "شما که هستید؟",
    webhooks: "گرفتن رویدادها با HTTPS یا از صف دستگاه",
    notices: "کارمند، بازبین، یا کارگزینی دستگاه",
    errors: "جمله‌ای که می‌بینید، سبب آن، و آنچه باید کرد",
    reference: "توکن، کلید تکرار، فهرست‌ها، پیوست، سقف‌ها، همهٔ درخواست‌ها",
    first: "نخستین درخواست",
    firstText: "این را اجرا کنید، سپس [شکایتی ثبت کنید](#postComplaints) و [آن را بخوانید](#getComplaint).",
    know: "خوب است بدانید",
  },
};

function callerPage(page: CallerPage, language: Language): Html {
  const say = wordsIn(language);
  const { name, may, proof } = callers[page];
  const served = new Set(routes.map(({ operation }) => operation.operationId));
  // A province without notices to employees has no such operations. A wrong name is found below: its operation is then missing.
  const own = tasks[page].filter(({ operations }) => operations.every((id) => served.has(id)));
  refuseMissing(page, own);
  const token = proof === "token" && pasteBlock("token", { request: tokenLine(page), language });
  return html`<h1 id="caller-${page}">${name[language]}</h1><p class="lead">${beginning(may[language])}.</p>
<section id="tasks"><div class="head"><h2>${say("inOrder")}</h2><p>${allowedCallers(page, language)}</p></div>
<ol class="steps">${own.map((task, n) => taskLine(task, { page, n, language }))}</ol></section>
${section({
  id: "once",
  head: html`<h2>${say("once")}</h2>`,
  body: html`${pasteBlock("once", { request: beginnings, language })}${token}<p><a href="#terminal">${guide.find(({ id }) => id === "terminal")?.title[language] ?? ""}</a></p>`,
})}
${own.map((task, n) => taskSection(task, { page, n, language }))}`;
}

type TaskPlace = { page: CallerPage | "notices"; n: number; language: Language };
const taskId = ({ page, n }: TaskPlace) => `${page}-${n + 1}`;

function taskLine({ title, text, operations }: Task, place: TaskPlace): Html {
  const { language } = place;
  const links = operations
    .map(routeOf)
    .map(({ operation }) => html`<li><a href="#${operation.operationId}">${summaryOf(operation, language)}</a></li>`);
  const heading = html`<b>${title[language]}</b>`;
  const name = operations.length > 0 ? html`<a href="#${taskId(place)}">${heading}</a>` : heading;
  const list = operations.length > 0 && html`<ul>${links}</ul>`;
  return html`<li>${name}<br>${prose(text[language])}${list}</li>`;
}

function taskSection({ title, text, operations }: Task, place: TaskPlace): Html {
  const { language } = place;
  if (operations.length === 0) return html``;
  return section({
    id: taskId(place),
    head: html`<h2>${title[language]}</h2><p>${prose(text[language])}</p>`,
    body: html`${operations.map((id) => operationSection(routeOf(id), { document, language }))}`,
  });
}

/** Throws if an operation of the caller stands in no task, or in two: the page would not have it, or would have it twice. */
function refuseMissing(page: CallerPage, own: readonly Task[]): void {
  const named = own.flatMap(({ operations }) => operations).sort();
  const onPageOfNotices = new Set(noticeTasks.flatMap(({ operations }) => operations));
  const all = ofCaller(page)
    .map(({ operation }) => operation.operationId)
    .filter((id) => !onPageOfNotices.has(id));
  if (named.join() !== all.sort().join())
    throw new Error(`The tasks of ${page} are not its operations: ${named.join()} instead of ${all.join()}`);
}

const ofCaller = (caller: Caller) => routes.filter(({ operation }) => operation.tags[0] === caller);

/** The callers that only a province with notices to employees has. Each has few operations, so they share a page. */
const callersOfNotices = ["employee", "reviewer", "personnel"] as const;

/** As whom the page asks on this machine. An employee needs no token. */
const tokenOf: Partial<Record<(typeof callersOfNotices)[number], string>> = {
  reviewer: "reviewer",
  personnel: `personnel-${catalog.agencies[0]?.id}`,
};

function noticesPage(language: Language): Html {
  const say = wordsIn(language);
  const parts = callersOfNotices.map((caller) =>
    section({
      id: `caller-${caller}`,
      head: html`<h2>${callers[caller].name[language]}</h2><p>${allowedCallers(caller, language)}</p>`,
      body: html`${tokenOf[caller] && pasteBlock(`token-${caller}`, { request: tokenLine(tokenOf[caller]), language })}${ofCaller(caller).map((route) => operationSection(route, { document, language }))}`,
    }),
  );
  if (!records) return html`<h1 id="notices">${say("notices")}</h1><p class="lead">${prose(noNotices[language])}</p>`;
  return html`<h1 id="notices">${say("notices")}</h1><p class="lead">${prose(noticesLead[language])}</p>
<section id="tasks"><div class="head"><h2>${callers.inspector.name[language]}</h2><p>${allowedCallers("inspector", language)}</p></div>
<ol class="steps">${noticeTasks.map((task, n) => taskLine(task, { page: "notices", n, language }))}</ol></section>
${section({
  id: "once",
  head: html`<h2>${say("once")}</h2>`,
  body: html`${pasteBlock("once", { request: beginnings, language })}${pasteBlock("token", { request: tokenLine("inspector"), language })}`,
})}
${noticeTasks.map((task, n) => taskSection(task, { page: "notices", n, language }))}
${parts}`;
}

const noticesLead: Record<Language, string> = {
  en: "An inspector puts to an employee what was established, after the citizen agreed. Nothing stands in the employee's record before the employee was heard. This page has the steps of inspectors, then all that an [employee](#caller-employee), a [reviewer](#caller-reviewer) and a [personnel office](#caller-personnel) may ask. What the [citizen](#caller-citizen) does is on a page of its own.",
  fa: "بازرس آنچه را دربارهٔ رفتار کارمند محرز شده است، پس از موافقت شهروند، به او ابلاغ می‌کند. تا سخن کارمند شنیده نشود چیزی در سابقهٔ او نمی‌آید. در این صفحه نخست گام‌های بازرس می‌آید، سپس درخواست‌های [کارمند](#caller-employee)، [بازبین](#caller-reviewer) و [کارگزینی](#caller-personnel). کار [شهروند](#caller-citizen) در صفحهٔ خودش است.",
};
const noNotices: Record<Language, string> = {
  en: "This province gives no notices to employees.",
  fa: "در این استان برای کارکنان ابلاغیه صادر نمی‌شود.",
};

const sharedParts = ["token", "secret", "idempotency", "versions", "lists", "files", "refusals"];

function referencePage(language: Language): Html {
  const say = wordsIn(language);
  const operations = (caller: Caller) =>
    html`${ofCaller(caller).map((route) => operationSection(route, { document, language }))}`;
  const heading = (title: string, more: Html = html``) => html`<h2>${title}</h2>${more}`;
  return html`<h1>${say("reference")}</h1><p class="lead">${prose(referenceLead[language])}</p>
${section({ id: "operations", head: heading(say("operations")), body: operationsTable(language) })}
${section({ id: "shared", head: heading(referenceShared[language]), body: guideParts(sharedParts, language) })}
${section({ id: "limits", head: heading(say("limits")), body: limitsSection(language) })}
${section({ id: "caller-public", head: heading(say("open"), html`<p>${allowedCallers("public", language)}</p>`), body: operations("public") })}
${section({ id: "caller-person", head: heading(callers.person.name[language], html`<p>${allowedCallers("person", language)}</p>`), body: operations("person") })}`;
}

/** The shapes have two pages of their own: with the operations, or together, they would be more than a page may hold. */
function shapesPage(page: "shapes" | "histories", language: Language): Html {
  return html`<h1>${wordsIn(language)(page)}</h1>
<section id="${page}"><div class="head"><p>${prose(shapesLead[page][language])}</p></div><div class="body">${shapesSection(document, { page, language })}</div></section>`;
}

const shapesLead: Record<"shapes" | "histories", Record<Language, string>> = {
  shapes: {
    en: "Every object in an answer, with its fields; the entries of a history have [a page of their own](#histories). Ignore fields that you do not know: new fields may come.",
    fa: "همهٔ اشیای پاسخ‌ها با فیلدهای آن‌ها؛ سطرهای تاریخچه [صفحه‌ای جدا](#histories) دارند. فیلدی را که نمی‌شناسید نادیده بگیرید: فیلد تازه ممکن است بیاید.",
  },
  histories: {
    en: "The entries of a complaint's history, one kind after the other. Ignore kinds and fields that you do not know: new ones may come.",
    fa: "سطرهای تاریخچهٔ شکایت، یک نوع پس از دیگری. نوع و فیلدی را که نمی‌شناسید نادیده بگیرید: تازه‌هایی ممکن است بیاید.",
  },
};

const referenceShared: Record<Language, string> = { en: "What all requests share", fa: "آنچه همهٔ درخواست‌ها دارند" };
const referenceLead: Record<Language, string> = {
  en: "Every operation and every limit. The fields of answers have [a page of their own](#shapes). In full for programs: [openapi.json](/v1/openapi.json), [asyncapi.json](/v1/asyncapi.json).",
  fa: "همهٔ درخواست‌ها و همهٔ سقف‌ها. فیلدهای پاسخ‌ها [صفحه‌ای جدا](#shapes) دارند. سند کامل برای برنامه‌ها: [openapi.json](/v1/openapi.json) و [asyncapi.json](/v1/asyncapi.json).",
};

function operationsTable(language: Language): Html {
  const say = wordsIn(language);
  const rows = routes.map(
    ({ method, path, operation }) =>
      html`<tr><th scope="row"><a href="#${operation.operationId}">${summaryOf(operation, language)}</a></th><td dir="ltr"><b class="method">${method}</b> ${code(path)}</td><td>${callers[operation.tags[0]].name[language]}</td></tr>`,
  );
  return html`<table class="operations"><thead><tr><th scope="col">${say("operation")}</th><th scope="col">${say("inPath")}</th><th scope="col">${say("whoMay")}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** The text with a capital first letter. */
const beginning = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
