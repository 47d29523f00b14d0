// What may be chosen when filing: counties, agencies, offices, subjects and days.
import type { Catalog } from "./api.ts";
import { element, fill, place } from "./case.ts";
import { day } from "./words.ts";

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

export function offerAgencies(catalog: Catalog): void {
  const county = chosen("countyId");
  const agencies = catalog.agencies.filter(({ countyIds }) => countyIds.includes(county));
  choose("agencyId", agencies, county ? "برگزینید…" : "نخست شهرستان را برگزینید");
  offerOffices(catalog);
}

function offerOffices(catalog: Catalog): void {
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

export function offer(catalog: Catalog): void {
  choose("countyId", catalog.counties);
  choose("category", catalog.categories);
  offerAgencies(catalog);
  offerDays();
  place("[name=countyId]").addEventListener("change", () => offerAgencies(catalog));
  place("[name=agencyId]").addEventListener("change", () => offerOffices(catalog));
  fill(
    "#notes",
    catalog.notes.map(({ fa }) => element("li", "", fa)),
  );
  fill("#province", [`استان ${catalog.province.name.fa}`]);
}
