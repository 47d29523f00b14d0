/** Runs once, in a process of its own that a test may kill, what makes call lists of issues and writes results (`FOAD_TEST_NOW`). */
import "./shifted-clock.ts";

const { handler } = await import("#functions/issues/ask-about-issues.ts");
const { aContext } = await import("./stored-complaints.ts");
await handler({}, aContext);
process.exit(0);
