import { type JSX, render } from "preact";
import { useState } from "preact/hooks";
import { dropAllDrafts, guardDrafts } from "../forms/drafts.ts";
import { Form, typed } from "../forms/form.tsx";
import { useLeaveQuestion } from "../forms/leave-question.ts";
import { FoadProblem, type Schemas } from "../session/api.ts";
import { codeOf, createNoticeApi } from "./api.ts";
import { Heading } from "./heading.tsx";
import { NoticeOfEmployee } from "./notice.tsx";
import { words } from "./words.ts";

/**
 * An open notice with the secret that opens it. Both are in the memory of this page alone: employees sit at shared computers, and a
 * browser that restores a closed tab restores its `sessionStorage` too. After a reload the employee types the secret again.
 */
type Opened = { notice: Schemas["EmployeeNotice"]; secret: string };

function EmployeePage(): JSX.Element {
  const [opened, open] = useState<Opened>();
  const [isSecretNoted, noteSecret] = useState(false);
  /** The page is loaded anew: an answer or a file that is still on its way must not reach the next person at this computer. */
  const close = () => {
    dropAllDrafts();
    open(undefined);
    location.reload();
  };
  if (!opened) return <SignIn open={open} />;
  const { notice, secret } = opened;
  if (notice.secret && !isSecretNoted)
    return <NewSecret id={notice.id} secret={notice.secret} go={() => noteSecret(true)} />;
  return (
    <NoticeOfEmployee
      notice={notice}
      api={createNoticeApi(secret)}
      show={(changed) => open({ notice: changed, secret })}
      close={close}
    />
  );
}

function SignIn({ open }: { open: (opened: Opened) => void }): JSX.Element {
  return (
    <main class="narrow">
      <h1>{words.title}</h1>
      <p>{words.intro}</p>
      <Form
        name="open"
        fields={[
          { kind: "code", name: "noticeId", label: words.noticeId, hint: words.noticeIdHint, max: 40 },
          { kind: "code", name: "Foad-Secret", label: words.secret, hint: words.secretHint, max: 40 },
        ]}
        button={words.open}
        send={async (values) => {
          const secret = codeOf(typed(values, "Foad-Secret") ?? "");
          // An empty part of an address would be another address.
          const noticeId = codeOf(typed(values, "noticeId") ?? "") || "-";
          const api = createNoticeApi(secret, { isOpening: true });
          const notice = await api
            .get("/v1/notices/{noticeId}", { params: { path: { noticeId } } })
            .catch(inWordsOfNotices);
          open({ notice, secret: notice.secret ?? secret });
        }}
      />
      <p class="note">{words.dead}</p>
    </main>
  );
}

/** The API's sentence about what is not found speaks of complaints. */
function inWordsOfNotices(error: unknown): never {
  if (error instanceof FoadProblem && error.code === "not-found")
    throw new FoadProblem({ ...error.problem, detail: words.notFound });
  throw error;
}

type NewSecretProps = { id: string; secret: string; go: () => void };

/** The secret that opens the notice from now on, once. The page asks before it is closed. */
function NewSecret({ id, secret, go }: NewSecretProps): JSX.Element {
  const { title, why, print: printing, written } = words.newSecret;
  useLeaveQuestion();
  return (
    <main class="narrow">
      <Heading>{title}</Heading>
      <p>
        <b>{why}</b>
      </p>
      <dl class="new-secret">
        <div>
          <dt>{words.noticeId}</dt>
          <dd>
            <bdi dir="ltr">{id}</bdi>
          </dd>
        </div>
        <div>
          <dt>{words.secret}</dt>
          <dd class="large">
            <bdi dir="ltr">{secret}</bdi>
          </dd>
        </div>
      </dl>
      <p class="buttons no-print">
        <button type="button" class="quiet" onClick={() => print()}>
          {printing}
        </button>
        <button type="button" onClick={go}>
          {written}
        </button>
      </p>
    </main>
  );
}

const root = document.querySelector<HTMLElement>("#notice");
guardDrafts();
if (root) {
  root.replaceChildren();
  render(<EmployeePage />, root);
}
