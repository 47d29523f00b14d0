import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { go, useAddress } from "./address.ts";
import { useArrivals } from "./announcer.tsx";
import type { Schemas } from "./api.ts";
import { CasePage } from "./case-page.tsx";
import { Act } from "./case-parts.tsx";
import { nameOf, optionsOf, roleOf, useDesk } from "./desk.ts";
import type { Values } from "./drafts.ts";
import { type Field, Form, typed } from "./form.tsx";
import { text } from "./format.ts";
import { CaseList, FilterForm, filterIn } from "./lists.tsx";
import { forget, useLoaded } from "./loading.ts";
import { CountsRow, Failed, Page } from "./parts.tsx";
import { labels } from "./words.ts";

const root = "/desk/agency";
/** Each event has the list read anew. This is for what happens without one. */
const refreshMs = 300_000;

/** The complaints of the officer's agency: the numbers of today, the soonest due first, and a search. */
export function OfficerList(): JSX.Element {
  const desk = useDesk();
  const { query } = useAddress();
  const filter = filterIn(query) as Record<string, never>;
  const summary = useLoaded("agency summary", () => desk.api.get("/v1/agency/summary"), refreshMs);
  const version = useArrivals();
  const { reload } = summary;
  useEffect(() => {
    if (version > 0) void reload();
  }, [version, reload]);
  const agencyId = roleOf(desk, "officer")?.agencyId ?? "";
  return (
    <Page title={nameOf(desk, "agencies", agencyId)}>
      <Failed failure={summary.failure} retry={summary.reload} />
      {summary.value && (
        <CountsRow
          counts={summary.value}
          links={{ open: root, dueSoon: root, late: `${root}?late=true`, disputed: `${root}?status=disputed` }}
        />
      )}
      <FilterForm names={["status", "countyId", "category", "officer", "late", "from", "to", "id"]} query={query} />
      <CaseList
        name={`agency ${query}`}
        version={version}
        everyMs={refreshMs}
        href={({ id }) => `${root}/${id}`}
        load={(cursor) =>
          desk.api.get("/v1/agency/complaints", {
            params: { query: { ...filter, details: "true", limit: 50, ...(cursor && { cursor }) } },
          })
        }
      />
    </Page>
  );
}

/** One complaint of the officer's agency, with what the agency may do now. */
export function OfficerCase({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const path = { id };
  return (
    <CasePage
      id={id}
      listHref={root}
      load={() => api.get("/v1/agency/complaints/{id}", { params: { path } })}
      loadDeadlines={() => api.get("/v1/agency/complaints/{id}/deadlines", { params: { path } })}
      fetchLink={(attachmentId) =>
        api.get("/v1/agency/complaints/{id}/attachments/{attachmentId}", { params: { path: { id, attachmentId } } })
      }
      acts={(view, show) => <OfficerActs view={view} show={show} />}
    />
  );
}

type ActsProps = { view: Schemas["AgencyView"]; show: (view?: Schemas["AgencyView"]) => void };

function OfficerActs({ view, show }: ActsProps): JSX.Element {
  const { api } = useDesk();
  const { id, version, allowedMoves } = view;
  const may = (move: (typeof allowedMoves)[number]) => allowedMoves.includes(move);
  const sent = (key: string) => ({
    params: { path: { id }, header: { "Idempotency-Key": key, "If-Match": `"${version}"` } },
  });
  const isOpen = view.status !== "closed";
  return (
    <>
      {!may("acknowledge") && !may("answer") && <p>{text(labels.caseParts.waitsFor[view.status])}</p>}
      {may("acknowledge") && (
        <Form
          name={`${id} acknowledge`}
          hint={text(labels.moves.acknowledgeHint)}
          fields={[]}
          button={text(labels.moves.acknowledge)}
          send={async (_, key) =>
            show(await api.post("/v1/agency/complaints/{id}/acknowledgement", { ...sent(key), body: {} }))
          }
        />
      )}
      {may("answer") && <AnswerForm view={view} show={show} />}
      {may("extend") && (
        <Act title={text(labels.moves.extend)}>
          <Form
            name={`${id} extend`}
            fields={[reasonField()]}
            send={async (values, key) => {
              const body = { reason: typed(values, "reason") ?? "" };
              show(await api.post("/v1/agency/complaints/{id}/extension", { ...sent(key), body }));
            }}
          />
        </Act>
      )}
      {may("transfer") && <TransferForm view={view} />}
      {isOpen && <MessageForms view={view} show={show} />}
    </>
  );
}

export const reasonField = (): Field => ({
  kind: "area",
  name: "reason",
  label: text(labels.fields.reason),
  max: 1_000,
});

function AnswerForm({ view: { id, version }, show }: ActsProps): JSX.Element {
  const desk = useDesk();
  const fields: Field[] = [
    { kind: "choice", name: "finding", label: text(labels.fields.finding), options: findingOptions() },
    { kind: "select", name: "cause", label: text(labels.fields.cause), options: optionsOf(desk, "causes") },
    { kind: "area", name: "text", label: text(labels.fields.answerText), max: 4_000 },
    actionsField(),
  ];
  return (
    <Act title={text(labels.moves.answer)} isOpen>
      <Form
        name={`${id} answer`}
        fields={fields}
        hint={text(labels.moves.answerHint)}
        button={text(labels.moves.sendAnswer)}
        send={async (values, key) => {
          const header = { "Idempotency-Key": key, "If-Match": `"${version}"` };
          const body = { ...findingBody(values), text: typed(values, "text") ?? "" };
          show(await desk.api.post("/v1/agency/complaints/{id}/answer", { params: { path: { id }, header }, body }));
        }}
      />
    </Act>
  );
}

export const findingOptions = () =>
  Object.entries(labels.findings).map(([finding, label]): [string, string] => [finding, text(label)]);

export const actionsField = (): Field => ({
  kind: "rows",
  name: "actions",
  label: text(labels.fields.actions),
  isOptional: true,
  add: text(labels.fields.addAction),
  fields: [
    { kind: "line", name: "text", label: text(labels.fields.action) },
    { kind: "date", name: "dueOn", label: text(labels.fields.dueOn) },
  ],
});

/** The finding, cause and actions of an answer or a decision. The server names what is missing. */
export function findingBody(values: Values) {
  const rows = Array.isArray(values.actions) ? values.actions : [];
  const actions = rows.map(({ text: action = "", dueOn }) => ({ text: action, ...(dueOn && { dueOn }) }));
  return {
    finding: typed(values, "finding") as Schemas["Finding"],
    cause: typed(values, "cause") as string,
    ...(actions.length > 0 && { actions }),
  };
}

function TransferForm({ view: { id, version, agencyId, countyId } }: Pick<ActsProps, "view">): JSX.Element {
  const desk = useDesk();
  const inCounty = new Set(
    desk.catalog.agencies.filter((one) => one.countyIds.includes(countyId)).map((one) => one.id),
  );
  const options = optionsOf(desk, "agencies").filter(([other]) => other !== agencyId && inCounty.has(other));
  return (
    <Act title={text(labels.moves.transfer)}>
      <Form
        name={`${id} transfer`}
        fields={[{ kind: "select", name: "toAgencyId", label: text(labels.fields.toAgencyId), options }, reasonField()]}
        button={text(labels.moves.transfer)}
        send={async (values, key) => {
          const header = { "Idempotency-Key": key, "If-Match": `"${version}"` };
          const body = { toAgencyId: typed(values, "toAgencyId") ?? "", reason: typed(values, "reason") ?? "" };
          await desk.api.post("/v1/agency/complaints/{id}/transfer", { params: { path: { id }, header }, body });
          // It is no longer with this agency.
          forget(`case ${root} ${id}`);
          go(root, { replace: true });
        }}
      />
    </Act>
  );
}

function MessageForms({ view: { id }, show }: ActsProps): JSX.Element {
  const { api } = useDesk();
  const sent = (key: string) => ({ params: { path: { id }, header: { "Idempotency-Key": key } } });
  const textField: Field = { kind: "area", name: "text", label: text(labels.fields.text), max: 4_000 };
  const statementFields: Field[] = [
    { kind: "line", name: "employee.name", label: text(labels.fields.employeeName), max: 100 },
    { kind: "line", name: "employee.counter", label: text(labels.fields.employeeCounter), isOptional: true, max: 100 },
    textField,
  ];
  return (
    <>
      <Act title={text(labels.moves.message)}>
        <Form
          name={`${id} message`}
          fields={[textField]}
          send={async (values, key) => {
            const body = { text: typed(values, "text") ?? "" };
            show(await api.post("/v1/agency/complaints/{id}/messages", { ...sent(key), body }));
          }}
        />
      </Act>
      <Act title={text(labels.moves.statement)}>
        <Form
          name={`${id} statement`}
          hint={text(labels.moves.statementHint)}
          fields={statementFields}
          send={async (values, key) => {
            const [name, counter] = [typed(values, "employee.name"), typed(values, "employee.counter")];
            const employee = { ...(name && { name }), ...(counter && { counter }) };
            const body = { employee, text: typed(values, "text") ?? "" };
            show(await api.post("/v1/agency/complaints/{id}/statement", { ...sent(key), body }));
          }}
        />
      </Act>
    </>
  );
}
