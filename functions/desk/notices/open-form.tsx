import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { entryTitle } from "../complaints/case-parts.tsx";
import { Act } from "../forms/act.tsx";
import { type Field, Form, typed } from "../forms/form.tsx";
import type { Schemas } from "../session/api.ts";
import { type Desk, useDesk } from "../session/desk.ts";
import { dateTime, filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { noticeWords } from "./words-of-notices.ts";

type View = Schemas["InspectorView"];
type Entry = View["history"][number];

/** What an inspector established: a visit that confirmed the complaint, or a decision that it is founded. */
function isEvidence(entry: Entry): entry is Extract<Entry, { type: "visit-reported" | "decided" }> {
  if (entry.type === "visit-reported") return entry.visitResult === "confirmed";
  return entry.type === "decided" && entry.finding === "founded";
}

/** Whether a notice may be opened on a complaint, as far as the desk knows; the API has the last word. */
export function mayOpenNotice(view: View, { catalog, hasRecords }: Desk): boolean {
  const cause = view.decision?.cause ?? view.answer?.cause;
  const isPersonal = catalog.causes.some(({ id, personal }) => id === cause && personal);
  const last = view.history.filter(({ type }) => type === "decided" || type === "rejected").pop();
  const isFounded = last === undefined || isEvidence(last);
  const isReport = view.retaliationFor !== undefined;
  return (
    hasRecords && view.status === "closed" && isPersonal && !isReport && isFounded && view.history.some(isEvidence)
  );
}

/** Opens a notice to an employee of the case's agency, on what an inspector established. */
export function OpenNotice({ view }: { view: View }): JSX.Element {
  const desk = useDesk();
  const [opened, set] = useState<string>();
  const { open } = noticeWords;
  return (
    <Act title={text(open.title)}>
      {opened && (
        <p role="status">
          <b>{filled(open.done, { id: opened })}</b> <a href={`/desk/notices/${opened}`}>{text(open.see)}</a>
        </p>
      )}
      <Form
        name={`${view.id} notice`}
        hint={text(open.hint)}
        fields={fieldsOf(view, desk)}
        button={text(open.button)}
        warning={text(open.warning)}
        done={text(open.title)}
        send={async (values, key) => {
          const officeId = typed(values, "employee.officeId");
          const employee = {
            agencyId: view.agencyId,
            ...(officeId && { officeId }),
            name: typed(values, "employee.name") ?? "",
          };
          const evidence = (typed(values, "evidence") ?? "").split(",").filter(Boolean).map(Number);
          const body = {
            employee,
            evidence,
            allegation: typed(values, "allegation") ?? "",
            grounds: typed(values, "grounds") ?? "",
          };
          const params = { path: { id: view.id }, header: { "Idempotency-Key": key } };
          set((await desk.api.post("/v1/inspector/complaints/{id}/notices", { params, body })).id);
        }}
      />
    </Act>
  );
}

function fieldsOf(view: View, { catalog }: Desk): Field[] {
  const { open, parts } = noticeWords;
  const offices = catalog.agencies.find(({ id }) => id === view.agencyId)?.offices ?? [];
  const evidence = view.history.filter(isEvidence).map((entry): [string, string] => {
    const found = filled(parts.evidenceAt, { what: entryTitle(entry), when: dateTime(entry.at) });
    return [String(entry.version), found];
  });
  return [
    { kind: "line", name: "employee.name", label: text(open.employee), max: 100 },
    {
      kind: "select",
      name: "employee.officeId",
      label: `${text(labels.caseParts.office)} ${text(labels.optional)}`,
      options: offices.map(({ id, name }): [string, string] => [id, text(name)]),
    },
    { kind: "several", name: "evidence", label: text(open.evidence), options: evidence },
    { kind: "area", name: "allegation", label: text(parts.allegation), max: 4_000 },
    { kind: "area", name: "grounds", label: text(parts.grounds), max: 1_000 },
  ];
}
