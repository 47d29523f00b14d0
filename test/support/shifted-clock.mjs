/**
 * Loaded before everything else in a process whose clock a test sets (`test-clock.ts`): `Date` is as many ms ahead of real time
 * as this module's address says. Plain JavaScript, since a child process may be an older Node.
 */
const offset = Number(new URL(import.meta.url).searchParams.get("ms"));
const RealDate = globalThis.Date;
const now = () => RealDate.now() + offset;

const Shifted = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length > 0 ? given : [now()], newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key, receiver) => (key === "now" ? now : Reflect.get(target, key, receiver)),
});
RealDate.prototype.constructor = Shifted;
globalThis.Date = Shifted;
