import { join } from "node:path";
import { App, type Stack } from "aws-cdk-lib";
import { sandboxQueue } from "#shared/province/clients.ts";
import type { Province } from "#shared/province/schema.ts";
import { bundleFolder, bundleFunctions, entries } from "./bundle.ts";
import { AgenciesStack } from "./stacks/agencies.ts";
import { ApiStack } from "./stacks/api.ts";
import { BudgetStack, budgetProps } from "./stacks/budget.ts";
import { DataStack } from "./stacks/data.ts";
import { EdgeStack, edgeProps } from "./stacks/edge.ts";
import { OperationsStack } from "./stacks/operations/operations.ts";
import { ProcessingStack } from "./stacks/processing.ts";

// Set here, since an app that is run directly does not read the context of cdk.json.
const context = {
  "@aws-cdk/core:validateAgainstDefaultRules": true,
  // Weak, since an export in use by another stack blocks every update that drops or renames it.
  "@aws-cdk/core:defaultCrossStackReferences": "weak",
};

/** An app that writes into this folder. */
export function createApp(outdir: string): App {
  return new App({ outdir, context });
}

type Parts = {
  province: Province;
  /** The file that the province was read from; its slices are compiled into the bundles. */
  provinceFile: string;
};

/** Makes a province's bundles, and its stacks. */
export async function addProvince(app: App, { province, provinceFile }: Parts): Promise<void> {
  const bundles = bundleFolder(app.outdir);
  await bundleFunctions({ entries, outdir: bundles, provinceFile, edge: province.edge?.demanded ? "demanded" : "" });
  addStacks(app, { province, bundles });
}

/** Makes a province's stacks in the order in which they are deployed, with the bundles that lie in this folder. */
export function addStacks(app: App, { province, bundles }: { province: Province; bundles: string }): void {
  const bundleOf = (name: string) => join(bundles, name);
  const named = (part: string) => `Foad-${province.id}-${part}`;
  const data = new DataStack(app, named("Data"), { province });
  const agencies = [...Map.groupBy(province.agencies, ({ stack }) => stack)].map(
    ([stack, agencies]) => new AgenciesStack(app, named(`Agencies-${stack}`), { province, agencies }),
  );
  const sandbox = { province, agencies: [sandboxQueue] };
  if (province.sandbox) agencies.push(new AgenciesStack(app, named("Agencies-sandbox"), sandbox));
  const processing = new ProcessingStack(app, named("Processing"), { province, data, bundleOf });
  const api = new ApiStack(app, named("Api"), { province, data, part: processing.network.tablesSegment, bundleOf });
  const operations = new OperationsStack(app, named("Operations"), { province, data, api, processing });
  const edge = edgeProps(province).map((at) => new EdgeStack(app, named("Edge"), at));
  const budget = budgetProps(province).map((of) => new BudgetStack(app, named("Budget"), of));
  addDeploymentOrder([data, ...agencies, processing, api, operations, ...edge, ...budget]);
}

/** What consumes is there before anybody can file. A dependency says the order alone: it makes no export. */
function addDeploymentOrder(stacks: Stack[]): void {
  for (const [n, stack] of stacks.entries()) {
    const before = stacks[n - 1];
    if (before) stack.addStackDependency(before);
  }
}
