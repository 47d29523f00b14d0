import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { failureOf } from "../session/api.ts";
import { filled, number, text } from "../words/format.ts";
import { inputWords } from "../words/words-of-inputs.ts";
import type { Values } from "./drafts.ts";
import type { SendFile } from "./field-notes.ts";
import { FileRefusal } from "./uploads.ts";

type Props = {
  label: string;
  most: number;
  accept: readonly string[];
  sendFile: SendFile;
  value: Values[string] | undefined;
  /** The value as it is now, also after the form left the screen. */
  valueNow: () => Values[string] | undefined;
  change: (value: Values[string]) => void;
  noteUpload: (by: 1 | -1) => void;
};

type Sent = { key: string; attachmentId: string; fileName: string };

/** The files of a form that were sent and kept. */
export const filesIn = (value: Values[string] | undefined) => (Array.isArray(value) ? (value as Sent[]) : []);
/** Their ids, as the API takes them. */
export const fileIdsIn = (values: Values, name: string) =>
  filesIn(values[name]).map(({ attachmentId }) => attachmentId);

/** Files that are sent as soon as they are chosen. A file that is not accepted says why, and the others stay. */
export function FilesInput({ label, most, accept, sendFile, value, valueNow, change, noteUpload }: Props): JSX.Element {
  const inputId = useId();
  const [sending, setSending] = useState<string>();
  const [failed, fail] = useState("");
  const files = filesIn(value);
  const choose = async (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    const leftOut = chosen.splice(most - files.length);
    // The same file can be chosen again after a failure.
    input.value = "";
    const names = leftOut.map(({ name }) => name).join("، ");
    fail(names && filled(inputWords.filesLeftOut, { most: number(most), names }));
    for (const file of chosen) {
      setSending(file.name);
      noteUpload(1);
      try {
        const sent: Sent = { key: crypto.randomUUID(), attachmentId: await sendFile(file), fileName: file.name };
        // The form may be another by now: its reader went away and came back.
        change([...filesIn(valueNow()), sent]);
      } catch (error) {
        fail(reasonOf(error));
      } finally {
        noteUpload(-1);
      }
    }
    setSending(undefined);
  };
  const remove = (key: string) => change(files.filter((one) => one.key !== key));
  return (
    <span class="files">
      {files.map(({ key, fileName }) => (
        <span key={key} class="chosen-file">
          <bdi>{fileName}</bdi> <small>{text(inputWords.fileReady)}</small>{" "}
          <button
            type="button"
            class="quiet"
            aria-label={`${text(inputWords.remove)} ${fileName}`}
            onClick={() => remove(key)}
          >
            {text(inputWords.remove)}
          </button>
        </span>
      ))}
      <span role="status">
        {sending && (
          <>
            <bdi>{sending}</bdi> {text(inputWords.fileSending)}
          </>
        )}
      </span>
      {failed && <strong role="alert">▲ {failed}</strong>}
      {files.length < most && !sending && (
        <label class="file-button" for={inputId}>
          {text(inputWords.addFile)}
          <input
            id={inputId}
            type="file"
            aria-label={`${text(inputWords.addFile)}: ${label}`}
            accept={accept.join(",")}
            multiple={most > 1}
            onChange={(event) => void choose(event.currentTarget)}
          />
        </label>
      )}
    </span>
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof FileRefusal) {
    const known: Record<string, { fa: string; en: string }> = inputWords.refusals;
    return filled(inputWords.fileRefused, { why: text(known[error.reason] ?? inputWords.refusals.other) });
  }
  const { message, fields } = failureOf(error);
  return fields[0] ? filled(inputWords.fileRefused, { why: fields[0].message }) : message;
}
