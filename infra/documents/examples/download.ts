import { keptFolder } from "#shared/runtime/keys.ts";
import { cast } from "./cast.ts";
import type { Words } from "./words.ts";

export const photo = { contentType: "image/jpeg", size: 284_113 };

/** Where a file may be fetched, as whoever may not know the citizen is told. */
export const download = () => ({
  url: `https://attachments.foad.example/${keptFolder}${cast.id}/${cast.attachmentId}?X-Amz-Expires=60&X-Amz-Signature=f0e8a1`,
  expiresAt: "2026-11-25T07:21:00.000Z",
  ...photo,
});

/** The same for whoever may know how the citizen called it. */
export const downloadNamed = ({ fileName }: Words) => ({ ...download(), fileName });
