import { type Account, type Release, readBy } from "./deployed.ts";
import { after, emptyStack, refusalsOf, type Update } from "./update.ts";

export type Step = {
  stack: string;
  /** Why CloudFormation would refuse it, or what would be lost. */
  refusals: string[];
  /** Outputs that go while a deployed stack still reads them: until that one is updated too, nobody may touch it. */
  dangling: string[];
};

type Played = { steps: Step[]; account: Account };

/**
 * Deploys a release into an account, stack by stack in the release's own order, as CloudFormation would. What is refused
 * is noted and taken as done, so that one play tells all. Stacks that the release does not have stay as they are.
 */
export function play(account: Account, to: Release): Played {
  let now = account;
  const steps = [...to].map(([stack, is]) => {
    const update: Update = { stack, was: now.stacks.get(stack) ?? emptyStack, is, account: now };
    now = after(update);
    return { stack, refusals: refusalsOf(update), dangling: danglingAfter(update) };
  });
  return { steps, account: now };
}

/** Deploys a release over the last one, and the last one over it: that is what going back is. */
export function playUpgrade({ last, next }: { last: Release; next: Release }): { there: Step[]; back: Step[] } {
  const there = play({ stacks: last, leftBehind: new Map() }, next);
  return { there: there.steps, back: play(there.account, last).steps };
}

function danglingAfter({ stack, was, is, account }: Update): string[] {
  const gone = Object.keys(was.Outputs).filter((name) => !(name in is.Outputs));
  return [...account.stacks].flatMap(([user, template]) =>
    gone.filter((name) => readBy(template).outputs.has(`${stack}.${name}`)).map((name) => `${name}, read by ${user}`),
  );
}
