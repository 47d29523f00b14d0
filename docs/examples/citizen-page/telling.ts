// Tells that something is under way, and what became of it where it is refused: each fault at its field.
import type { Refusal } from "./api.ts";
import { element, fill, place } from "./case.ts";

/** How long it is said that something is done. */
const doneMs = 6_000;
let saying: ReturnType<typeof setTimeout> | undefined;

/** Does what was pressed, and says so; tells why where it is refused. */
export async function doing(work: () => unknown, form?: HTMLFormElement): Promise<void> {
  clearTimeout(saying);
  fill("#wait", ["لحظه‌ای…"]);
  place("#problem").hidden = true;
  if (form) untell(form);
  try {
    await work();
    fill("#wait", form ? ["انجام شد."] : []);
    saying = setTimeout(() => fill("#wait", []), doneMs);
  } catch (error) {
    fill("#wait", []);
    tell(error, form);
  }
}

const isRefusal = (error: unknown): error is Refusal => error instanceof Error && "fields" in error;

export function tell(error: unknown, form?: HTMLFormElement): void {
  if (!isRefusal(error)) throw error;
  const problem = place("#problem");
  problem.hidden = false;
  fill("#problem", [error.message]);
  if (form) for (const { path, message } of error.fields) tellField(form, path, message);
  const first = form?.querySelector<HTMLElement>(":is(input, select, textarea)[aria-invalid], [aria-invalid] input");
  // Where no field is wrong, a keyboard and a screen reader go on from what is said.
  (first ?? problem).scrollIntoView({ block: "center" });
  (first ?? problem).focus({ preventScroll: true });
}

/** Once a field is changed, what was wrong with it is said no longer; nor that something is wrong, once nothing is. */
export function untellField(form: HTMLFormElement, changed: HTMLElement): void {
  const field = changed.closest("[aria-invalid]");
  if (!field) return;
  document.getElementById(field.getAttribute("aria-describedby") ?? "")?.remove();
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
  if (!form.querySelector("[aria-invalid]")) place("#problem").hidden = true;
}

function tellField(form: HTMLFormElement, path: string, message: string): void {
  const field = form.querySelector<HTMLElement>(`[name="${CSS.escape(path)}"]`);
  if (!field) return;
  const isEmpty = "value" in field && field.value === "";
  const wrong = Object.assign(element("p", "wrong", isEmpty ? "این را پر کنید" : message), {
    id: `wrong-${form.dataset.move}-${path}`,
  });
  const label = field.closest("label");
  if (label) label.after(wrong);
  else field.append(wrong);
  field.closest("details")?.setAttribute("open", "");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", wrong.id);
}

export function untell(form: HTMLFormElement): void {
  for (const wrong of form.querySelectorAll(".wrong")) wrong.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}
