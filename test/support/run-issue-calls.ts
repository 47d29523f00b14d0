import { handler } from "#functions/issues/ask-about-issues.function.ts";
import { dieWhenTold } from "./deaths.ts";
import { aContext } from "./stored-complaints.ts";

/** Runs once, in a process of its own that a test may kill, what makes call lists of issues and writes results. */
dieWhenTold();
await handler({}, aContext);
process.exit(0);
