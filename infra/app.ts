import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { addProvince, appIn } from "./assembly.ts";
import { chosenProvince, provinceFile } from "./settings.ts";

const app = appIn(process.env.CDK_OUTDIR ?? "cdk.out");
const province = chosenProvince({ args: process.argv.slice(2), context: app.node.getAllContext() });
await addProvince(app, { province, provinceFile: provinceFile(province.id) });
Validations.of(app).addPlugins(new AwsSolutionsChecks(), new ServerlessChecks());
app.synth();
