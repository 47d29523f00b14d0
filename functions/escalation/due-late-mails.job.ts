import { queueLateMail } from "../deliveries/queues.job.ts";
import { listDueLateMails } from "../messages/late-mails.store.ts";
import { nothingPending, type Run } from "../triggers/schedule.ts";

/** Queues the mail of each official whose hour is over while late complaints wait. Returns when the next hour ends. */
export async function queueDueLateMails({ now }: Pick<Run, "now">): Promise<string> {
  const { names, next } = await listDueLateMails(now);
  for (const name of names) await queueLateMail({ lateMail: name });
  return names.length > 0 ? now : (next ?? nothingPending);
}
