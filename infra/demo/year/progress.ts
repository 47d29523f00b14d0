import { jalaliDate } from "../tehran-time.ts";

const width = 30;

type Progress = { at: number; complaints: number; share: number };

/** A line that is written over itself on a terminal; elsewhere a new line for each tenth of the way. */
export function progressBar({ share: begun }: { share: number }) {
  const began = performance.now();
  let tenth = -1;
  return ({ at, complaints, share }: Progress): void => {
    const filled = Math.round(share * width);
    const bar = `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
    const left = timeLeft({ spent: performance.now() - began, through: share - begun, ahead: 1 - share });
    const line = `${bar} ${percent(share)}  ${jalaliDate(at)}  ${complaints} complaints  ${left}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}${share >= 1 ? "\n" : ""}`);
    else if (Math.floor(share * 10) > tenth) console.log(line);
    tenth = Math.floor(share * 10);
  };
}

const percent = (share: number) => `${Math.floor(share * 100)} %`.padStart(5);

function timeLeft({ spent, through, ahead }: { spent: number; through: number; ahead: number }): string {
  if (ahead <= 0) return "done";
  // Nothing can be foretold from the first steps.
  if (through < 0.005) return "";
  const seconds = Math.round(((spent / through) * ahead) / 1_000);
  return `about ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left`;
}
