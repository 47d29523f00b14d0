// Draws a case. What people wrote is only ever set as text, so that nothing of it is read as HTML.
import type { Catalog, Clock, View } from "./api.ts";
import {
  clockInWords,
  closures,
  count,
  dayOf,
  entryInWords,
  findings,
  nameOf,
  noticeWords,
  statuses,
  time,
  writers,
} from "./words.ts";

type Child = Node | string | undefined;

export function element(name: string, className: string, ...children: Child[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function place<E extends HTMLElement = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

export const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];

export function fill(selector: string, children: Child[]): void {
  place(selector).replaceChildren(...children.filter((child) => child !== undefined));
}

type Drawn = { view: View; clocks: Clock[]; catalog: Catalog; pictures: Map<string, HTMLImageElement> };

export function drawCase({ view, clocks, catalog, pictures }: Drawn): void {
  const isOpen = view.status !== "closed";
  fill("#status", [view.closure ? closures[view.closure] : statuses[view.status]]);
  const next = isOpen ? clocks.find(({ metAt }) => !metAt) : undefined;
  fill("#next", next ? wordsOf(next) : []);
  fill("#facts", factsOf(view, catalog));
  fill("#description", [view.description]);
  drawNotices(view);
  drawAnswers(view);
  drawMessages(view);
  drawPictures(view, pictures);
  fill("#deadlines", clocks.map(clock));
  fill("#history", view.history.toReversed().map(entryInWords).map(happening));
  for (const part of all("[data-while=open]")) part.hidden = !isOpen;
}

function factsOf(view: View, { agencies, counties, categories }: Catalog): HTMLElement[] {
  const rows = {
    دستگاه: `${nameOf(agencies, view.agencyId)}، ${nameOf(counties, view.countyId)}`,
    موضوع: nameOf(categories, view.category),
    ثبت‌شده: time(view.filedAt),
  };
  return Object.entries(rows).flatMap(([name, value]) => [element("dt", "", name), element("dd", "", value)]);
}

/** What an inspector wants to put to the employee: the first that waits for the citizen in full, of the others what became of them. */
function drawNotices({ notices = [] }: View): void {
  const asked = notices.find(({ status }) => status === "asked");
  place("#noticed").hidden = notices.length === 0;
  place("#asked").hidden = !asked;
  fill("#allegation", [asked?.allegation]);
  fill("#grounds", [asked && `${asked.grounds}${asked.agreeBy ? `؛ مهلت پاسخ شما تا ${time(asked.agreeBy)}` : ""}`]);
  for (const input of all("#asked [name=noticeId]")) input.setAttribute("value", asked?.id ?? "");
  fill(
    "#notices",
    notices.map(({ status }) => noticeWords[status]).map((words) => words && element("li", "", words)),
  );
}

function drawAnswers({ answer, decision, closure, opinion, allowedMoves }: View): void {
  fill("#answers", [answer && word("پاسخ دستگاه", answer), decision && word("رأی بازرس", decision)]);
  place("#answered").hidden = !answer && !decision;
  // A case that closed in silence may still be disputed, and no longer be accepted.
  place("#decide").hidden = !allowedMoves.includes("dispute");
  place("#accept").hidden = !allowedMoves.includes("accept");
  place("#judged").hidden = !answer && !closure;
  const given =
    opinion &&
    `نظر شما ثبت شده است: رسیدگی ${count(opinion.handling)} از ${count(5)}. تا ۳۰ روز پس از بسته شدن می‌توانید آن را عوض کنید.`;
  fill("#opinion", [given || undefined]);
}

/** Whether the inspector upheld the agency's answer; empty if the agency gave none. */
function judgementOf(upholdsAnswer: boolean | undefined): string {
  if (upholdsAnswer === undefined) return "";
  return upholdsAnswer ? "؛ پاسخ دستگاه تأیید شد" : "؛ پاسخ دستگاه تأیید نشد";
}

type Word = NonNullable<View["answer"]> & { upholdsAnswer?: boolean };

function word(title: string, { finding, text, actions, at, upholdsAnswer }: Word): HTMLElement {
  const promised = actions.map((action) =>
    element("li", "", `قول: ${action.text}${action.dueOn ? ` (تا ${dayOf(action.dueOn)})` : ""}`),
  );
  const heading = element("h3", "", `${title}: ${findings[finding] ?? finding}${judgementOf(upholdsAnswer)}`);
  return element(
    "article",
    "",
    heading,
    element("p", "said", text),
    element("ul", "", ...promised),
    element("p", "when", time(at)),
  );
}

function drawMessages({ messages }: View): void {
  place("#no-messages").hidden = messages.length > 0;
  const letter = ({ by, text, at }: View["messages"][number]) =>
    element(
      "li",
      by === "citizen" ? "mine" : "",
      element("p", "said", text),
      element("p", "when", `${writers[by] ?? ""}، ${time(at)}`),
    );
  fill("#messages", messages.map(letter));
}

/** What is shown is the clean copy that was made; until it is there, and where none could be made, the page says so. */
function drawPictures({ attachments, uploads }: View, pictures: Drawn["pictures"]): void {
  const ownName = (id: string) => uploads.find(({ attachmentId }) => attachmentId === id)?.fileName;
  const unfinished = uploads.filter(({ state }) => state !== "ready");
  place("#no-pictures").hidden = attachments.length + unfinished.length > 0;
  fill("#pictures", [
    ...attachments.map(({ attachmentId }) =>
      element("li", "", pictures.get(attachmentId), element("p", "when", ownName(attachmentId))),
    ),
    ...unfinished.map(({ fileName, reasonText }) =>
      element("li", "", fileName, element("p", "when", reasonText?.fa ?? "در حال آماده شدن…")),
    ),
  ]);
}

/** What is owed, and until when. */
function wordsOf(one: Clock): Child[] {
  const { what, until } = clockInWords(one);
  return [`${what} `, element("strong", "", until)];
}

function clock(one: Clock): HTMLElement {
  const { state, skipped } = clockInWords(one);
  const left = skipped.length > 0 ? element("p", "when", `شمرده نشد: ${skipped.join("، ")}`) : undefined;
  return element("li", "", element("p", "", ...wordsOf(one)), element("p", "when", state), left);
}

function happening({ title, at, said }: ReturnType<typeof entryInWords>): Child {
  if (!title) return undefined;
  return element(
    "li",
    "",
    element("p", "", title),
    said ? element("p", "said", said) : undefined,
    element("p", "when", at),
  );
}
