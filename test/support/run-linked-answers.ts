/** Runs the scan that answers linked complaints once, in a process of its own that a test may kill (`FOAD_TEST_NOW`). */
import "./shifted-clock.ts";

const { handler } = await import("#functions/issues/answer-linked-complaints.ts");
const { aContext } = await import("./stored-complaints.ts");
await handler({}, aContext);
process.exit(0);
