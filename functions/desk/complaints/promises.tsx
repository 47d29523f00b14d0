import type { JSX } from "preact";
import { Act } from "../forms/act.tsx";
import { headersFor } from "../forms/fields.ts";
import { type Field, Form, typed } from "../forms/form.tsx";
import { issueWords } from "../issues/words-of-issues.ts";
import type { Schemas } from "../session/api.ts";
import { useDesk } from "../session/desk.ts";
import { dateTime, day, filled, serverNow, text } from "../words/format.ts";

const words = issueWords.promises;
type Promised = Schemas["Promise"];

const isOverdue = ({ status, overdueFrom }: Promised) =>
  status === "open" && overdueFrom !== undefined && Date.parse(overdueFrom) <= serverNow();

/** What an answer or a decision promised, and what became of it. */
export function Promises({ promises }: { promises: readonly Promised[] }): JSX.Element | null {
  if (promises.length === 0) return null;
  return (
    <section aria-labelledby="promises">
      <h2 id="promises">{text(words.title)}</h2>
      <ol class="promises">
        {promises.map((one) => (
          <li key={one.number}>
            <p>
              <bdi>{one.text}</bdi> <DueOn promise={one} />
              <br />
              <b>{text(words.statuses[one.status])}</b>
            </p>
            {[one.report, one.objection, one.judgement].map(
              (said) =>
                said && (
                  <p class="typed" dir="auto" key={said.at}>
                    {said.text} <small>{dateTime(said.at)}</small>
                  </p>
                ),
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function DueOn({ promise }: { promise: Promised }): JSX.Element | null {
  if (!promise.dueOn) return null;
  const when = day(promise.dueOn);
  if (isOverdue(promise)) return <strong class="late">{filled(words.overdue, { when })}</strong>;
  return <small>{filled(words.due, { when })}</small>;
}

type ReportProps = { view: Schemas["AgencyView"]; show: (view?: Schemas["AgencyView"]) => void };

/** The agency reports each promise that it kept. */
export function ReportPromises({ view, show }: ReportProps): JSX.Element {
  const { api } = useDesk();
  const open = view.promises.filter(({ status }) => status === "open");
  return (
    <>
      {open.map(({ number, text: what }) => (
        <Act key={number} title={filled(words.report, { what })}>
          <Form
            name={`${view.id} promise ${number}`}
            fields={[{ kind: "area", name: "text", label: text(words.reportText), max: 4_000 }]}
            button={text(words.reportButton)}
            done={text(words.reported)}
            send={async (values, key) => {
              const params = { path: { id: view.id, n: number }, header: headersFor(view, key) };
              const body = { text: typed(values, "text") ?? "" };
              show(await api.post("/v1/agency/complaints/{id}/actions/{n}/report", { params, body }));
            }}
          />
        </Act>
      ))}
    </>
  );
}

type JudgeProps = { view: Schemas["InspectorView"]; show: (view?: Schemas["InspectorView"]) => void };

/** An inspector judges each promise that is overdue or that the citizen objected to. */
export function JudgePromises({ view, show }: JudgeProps): JSX.Element {
  const { api } = useDesk();
  const listed = view.promises.filter((one) => one.status === "objected" || isOverdue(one));
  const fields: Field[] = [
    {
      kind: "choice",
      name: "kept",
      label: text(words.outcome),
      options: [
        ["true", text(words.kept)],
        ["false", text(words.notKept)],
      ],
    },
    { kind: "area", name: "text", label: text(words.judgeText), max: 4_000 },
  ];
  return (
    <>
      {listed.map(({ number, text: what }) => (
        <Act key={number} title={filled(words.judge, { what })} isOpen>
          <Form
            name={`${view.id} judge ${number}`}
            fields={fields}
            button={text(words.judgeButton)}
            done={text(words.judged)}
            send={async (values, key) => {
              const params = { path: { id: view.id, n: number }, header: headersFor(view, key) };
              const kept = typed(values, "kept");
              const isKept = (kept === undefined ? undefined : kept === "true") as boolean;
              const body = { kept: isKept, text: typed(values, "text") ?? "" };
              show(await api.post("/v1/inspector/complaints/{id}/actions/{n}/judgement", { params, body }));
            }}
          />
        </Act>
      ))}
    </>
  );
}
