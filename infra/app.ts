import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { calendarWarning } from "#shared/province/calendar-warning.ts";
import { addProvince, appIn } from "./assembly.ts";
import { chosenProvince } from "./chosen-province.ts";
import { provinceFile } from "./settings.ts";

const app = appIn(process.env.CDK_OUTDIR ?? "cdk.out");
const province = chosenProvince({ args: process.argv.slice(2), context: app.node.getAllContext() });
const ending = calendarWarning(province, new Date().toISOString());
// On the error stream, since as a warning of the CDK it would stop a synth that is strict.
if (ending) process.stderr.write(`${ending}\n`);
await addProvince(app, { province, provinceFile: provinceFile(province.id) });
Validations.of(app).addPlugins(new AwsSolutionsChecks(), new ServerlessChecks());
app.synth();
