import { folders } from "#shared/runtime/keys.ts";
import { cast } from "./cast.ts";
import type { Words } from "./words.ts";

export const photo = { contentType: "image/jpeg", size: 284_113 };

/** The link to a file, for a reader who may not know the citizen. */
export const download = () => ({
  url: `https://attachments.foad.example/${folders.clean}${cast.attachmentId}?X-Amz-Expires=60&X-Amz-Signature=f0e8a1`,
  expiresAt: "2026-11-25T07:21:00.000Z",
  ...photo,
});

/** The same for a reader who may, with the file's own name. */
export const downloadNamed = ({ fileName }: Words) => ({ ...download(), fileName });
