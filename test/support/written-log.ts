import { vi } from "vitest";

/** Catches what is written to standard output and error, which is what a function logs; `text` is all of it so far. */
export function captureLog() {
  let text = "";
  const keep = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockImplementation(keep));
  return { text: () => text, release: () => spies.map((spy) => spy.mockRestore()) };
}
