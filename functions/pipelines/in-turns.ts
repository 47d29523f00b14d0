import { failureOf, log } from "#shared/runtime/log.ts";

const atOnce = 8;

type Turn<T> = { message: string; attendTo: (one: T) => Promise<void> };

/**
 * Attends to all items, eight at a time, and returns how many failed. One that fails is logged under `message` and
 * keeps no other from its turn; to try it again is up to the caller.
 */
export async function inTurns<T extends { id: string }>(all: T[], { message, attendTo }: Turn<T>): Promise<number> {
  const waiting = all.values();
  let failures = 0;
  const serve = async () => {
    for (const one of waiting)
      await attendTo(one).catch((error: unknown) => {
        failures++;
        log.error(message, { id: one.id, failure: failureOf(error) });
      });
  };
  await Promise.all(Array.from({ length: atOnce }, serve));
  return failures;
}
