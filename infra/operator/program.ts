import { join } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";

/** What a running local cloud tells of its tables, files and secrets. */
export const localVariables = join(process.env.FOAD_STATE ?? ".local", "operator.env");

type Program = {
  /** How it is run, in one line. */
  usage: string;
  /** What did not come about, where it fails. */
  undone: string;
};

/** What it is run with. Ends it where it is asked how it is run (0), and where it does not know what it is given (2). */
export function commandLine<T extends NonNullable<ParseArgsConfig["options"]>>(
  program: Program,
  options: T,
  args = process.argv.slice(2),
) {
  if (args.includes("--help")) process.exit(printAndReturn(program.usage, 0));
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    process.exit(printAndReturn(failure(program, error), 2));
  }
}

/** Ends with what the program answers, and with 1 and a plain line where it fails. */
export async function run(program: Program, main: () => Promise<number>): Promise<void> {
  process.exitCode = await main().catch((error: unknown) => printAndReturn(failure(program, error), 1));
}

/** Prints a line, and passes the exit code on. */
export function printAndReturn(line: string, status: number): number {
  process.stdout.write(`${line}\n`);
  return status;
}

function failure({ usage, undone }: Program, error: unknown): string {
  const why = String(error instanceof Error ? error.message || error.name : error);
  return `${undone}: ${why.replace(/\.$/, "")}. ${usage}`;
}
