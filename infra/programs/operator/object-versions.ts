/** A version of an object, or a delete marker, as S3 lists them. */
export type Version = {
  Key?: string | undefined;
  VersionId?: string | undefined;
  LastModified?: Date | undefined;
  isDeletion: boolean;
};

/** An object to copy. Without `versionId` the current version is copied. */
export type ObjectToCopy = { key: string; versionId?: string | undefined };

/**
 * Returns the objects that a bucket listed at an instant (`at`, epoch ms): for each key the last version at that time,
 * unless it was a delete marker.
 */
export function versionsCurrentAt(versions: readonly Version[], at: number): ObjectToCopy[] {
  const last = new Map<string, Version>();
  for (const one of versions) {
    const before = last.get(one.Key ?? "");
    if (timeOf(one) <= at && (!before || timeOf(one) > timeOf(before))) last.set(one.Key ?? "", one);
  }
  return [...last].flatMap(([key, { VersionId: versionId, isDeletion }]) => (isDeletion ? [] : [{ key, versionId }]));
}

const timeOf = ({ LastModified }: Version) => LastModified?.getTime() ?? 0;
