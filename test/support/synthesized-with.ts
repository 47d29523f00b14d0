import { join } from "node:path";
import { type IPolicyValidationPlugin, Validations } from "aws-cdk-lib";
import { addProvince, addStacks, createApp } from "#infra/assembly.ts";
import { readProvince } from "#infra/provinces/province-files.ts";
import { mostAgenciesPerStack } from "#infra/provinces/service-limits.ts";
import type { Province } from "#shared/province/schema.ts";
import { writeProvince } from "./province-files.ts";

export type Edit = (province: Province) => void;

type Synthesis = {
  /** An empty folder. */
  folder: string;
  edit: Edit;
  /** What judges the stacks; they change nothing, so most tests go without. */
  plugins?: IPolicyValidationPlugin[];
  /** The folder of bundles that were made of another file: half the time for who looks at the templates alone. */
  bundles?: string;
};

/** Makes Qazvin's assembly in a folder, as it would be with an edited file, and returns where it lies. */
export async function synthesizeEdited({ folder, edit, plugins = [], bundles }: Synthesis): Promise<string> {
  const province = readProvince("qazvin");
  edit(province);
  const app = createApp(join(folder, "assembly"));
  if (bundles === undefined) await addProvince(app, { province, provinceFile: writeProvince(folder, province) });
  else addStacks(app, { province, bundles });
  if (plugins.length > 0) Validations.of(app).addPlugins(...plugins);
  return app.synth().directory;
}

/** Gives a province so many agencies, made after its own, in as few stacks as hold them. */
export function withAgencies(count: number): Edit {
  return (province) => {
    const own = province.agencies;
    province.agencies = Array.from({ length: count }, (_, n) => {
      const agency = structuredClone(own[n % own.length] as (typeof own)[number]);
      const mark = n < own.length ? "" : `-${n}`;
      agency.id += mark;
      agency.queueStack = 1 + Math.floor(n / mostAgenciesPerStack);
      agency.clientIds = agency.clientIds.map((id) => `${id}${mark}`);
      for (const office of agency.offices) office.id += mark;
      return agency;
    });
    for (const frontEnd of province.frontEnds)
      if (!province.agencies.some(({ id }) => id === frontEnd.operatedBy)) delete frontEnd.operatedBy;
  };
}
