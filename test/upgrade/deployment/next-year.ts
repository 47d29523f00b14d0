import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFile } from "#shared/province/province-file.ts";
import { ProvinceFile } from "#shared/province/schema.ts";

/** The path of a province's file in some checkout of the code. */
export const fileIn = (code: string, province: string) => join(code, "infra", "provinces", `${province}.json`);

export function readProvince(code: string, province: string): ProvinceFile {
  return ProvinceFile.parse(readFile(fileIn(code, province)).content);
}

export function writeProvince(code: string, province: ProvinceFile): void {
  writeFileSync(fileIn(code, province.id), JSON.stringify(province, undefined, 2));
}

const retiredFrom = "2026-11-01";

/**
 * What a year brings, all at once: an agency joined to another, one founded, a county renamed, a category and a front end
 * retired, other hours.
 */
export function aYearLater(province: ProvinceFile): ProvinceFile {
  const [joined, other] = province.agencies;
  const [category] = province.categories;
  const frontEnd = province.frontEnds.at(-1);
  const renamed = { fa: "نام تازه", en: "A New Name" };
  const newName = { fa: "ادارهٔ تازه", en: "A New Agency" };
  return {
    ...province,
    agencies: [
      ...province.agencies.map((agency) =>
        agency === joined ? { ...agency, retiredFrom, successorId: other?.id } : agency,
      ),
      ...(other
        ? [{ ...other, id: founded, name: newName, offices: [], clientIds: [`agency-${founded}`], consumer: undefined }]
        : []),
    ],
    categories: province.categories.map((one) => (one === category ? { ...one, retiredFrom } : one)),
    counties: province.counties.map((county, n) => (n === 0 ? { ...county, name: renamed } : county)),
    frontEnds: province.frontEnds.map((one) => (one === frontEnd ? { ...one, retiredFrom } : one)),
    officeHours: {
      ...province.officeHours,
      overrides: [
        ...province.officeHours.overrides,
        { date: "2027-03-01", intervals: [], reason: "برف", source: ["the play"], certain: true },
      ],
    },
  };
}

/** The agency that is founded. */
const founded = "founded-later";

/** Another province of the same account: the same file under other names. */
export function aNeighbour(
  province: ProvinceFile,
  { id, idPrefix, phonePrefix }: Pick<ProvinceFile, "id" | "idPrefix" | "phonePrefix">,
): ProvinceFile {
  return {
    ...province,
    id,
    idPrefix,
    phonePrefix,
    tokens: { ...province.tokens, audience: `foad-${id}` },
    mail: { sender: `foad@${id}.example` },
    publicUrl: `https://foad.${id}.example`,
  };
}
