import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { bundleFolder, bundleFunctions } from "./bundle.ts";
import { apiFunctions } from "./routes.ts";
import { provinceId, readProvince } from "./settings.ts";
import { AgenciesStack } from "./stacks/agencies.ts";
import { ApiStack } from "./stacks/api.ts";
import { DataStack } from "./stacks/data.ts";
import { OperationsStack } from "./stacks/operations.ts";
import { ProcessingStack } from "./stacks/processing.ts";

const outdir = process.env.CDK_OUTDIR ?? "cdk.out";
const province = readProvince(provinceId);
const entries = {
  ...Object.fromEntries(apiFunctions.map((name) => [name, `functions/api/${name}.ts`])),
  "dispatch-event": "functions/streams/dispatch-event.ts",
  "note-undelivered": "functions/deliveries/note-undelivered.ts",
  "redrive-events": "functions/deliveries/redrive-events.ts",
  "sweep-due": "functions/escalation/sweep-due.ts",
  "raise-complaint": "functions/escalation/raise-complaint.ts",
  "move-deadlines": "functions/hours/move-deadlines.ts",
  "send-notification": "functions/queues/send-notification.ts",
  "confirm-attachment": "functions/files/confirm-attachment.ts",
  "park-address": "functions/queues/park-address.ts",
};
const bundles = bundleFolder(outdir);
await bundleFunctions({ entries, outdir: bundles, province: province.id });
const bundleOf = (name: string) => join(bundles, name);

// Context is set here because an app that is run directly does not read cdk.json's.
const app = new App({ outdir, context: { "@aws-cdk/core:validateAgainstDefaultRules": true } });
const named = (part: string) => `Foad-${province.id}-${part}`;
const data = new DataStack(app, named("Data"), { province, terminationProtection: true });
for (const [stack, agencies] of Map.groupBy(province.agencies, ({ stack }) => stack))
  new AgenciesStack(app, named(`Agencies-${stack}`), { province, agencies });
const { api } = new ApiStack(app, named("Api"), { province, data, bundleOf });
const processing = new ProcessingStack(app, named("Processing"), { province, data, bundleOf });
new OperationsStack(app, named("Operations"), { api, processing });
Validations.of(app).addPlugins(new AwsSolutionsChecks());
app.synth();
