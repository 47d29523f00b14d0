import { expect, test } from "vitest";
import { versionsCurrentAt } from "#infra/programs/operator/object-versions.ts";

const version = (Key: string, minute: number, isDeletion = false) => ({
  Key,
  VersionId: `${Key}-${minute}`,
  LastModified: new Date(minute * 60_000),
  isDeletion,
});

/** As S3 lists them: by key, the latest first, deletions apart. */
const versions = [
  version("again", 8),
  version("again", 5),
  version("forgotten", 1),
  version("kept", 1),
  version("later", 7),
  version("forgotten", 3, true),
  version("kept", 9, true),
];

test.each([
  [0, []],
  [1, ["forgotten-1", "kept-1"]],
  [3, ["kept-1"]],
  [6, ["again-5", "kept-1"]],
  [8, ["again-8", "kept-1", "later-7"]],
  [9, ["again-8", "later-7"]],
])(
  "at minute %i a bucket listed %j: what was deleted by then is not there, what was deleted later is",
  (minute, ids) => {
    const had = versionsCurrentAt(versions, minute * 60_000);
    expect(had.map(({ versionId }) => versionId).sort()).toEqual(ids);
  },
);
