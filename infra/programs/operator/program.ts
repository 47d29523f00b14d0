import { join } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";

/** The file in which a running local cloud writes environment variables for its tables, files and secrets. */
export const localVariables = join(process.env.FOAD_STATE_FOLDER ?? ".local", "operator.env");

type Program = {
  /** The command line, in one line. */
  usage: string;
  /** Printed before the reason of a failure, such as "Nothing was compared". */
  undone: string;
};

/** Returns the parsed arguments. Ends the program with exit code 0 for `--help`, and with 2 for unknown arguments. */
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

/** Runs the program and sets its exit code. If it throws, prints one line with the reason, and the exit code is 1. */
export async function run(program: Program, main: () => Promise<number>): Promise<void> {
  process.exitCode = await main().catch((error: unknown) => printAndReturn(failure(program, error), 1));
}

/** Prints a line, and returns the exit code `status`. */
export function printAndReturn(line: string, status: number): number {
  process.stdout.write(`${line}\n`);
  return status;
}

function failure({ usage, undone }: Program, error: unknown): string {
  const why = String(error instanceof Error ? error.message || error.name : error);
  return `${undone}: ${why.replace(/\.$/, "")}. ${usage}`;
}
