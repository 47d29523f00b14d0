import type { Province } from "#shared/province/province.ts";
import { named, provinceIds, readProvince } from "./settings.ts";

type Command = {
  /** The arguments after the program's name. */
  args: string[];
  /** All context: what the CDK's command line was given by `-c`, its own, and ours. */
  context: Record<string, unknown>;
};

/** The province that this assembly is for. Ends the program in plain lines where none is named, or its file is at fault. */
export function chosenProvince({ args, context }: Command): Province {
  try {
    refuseArguments(args);
    refuseUnknownContext(Object.keys(context));
    return readProvince(chosenId(context.province));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

/** Run directly, a program of the CDK is given no context: an ignored `-c` would synthesize another province unnoticed. */
function refuseArguments(args: string[]): void {
  if (args.length === 0) return;
  throw new Error(
    `"${args.join(" ")}" is not read here: -c province=… is for npx cdk synth and npx cdk deploy; this program takes FOAD_PROVINCE.`,
  );
}

/** Ours, and what cdk.json sets; the CDK's own keys have a prefix. */
const known = ["province", "cli-telemetry"];

/** A misspelt key would be ignored, and another province synthesized. */
function refuseUnknownContext(keys: string[]): void {
  const unknown = keys.filter((key) => !known.includes(key) && !/^(@aws-cdk\/|aws:cdk:)/.test(key));
  if (unknown.length === 0) return;
  throw new Error(`The context ${unknown.join(", ")} is not known here: a province is named by -c province=<id>.`);
}

/** By the command line or the environment, or the only one there is. */
function chosenId(given: unknown): string {
  const fromEnvironment = process.env.FOAD_PROVINCE || undefined;
  if (given !== undefined && fromEnvironment !== undefined && given !== fromEnvironment)
    throw new Error(`-c province=${given} and FOAD_PROVINCE=${fromEnvironment} name two provinces: leave one out.`);
  const asked = given === undefined ? fromEnvironment : String(given);
  return namedOrOnly(asked, "by npx cdk … -c province=<id>, or in FOAD_PROVINCE");
}

/** The province that is named, or the only one there is; throws with `how` one is named where neither says which. */
export function namedOrOnly(id: string | undefined, how: string): string {
  const there = provinceIds();
  const chosen = id ?? (there.length === 1 ? there[0] : undefined);
  if (chosen === undefined) throw new Error(`Which province? Name it ${how}: ${named(there)}.`);
  return chosen;
}
