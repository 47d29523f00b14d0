import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { account, region } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/plain-failure.ts";
import { inDependencyOrder } from "./dependency-order.ts";

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      /** `aws://<account>/<region>`, each `unknown-…` where the province names none. */
      environment: z.string().default("aws://"),
      dependencies: z.array(z.string()).default([]),
      properties: z
        .object({ templateFile: z.string(), stackName: z.string().optional(), file: z.string() })
        .partial()
        .default({}),
    }),
  ),
});

const AssetFiles = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.unknown().optional(),
      DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
    }),
  ),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
});
export type Template = z.infer<typeof Template>;

export type Stack = { name: string; template: Template };

export type Assembly = {
  /** Each stack stands after the ones it depends on. */
  stacks: Stack[];
  /** The file or folder behind the object key that a template names. */
  assets: Map<string, string>;
};

const stackType = "aws:cloudformation:stack";
const assetsType = "cdk:asset-manifest";

/** Reads what `node infra/app.ts` left in its output folder, and nothing else. */
export function readAssembly(folder: string): Assembly {
  const { artifacts } = parseFile(join(folder, "manifest.json"), Manifest);
  const ordered = inDependencyOrder(
    new Map(Object.entries(artifacts).map(([id, { dependencies }]) => [id, dependencies])),
  );
  const of = (type: string) =>
    ordered.flatMap((id) =>
      artifacts[id]?.type === type ? [{ id, environment: artifacts[id].environment, ...artifacts[id].properties }] : [],
    );
  return {
    stacks: of(stackType).map(({ id, environment, stackName = id, templateFile = `${id}.template.json` }) => ({
      name: stackName,
      template: parseFile(join(folder, templateFile), Template, (text) => placedHere(text, environment)),
    })),
    assets: new Map(of(assetsType).flatMap(({ file }) => (file ? assetsOf(folder, file) : []))),
  };
}

/** A province that names its account and region has them in its templates as texts: here they are the local cloud's. */
function placedHere(text: string, environment: string): string {
  const [theirAccount = "", theirRegion = ""] = environment.replace("aws://", "").split("/");
  const moved = theirAccount === "" ? text : text.replaceAll(theirAccount, account);
  return theirRegion === "" ? moved : moved.replaceAll(theirRegion, region);
}

function assetsOf(folder: string, file: string): [string, string][] {
  const { files } = parseFile(join(folder, file), AssetFiles);
  return Object.values(files).flatMap(({ source: { path }, destinations }) =>
    path === undefined
      ? []
      : Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, join(folder, path)]),
  );
}

function parseFile<S extends z.ZodType>(file: string, schema: S, read = (text: string) => text): z.infer<S> {
  try {
    return schema.parse(JSON.parse(read(readFileSync(file, "utf8"))));
  } catch (cause) {
    throw plainFailure(
      `${file} is not what the synthesis should have written: run "npm run synth" and read what it says.`,
      cause,
    );
  }
}
