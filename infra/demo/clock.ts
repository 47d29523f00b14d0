import * as z from "zod";
import type { Endpoints } from "./endpoints.ts";
import { during } from "./page.ts";

const ClockAnswer = z.object({ now: z.string() });

/** Moves the local cloud's time forward, by an ISO 8601 duration; tells what time it is then, and how long that took. */
export async function advance({ clock }: Endpoints, duration: string): Promise<{ now: string; seconds: string }> {
  const began = performance.now();
  const headers = { "content-type": "application/json" };
  const asked = fetch(clock, { method: "POST", headers, body: JSON.stringify({ advance: duration }) });
  const answer = await during("time passes", asked);
  const { now } = ClockAnswer.parse(await answer.json());
  return { now, seconds: ((performance.now() - began) / 1_000).toFixed(1) };
}

export async function timeIn({ clock }: Endpoints): Promise<number> {
  const answer = await fetch(clock);
  return Date.parse(ClockAnswer.parse(await answer.json()).now);
}
