/** A version of an object, or the marker of a deletion, as S3 lists them. */
export type Version = {
  Key?: string | undefined;
  VersionId?: string | undefined;
  LastModified?: Date | undefined;
  isDeletion: boolean;
};

/** What is copied; without a version the current one. */
export type ObjectToCopy = { key: string; versionId?: string | undefined };

/** What a bucket listed at an instant, in epoch ms: of each key the last that had come by then, unless that was a deletion. */
export function versionsCurrentAt(versions: readonly Version[], at: number): ObjectToCopy[] {
  const last = new Map<string, Version>();
  for (const one of versions) {
    const before = last.get(one.Key ?? "");
    if (timeOf(one) <= at && (!before || timeOf(one) > timeOf(before))) last.set(one.Key ?? "", one);
  }
  return [...last].flatMap(([key, { VersionId: versionId, isDeletion }]) => (isDeletion ? [] : [{ key, versionId }]));
}

const timeOf = ({ LastModified }: Version) => LastModified?.getTime() ?? 0;
