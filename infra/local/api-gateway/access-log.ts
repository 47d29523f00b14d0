import { logTime } from "./event.ts";
import type { Reply } from "./reply.ts";

type Answered = { requestId: string; routeKey: string | undefined; reply: Reply; now: number; tookMs: number };

/** One line of the access log; what is not known here is a hyphen, as what a request does not have is in AWS. */
export function accessLine(format: string, { requestId, routeKey, reply, now, tookMs }: Answered): string {
  const known: Record<string, string | number | undefined> = {
    requestId,
    requestTime: logTime(new Date(now)),
    routeKey,
    status: reply.status,
    responseLatency: Math.round(tookMs),
    "error.message": reply.refused,
  };
  return format.replace(/\$context\.([A-Za-z.]+)/g, (_, name: string) => String(known[name] ?? "-"));
}
