import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { bundleFolder, bundleFunctions } from "./bundle.ts";
import { entries } from "./entries.ts";
import { chosenProvince } from "./settings.ts";
import { AgenciesStack } from "./stacks/agencies.ts";
import { ApiStack } from "./stacks/api.ts";
import { DataStack } from "./stacks/data.ts";
import { OperationsStack } from "./stacks/operations.ts";
import { ProcessingStack } from "./stacks/processing.ts";

// Set here, since an app that is run directly does not read the context of cdk.json.
const context = {
  "@aws-cdk/core:validateAgainstDefaultRules": true,
  // Weak, since an export in use by another stack blocks every update that drops or renames it.
  "@aws-cdk/core:defaultCrossStackReferences": "weak",
};
const outdir = process.env.CDK_OUTDIR ?? "cdk.out";
const app = new App({ outdir, context });
const province = chosenProvince({ args: process.argv.slice(2), context: app.node.getAllContext() });

const bundles = bundleFolder(outdir);
await bundleFunctions({ entries, outdir: bundles, province: province.id });
const bundleOf = (name: string) => join(bundles, name);

const named = (part: string) => `Foad-${province.id}-${part}`;
const data = new DataStack(app, named("Data"), { province, terminationProtection: true });
for (const [stack, agencies] of Map.groupBy(province.agencies, ({ stack }) => stack))
  new AgenciesStack(app, named(`Agencies-${stack}`), { province, agencies });
const api = new ApiStack(app, named("Api"), { province, data, bundleOf });
const processing = new ProcessingStack(app, named("Processing"), { province, data, bundleOf });
new OperationsStack(app, named("Operations"), { api, processing });
Validations.of(app).addPlugins(new AwsSolutionsChecks());
app.synth();
