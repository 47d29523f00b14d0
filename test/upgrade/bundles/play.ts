import { agencyInbox } from "../../support/agency-inbox.ts";
import { lives } from "./lives.ts";
import { readByAll, readFeeds, readLists } from "./reading.ts";
import { type Followed, fileOne, take, type World } from "./steps.ts";
import { deadLetters, errorsIn } from "./traces.ts";
import { letPass } from "./visitor.ts";

/**
 * Files a complaint for each life, and takes it to where it is left to the other code. What this code cannot do, being
 * too old, is told, and its life left out.
 */
export async function begin(world: World, followed: Followed[]): Promise<void> {
  const named = Object.entries(lives);
  const start = async (chosen: typeof named) => {
    for (const [life, { first, retaliationFor }] of chosen) {
      const one = await fileOne(world, { life, about: followed.find((other) => other.life === retaliationFor) });
      followed.push(one);
      for (const step of first) await take(world, one, step);
      const refused = world.faults.splice(0);
      for (const fault of refused) world.say(`left out: ${fault}`);
      if (refused.length > 0) followed.pop();
    }
  };
  await start(named.filter(([, { late }]) => late));
  await letPass(world.endpoints, "P10D");
  await start(named.filter(([, { late }]) => !late));
  await letPass(world.endpoints, "PT1M");
}

type Found = { followed: Followed[]; state: string };

/** Goes on with complaints that other code has made, until each is closed or has climbed to the top. */
export async function goOn(world: World, { followed, state }: Found) {
  const before = { errors: errorsIn(state), versions: await readAll(world, followed), mails: await mails(world) };
  for (const one of followed) for (const step of lives[one.life]?.next ?? []) await take(world, one, step);
  await letPass(world.endpoints, "P40D");
  const versions = await readAll(world, followed);
  const events = followed.filter(isTold).flatMap(({ receipt: { id } }) => idsOf(id, versions.get(id) ?? 0));
  await expectTold(world, events);
  const parked = await world.ask({ as: "admin", path: "/v1/admin/deliveries" });
  if (!parked.text.includes('"items":[]')) world.faults.push(`undelivered: ${parked.text}`);
  for (const queue of await deadLetters(world.endpoints)) world.faults.push(`dead letters: ${queue}`);
  for (const [message, times] of Object.entries(errorsIn(state)))
    if (times > (before.errors[message] ?? 0)) world.faults.push(`logged ${times} times: ${message}`);
  const moved = [...versions].filter(([id, version]) => version > (before.versions.get(id) ?? 0)).length;
  const sent = (await mails(world)) - before.mails;
  if (sent <= 0) world.faults.push("nobody was mailed");
  return { complaints: followed.length, "moved by this code": moved, "events of agencies": events.length, mails: sent };
}

/** Of a report of retaliation no agency is told. */
const isTold = ({ retaliation }: Followed) => !retaliation;
const idsOf = (id: string, version: number) => Array.from({ length: version }, (_, n) => `${id}/${n + 1}`);

async function readAll(world: World, followed: Followed[]): Promise<Map<string, number>> {
  await readLists(world, followed);
  const versions = new Map<string, number>();
  for (const one of followed) versions.set(one.receipt.id, await readByAll(world, one));
  return versions;
}

/** Each event stands in an agency's queue and in an agency's feed, whichever code wrote it. */
async function expectTold(world: World, events: string[]): Promise<void> {
  const inbox = agencyInbox(world.endpoints);
  const found = await inbox.receiveEverywhere();
  inbox.close();
  const queued = new Set(Object.values(found).flatMap((all) => all.map(({ event }) => event.id)));
  const fed = await readFeeds(world, Object.keys(found));
  world.faults.push(...events.filter((id) => !queued.has(id)).map((id) => `${id} is in no queue`));
  world.faults.push(...events.filter((id) => !fed.has(id)).map((id) => `${id} is in no feed`));
}

async function mails({ endpoints }: World): Promise<number> {
  const all: unknown = await (await fetch(endpoints.mail)).json();
  return Array.isArray(all) ? all.length : 0;
}
