// The page: which of its three views is seen, and what each form does.
import { type Catalog, caseOf, file, type Receipt, catalog as readCatalog, refusal } from "./api.ts";
import { all, drawCase, element, fill, place } from "./case.ts";
import { sendPhoto } from "./photo.ts";
import { doing, tell } from "./telling.ts";

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
  file: File | undefined;
  key: string;
};

/** What each form does, by its `data-move`; its fields bear the names of the API, so that a refusal finds its field. */
const moves: Record<string, (sent: Sent) => Promise<unknown>> = {
  file: async (sent) => {
    kept.set(await file(complaintIn(sent), sent.key));
    show("filed");
  },
  follow: async ({ value }) => {
    const receipt = { id: value("id"), secret: value("secret") };
    const { id } = await caseOf(receipt).read();
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
  add: async ({ file, key }) => {
    await sendPhoto({ photo: file, takes: catalog.attachments.contentTypes, to: mine(), key });
    await open();
  },
};

function complaintIn({ value, checked }: Sent) {
  const [name, phone] = [value("citizen.name"), value("citizen.phone")];
  const [shareWithAgency, mayBeCalled] = [checked("citizen.shareWithAgency"), checked("citizen.mayBeCalled")];
  const citizen = { ...(name && { name }), ...(phone && { phone }), shareWithAgency, mayBeCalled };
  const [agencyId, countyId, category] = [value("agencyId"), value("countyId"), value("category")];
  const complaint = {
    agencyId,
    countyId,
    category,
    description: value("description"),
    channel: "web",
    language: "fa",
  } as const;
  return name || phone || shareWithAgency || mayBeCalled ? { ...complaint, citizen } : complaint;
}

function opinionIn({ value, checked }: Sent) {
  const solved = (["yes", "partly", "no"] as const).find((one) => one === value("solved"));
  const [handling, comment] = [Number(value("handling")), value("comment")];
  const missing = [...(solved ? [] : ["solved"]), ...(handling ? [] : ["handling"])];
  if (!solved || !handling)
    throw refusal({ errors: missing.map((path) => ({ path, code: "missing", message: "یکی را برگزینید" })) });
  return { solved, handling, ...(checked("pressed") && { pressed: true }), ...(comment && { comment }) };
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
  refresh: () => open(),
  again: () => location.reload(),
  leave: () => {
    kept.forget();
    location.reload();
  },
};

/** One of the views, from its heading on, where a screen reader goes on reading. */
function show(name: "start" | "filed" | "case"): void {
  for (const view of all("[data-view]")) view.hidden = view.dataset.view !== name;
  const receipt = kept.get();
  for (const proof of all("[data-is]"))
    proof.textContent = receipt?.[proof.dataset.is === "id" ? "id" : "secret"] ?? "";
  scrollTo(0, 0);
  place(`[data-view=${name}] h1`).focus({ preventScroll: true });
}

/** The same words are sent under the same key however often the button is pressed; other words are something else. */
async function submit(form: HTMLFormElement): Promise<void> {
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  form.dataset.key ??= crypto.randomUUID();
  const written = new FormData(form);
  const chosen = written.get("file");
  const value = (name: string) => String(written.get(name) ?? "").trim();
  const sent = { value, checked: (name: string) => written.has(name), key: form.dataset.key };
  const move = moves[form.dataset.move ?? ""];
  await doing(async () => {
    await move?.({ ...sent, file: chosen instanceof File && chosen.size > 0 ? chosen : undefined });
    delete form.dataset.key;
    form.reset();
  }, form);
  form.ariaBusy = null;
}

function offer(): void {
  const options = (named: { id: string; name: { fa: string } }[]) => [
    Object.assign(element("option", "", "برگزینید…"), { value: "" }),
    ...named.map(({ id, name }) => Object.assign(element("option", "", name.fa), { value: id })),
  ];
  const today = new Date().toISOString().slice(0, 10);
  const taken = <O extends { retiredFrom?: string }>(all: O[]) =>
    all.filter(({ retiredFrom }) => !retiredFrom || retiredFrom > today);
  const county = place<HTMLSelectElement>("[name=countyId]");
  const agencies = () => taken(catalog.agencies).filter(({ countyIds }) => countyIds.includes(county.value));
  fill("[name=countyId]", options(taken(catalog.counties)));
  fill("[name=category]", options(taken(catalog.categories)));
  fill("[name=agencyId]", options(agencies()));
  county.addEventListener("change", () => fill("[name=agencyId]", options(agencies())));
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
  form.addEventListener("input", () => delete form.dataset.key);
  const photo = form.querySelector<HTMLInputElement>("[type=file]");
  photo?.addEventListener("change", () => form.requestSubmit());
  // So that the same file can be chosen again.
  photo?.addEventListener("click", () => {
    photo.value = "";
  });
}
for (const button of all("[data-press]"))
  button.addEventListener("click", () => doing(() => presses[button.dataset.press ?? ""]?.()));

await doing(async () => {
  catalog = await readCatalog().catch((error) => {
    place("#again").hidden = false;
    throw error;
  });
  offer();
  if (!kept.get()) return show("start");
  await open().catch((error) => {
    show("start");
    throw error;
  });
  show("case");
});
