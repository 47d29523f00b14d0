import { handler } from "#functions/messages/send-sms.function.ts";
import { aContext } from "./stored-complaints.ts";

/** Runs the sender of messages once, in a process of its own that a test may kill. */
await handler({}, aContext);
process.exit(0);
