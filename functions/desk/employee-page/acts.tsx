import type { JSX } from "preact";
import { Act } from "../forms/act.tsx";
import { fileIdsIn } from "../forms/files-input.tsx";
import { Form, typed } from "../forms/form.tsx";
import { sendFile } from "../forms/uploads.ts";
import { number } from "../words/format.ts";
import type { Notice, NoticeProps } from "./api.ts";
import { withValues, words } from "./words.ts";

const mostText = 4_000;
const mostQuestions = 3;
const mostFiles = 10;
const accept = ["image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"];

/** What the employee may do now: the notice says it. */
export function EmployeeActs(props: NoticeProps): JSX.Element {
  const { allowedMoves } = props.notice;
  const possible = forms.filter(([move]) => allowedMoves.includes(move));
  return (
    <>
      <h2>{words.acts}</h2>
      {possible.length === 0 && <p>{words.noActs}</p>}
      {possible.map(([move, Form]) => (
        <Form key={move} {...props} />
      ))}
    </>
  );
}

/** The forms in the order in which they stand. */
const forms: [move: Notice["allowedMoves"][number], (props: NoticeProps) => JSX.Element][] = [
  ["answer", AnswerForm],
  ["ask", QuestionForm],
  ["extend", ExtensionForm],
  ["contest", ContestForm],
];

const sentFor = ({ id }: Notice, key: string) => ({
  params: { path: { noticeId: id }, header: { "Idempotency-Key": key } },
});

function AnswerForm({ notice, api, show }: NoticeProps): JSX.Element {
  const { title, hint, text, files, button, done } = words.answerForm;
  const path = { noticeId: notice.id };
  const send = (file: File) =>
    sendFile(file, {
      announce: (body) => api.post("/v1/notices/{noticeId}/attachments", { params: { path }, body }),
      async stateOf(attachmentId) {
        const { files } = await api.get("/v1/notices/{noticeId}", { params: { path } });
        const found = files.find((one) => one.attachmentId === attachmentId);
        if (found?.state === "refused") return { reason: found.reason ?? "other" };
        return found?.state === "ready" ? "ready" : undefined;
      },
    });
  return (
    <Act title={title} isOpen>
      <Form
        name="answer"
        hint={hint}
        fields={[
          { kind: "area", name: "text", label: text, max: mostText },
          {
            kind: "files",
            name: "attachments",
            label: files,
            isOptional: true,
            most: mostFiles,
            accept,
            sendFile: send,
          },
        ]}
        button={button}
        done={done}
        send={async (values, key) => {
          const attachments = fileIdsIn(values, "attachments");
          const body = { text: typed(values, "text") ?? "", ...(attachments.length > 0 && { attachments }) };
          show(await api.post("/v1/notices/{noticeId}/answer", { ...sentFor(notice, key), body }));
        }}
      />
    </Act>
  );
}

function QuestionForm({ notice, api, show }: NoticeProps): JSX.Element {
  const { title, hint, text, button, done } = words.questionForm;
  const left = number(mostQuestions - notice.questions.length);
  return (
    <Act title={withValues(title, { left })}>
      <Form
        name="question"
        hint={hint}
        fields={[{ kind: "area", name: "text", label: text, max: mostText }]}
        button={button}
        done={done}
        send={async (values, key) => {
          const body = { text: typed(values, "text") ?? "" };
          show(await api.post("/v1/notices/{noticeId}/questions", { ...sentFor(notice, key), body }));
        }}
      />
    </Act>
  );
}

function ExtensionForm({ notice, api, show }: NoticeProps): JSX.Element {
  const { title, hint, button, done } = words.extensionForm;
  return (
    <Act title={title}>
      <Form
        name="extension"
        hint={hint}
        fields={[]}
        button={button}
        done={done}
        send={async (_, key) =>
          show(await api.post("/v1/notices/{noticeId}/extension", { ...sentFor(notice, key), body: {} }))
        }
      />
    </Act>
  );
}

function ContestForm({ notice, api, show }: NoticeProps): JSX.Element {
  const { title, hint, text, button, done } = words.contestForm;
  return (
    <Act title={title} isOpen>
      <Form
        name="contest"
        hint={hint}
        fields={[{ kind: "area", name: "text", label: text, max: mostText }]}
        button={button}
        done={done}
        send={async (values, key) => {
          const body = { text: typed(values, "text") ?? "" };
          show(await api.post("/v1/notices/{noticeId}/contest", { ...sentFor(notice, key), body }));
        }}
      />
    </Act>
  );
}
