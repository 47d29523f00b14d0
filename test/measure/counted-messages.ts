import { entries } from "#infra/bundles/bundle.ts";
import { startSmsServer } from "#infra/programs/local-cloud/sms-provider.ts";
import { hourMs } from "#shared/time/duration.ts";
import {
  acknowledge,
  answer,
  answerTo,
  type Call,
  type Counter,
  complaint,
  invocation,
  invoke,
  smsKeys,
} from "./counted-lives.ts";
import { assumed, type Counted, sum } from "./prices.ts";
import { type Shift, shiftTime } from "./shifted-time.ts";

/** A full batch of the sender. */
const together = 25;
const question: Call = {
  route: "POST /v1/agency/complaints/{id}/messages",
  as: "agency-social-security",
  body: { text: "لطفاً بفرمایید چه روزی مراجعه کرده بودید؟", officer: { name: "مریم رستمی", personnelId: "SS-4471" } },
};
const extension: Call = {
  route: "POST /v1/agency/complaints/{id}/extension",
  as: "agency-social-security",
  body: { reason: "پرونده باید از بایگانی آورده شود." },
};

/** What three messages (SMS) add to a life: the consent at filing, and their sending. */
export async function countMessages(counter: Counter): Promise<Record<"consent" | "messages", Counted>> {
  const server = await startSmsServer({ port: 0, now: () => Date.now(), keys: () => smsKeys });
  process.env.LOCAL_SMS = server.url;
  const shift = shiftTime();
  try {
    // Filed in the evening, two runs come before the answer is due, whatever the hour of this measurement.
    goTo(shift, 17);
    const consent = await consentOf(counter);
    const filed: Awaited<ReturnType<typeof fileWith>>[] = [];
    for (let n = 0; n < together; n++) filed.push(await fileWith(true));
    for (const one of filed) await answerTo(acknowledge, one);
    // What the runs before would read stands in the feed as well.
    await runAt(shift, { hour: 18, counter });
    const days: Counted[] = [];
    // The day of the promised action would be over by then.
    const lastAnswer = { ...answer, body: { ...answer.body, actions: [] } };
    for (const news of [question, extension, lastAnswer]) {
      for (const one of filed) await answerTo(news, one);
      const sending = await runAt(shift, { hour: 14, counter });
      const asking = await runAt(shift, { hour: 15, counter });
      const morning = await runAt(shift, { hour: 10, counter });
      days.push(sending, asking, morning);
    }
    if (server.messages().length !== 3 * together) throw new Error(`${server.messages().length} messages were sent`);
    // A message waits for its provider with nine others. States are asked for by the hundred.
    const memory = counter.functions["send-sms"]?.gb ?? 0;
    const waiting = { gbSeconds: (3 * assumed.providerSeconds * memory) / 10 };
    return { consent, messages: sum([waiting, perCase(sum(days))]) };
  } finally {
    shift.end();
    await server.stop();
  }
}

const perCase = (counted: Counted): Counted =>
  sum([Object.fromEntries(Object.entries(counted).map(([unit, n]) => [unit, n / together]))]);

let phones = 9_150_000_000;

async function fileWith(notifyBySms: boolean) {
  const citizen = { ...(complaint.body?.citizen as object), email: undefined, phone: `0${++phones}`, notifyBySms };
  const { answer: filed } = await answerTo({ ...complaint, body: { ...complaint.body, citizen } });
  return JSON.parse(filed.body) as { id: string; secret: string };
}

/** What the consent adds to a filing. */
async function consentOf({ capacity }: Counter): Promise<Counted> {
  capacity.take();
  await fileWith(false);
  const without = capacity.take().used;
  await fileWith(true);
  const { writes = 0, reads = 0 } = capacity.take().used;
  return sum([{ writes: writes - (without.writes ?? 0), reads: reads - (without.reads ?? 0) }]);
}

/** Moves the clock to the next such hour in Tehran. */
function goTo(shift: Shift, hour: number): void {
  const sinceMidnight = (Date.now() + 3.5 * hourMs) % (24 * hourMs);
  shift.by(((hour * hourMs - sinceMidnight + 24 * hourMs) % (24 * hourMs)) + 5_000);
}

/** A run of the sender at the next such hour. Its own share of an invocation is that of all its messages. */
async function runAt(shift: Shift, { hour, counter }: { hour: number; counter: Counter }): Promise<Counted> {
  const { capacity, functions } = counter;
  goTo(shift, hour);
  capacity.take();
  const { logged } = await invoke(entries["send-sms"] ?? "", {});
  return sum([capacity.take().used, invocation(functions["send-sms"], { logged })]);
}
