import type { Cast } from "./cast.ts";
import type { Endpoints } from "./endpoints.ts";
import { heading, stepTitle } from "./page.ts";

/** What every step has at hand. */
export type Stage = Cast & { endpoints: Endpoints };

export type Step = { title: string; play: () => Promise<void> };

/** A chapter of the story; its steps are played in order, and each prints what a person would want to read of it. */
export type Act = { title: string; where: string; steps: Step[] };

/** Plays the acts; rejects with the step that failed, and why as its cause. */
export async function playActs(acts: Act[]): Promise<void> {
  let number = 0;
  for (const { title, where, steps } of acts) {
    heading(title, where);
    for (const step of steps) {
      number += 1;
      stepTitle(number, step.title);
      await step.play().catch((cause: unknown) => {
        throw new Error(`Step ${number} failed (${step.title})`, { cause });
      });
    }
  }
}
