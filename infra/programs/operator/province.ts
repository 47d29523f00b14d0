import { commandLine } from "./program.ts";
import { checkProvinces, writeProvince, writeSchemas } from "./province-commands.ts";

const program = {
  usage: "npm run province -- new <id> | check [id…] [--against <git ref>] | schema",
  undone: "Nothing was checked",
};

/** A subcommand: takes the arguments after its name, prints its result, and returns the exit code. */
type Command = (args: string[]) => number;

/** `npm run province -- COMMAND`: writes and checks province files. Exit code 1 if something is refused. */
const commands: Record<string, Command> = {
  check(args) {
    const { values, positionals } = commandLine(program, { against: { type: "string" } }, args);
    return checkProvinces({ ids: positionals, against: values.against, now: new Date().toISOString() });
  },
  new([id = "", ...more]) {
    if (more.length > 0) throw new Error(`One province at a time: ${program.usage}`);
    return writeProvince(id);
  },
  schema: () => writeSchemas(),
};

process.exitCode = main(process.argv.slice(2));

function main([name = "", ...args]: string[]): number {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new Error(program.usage);
    return command(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}
