import { handler } from "#functions/issues/answer-linked-complaints.function.ts";
import { dieWhenTold } from "./deaths.ts";
import { aContext } from "./stored-complaints.ts";

/** Runs the scan that answers linked complaints once, in a process of its own that a test may kill. */
dieWhenTold();
await handler({}, aContext);
process.exit(0);
