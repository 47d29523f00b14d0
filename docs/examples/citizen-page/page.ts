// The page: which of its three views is seen, and what each form does.
import { type Catalog, caseOf, file, isUnknown, catalog as readCatalog, refusal } from "./api.ts";
import { all, drawCase, fill, place } from "./case.ts";
import { offer, offerAgencies } from "./choices.ts";
import { kept, mine } from "./kept.ts";
import { apart, type Photo, photosOf, sendPhoto } from "./photo.ts";
import { doing, tell, untell, untellField } from "./telling.ts";
import { complaintIn, mustHave, opinionIn, type Sent } from "./written.ts";

let catalog: Catalog;
/** Pictures that were fetched already: an address is good for a minute, the picture for as long as the page is open. */
const pictures = new Map<string, HTMLImageElement>();
let again: ReturnType<typeof setTimeout> | undefined;

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
  accept: ({ key }) => andOpen(mine().accept(key)),
  dispute: ({ value, key }) => andOpen(mine().dispute(value("reason"), key)),
  withdraw: ({ value, key }) => andOpen(mine().withdraw(value("reason"), key)),
  write: ({ value, key }) => andOpen(mine().write(value("text"), key)),
  judge: (sent) => andOpen(mine().judge(opinionIn(sent), sent.key)),
  agree: ({ value, key }) => andOpen(mine().answerNotice(value("noticeId"), true, key)),
  disagree: ({ value, key }) => andOpen(mine().answerNotice(value("noticeId"), false, key)),
  add: async ({ files, key }) => {
    for (const photo of await photosOf(files, catalog.attachments, "file")) await sendPhoto(photo, mine(), key);
    await open();
  },
};

/** Does something with the case, and draws what came of it. */
const andOpen = (act: Promise<unknown>) => act.then(() => open());

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
    if (form.dataset.move === "file") offerAgencies(catalog);
    // The form may be gone with what it did, and the focus with it.
    if (!form.checkVisibility() && !form.closest("[hidden][data-view]")) place("#status").focus();
  }, form);
  form.ariaBusy = null;
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
// A person who has written much may press Back or close the tab by mistake.
addEventListener("beforeunload", (event) => {
  const texts = [...document.querySelectorAll("textarea")];
  if (texts.some(({ value }) => value.trim() !== "")) event.preventDefault();
});

await doing(async () => {
  catalog = await readCatalog().catch((error) => {
    place("#again").hidden = false;
    throw error;
  });
  offer(catalog);
  await restore();
});
