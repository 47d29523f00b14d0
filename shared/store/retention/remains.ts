import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { eventId } from "#shared/domain/complaint/event.ts";
import { privateEventId } from "#shared/domain/complaint/private-series.ts";
import { Fault } from "#shared/domain/fault.ts";
import { env } from "#shared/runtime/env.ts";
import { complaintKey, eventKey, headKey, partitions, privateEventKey, privateKey } from "#shared/runtime/keys.ts";
import { type Item, readPartition } from "../items.ts";
import { table } from "../table.ts";
import { ifNew, putting, unchangedSince, type Writes, writeTogether } from "../transaction.ts";
import type { Standing } from "./forget-once.ts";
import { deletions } from "./identity.ts";
import { deleteFile, isFile } from "./texts.ts";

/**
 * Deletes the head, so that nobody finds the complaint any more, and what is left where a citizen had it erased. A mark takes the place of the next note: who would set
 * a hold meanwhile finds the complaint gone, and what is left of it may be told from a complaint that lost its head.
 */
export function writesOfEnd({ complaint: { id, version }, series, noted }: Standing, now: string): Writes {
  const TableName = env("COMPLAINTS_TABLE");
  const mark = { pk: privateKey(id), sk: privateEventKey(noted + 1), endedAt: now };
  return [
    {
      Delete: {
        TableName,
        Key: { pk: complaintKey(id), sk: headKey },
        ...unchangedSince(version),
      },
    },
    putting(mark, ifNew),
    ...deletions(id, series),
  ];
}

/**
 * Deletes all that is left of a complaint whose head was. Its first event goes last, together with the mark: by it the
 * next run finds what one that is killed has left. Throws `not-found` where the head is missing for another reason.
 */
export async function deleteRemains(id: string): Promise<void> {
  const [open, inPrivate] = await Promise.all([readPartition(complaintKey(id)), readPartition(privateKey(id))]);
  const mark = inPrivate.find(({ endedAt }) => endedAt !== undefined);
  if (!mark || open.some(({ sk }) => sk === headKey)) throw new Fault("not-found");
  const first = { pk: complaintKey(id), sk: eventKey(1) };
  const versions = open.flatMap(({ version }) => (typeof version === "number" ? [version] : []));
  const numbers = inPrivate.flatMap(({ private: number }) => (typeof number === "number" ? [number] : []));
  const told = [...versions.map((version) => eventId(id, version)), ...numbers.map((n) => privateEventId(id, n))];
  const undelivered = told.map((sk) => ({ pk: partitions.undelivered, sk }));
  const rest = [...open, ...inPrivate].filter((item) => item !== mark && item.sk !== first.sk);
  // Files that could not be deleted with the texts are still there.
  for (const item of [...undelivered, ...rest])
    await (isFile(item) ? deleteFile(item) : table.send(new DeleteCommand(place(item))));
  if (await writeTogether([mark, first].map((item) => ({ Delete: place(item) })))) throw new Fault("unavailable");
}

const place = ({ pk, sk }: Item) => ({ TableName: env("COMPLAINTS_TABLE"), Key: { pk, sk } });
