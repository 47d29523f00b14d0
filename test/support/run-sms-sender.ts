/**
 * Runs the sender of messages once, in a process of its own that a test may kill. `FOAD_TEST_NOW` is the instant at which it
 * begins.
 */
import "./shifted-clock.ts";

const { handler } = await import("#functions/notifications/send-sms.ts");
const { aContext } = await import("./stored-complaints.ts");
await handler({}, aContext);
process.exit(0);
