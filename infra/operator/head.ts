import { parseArgs } from "node:util";
import { readComplaintId } from "#shared/domain/complaint/identifier.ts";
import { compareHead, differencesOf, mendHead } from "#shared/store/complaints/heads.ts";

/**
 * `npm run head -- ID [--write]`: compares a complaint's head with its events, and with `--write` mends it. Prints
 * names of fields, never values. Works on the local cloud where that runs; for a deployed province set
 * COMPLAINTS_TABLE, IDENTITIES_TABLE and MASK_KEY_SECRET in the environment, with credentials that may use them.
 */
const { values, positionals } = parseArgs({ options: { write: { type: "boolean" } }, allowPositionals: true });
process.exitCode = await main();

async function main(): Promise<number> {
  const id = readComplaintId(positionals[0] ?? "");
  if (!id) return said("Which complaint? npm run head -- QZ-7K3M-9XPT-Q", 2);
  if (!process.env.COMPLAINTS_TABLE)
    return said(
      "No table is named: start the local cloud, or set COMPLAINTS_TABLE, IDENTITIES_TABLE and MASK_KEY_SECRET.",
      2,
    );
  const compared = await compareHead(id);
  if (!compared.folded) return said(`${id} has no events that begin with its filing: there is nothing to go by.`, 1);
  const differences = differencesOf(compared);
  if (differences.length === 0) return said(`${id}: the head is what its events make of it.`, 0);
  const found = compared.stored ? `differs in ${differences.join(", ")}` : "is missing";
  if (!values.write) return said(`${id}: the head ${found}. Nothing was written; --write mends it.`, 1);
  const isMended = await mendHead(compared);
  return isMended
    ? said(`${id}: the head ${found}, and was mended.`, 0)
    : said(`${id}: somebody moved it meanwhile and nothing was written; run it again.`, 1);
}

function said(line: string, status: number): number {
  process.stdout.write(`${line}\n`);
  return status;
}
