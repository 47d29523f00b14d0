import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { env } from "#shared/runtime/environment.ts";
import { attachmentKey, employeeNameKey, headKey, noticeKey } from "#shared/runtime/keys.ts";
import { deleteCleanCopy } from "../attachments/files.ts";
import { readPartition, table } from "../table.ts";
import { listErasableNotices } from "./clock.ts";

/** Erases the notices that ended a year ago, with names and files. Returns how many. A run that was cut short goes on. */
export async function eraseNotices(now: Instant): Promise<number> {
  const notices = await listErasableNotices(now);
  for (const { id } of notices) await eraseNotice(id);
  return notices.length;
}

/** The head goes last: while it stands, the next run finds the notice again. */
async function eraseNotice(id: string): Promise<void> {
  const items = await readPartition(noticeKey(id));
  const prefix = attachmentKey("");
  for (const { sk } of items.filter((item) => String(item.sk).startsWith(prefix)))
    await deleteCleanCopy({ attachmentId: String(sk).slice(prefix.length) });
  await table.send(new DeleteCommand({ TableName: env("IDENTITIES_TABLE"), Key: { pk: employeeNameKey(id) } }));
  const keys = items
    .map(({ sk }) => String(sk))
    .sort((one, other) => Number(one === headKey) - Number(other === headKey));
  for (const sk of keys)
    await table.send(new DeleteCommand({ TableName: env("COMPLAINTS_TABLE"), Key: { pk: noticeKey(id), sk } }));
}
