import { join } from "node:path";
import { type IPolicyValidationPlugin, Validations } from "aws-cdk-lib";
import type { Province } from "#shared/province/province.ts";
import { addProvince, addStacks, appIn } from "../../infra/assembly.ts";
import { readProvince } from "../../infra/settings.ts";
import { writeProvince } from "./written-province.ts";

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
export async function synthesizedWith({ folder, edit, plugins = [], bundles }: Synthesis): Promise<string> {
  const province = readProvince("qazvin");
  edit(province);
  const app = appIn(join(folder, "assembly"));
  if (bundles === undefined) await addProvince(app, { province, provinceFile: writeProvince(folder, province) });
  else addStacks(app, { province, bundles });
  if (plugins.length > 0) Validations.of(app).addPlugins(...plugins);
  return app.synth().directory;
}
