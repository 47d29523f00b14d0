/** In a process that a test starts: the time is `FOAD_TEST_NOW` at its start, and goes on from there. */
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
