import type { JSX } from "preact";
import { Act } from "../forms/act.tsx";
import { instantOf } from "../forms/dates.tsx";
import { headersFor, reasonField } from "../forms/fields.ts";
import { type Field, Form, typed } from "../forms/form.tsx";
import { reasonsOf, WhyNot, type WhyNotWords } from "../forms/why-not.tsx";
import type { Schemas } from "../session/api.ts";
import { useDesk } from "../session/desk.ts";
import { text } from "../words/format.ts";
import { LinkForms, type Links } from "./links.tsx";
import { issueWords } from "./words-of-issues.ts";

type View = Schemas["InspectorIssueView"];
type ActProps = { view: View; reload: () => Promise<void> };
type InspectorActsProps = ActProps & { links: Links };

/** What an inspector may do with an issue now: the view says it. */
export function InspectorActs(props: InspectorActsProps): JSX.Element {
  const { allowedMoves, blockedMoves } = props.view;
  return (
    <>
      {allowedMoves.length === 0 && <p>{text(issueWords.nothing)}</p>}
      {forms.map(([move, Form]) => allowedMoves.includes(move) && <Form key={move} {...props} />)}
      <WhyNot reasons={reasonsOf(blockedMoves, whyNot)} />
    </>
  );
}

/** The forms in the order in which they stand. */
const forms: [move: View["allowedMoves"][number], (props: InspectorActsProps) => JSX.Element][] = [
  ["read-texts", ReadForm],
  ["verify", VerifyForm],
  ["link", LinkForms],
  ["return-plan", ReturnForm],
  ["return-proof", ReturnForm],
  ["move-promise", MoveForm],
  ["report-recurrence", RecurForm],
  ["withdraw", WithdrawForm],
];

const whyNot: WhyNotWords<View["allowedMoves"][number]> = {
  "return-plan": { "returned-before": issueWords.whyNot.planReturned },
  "return-proof": { "returned-before": issueWords.whyNot.proofReturned },
  "move-promise": {
    "promise-moved-before": issueWords.whyNot.promiseMoved,
    "promise-overdue": issueWords.whyNot.promiseOverdue,
  },
};

const sentFor = (view: View, key: string) => ({
  params: { path: { issueId: view.id }, header: headersFor(view, key) },
});

function ReadForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, button, done } = issueWords.read;
  const number = view.unread?.number ?? 0;
  return (
    <Act title={text(title)} isOpen>
      <Form
        name={`${view.id} read ${number}`}
        hint={text(hint)}
        fields={[]}
        button={text(button)}
        done={text(done)}
        send={async (_, key) => {
          await api.post("/v1/inspector/issues/{issueId}/reading", { ...sentFor(view, key), body: { number } });
          await reload();
        }}
      />
    </Act>
  );
}

function VerifyForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, arrivedAt, text: seen, button, done } = issueWords.verify;
  const fields: Field[] = [
    { kind: "instant", name: "arrivedAt", label: text(arrivedAt) },
    { kind: "area", name: "text", label: text(seen), max: 4_000 },
  ];
  return (
    <Act title={text(title)} isOpen={view.status === "unconfirmed"}>
      <Form
        name={`${view.id} verify`}
        hint={text(hint)}
        fields={fields}
        button={text(button)}
        done={text(done)}
        send={async (values, key) => {
          const body = { arrivedAt: instantOf(typed(values, "arrivedAt")), text: typed(values, "text") ?? "" };
          await api.post("/v1/inspector/issues/{issueId}/verification", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}

function MoveForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, by, button, done } = issueWords.move;
  return (
    <Act title={text(title)}>
      <Form
        name={`${view.id} move`}
        hint={text(hint)}
        fields={[{ kind: "instant", name: "by", label: text(by) }, reasonField()]}
        button={text(button)}
        done={text(done)}
        send={async (values, key) => {
          const body = { by: instantOf(typed(values, "by")), reason: typed(values, "reason") ?? "" };
          await api.post("/v1/inspector/issues/{issueId}/promise", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}

function ReturnForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { plan, proof, ...words } = issueWords.giveBack;
  return (
    <ReasonForm
      name={`${view.id} return ${view.status}`}
      words={{ ...words, title: view.status === "planned" ? plan : proof }}
      send={async (reason, key) => {
        await api.post("/v1/inspector/issues/{issueId}/return", { ...sentFor(view, key), body: { reason } });
        await reload();
      }}
    />
  );
}

function RecurForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  return (
    <ReasonForm
      name={`${view.id} recur`}
      words={issueWords.recur}
      send={async (reason, key) => {
        await api.post("/v1/inspector/issues/{issueId}/recurrence", { ...sentFor(view, key), body: { reason } });
        await reload();
      }}
    />
  );
}

function WithdrawForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  return (
    <ReasonForm
      name={`${view.id} withdraw`}
      words={issueWords.withdraw}
      send={async (reason, key) => {
        await api.post("/v1/inspector/issues/{issueId}/withdrawal", { ...sentFor(view, key), body: { reason } });
        await reload();
      }}
    />
  );
}

type Words = Record<"title" | "hint" | "button" | "done", { fa: string; en: string }>;
type ReasonFormProps = { name: string; words: Words; send: (reason: string, key: string) => Promise<void> };

/** A move that needs a reason and nothing else. */
function ReasonForm({ name, words, send }: ReasonFormProps): JSX.Element {
  return (
    <Act title={text(words.title)}>
      <Form
        name={name}
        hint={text(words.hint)}
        fields={[reasonField()]}
        button={text(words.button)}
        done={text(words.done)}
        send={(values, key) => send(typed(values, "reason") ?? "", key)}
      />
    </Act>
  );
}
