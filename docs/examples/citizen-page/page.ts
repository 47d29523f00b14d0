// The page: which of its three views is seen, and what each form does.
import { type Catalog, caseOf, file, isUnknown, type Receipt, catalog as readCatalog, refusal } from "./api.ts";
import { all, drawCase, element, fill, place } from "./case.ts";
import { apart, type Photo, photosOf, sendPhoto } from "./photo.ts";
import { doing, tell, untell, untellField } from "./telling.ts";
import { day } from "./words.ts";

let catalog: Catalog;
/** Kept by the browser with this tab: a reload works. Browsers open closed tabs again, so a shared computer needs the button. */
const kept = {
  get: (): Receipt | undefined => JSON.parse(sessionStorage.getItem("case") ?? "null") ?? undefined,
  set: ({ id, secret }: Receipt) => sessionStorage.setItem("case", JSON.stringify({ id, secret })),
  forget: () => sessionStorage.removeItem("case"),
};

const mine = () => {
  const receipt = kept.get();
  if (!receipt) throw new Error("no case is open");
  return caseOf(receipt);
};

/** Pictures that were fetched already: an address is good for a minute, the picture for as long as the page is open. */
const pictures = new Map<string, HTMLImageElement>();
let again: ReturnType<typeof setTimeout> | undefined;

type Sent = {
  value: (name: string) => string;
  checked: (name: string) => boolean;
  files: File[];
  key: string;
};

/** What each form does, by its `data-move`; its fields bear the names of the API, so that a refusal finds its field. */
const moves: Record<string, (sent: Sent) => Promise<unknown>> = {
  file: async (sent) => {
    const photos = await photosOf(sent.files, catalog.attachments, "photos");
    kept.set(await file(complaintIn(sent), sent.key));
    const unsent = await unsentOf(photos);
    show("filed");
    place("#unsent").hidden = unsent.length === 0;
    fill("#unsent", [`این عکس‌ها فرستاده نشد: ${unsent.join("، ")}. در پرونده دوباره بیفزایید.`]);
  },
  follow: async ({ value }) => {
    const receipt = { id: value("id"), secret: value("secret") };
    mustHave(receipt);
    const { id } = await caseOf(receipt)
      .read()
      .catch((error) => {
        throw isUnknown(error) ? refusal({ errors: [notFound] }) : error;
      });
    kept.set({ ...receipt, id });
    await open();
    show("case");
  },
  accept: ({ key }) =>
    mine()
      .accept(key)
      .then(() => open()),
  dispute: ({ value, key }) =>
    mine()
      .dispute(value("reason"), key)
      .then(() => open()),
  withdraw: ({ value, key }) =>
    mine()
      .withdraw(value("reason"), key)
      .then(() => open()),
  write: ({ value, key }) =>
    mine()
      .write(value("text"), key)
      .then(() => open()),
  judge: (sent) =>
    mine()
      .judge(opinionIn(sent), sent.key)
      .then(() => open()),
  add: async ({ files, key }) => {
    for (const photo of await photosOf(files, catalog.attachments, "file")) await sendPhoto(photo, mine(), key);
    await open();
  },
};

const notFound = {
  path: "secret",
  code: "unknown",
  message: "با این کد پیگیری و این رمز پرونده‌ای نیست؛ هر دو را با یادداشت خود بسنجید",
};

/** The names of those photos of a new complaint that could not be sent: it is filed all the same. */
async function unsentOf(photos: Photo[]): Promise<string[]> {
  const unsent: string[] = [];
  for (const photo of photos)
    await sendPhoto(photo, mine(), crypto.randomUUID()).catch(() => unsent.push(apart(photo.name)));
  return unsent;
}

function complaintIn({ value, checked }: Sent) {
  const [name, phone] = [value("citizen.name"), value("citizen.phone")];
  const [shareWithAgency, mayBeCalled] = [checked("citizen.shareWithAgency"), checked("citizen.mayBeCalled")];
  const citizen = { ...(name && { name }), ...(phone && { phone }), shareWithAgency, mayBeCalled };
  const [agencyId, countyId, category] = [value("agencyId"), value("countyId"), value("category")];
  const [officeId, occurredAt] = [value("officeId"), value("occurredAt")];
  const complaint = {
    agencyId,
    countyId,
    ...(officeId && { officeId }),
    category,
    ...(occurredAt && { occurredAt }),
    description: value("description"),
    channel: "web",
    language: "fa",
  } as const;
  return name || phone || shareWithAgency || mayBeCalled ? { ...complaint, citizen } : complaint;
}

function opinionIn({ value, checked }: Sent) {
  const solved = (["yes", "partly", "no"] as const).find((one) => one === value("solved"));
  const [handling, comment] = [Number(value("handling")), value("comment")];
  if (!solved || !handling) throw missing({ solved, handling }, "یکی را برگزینید");
  return { solved, handling, ...(checked("pressed") && { pressed: true }), ...(comment && { comment }) };
}

function mustHave(fields: Record<string, string>): void {
  if (Object.values(fields).includes("")) throw missing(fields, "این را پر کنید");
}

function missing(fields: Record<string, unknown>, message: string) {
  const empty = Object.keys(fields).filter((path) => !fields[path]);
  return refusal({ errors: empty.map((path) => ({ path, code: "missing", message })) });
}

/** Reads the case and draws it; while a photo is made ready, again and again, ever less often. */
async function open(wait = 2_000): Promise<void> {
  const [view, { clocks }] = await Promise.all([mine().read(), mine().deadlines()]);
  const unseen = view.attachments.filter(
    (one) => one.contentType.startsWith("image/") && !pictures.has(one.attachmentId),
  );
  for (const { attachmentId } of unseen) {
    const { url } = await mine().picture(attachmentId);
    pictures.set(attachmentId, Object.assign(new Image(), { src: url, alt: "عکس شما" }));
  }
  drawCase({ view, clocks, catalog, pictures });
  clearTimeout(again);
  const isPending = view.uploads.some(({ state }) => state === "pending");
  if (isPending) again = setTimeout(() => kept.get() && open(wait * 1.5).catch(tell), wait);
}

const presses: Record<string, () => unknown> = {
  noted: () => open().then(() => show("case")),
  reopen: () => open().then(() => show("case")),
  refresh: () => open(),
  again: () => location.reload(),
  leave: () => {
    kept.forget();
    for (const form of document.forms) form.reset();
    history.replaceState({ view: "start" }, "");
    location.reload();
  },
};

type View = "start" | "filed" | "case";

/** A view that was come to by a button: Back leads to the one before. */
function show(view: View): void {
  if (history.state?.view !== view) history.pushState({ view }, "");
  draw(view);
}

/** One of the views, from its heading on, where a screen reader goes on reading. */
function draw(name: View): void {
  for (const view of all("[data-view]")) view.hidden = view.dataset.view !== name;
  const receipt = kept.get();
  for (const proof of all("[data-is]"))
    proof.textContent = receipt?.[proof.dataset.is === "id" ? "id" : "secret"] ?? "";
  place("#reopen").hidden = !receipt;
  place("#unsent").hidden = true;
  for (const form of document.forms) untell(form);
  scrollTo(0, 0);
  place(`[data-view=${name}] h1`).focus({ preventScroll: true });
}

/** The view that this entry of the browser's history stands for, by Back, Forward or a reload; without a case the first. */
async function restore(): Promise<void> {
  const wanted: View = history.state?.view ?? (kept.get() ? "case" : "start");
  const view = kept.get() ? wanted : "start";
  history.replaceState({ view }, "");
  if (view === "case")
    await open().catch((error) => {
      if (isUnknown(error)) kept.forget();
      history.replaceState({ view: "start" }, "");
      draw("start");
      throw error;
    });
  draw(view);
}

/** The same words are sent under the same key however often the button is pressed; other words are something else. */
async function submit(form: HTMLFormElement): Promise<void> {
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  form.dataset.key ??= crypto.randomUUID();
  const written = new FormData(form);
  const files = [...written.values()].flatMap((one) => (one instanceof File && one.size > 0 ? [one] : []));
  const value = (name: string) => String(written.get(name) ?? "").trim();
  const sent = { value, checked: (name: string) => written.has(name), key: form.dataset.key };
  const move = moves[form.dataset.move ?? ""];
  await doing(async () => {
    await move?.({ ...sent, files });
    delete form.dataset.key;
    form.reset();
    if (form.dataset.move === "file") offerAgencies();
    // The form may be gone with what it did, and the focus with it.
    if (!form.checkVisibility() && !form.closest("[hidden][data-view]")) place("#status").focus();
  }, form);
  form.ariaBusy = null;
}

type Choice = { id: string; name: { fa: string }; retiredFrom?: string };

/** What may be chosen today, after a first line that chooses nothing. */
function choose(field: string, choices: Choice[], none = "برگزینید…"): void {
  const today = new Date().toISOString().slice(0, 10);
  const taken = choices.filter(({ retiredFrom }) => !retiredFrom || retiredFrom > today);
  const lines = [{ id: "", name: { fa: none } }, ...taken];
  fill(
    `[name=${field}]`,
    lines.map(({ id, name }) => Object.assign(element("option", "", name.fa), { value: id })),
  );
}

const chosen = (field: string) => place<HTMLSelectElement>(`[name=${field}]`).value;

function offerAgencies(): void {
  const county = chosen("countyId");
  const agencies = catalog.agencies.filter(({ countyIds }) => countyIds.includes(county));
  choose("agencyId", agencies, county ? "برگزینید…" : "نخست شهرستان را برگزینید");
  offerOffices();
}

function offerOffices(): void {
  const [county, agency] = [chosen("countyId"), chosen("agencyId")];
  const all = catalog.agencies.find(({ id }) => id === agency)?.offices ?? [];
  const offices = all.filter(({ countyId }) => countyId === county);
  choose("officeId", offices, "نمی‌دانم یا هیچ‌کدام");
  place("#office").hidden = offices.length === 0;
}

const daysOffered = 60;

/** The last days by their Persian dates, each as its noon in Tehran; today as this moment, since noon may be to come. */
function offerDays(): void {
  const now = Date.now();
  const tehran = 3.5 * 3_600_000;
  const noonToday = Math.floor((now + tehran) / 86_400_000) * 86_400_000 - tehran + 43_200_000;
  const names = ["امروز", "دیروز"];
  const days = Array.from({ length: daysOffered }, (_, ago) => {
    const instant = new Date(Math.min(now, noonToday - ago * 86_400_000)).toISOString();
    return { id: instant, name: { fa: [names[ago], day(instant)].filter(Boolean).join("، ") } };
  });
  choose("occurredAt", days, "نمی‌دانم یا پیش‌تر");
}

function offer(): void {
  choose("countyId", catalog.counties);
  choose("category", catalog.categories);
  offerAgencies();
  offerDays();
  place("[name=countyId]").addEventListener("change", offerAgencies);
  place("[name=agencyId]").addEventListener("change", offerOffices);
  fill(
    "#notes",
    catalog.notes.map(({ fa }) => element("li", "", fa)),
  );
  fill("#province", [`استان ${catalog.province.name.fa}`]);
}

for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(form);
  });
  form.addEventListener("input", ({ target }) => {
    delete form.dataset.key;
    if (target instanceof HTMLElement) untellField(form, target);
  });
}
const photos = place<HTMLInputElement>("[name=photos]");
const namePhotos = () => fill("#chosen", [[...(photos.files ?? [])].map(({ name }) => apart(name)).join("، ")]);
photos.addEventListener("change", namePhotos);
photos.form?.addEventListener("reset", () => setTimeout(namePhotos));
const added = place<HTMLInputElement>("[data-move=add] [type=file]");
added.addEventListener("change", () => added.form?.requestSubmit());
// So that the same file can be chosen again.
added.addEventListener("click", () => {
  added.value = "";
});
for (const button of all("[data-press]"))
  button.addEventListener("click", () => doing(() => presses[button.dataset.press ?? ""]?.()));

addEventListener("popstate", () => doing(restore));
// Whoever has written much may have pressed Back or closed the tab by mistake.
addEventListener("beforeunload", (event) => {
  const texts = [...document.querySelectorAll("textarea")];
  if (texts.some(({ value }) => value.trim() !== "")) event.preventDefault();
});

await doing(async () => {
  catalog = await readCatalog().catch((error) => {
    place("#again").hidden = false;
    throw error;
  });
  offer();
  await restore();
});
