// Tells that something is under way, and what became of it where it is refused: each fault at its field.
import type { Refusal } from "./api.ts";
import { element, fill, place } from "./case.ts";

/** Does what was pressed, and says so; tells why where it is refused. */
export async function doing(work: () => unknown, form?: HTMLFormElement): Promise<void> {
  fill("#wait", ["لحظه‌ای…"]);
  place("#problem").hidden = true;
  if (form) untell(form);
  try {
    await work();
    fill("#wait", form ? ["انجام شد."] : []);
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
  const untold = error.fields.filter(({ path, message }) => !form || !tellField(form, path, message));
  problem.append(...untold.map(({ path, message }) => element("p", "", `${path}: ${message}`)));
  const first = form?.querySelector<HTMLElement>(":is(input, select, textarea)[aria-invalid], [aria-invalid] input");
  (first ?? problem).scrollIntoView({ block: "center" });
  first?.focus({ preventScroll: true });
}

function tellField(form: HTMLFormElement, path: string, message: string): boolean {
  const field = form.querySelector<HTMLElement>(`[name="${CSS.escape(path)}"]`);
  if (!field) return false;
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
  return true;
}

function untell(form: HTMLFormElement): void {
  for (const wrong of form.querySelectorAll(".wrong")) wrong.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}
