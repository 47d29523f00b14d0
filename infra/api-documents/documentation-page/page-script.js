// The script of every page of the documentation: the search, old addresses, and the choice between shell, PowerShell and Node.
const { language, page, pages, words, entries } = JSON.parse(document.getElementById("index").textContent);

/** A text in the form in which it is compared: Latin digits, one form of each letter, no half-spaces and no vowel signs. */
function folded(text) {
  return text
    .toLowerCase()
    .replace(/[۰-۹]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x6c0))
    .replace(/ي/g, "ی")
    .replace(/ك/g, "ک")
    .replace(/[أإآ]/g, "ا")
    .replace(/[ةۀ]/g, "ه")
    .replace(/[\u200c\u064b-\u0655\u0670]/g, "");
}

const known = entries.map(([kind, id, on, title, address, more]) => ({
  kind,
  id,
  on: pages[on][0],
  onName: pages[on][1],
  title,
  address,
  titleFolded: folded(title),
  addressFolded: folded(address),
  moreFolded: folded(more),
  pageFolded: folded(pages[on][1]),
}));

/** The address of a place: on another page the page is named. */
const addressOf = ({ on, id }) => (on === page ? `#${id}` : `?page=${on}&language=${language}#${id}`);

// An address that named a place of the former single page leads to the page that has the place now.
const place = decodeURIComponent(location.hash.slice(1));
const moved = place && !document.getElementById(place) && known.find(({ id }) => id === place);
if (moved) location.replace(addressOf(moved));

/** Unfolds the place that the address names, and what it stands in, also in browsers that do not do it by themselves. */
function unfold() {
  for (let one = document.getElementById(location.hash.slice(1)); one; one = one.parentElement)
    if (one.localName === "details") one.open = true;
  document.querySelector(":target")?.scrollIntoView();
}
addEventListener("hashchange", unfold);
if (document.querySelector("details :target")) unfold();

/** How well one word fits an entry; 0 where the entry does not have it. A word that stands in several places fits better. */
function fitOf(word, { titleFolded, addressFolded, moreFolded, pageFolded }) {
  const begins = (text, weight) => (` ${text}`.includes(` ${word}`) ? weight : 0);
  const inAddress = addressFolded.includes(word) ? 6 : 0;
  const inTitle = begins(titleFolded, 7) || (titleFolded.includes(word) ? 5 : 0);
  const inMore = begins(moreFolded, 4) || (moreFolded.includes(word) ? 1 : 0);
  return inAddress + inTitle + inMore + begins(pageFolded, 3);
}

/** Words that say nothing about what is looked for. */
const idle = new Set("a an the of to for in by is از به در را و با یک که این آن".split(" "));

function found(query) {
  const typed = folded(query).split(/\s+/).filter(Boolean);
  const telling = typed.filter((word) => !idle.has(word));
  const asked = telling.length > 0 ? telling : typed;
  if (asked.length === 0) return [];
  const weighed = known.map((entry) => {
    const fits = asked.map((word) => fitOf(word, entry));
    const isWhole = fits.every((one) => one > 0);
    const own = (entry.kind === "operation" ? 1 : 0) + (entry.on === page ? 0.5 : 0);
    return { entry, weight: isWhole ? fits.reduce((sum, one) => sum + one, own) : 0 };
  });
  return (
    weighed
      .filter(({ weight }) => weight > 0)
      // Of two that fit equally well, the one with the shorter address is the plainer one.
      .sort((one, other) => other.weight - one.weight || one.entry.address.length - other.entry.address.length)
      .map(({ entry }) => entry)
  );
}

const search = document.getElementById("search");
const input = search.querySelector("input");
const list = search.querySelector("ol");
const count = search.querySelector("output");
const mostShown = 12;
const number = new Intl.NumberFormat(language === "fa" ? "fa-IR" : "en");

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(text);
  return made;
}

function resultOf(entry) {
  const link = element("a", element("b", entry.title), { href: addressOf(entry) });
  if (entry.address) link.append(" ", element("code", entry.address, { dir: "ltr" }));
  link.append(" ", element("small", entry.onName));
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function show() {
  const results = found(input.value);
  list.replaceChildren(...results.slice(0, mostShown).map(resultOf));
  const isAsked = input.value.trim() !== "";
  count.value = isAsked
    ? results.length === 0
      ? words.none
      : words.count.replace("{count}", number.format(results.length))
    : "";
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
input.addEventListener("input", show);
list.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const target = link?.getAttribute("href").startsWith("#") && document.getElementById(link.hash.slice(1));
  if (!target) return;
  close();
  // The keyboard goes on from where the result leads to.
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
});

/** Arrows lead from the field through the results and back; Escape empties the field. */
search.addEventListener("keydown", (event) => {
  const stops = [input, ...list.querySelectorAll("a")];
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
  if (!search.contains(event.target)) search.classList.remove("open");
});
input.addEventListener("focus", show);

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
