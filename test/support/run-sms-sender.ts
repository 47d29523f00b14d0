/**
 * Runs the sender of messages once, in a process of its own that a test may kill. `FOAD_TEST_NOW` is the instant at which it
 * begins.
 */
const offset = Date.parse(process.env.FOAD_TEST_NOW ?? "") - Date.now();
const RealDate = Date;

class ShiftedDate extends RealDate {
  constructor(...given: [] | [string | number]) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(given[0]);
  }
  static override now(): number {
    return RealDate.now() + offset;
  }
}
Object.assign(globalThis, { Date: ShiftedDate });

const { handler } = await import("#functions/notifications/send-sms.ts");
const { aContext } = await import("./stored-complaints.ts");
await handler({}, aContext);
process.exit(0);
