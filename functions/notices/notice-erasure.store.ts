import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { deleteCleanCopy } from "#shared/files/files.store.ts";
import { env } from "#shared/runtime/environment.ts";
import { attachmentKey, employeeNameKey, headKey, noticeKey } from "#shared/runtime/keys.ts";
import { readPartition, table } from "#shared/storage/table.ts";

/**
 * Erases a notice with the employee's name and all files. A run that was cut short goes on with the next: the head goes last, and while
 * it stands the notice is found again.
 */
export async function eraseNotice(id: string): Promise<void> {
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
