import type { SendFile } from "../forms/field-notes.ts";
import { sendFile } from "../forms/uploads.ts";
import { FoadProblem } from "../session/api.ts";
import { useDesk } from "../session/desk.ts";

/** The files that a scanner or a phone makes of a sheet of paper. */
const accept = ["image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"];

/** Each reading of the notice is in the audit, so it is read at every tenth try alone. */
const readEvery = 10;

/** Sends a scan to a notice. Whether it is kept is asked by its link, which is no reading of the notice. */
export function useScanUpload(noticeId: string): { accept: string[]; sendFile: SendFile } {
  const { api } = useDesk();
  const path = { noticeId };
  const isKept = async (attachmentId: string) => {
    try {
      const params = { path: { noticeId, attachmentId } };
      await api.get("/v1/inspector/notices/{noticeId}/attachments/{attachmentId}", { params });
      return true;
    } catch (error) {
      if (error instanceof FoadProblem && error.code === "not-found") return false;
      throw error;
    }
  };
  return {
    accept,
    sendFile: (file) =>
      sendFile(file, {
        announce: (body) => api.post("/v1/inspector/notices/{noticeId}/attachments", { params: { path }, body }),
        async stateOf(attachmentId, attempt) {
          if (await isKept(attachmentId)) return "ready";
          if (attempt % readEvery !== 0) return undefined;
          const { files } = await api.get("/v1/inspector/notices/{noticeId}", { params: { path } });
          const reason = files.find((one) => one.attachmentId === attachmentId)?.reason;
          return reason && { reason };
        },
      }),
  };
}
