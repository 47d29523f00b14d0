import fc from "fast-check";
import qazvin from "#infra/provinces/qazvin.json" with { type: "json" };
import { provinceFaults } from "#shared/province/checks/province-faults.ts";
import { defaultCauses, type Province } from "#shared/province/schema.ts";
import { aCounty, anAgency, aProvince, someOfficeHours } from "./a-province.ts";
import { provinceFiles } from "./province-files.ts";

const name = (fa: string) => ({ fa, en: fa });
const today = new Date().toISOString().slice(0, 10);

/** A small province whose every part somebody may name, with hours of all years. */
export function youngProvince(): Province {
  const { categories, ...rest } = aProvince();
  const [week] = someOfficeHours().national;
  const counties = ["semnan", "damghan"];
  return {
    ...rest,
    escalationLevels: structuredClone(qazvin.escalationLevels) as Province["escalationLevels"],
    categories: [...categories, ...categories.map((one) => ({ ...one, id: "disrespect" }))],
    counties: counties.map((id) => aCounty({ id })),
    causes: defaultCauses,
    agencies: ["social-security", "gas", "power"].map((id) => anAgency({ id, countyIds: counties })),
    frontEnds: [
      ...rest.frontEnds,
      { clientId: "gas-app", name: name("gas"), channels: ["phone"], filingsPerMinute: 600, operatedBy: "gas" },
    ],
    overseers: [
      { clientId: "governor", name: name("governor"), authority: "county-governor", countyIds: counties },
      { clientId: "governor-general", name: name("general"), authority: "governor-general" },
    ],
    officeHours: someOfficeHours({ national: week ? [{ ...week, from: "2020-01-01", to: "2099-12-31" }] : [] }),
  };
}

type List = "agencies" | "counties" | "categories" | "causes" | "frontEnds" | "overseers" | "offices";
type Edit = {
  what: "retire" | "remove" | "rename" | "add" | "hurry";
  list: List;
  at: number;
  to: number;
  from: string;
};

/** What somebody may do to a province's file, the removal that is never allowed included. */
export const anEdit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom("retire", "retire", "remove", "remove", "rename", "add", "hurry"),
  list: fc.constantFrom("agencies", "counties", "categories", "causes", "frontEnds", "overseers", "offices"),
  at: fc.nat(3),
  to: fc.nat(3),
  from: fc.constantFrom("2026-01-01", today, "2099-01-01"),
});

/** The file after the edit; as it was where the edit would make it one that no synthesis takes. */
export function editHistory(before: Province, edit: Edit): Province {
  const after = structuredClone(before);
  edits[edit.what](after, edit);
  const { file, calendar } = provinceFiles(after);
  return provinceFaults(file, calendar).length === 0 ? after : before;
}

type Item = { id?: string; clientId?: string; name: Province["name"]; retiredFrom?: string; successorId?: string };

function itemsOf(province: Province, { list, at }: Pick<Edit, "list" | "at">): Item[] {
  return list === "offices" ? (province.agencies[at]?.offices ?? []) : province[list];
}

const edits: Record<Edit["what"], (province: Province, edit: Edit) => void> = {
  retire(province, edit) {
    const items = itemsOf(province, edit);
    const [one, successor] = [items[edit.at], items[edit.to]];
    if (!one) return;
    one.retiredFrom = edit.from;
    if (one.id && successor?.id && successor !== one) one.successorId = successor.id;
  },
  rename(province, edit) {
    const one = itemsOf(province, edit)[edit.at];
    if (one) one.name = name(`name ${edit.to}`);
  },
  add(province, { to }) {
    const id = `new-${to}`;
    province.counties.push(aCounty({ id }));
    province.agencies.push(anAgency({ id, countyIds: [id, "semnan"].filter((one) => hasCounty(province, one)) }));
  },
  hurry(province, { at }) {
    const category = province.categories[at];
    if (category) category.acknowledge = { clock: "elapsed", duration: "PT1M" };
  },
  remove(province, edit) {
    const items = itemsOf(province, edit);
    const [gone] = items.splice(edit.at, 1);
    if (edit.list === "counties") forgetCounties(province);
    for (const one of items) if (one.successorId === gone?.id) one.successorId = undefined;
    for (const one of province.frontEnds) if (one.operatedBy === gone?.id) one.operatedBy = undefined;
  },
};

const hasCounty = ({ counties }: Province, id: string) => counties.some((county) => county.id === id);

function forgetCounties(province: Province): void {
  for (const one of [...province.agencies, ...province.overseers])
    one.countyIds = one.countyIds?.filter((id) => hasCounty(province, id)) ?? [];
  for (const agency of province.agencies)
    agency.offices = agency.offices.filter(({ countyId }) => hasCounty(province, countyId));
}
