import type { TheLocalCloud } from "../the-local-cloud.ts";
import { nextByClock } from "./clock-events.ts";
import { compareExport } from "./exported.ts";
import { fileFirst, fileReport } from "./filings.ts";
import { compareHeads } from "./folded.ts";
import { compare, type Followed, readAsCitizen, type World } from "./followed.ts";
import { actOf } from "./intent.ts";
import { advance, keepClear } from "./passing-time.ts";
import { perform } from "./performed.ts";
import { requestFor } from "./requests.ts";
import type { Start, Step } from "./steps.ts";

/** How often everything is read, beside what each answer tells. */
const readEvery = 5;

/** Takes every step in the product and in the model; throws where they part, with all that was done. */
export async function runSequence(cloud: TheLocalCloud, { start, steps }: { start: Start; steps: Step[] }) {
  const world: World = { cloud, followed: [], log: [] };
  try {
    await fileFirst(world, start);
    for (const [n, step] of steps.entries()) {
      await keepClear(world);
      await take[step.step](world, step as never);
      if (n % readEvery === readEvery - 1) await readAll(world);
    }
    await readAll(world);
    await compareHeads(world);
    const last = world.followed.at(-1);
    if (last) await compareExport(world, last);
  } catch (cause) {
    throw new Error(`${world.log.join("\n")}\n${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    for (const { receipt, state } of world.followed) if (state.status !== "closed") await withdraw(cloud, receipt);
  }
}

const withdraw = (cloud: TheLocalCloud, { id, secret }: Followed["receipt"]) =>
  cloud.call({ method: "POST", path: `/v1/complaints/${id}/withdrawal`, secret });

async function readAll(world: World): Promise<void> {
  for (const followed of world.followed) compare(await readAsCitizen(world, followed), followed, "citizen");
}

type Taken = { [S in Step as S["step"]]: (world: World, step: S) => Promise<void> };

const take: Taken = {
  async act(world, intent) {
    const followed = chosen(world, intent.target);
    const act = actOf(intent, followed.state);
    const call = requestFor(act, { ...followed, now: world.cloud.clock.now() });
    await perform(world, followed, { act, call });
    if (act.key !== undefined) followed.lastKeyed = { act, call };
  },
  async repeat(world, { target, sameBody }) {
    const followed = chosen(world, target);
    if (!followed.lastKeyed) return;
    const { act, call } = followed.lastKeyed;
    const other = { ...act, wording: "!" };
    const otherCall = () => requestFor(other, { ...followed, now: world.cloud.clock.now() });
    await perform(world, followed, sameBody ? { act, call } : { act: other, call: otherCall() });
  },
  async retaliate(world, { proven }) {
    const [first] = world.followed;
    if (!first || world.followed.length > 1) return;
    await fileReport(world, { first, proven });
  },
  wait: (world, { ms }) => advance(world, ms),
  async "until-due"(world, { target, ms }) {
    const next = nextByClock(chosen(world, target).state);
    if (next) await advance(world, Date.parse(next.dueAt) + ms - world.cloud.clock.now());
  },
};

function chosen({ followed }: World, target: number): Followed {
  const found = followed[target] ?? followed[0];
  if (!found) throw new Error("nothing was filed");
  return found;
}
