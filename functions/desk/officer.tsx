import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { CasePage } from "./complaints/case-page.tsx";
import { CaseList, complaintPage, FilterForm, filterIn, type RowPage } from "./complaints/lists.tsx";
import { ReportPromises } from "./complaints/promises.tsx";
import { Act } from "./forms/act.tsx";
import { noteListed, useArrivals } from "./forms/announcer.tsx";
import type { Values } from "./forms/drafts.ts";
import {
  actionsField,
  findingBody,
  findingFields,
  headersFor,
  reasonField,
  textField,
  transferBody,
  useTransferFields,
} from "./forms/fields.ts";
import { type Field, Form, typed } from "./forms/form.tsx";
import { CountsRow, DueText, Failed, Page } from "./forms/parts.tsx";
import { transferSummary } from "./forms/summaries.ts";
import { reasonsOf, WhyNot, type WhyNotWords } from "./forms/why-not.tsx";
import { go, useAddress } from "./session/address.ts";
import type { Schemas } from "./session/api.ts";
import { nameOf, roleOf, useDesk } from "./session/desk.ts";
import { forget, useLoaded, useSummary } from "./session/loading.ts";
import { filled, text } from "./words/format.ts";
import { labels } from "./words/words.ts";

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
  const here = query.size > 0 ? `${root}?${query}` : root;
  const load = async (cursor?: string) => {
    const page = await desk.api.get("/v1/agency/complaints", {
      params: { query: { ...filter, ...complaintPage(cursor) } },
    });
    noteListed(page.items);
    return page;
  };
  return (
    <Page title={nameOf(desk, "agencies", agencyId)}>
      <p role="status">{parted && <b>{parted}</b>}</p>
      <Failed failure={summary.failure} retry={summary.reload} />
      {summary.value && (
        <CountsRow counts={{ ...summary.value, waiting: waitingIn(summary.value) }} links={numberLinks} here={here} />
      )}
      <FilterForm
        names={["status", "countyId", "category", "officer", "from", "to", "id", "late", "dueSoon"]}
        query={query}
        base={everything}
        isClosed={Object.values(numberLinks).includes(here)}
      />
      <CaseList
        name={`agency ${query}`}
        version={version}
        everyMs={refreshMs}
        href={({ id }) => `${root}/${id}`}
        load={(cursor) => (here === root ? waitingPage(load, cursor) : load(cursor))}
      />
    </Page>
  );
}

/** In the address of the list: all open complaints, or those that a search names. Without it: those that wait for the agency. */
const everything = { open: "all" };

const numberLinks = {
  waiting: root,
  late: `${root}?late=true`,
  dueSoon: `${root}?dueSoon=true`,
  answered: `${root}?status=answered`,
  disputed: `${root}?status=disputed`,
  open: `${root}?${new URLSearchParams(everything)}`,
};

/** How many open complaints wait for the agency: the others wait for the citizen or the inspector. */
const waitingIn = ({ open, answered, disputed }: Schemas["AgencySummary"]) => open - answered - disputed;

type Load = (cursor?: string) => Promise<RowPage>;

/** The complaints of a page that wait for the agency, from as many pages as it takes to find some. */
async function waitingPage(load: Load, cursor: string | undefined): Promise<RowPage> {
  for (let next = cursor; ; ) {
    const { items, nextCursor } = await load(next);
    const waiting = items.filter(({ status }) => status === "filed" || status === "acknowledged");
    if (waiting.length > 0 || !nextCursor) return { items: waiting, nextCursor };
    next = nextCursor;
  }
}

/** One complaint of the officer's agency, with what the agency may do now. */
export function OfficerCase({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const path = { id };
  return (
    <CasePage
      id={id}
      listHref={root}
      issuesHref="/desk/agency-issues"
      withoutCitizen={text(labels.caseParts.withoutCitizen)}
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
          done={text(labels.moved.acknowledge)}
          send={async (_, key) =>
            show(await api.post("/v1/agency/complaints/{id}/acknowledgement", { ...sent(key), body: {} }))
          }
        />
      )}
      {may("answer") && <AnswerForm view={view} show={show} />}
      <ReportPromises view={view} show={show} />
      {may("extend") && (
        <Act title={text(labels.moves.extend)}>
          <Form
            name={`${id} extend`}
            fields={[reasonField()]}
            done={text(labels.moved.extend)}
            send={async (values, key) => {
              const body = { reason: typed(values, "reason") ?? "" };
              show(await api.post("/v1/agency/complaints/{id}/extension", { ...sent(key), body }));
            }}
          />
        </Act>
      )}
      {may("transfer") && <TransferForm view={view} />}
      <WhyNot reasons={reasonsOf(view.blockedMoves, whyNot)} />
      {isOpen && <MessageForms view={view} show={show} />}
    </>
  );
}

const whyNot: WhyNotWords<Schemas["AgencyView"]["allowedMoves"][number]> = {
  extend: { "already-extended": labels.whyNot.extended, "answer-overdue": labels.whyNot.overdue },
  transfer: { "transfer-limit": labels.whyNot.transferred },
};

/** Leads on from a case that is not the agency's turn to the most urgent one that is. */
function NextCase({ id }: { id: string }): JSX.Element | null {
  const desk = useDesk();
  const { value } = useLoaded(`next to ${id}`, () =>
    desk.api.get("/v1/agency/complaints", { params: { query: complaintPage(undefined) } }),
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
        secondLook={shortAnswer}
        done={text(labels.moved.answer)}
        send={async (values, key) => {
          const params = { path: { id }, header: headersFor(view, key) };
          const body = { ...findingBody(values), text: typed(values, "text") ?? "" };
          show(await desk.api.post("/v1/agency/complaints/{id}/answer", { params, body }));
        }}
      />
    </Act>
  );
}

/** A shorter answer is looked at once more: it cannot be taken back, and it is often a slip. */
const shortestAnswer = 30;

/** What to say of an answer that is complete, but short. */
function shortAnswer(values: Values): string | undefined {
  const isComplete = typed(values, "finding") && typed(values, "cause");
  const length = typed(values, "text")?.length ?? 0;
  return isComplete && length > 1 && length < shortestAnswer ? text(labels.moves.shortAnswer) : undefined;
}

function TransferForm({ view }: Pick<ActsProps, "view">): JSX.Element {
  const desk = useDesk();
  const { id } = view;
  return (
    <Act title={text(labels.moves.transfer)}>
      <Form
        name={`${id} transfer`}
        fields={useTransferFields(view)}
        button={text(labels.moves.transfer)}
        secondLook={transferSummary(desk)}
        send={async (values, key) => {
          const params = { path: { id }, header: headersFor(view, key) };
          await desk.api.post("/v1/agency/complaints/{id}/transfer", { params, body: transferBody(values) });
          // It is no longer with this agency.
          forget(`case ${root} ${id}`);
          parting = filled(labels.moved.transfer, { id });
          go(root, { replace: true });
        }}
      />
    </Act>
  );
}

function MessageForms({ view, show }: ActsProps): JSX.Element {
  const { api } = useDesk();
  const { id } = view;
  const sent = (key: string) => ({ params: { path: { id }, header: headersFor(view, key) } });
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
          hint={text(labels.moves.messageHint)}
          fields={[textField()]}
          button={text(labels.moves.sendMessage)}
          done={text(labels.moved.message)}
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
          done={text(labels.moved.statement)}
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
