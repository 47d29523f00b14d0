import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { calendarWarning } from "#shared/province/checks/province-faults.ts";
import { addProvince, createApp } from "./assembly.ts";
import { chosenProvince, provinceFile, unreleasedWarning } from "./provinces/province-files.ts";

const app = createApp(process.env.CDK_OUTDIR ?? "cdk.out");
const province = chosenProvince({ args: process.argv.slice(2), context: app.node.getAllContext() });
const file = provinceFile(province.id);
const warnings = [calendarWarning(province, new Date().toISOString()), unreleasedWarning(province, { file })];
// Warnings go to the error stream. As warnings of the CDK they would stop `cdk synth --strict`.
for (const warning of warnings) if (warning !== undefined) process.stderr.write(`${warning}\n`);
await addProvince(app, { province, provinceFile: file });
Validations.of(app).addPlugins(new AwsSolutionsChecks(), new ServerlessChecks());
app.synth();
