import type { TheLocalCloud } from "../the-local-cloud.ts";
import { fileFirst, fileReport } from "./filings.ts";
import {
  compareExport,
  compareHeads,
  compareWithModel,
  type ModelledComplaint,
  type ModelWorld,
  readAsCitizen,
} from "./followed.ts";
import { advance, avoidDueInstants, perform } from "./performed.ts";
import { requestFor } from "./requests.ts";
import { requestOfIntent, type Start, type Step } from "./steps.ts";
import { nextClockEvent } from "./times.ts";

/** How often everything is read, beside what each answer tells. */
const readEvery = 5;

/** Takes every step in the product and in the model; throws if they part, with all that was done. */
export async function runSequence(cloud: TheLocalCloud, { start, steps }: { start: Start; steps: Step[] }) {
  const world: ModelWorld = { cloud, followed: [], log: [] };
  try {
    await fileFirst(world, start);
    for (const [n, step] of steps.entries()) {
      await avoidDueInstants(world);
      await stepRunners[step.step](world, step as never);
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

const withdraw = (cloud: TheLocalCloud, { id, secret }: ModelledComplaint["receipt"]) =>
  cloud.call({ method: "POST", path: `/v1/complaints/${id}/withdrawal`, secret });

async function readAll(world: ModelWorld): Promise<void> {
  for (const followed of world.followed) compareWithModel(await readAsCitizen(world, followed), followed, "citizen");
}

type StepRunners = { [S in Step as S["step"]]: (world: ModelWorld, step: S) => Promise<void> };

const stepRunners: StepRunners = {
  async act(world, intent) {
    const followed = chosen(world, intent.target);
    const request = requestOfIntent(intent, followed.state);
    const call = requestFor(request, { ...followed, now: world.cloud.clock.now() });
    await perform(world, followed, { act: request, call });
    if (request.key !== undefined) followed.lastKeyed = { act: request, call };
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
    const next = nextClockEvent(chosen(world, target).state);
    if (next) await advance(world, Date.parse(next.dueAt) + ms - world.cloud.clock.now());
  },
};

function chosen({ followed }: ModelWorld, target: number): ModelledComplaint {
  const found = followed[target] ?? followed[0];
  if (!found) throw new Error("nothing was filed");
  return found;
}
