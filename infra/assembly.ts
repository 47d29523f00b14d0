import { join } from "node:path";
import { App, type Stack } from "aws-cdk-lib";
import { sandboxQueue } from "#shared/province/clients.ts";
import type { Province } from "#shared/province/schema.ts";
import { bundleFolder, bundleFunctions, entries } from "./bundles/bundle.ts";
import { AgenciesStack } from "./stacks/agencies.ts";
import { ApiStack } from "./stacks/api.ts";
import { BudgetStack, budgetProps } from "./stacks/budget.ts";
import { DataStack } from "./stacks/data.ts";
import { EdgeStack, edgeProps } from "./stacks/edge.ts";
import { OperationsStack } from "./stacks/operations/operations.ts";
import { ProcessingStack } from "./stacks/processing.ts";

// The context stands here because an app that is run directly does not read cdk.json.
const context = {
  "@aws-cdk/core:validateAgainstDefaultRules": true,
  // Weak references make no exports. CloudFormation refuses to drop or rename an export that another stack imports.
  "@aws-cdk/core:defaultCrossStackReferences": "weak",
};

/** Returns a CDK app that writes its assembly into the folder `outdir`. */
export function createApp(outdir: string): App {
  return new App({ outdir, context });
}

/**
 * Bundles a province's functions, and adds its stacks to the app. `provinceFile` is the path that `province` was read from;
 * parts of that file are compiled into the bundles.
 */
export async function addProvince(
  app: App,
  { province, provinceFile }: { province: Province; provinceFile: string },
): Promise<void> {
  const bundles = bundleFolder(app.outdir);
  await bundleFunctions({ entries, outdir: bundles, provinceFile, edge: province.edge?.required ? "required" : "" });
  addStacks(app, { province, bundles });
}

/** Adds a province's stacks in the order of their deployment. `bundles` is the folder of the finished bundles. */
export function addStacks(app: App, { province, bundles }: { province: Province; bundles: string }): void {
  const bundleOf = (name: string) => join(bundles, name);
  const stackName = (suffix: string) => `Foad-${province.id}-${suffix}`;
  const data = new DataStack(app, stackName("Data"), { province });
  const agencies = [...Map.groupBy(province.agencies, ({ queueStack: stack }) => stack)].map(
    ([stack, agencies]) => new AgenciesStack(app, stackName(`Agencies-${stack}`), { province, agencies }),
  );
  const sandbox = { province, agencies: [sandboxQueue] };
  if (province.sandbox) agencies.push(new AgenciesStack(app, stackName("Agencies-sandbox"), sandbox));
  const processing = new ProcessingStack(app, stackName("Processing"), { province, data, bundleOf });
  const segment = processing.network.tablesSegment;
  const api = new ApiStack(app, stackName("Api"), { province, data, segment, bundleOf });
  const operations = new OperationsStack(app, stackName("Operations"), { province, data, api, processing });
  const edge = edgeProps(province).map((props) => new EdgeStack(app, stackName("Edge"), props));
  const budget = budgetProps(province).map((props) => new BudgetStack(app, stackName("Budget"), props));
  addDeploymentOrder([data, ...agencies, processing, api, operations, ...edge, ...budget]);
}

/**
 * Consumers are deployed before the API, so that no complaint is filed before something processes it. These dependencies
 * set only the order of deployment; they make no exports.
 */
function addDeploymentOrder(stacks: Stack[]): void {
  for (const [n, stack] of stacks.entries()) {
    const before = stacks[n - 1];
    if (before) stack.addStackDependency(before);
  }
}
