import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { refuseUnusable } from "#infra/settings.ts";
import { readComplaintId } from "#shared/domain/complaint/identifier.ts";

const usage = "npm run head -- QZ-7K3M-9XPT-Q [--write]";
/** What a running local cloud tells of its tables and secrets. */
const localVariables = join(process.env.FOAD_STATE ?? ".local", "operator.env");
const variables = ["COMPLAINTS_TABLE", "IDENTITIES_TABLE", "MASK_KEY_SECRET"];

/**
 * `npm run head -- ID [--write]`: compares a complaint's head with its events, and with `--write` mends it. Prints the
 * names of fields, no values. It works on the local cloud of `FOAD_STATE`, unless COMPLAINTS_TABLE, IDENTITIES_TABLE and
 * MASK_KEY_SECRET name what a province has deployed; then with credentials that may read and write there.
 */
process.exitCode = await main().catch((error: unknown) =>
  said(`Nothing was compared: ${error instanceof Error ? error.message || error.name : error}. ${usage}`, 1),
);

async function main(): Promise<number> {
  const options = { write: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const id = readComplaintId(positionals[0] ?? "");
  if (!id || positionals.length > 1) return said(`Which complaint? One at a time: ${usage}`, 2);
  const deployed = Boolean(process.env.COMPLAINTS_TABLE);
  // Never both: names of what is deployed would be looked for in the local cloud.
  if (!deployed && existsSync(localVariables)) process.loadEnvFile(localVariables);
  // The local cloud shows the pilot where nobody names another; the pilot's ladder may mend nobody else's heads.
  const wanted = deployed ? [...variables, "FOAD_PROVINCE"] : variables;
  const unset = wanted.filter((name) => !process.env[name]);
  if (unset.length > 0) return said(`Start the local cloud, or set ${unset.join(", ")}.`, 2);
  refuseUnusable(process.env.FOAD_PROVINCE_FILE ?? "");
  return compare(id, values.write ? "mend" : "tell");
}

async function compare(id: string, wanted: "mend" | "tell"): Promise<number> {
  // Only now, since the store reads the environment.
  const { compareHead, differencesOf, mendHead } = await import("#shared/store/complaints/heads.ts");
  const compared = await compareHead(id);
  if (compared.missing)
    return said(
      `${id}: event ${compared.missing} is missing, or only a newer version can read it; a head without it would be wrong.`,
      1,
    );
  if (!compared.folded) return said(`${id} has no events that begin with its filing: there is nothing to go by.`, 1);
  const differences = differencesOf(compared);
  if (differences.length === 0) return said(`${id}: the head is what its events make of it.`, 0);
  const found = compared.stored ? `differs in ${differences.join(", ")}` : "is missing";
  if (wanted === "tell") return said(`${id}: the head ${found}. Nothing was written; --write mends it.`, 1);
  return (await mendHead(compared))
    ? said(`${id}: the head ${found}, and was mended.`, 0)
    : said(`${id}: somebody moved it meanwhile and nothing was written; run it again.`, 1);
}

function said(line: string, status: number): number {
  process.stdout.write(`${line}\n`);
  return status;
}
