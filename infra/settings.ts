import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { toDotPath } from "zod/v4/core";
import { Province, provinceFaults } from "#shared/province/province.ts";
import { wallFaults } from "./province-walls.ts";

/** Where the provinces' files are: here, unless `FOAD_PROVINCES` names another folder, as tests and trials do. */
const folder = process.env.FOAD_PROVINCES ?? join(import.meta.dirname, "provinces");

type Command = {
  /** The arguments after the program's name. */
  args: string[];
  /** What the CDK's command line was given by `-c`. */
  context: Record<string, unknown>;
};

/**
 * The province that this assembly is for: `FOAD_PROVINCE`, or Qazvin where it is not set. Ends the program with a plain
 * sentence where the file is at fault, or where the province is named on the command line, which is not read: the
 * default would be deployed unnoticed.
 */
export function chosenProvince({ args, context }: Command): Province {
  const [key] = Object.keys(context).filter((name) => /^(foad[_-]?)?province$/i.test(name));
  const named = key === undefined ? args.join(" ") : `-c ${key}=${context[key]}`;
  try {
    if (named)
      throw new Error(
        `"${named}" is not read from the command line: name the province in the environment, as in FOAD_PROVINCE=alborz npm run synth.`,
      );
    return readProvince(process.env.FOAD_PROVINCE ?? "qazvin");
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

/** The provinces that have a file; a second dot marks what is no province of its own. */
export function provinceIds(): string[] {
  const names = globSync("*.json", { cwd: folder }).filter((name) => /^[^.]+\.json$/.test(name));
  return names.map((name) => basename(name, ".json")).sort();
}

/** The path of a province's file. */
export function provinceFile(id: string): string {
  return join(folder, `${id}.json`);
}

/** Reads and checks a province's file; throws one error that names every fault with its path. */
export function readProvince(id: string): Province {
  const file = provinceFile(id);
  if (!existsSync(file)) {
    throw new Error(
      `There is no province "${id}" in infra/provinces; FOAD_PROVINCE names one of: ${provinceIds().join(", ")}.`,
    );
  }
  return checkedProvince(readJson(file, id), { id });
}

function readJson(file: string, id: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    throw new Error(`infra/provinces/${id}.json cannot be read as JSON: ${why}.`, { cause });
  }
}

/** A province from the content of the file that is named after `id`; throws one error that lists every fault. */
export function checkedProvince(content: unknown, { id }: { id: string }): Province {
  const faults = [...provinceFaults(content), ...wallFaults(content)].map(
    ({ path, message }) => `  ${toDotPath(path) || "(top)"}: ${message}`,
  );
  if (faults.length > 0)
    throw new Error(`infra/provinces/${id}.json is not a valid province file:\n${faults.join("\n")}`);
  const province = Province.parse(content);
  // Stacks and queues are named after the id: a copied file would be deployed over the province it was copied from.
  if (province.id !== id)
    throw new Error(`infra/provinces/${id}.json says that its id is "${province.id}": the file is named after the id.`);
  return province;
}
