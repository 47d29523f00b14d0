import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { go, useAddress } from "./address.ts";
import { noteListed, useArrivals } from "./announcer.tsx";
import type { Schemas } from "./api.ts";
import { CasePage } from "./case-page.tsx";
import { Act } from "./case-parts.tsx";
import { nameOf, roleOf, useDesk } from "./desk.ts";
import {
  actionsField,
  findingBody,
  findingFields,
  headersFor,
  reasonField,
  textField,
  transferBody,
  useTransferFields,
} from "./fields.ts";
import { type Field, Form, typed } from "./form.tsx";
import { filled, text } from "./format.ts";
import { CaseList, FilterForm, filterIn, pageOf } from "./lists.tsx";
import { forget, useLoaded, useSummary } from "./loading.ts";
import { CountsRow, DueText, Failed, Page } from "./parts.tsx";
import { labels } from "./words.ts";

const root = "/desk/agency";
/** Each event has the list read anew. This is for what happens without one. */
const refreshMs = 300_000;

/** What was done with a case that is no longer with the agency: the list says it once. */
let parting: string | undefined;

function takeParting(): string | undefined {
  const said = parting;
  parting = undefined;
  return said;
}

/** The complaints of the officer's agency: the numbers of today, the soonest due first, and a search. */
export function OfficerList(): JSX.Element {
  const desk = useDesk();
  const { query } = useAddress();
  const [parted] = useState(takeParting);
  const filter = filterIn(query) as Record<string, never>;
  const summary = useSummary("agency summary", () => desk.api.get("/v1/agency/summary"), refreshMs);
  const version = useArrivals();
  const { reload } = summary;
  useEffect(() => {
    if (version > 0) void reload();
  }, [version, reload]);
  const agencyId = roleOf(desk, "officer")?.agencyId ?? "";
  return (
    <Page title={nameOf(desk, "agencies", agencyId)}>
      <p role="status">{parted && <b>{filled(labels.done, { what: parted })}</b>}</p>
      <Failed failure={summary.failure} retry={summary.reload} />
      {summary.value && (
        <CountsRow
          counts={summary.value}
          links={{
            open: root,
            dueSoon: root,
            late: `${root}?late=true`,
            answered: `${root}?status=answered`,
            disputed: `${root}?status=disputed`,
          }}
        />
      )}
      <FilterForm names={["status", "countyId", "category", "officer", "from", "to", "id", "late"]} query={query} />
      <CaseList
        name={`agency ${query}`}
        version={version}
        everyMs={refreshMs}
        href={({ id }) => `${root}/${id}`}
        load={async (cursor) => {
          const query = { ...filter, ...pageOf(cursor) };
          const page = await desk.api.get("/v1/agency/complaints", { params: { query } });
          noteListed(page.items);
          return page;
        }}
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
  const { id, allowedMoves } = view;
  const may = (move: (typeof allowedMoves)[number]) => allowedMoves.includes(move);
  const sent = (key: string) => ({ params: { path: { id }, header: headersFor(view, key) } });
  const isOpen = view.status !== "closed";
  return (
    <>
      {!may("acknowledge") && !may("answer") && (
        <>
          <p>{text(labels.caseParts.waitsFor[view.status])}</p>
          <NextCase id={id} />
        </>
      )}
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

/** Leads on from a case that is not the agency's turn to the most urgent one that is. */
function NextCase({ id }: { id: string }): JSX.Element | null {
  const desk = useDesk();
  const { value } = useLoaded(`next to ${id}`, () =>
    desk.api.get("/v1/agency/complaints", { params: { query: pageOf(undefined) } }),
  );
  if (!value) return null;
  const next = value.items.find(
    (row) => row.id !== id && (row.next?.step === "acknowledge" || row.next?.step === "answer"),
  );
  if (!next) return <p>{text(labels.caseParts.noNext)}</p>;
  return (
    <p>
      <b>{text(labels.caseParts.next)}:</b>{" "}
      <a href={`${root}/${next.id}`}>
        {nameOf(desk, "categories", next.category)} <bdi class="id">{next.id}</bdi>
      </a>
      <br />
      <DueText {...next} isOfficers />
    </p>
  );
}

function AnswerForm({ view, show }: ActsProps): JSX.Element {
  const desk = useDesk();
  const { id } = view;
  const fields: Field[] = [
    ...findingFields(desk),
    { ...textField(), label: text(labels.fields.answerText), noun: text(labels.fields.answer) },
    actionsField(),
  ];
  return (
    <Act title={text(labels.moves.answer)} isOpen>
      <Form
        name={`${id} answer`}
        fields={fields}
        hint={text(labels.moves.answerHint)}
        button={text(labels.moves.sendAnswer)}
        warning={text(labels.moves.answerIsFinal)}
        send={async (values, key) => {
          const params = { path: { id }, header: headersFor(view, key) };
          const body = { ...findingBody(values), text: typed(values, "text") ?? "" };
          show(await desk.api.post("/v1/agency/complaints/{id}/answer", { params, body }));
        }}
      />
    </Act>
  );
}

function TransferForm({ view }: Pick<ActsProps, "view">): JSX.Element {
  const { api } = useDesk();
  const { id } = view;
  return (
    <Act title={text(labels.moves.transfer)}>
      <Form
        name={`${id} transfer`}
        fields={useTransferFields(view)}
        button={text(labels.moves.transfer)}
        send={async (values, key) => {
          const params = { path: { id }, header: headersFor(view, key) };
          await api.post("/v1/agency/complaints/{id}/transfer", { params, body: transferBody(values) });
          // It is no longer with this agency.
          forget(`case ${root} ${id}`);
          parting = `${text(labels.moves.transfer)} · ${id}`;
          go(root, { replace: true });
        }}
      />
    </Act>
  );
}

function MessageForms({ view: { id }, show }: ActsProps): JSX.Element {
  const { api } = useDesk();
  const sent = (key: string) => ({ params: { path: { id }, header: { "Idempotency-Key": key } } });
  const statementFields: Field[] = [
    { kind: "line", name: "employee.name", label: text(labels.fields.employeeName), max: 100 },
    { kind: "line", name: "employee.counter", label: text(labels.fields.employeeCounter), isOptional: true, max: 100 },
    textField(),
  ];
  return (
    <>
      <Act title={text(labels.moves.message)}>
        <Form
          name={`${id} message`}
          fields={[textField()]}
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
