import { existsSync } from "node:fs";
import { assertUsableProvince } from "#infra/provinces/province-files.ts";
import { parseComplaintId } from "#shared/identifier.ts";
import { commandLine, localVariables, printAndReturn, run } from "./program.ts";

const program = { usage: "npm run head -- QZ-7K3M-9XPT-Q [--write]", undone: "Nothing was compared" };
const variables = ["COMPLAINTS_TABLE", "IDENTITIES_TABLE", "MASK_KEY_SECRET"];

/**
 * `npm run head -- ID [--write]`: compares a complaint's head with its events. With `--write` it repairs the head. It prints
 * names of fields, but no values. By default it uses the local cloud of `FOAD_STATE_FOLDER`. To use deployed tables, set
 * COMPLAINTS_TABLE, IDENTITIES_TABLE, MASK_KEY_SECRET and FOAD_PROVINCE, and provide credentials that may read and write them.
 */
await run(program, main);

async function main(): Promise<number> {
  const { values, positionals } = commandLine(program, { write: { type: "boolean" } });
  const [typed, ...others] = positionals;
  const question = `Which complaint? One at a time: ${program.usage}`;
  if (!typed || others.length > 0) return printAndReturn(question, 2);
  const deployed = Boolean(process.env.COMPLAINTS_TABLE);
  // With deployed tables, do not load the local cloud's variables: their endpoints would point to the local cloud.
  if (!deployed && existsSync(localVariables)) process.loadEnvFile(localVariables);
  // For deployed tables FOAD_PROVINCE must be set. Its default is the pilot, whose escalation levels do not fit other
  // provinces.
  const required = deployed ? [...variables, "FOAD_PROVINCE"] : variables;
  const unset = required.filter((name) => !process.env[name]);
  if (unset.length > 0) return printAndReturn(`Start the local cloud, or set ${unset.join(", ")}.`, 2);
  assertUsableProvince(process.env.FOAD_PROVINCE_FILE ?? "");
  // Imported only now: the module reads the province's file when it is loaded.
  const { idPrefixes } = await import("#shared/province/slices.static.ts");
  const id = parseComplaintId(typed, idPrefixes);
  if (!id) return printAndReturn(question, 2);
  return compare(id, values.write ? "repair" : "report");
}

async function compare(id: string, mode: "repair" | "report"): Promise<number> {
  // Imported only now: the module reads the environment variables when it is loaded.
  const { compareHead, headDifferences, repairHead } = await import("#shared/complaints/heads.store.ts");
  const compared = await compareHead(id);
  if (compared.isBeingErased)
    return printAndReturn(`${id} is being erased: its head is gone on purpose. Nothing was written.`, 1);
  if (compared.firstMissingVersion)
    return printAndReturn(
      `${id}: event ${compared.firstMissingVersion} is missing, or only a newer version can read it; a head without it would be wrong.`,
      1,
    );
  if (compared.marksLost)
    return printAndReturn(
      `${id}: the head has no marks by which later texts are masked. The identity was erased, or an entry that may say so cannot be read. Copy the head's item from a restored table.`,
      1,
    );
  if (!compared.rebuilt)
    return printAndReturn(`${id} has no events that begin with its filing: there is nothing to go by.`, 1);
  const differences = headDifferences(compared);
  if (differences.length === 0) return printAndReturn(`${id}: the head is what its events make of it.`, 0);
  const found = compared.stored ? `differs in ${differences.join(", ")}` : "is missing";
  if (mode === "report") return printAndReturn(`${id}: the head ${found}. Nothing was written; --write mends it.`, 1);
  return (await repairHead(compared))
    ? printAndReturn(`${id}: the head ${found}, and was mended.`, 0)
    : printAndReturn(`${id}: somebody moved it meanwhile and nothing was written; run it again.`, 1);
}
