import type { Attachment, CleanCopy, UploadRefusalReason } from "#shared/files/attachment.ts";
import type { AttachmentReference } from "#shared/files/files.store.ts";

/** Reads, keeps and refuses the files of complaints, or those of notices to employees. */
export type FileOwner = {
  /**
   * The file as it is stored; undefined if there is none. `refusal`: why the owner takes no file now. Throws `unavailable` if an awaited
   * file has no owner that can be read.
   */
  read(reference: AttachmentReference): Promise<{
    file: Attachment | undefined;
    refusal?: UploadRefusalReason | undefined;
  }>;
  /** Keeps an awaited file. False if another run settled it or its owner changed; or why the owner takes no file any more. */
  keep(reference: AttachmentReference, kept: Settling & { copy: CleanCopy }): Promise<boolean | UploadRefusalReason>;
  /** Stores that the file is refused. False if another run settled it. */
  refuse(reference: AttachmentReference, refused: Attachment): Promise<boolean>;
};

/** An awaited file that is settled now. */
type Settling = { file: Attachment; now: string };
