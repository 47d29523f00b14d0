import { parseArgs } from "node:util";
import { checkProvinces } from "./province/check.ts";

const usage = "npm run province -- check [id…]";

/** A subcommand: takes what stands after its name, prints, and returns the program's exit code. */
type Command = (args: string[]) => number;

/** `npm run province -- COMMAND`: what a province's file is made and checked with. Exit code 1 where something is refused. */
const commands: Record<string, Command> = {
  check(args) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
    return checkProvinces({ ids: positionals });
  },
};

process.exitCode = main(process.argv.slice(2));

function main([name = "", ...args]: string[]): number {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new Error(usage);
    return command(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}
