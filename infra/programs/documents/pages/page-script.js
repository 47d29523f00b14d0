// The script of every page of the documentation: the search, old addresses, and the choice between shell, PowerShell and Node.
import { searchIn } from "./search-ranking.ts";

const { language, page, pages, words, index } = JSON.parse(document.getElementById("index").textContent);

/** The address of a place: on another page the page is named. */
function addressOf([, id, on]) {
  const [name] = pages[on];
  return name === page ? `#${id}` : `?page=${name}&language=${language}#${id}`;
}

// An address that named a place of the former single page leads to the page that has the place now.
const place = decodeURIComponent(location.hash.slice(1));
const moved = place && !document.getElementById(place) && index.entries.find(([, id]) => id === place);
if (moved) location.replace(addressOf(moved));

/** Unfolds the place that the address names, and what it stands in, also in browsers that do not do it by themselves. */
function unfold() {
  for (let one = document.getElementById(location.hash.slice(1)); one; one = one.parentElement)
    if (one.localName === "details") one.open = true;
  document.querySelector(":target")?.scrollIntoView();
}
addEventListener("hashchange", unfold);
if (document.querySelector("details :target")) unfold();

const search = document.getElementById("search");
const input = search.querySelector("input");
const list = search.querySelector("ol");
const told = search.querySelector("output");
const rest = search.querySelector("button");
const mostShown = 12;
const number = new Intl.NumberFormat(language === "fa" ? "fa-IR" : "en");

let ask;
/** What the query finds. The index is read at the first query: most readers of a page search nothing. */
function found(query) {
  const on = pages.findIndex(([name]) => name === page);
  ask ??= searchIn(index, on);
  return ask(query);
}

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(text);
  return made;
}

/** A path that breaks behind its slashes alone. */
function pathOf(address) {
  const code = element("code", "", { dir: "ltr" });
  for (const part of address.split(/(?<=\/)/)) code.append(part, document.createElement("wbr"));
  return code;
}

function resultOf(entry) {
  const [, , on, title, address] = entry;
  const link = element("a", element("b", title), { href: addressOf(entry) });
  if (address) link.append(" ", pathOf(address));
  link.append(" ", element("small", pages[on][1]));
  const item = document.createElement("li");
  item.append(link);
  return item;
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const quoted = (all) => all.map((word) => filled(words.quoted, { word })).join(words.comma);

/** The sentences above the results: how many there are, which words nothing has, and what to do where nothing is found. */
function sentencesOf({ entries, unknown }, shown) {
  if (entries.length === 0)
    return [element("b", filled(words.none, { query: quoted([input.value.trim()]) })), words.otherwise];
  const isAll = shown === entries.length;
  const count = filled(isAll ? words.count : words.shown, {
    count: number.format(entries.length),
    shown: number.format(shown),
  });
  const missing = filled(unknown.length === 1 ? words.missingOne : words.missing, { words: quoted(unknown) });
  return unknown.length > 0 ? [element("b", missing), count] : [count];
}

function show({ all = false } = {}) {
  const isAsked = input.value.trim() !== "";
  const results = isAsked ? found(input.value) : { entries: [], unknown: [] };
  const shown = all ? results.entries.length : Math.min(results.entries.length, mostShown);
  list.replaceChildren(...results.entries.slice(0, shown).map(resultOf));
  told.replaceChildren(...(isAsked ? sentencesOf(results, shown).map((sentence) => element("p", sentence)) : []));
  const isNothing = isAsked && results.entries.length === 0;
  search.querySelector(".instead").hidden = !isNothing;
  rest.hidden = shown === results.entries.length;
  rest.textContent = filled(words.rest, { count: number.format(results.entries.length - shown) });
  search.classList.toggle("open", isAsked);
}

function close() {
  input.value = "";
  show();
}

search.hidden = false;
search.addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.click();
});
input.addEventListener("input", () => show());
rest.addEventListener("click", () => {
  show({ all: true });
  list.children[mostShown].querySelector("a").focus();
});
search.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  // Back leads to the list as it was.
  const at = [...list.querySelectorAll("a")].indexOf(link);
  history.replaceState({ query: input.value, all: rest.hidden, at }, "");
  const target = link.getAttribute("href").startsWith("#") && document.getElementById(link.hash.slice(1));
  if (!target) return;
  close();
  // The keyboard goes on from where the result leads to.
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
});

/** Shows the query and the list that the reader left, or no list. */
function restore(state) {
  input.value = state?.query ?? "";
  show({ all: state?.all });
  list.querySelectorAll("a")[state?.at]?.focus();
}
addEventListener("popstate", ({ state }) => restore(state));
if (history.state?.query) restore(history.state);

/** Arrows lead from the field through the results and back; Escape empties the field. */
search.addEventListener("keydown", (event) => {
  const stops = [input, ...search.querySelectorAll(".found :is(a, button):not([hidden], [hidden] *)")];
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    close();
    input.focus();
  } else if (step && at >= 0) {
    event.preventDefault();
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
  }
});
document.addEventListener("keydown", (event) => {
  const isTyping = /^(input|textarea|select)$/i.test(document.activeElement.tagName) && event.target.type !== "radio";
  if (event.key !== "/" || event.ctrlKey || event.metaKey || isTyping) return;
  event.preventDefault();
  input.focus();
});
document.addEventListener("click", (event) => {
  // A button that shows the rest is gone from where it was pressed.
  if (!event.composedPath().includes(search)) search.classList.remove("open");
});
input.addEventListener("focus", () => {
  if (!search.classList.contains("open")) show();
});

// Who chooses PowerShell once sees PowerShell in every request, also on the next page.
function choose(tool) {
  for (const radio of document.querySelectorAll(".try input")) if (radio.value === tool) radio.checked = true;
}
try {
  choose(localStorage.getItem("foad-docs-tool"));
} catch {
  // A browser that keeps nothing shows the shell's.
}
document.addEventListener("change", ({ target }) => {
  if (!target.closest?.(".try")) return;
  choose(target.value);
  try {
    localStorage.setItem("foad-docs-tool", target.value);
  } catch {
    // The choice holds for this page.
  }
});

for (const block of navigator.clipboard ? document.querySelectorAll(".try") : []) {
  const button = element("button", words.copy, { type: "button" });
  button.addEventListener("click", async () => {
    const { value } = block.querySelector("input:checked");
    await navigator.clipboard.writeText(block.querySelector(`pre.${value}`).textContent);
    button.textContent = words.copied;
  });
  block.querySelector("legend").after(button);
}
