export type Shift = ReturnType<typeof shiftTime>;

/** Moves the clock of this process forward. */
export function shiftTime() {
  const RealDate = Date;
  let offset = 0;
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
  return {
    by: (ms: number) => {
      offset += ms;
    },
    end: () => Object.assign(globalThis, { Date: RealDate }),
  };
}
