import type { JSX } from "preact";
import { Act } from "../act.tsx";
import { fileIdsIn } from "../files-input.tsx";
import { Form, typed } from "../form.tsx";
import { number, serverNow } from "../format.ts";
import { sendFile } from "../uploads.ts";
import type { Notice, NoticeProps } from "./api.ts";
import { withValues, words } from "./words.ts";

const mostText = 4_000;
const mostQuestions = 3;
const mostFiles = 10;
const accept = ["image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"];

/** What the employee may do now. The API decides; a form is shown where the notice allows it. */
export function EmployeeActs(props: NoticeProps): JSX.Element {
  const { notice } = props;
  const mayAnswer = isHeard(notice);
  const mayAsk = mayAnswer && !notice.stoppedSince && notice.questions.length < mostQuestions;
  const mayContest = notice.status === "decided";
  return (
    <>
      <h2>{words.acts}</h2>
      {!mayAnswer && !mayContest && <p>{words.noActs}</p>}
      {mayAnswer && <AnswerForm {...props} />}
      {mayAsk && <QuestionForm {...props} />}
      {mayAnswer && !notice.extended && <ExtensionForm {...props} />}
      {mayContest && <ContestForm {...props} />}
    </>
  );
}

/** Whether the employee may still answer. While a question waits, the time stands still. */
function isHeard({ status, answer, answerBy, stoppedSince }: Notice): boolean {
  if (status !== "served" || (answer && !answer.onPaper)) return false;
  return stoppedSince !== undefined || (answerBy !== undefined && Date.parse(answerBy) > serverNow());
}

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
