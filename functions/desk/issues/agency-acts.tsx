import type { JSX } from "preact";
import { Act } from "../forms/act.tsx";
import { instantOf } from "../forms/dates.tsx";
import { actionsField, findingBody, findingFields, headersFor, textField } from "../forms/fields.ts";
import { type Field, Form, typed } from "../forms/form.tsx";
import type { Schemas } from "../session/api.ts";
import { useDesk } from "../session/desk.ts";
import { text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { causesOfNobody } from "./open-issue.tsx";
import { issueWords } from "./words-of-issues.ts";

type View = Schemas["IssueView"];
type ActProps = { view: View; reload: () => Promise<void> };

/** What the agency may do with its issue now: the view says it. */
export function AgencyActs(props: ActProps): JSX.Element {
  const { allowedMoves, answersUnderWay } = props.view;
  return (
    <>
      {answersUnderWay && <p>{text(issueWords.answer.underWay)}</p>}
      {allowedMoves.length === 0 && !answersUnderWay && <p>{text(issueWords.nothing)}</p>}
      {forms.map(([move, Form]) => allowedMoves.includes(move) && <Form key={move} {...props} />)}
    </>
  );
}

/** The forms in the order in which they stand. */
const forms: [move: View["allowedMoves"][number], (props: ActProps) => JSX.Element][] = [
  ["plan", PlanForm],
  ["report-done", DoneForm],
  ["answer", AnswerForm],
];

const sentFor = (view: View, key: string) => ({
  params: { path: { issueId: view.id }, header: headersFor(view, key) },
});

function PlanForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, what, responsible, by, noun, button, done } = issueWords.plan;
  const fields: Field[] = [
    { kind: "area", name: "what", label: text(what), max: 4_000 },
    { kind: "line", name: "responsible", label: text(responsible), max: 1_000 },
    { kind: "instant", name: "by", label: text(by), noun: text(noun) },
  ];
  return (
    <Act title={text(title)} isOpen>
      <Form
        name={`${view.id} plan ${view.history.length}`}
        hint={text(hint)}
        fields={fields}
        button={text(button)}
        done={text(done)}
        send={async (values, key) => {
          const body = {
            what: typed(values, "what") ?? "",
            responsible: typed(values, "responsible") ?? "",
            by: instantOf(typed(values, "by")),
          };
          await api.post("/v1/agency/issues/{issueId}/plan", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}

function DoneForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, text: proof, button, done } = issueWords.done;
  return (
    <Act title={text(title)} isOpen>
      <Form
        name={`${view.id} done`}
        hint={text(hint)}
        fields={[{ kind: "area", name: "text", label: text(proof), max: 4_000 }]}
        button={text(button)}
        done={text(done)}
        send={async (values, key) => {
          const body = { text: typed(values, "text") ?? "" };
          await api.post("/v1/agency/issues/{issueId}/done", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}

function AnswerForm({ view, reload }: ActProps): JSX.Element {
  const desk = useDesk();
  const { title, hint, button, sure, done } = issueWords.answer;
  const finding = findingFields(desk).map(
    (field): Field => (field.kind === "select" ? { ...field, options: causesOfNobody(desk) } : field),
  );
  const fields: Field[] = [
    ...finding,
    { ...textField(), label: text(labels.fields.answerText), noun: text(labels.fields.answer) },
    actionsField(),
  ];
  return (
    <Act title={text(title)}>
      <Form
        name={`${view.id} answer all`}
        hint={text(hint)}
        fields={fields}
        start={{ cause: view.cause ?? "" }}
        button={text(button)}
        warning={text(labels.moves.answerIsFinal)}
        secondLook={(values) => (typed(values, "text") && typed(values, "finding") ? text(sure) : undefined)}
        done={text(done)}
        send={async (values, key) => {
          const body = { ...findingBody(values), text: typed(values, "text") ?? "" };
          await desk.api.post("/v1/agency/issues/{issueId}/answer", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}
