import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CasePage } from "./complaints/case-page.tsx";
import { Citizen } from "./complaints/case-parts.tsx";
import { CaseList, complaintPage, FilterForm, filterIn } from "./complaints/lists.tsx";
import { JudgePromises } from "./complaints/promises.tsx";
import { type InspectorActsProps, Visits } from "./complaints/visits.tsx";
import { Act } from "./forms/act.tsx";
import {
  actionsField,
  findingBody,
  findingFields,
  headersFor,
  textField,
  transferBody,
  useTransferFields,
} from "./forms/fields.ts";
import { type Field, Form, typed } from "./forms/form.tsx";
import { CountsRow, Failed, Page, SureButton } from "./forms/parts.tsx";
import { decisionSummary, rejectionSummary, transferSummary } from "./forms/summaries.ts";
import { mayOpenNotice, OpenNotice } from "./notices/open-form.tsx";
import { noticeWords } from "./notices/words-of-notices.ts";
import { useAddress } from "./session/address.ts";
import { failureOf, type Schemas } from "./session/api.ts";
import { useDesk } from "./session/desk.ts";
import { useSummary } from "./session/loading.ts";
import { dateTime, filled, text } from "./words/format.ts";
import { labels } from "./words/words.ts";

const root = "/desk/inspector";
const refreshMs = 60_000;

const queues = ["mine", "disputed", "escalated", "pressured", "promises", "all"] as const;

const numberLinks = {
  open: `${root}?queue=all`,
  late: `${root}?queue=all&late=true`,
  dueSoon: `${root}?queue=all&dueSoon=true`,
  answered: `${root}?queue=all&status=answered`,
  disputed: `${root}?queue=disputed`,
};

/** The work queues of the inspection centre, and a search through every complaint. */
export function InspectorList(): JSX.Element {
  const { api } = useDesk();
  const { query } = useAddress();
  const queue = queues.find((one) => one === query.get("queue")) ?? (query.size > 0 ? "all" : "disputed");
  const summary = useSummary("inspector summary", () => api.get("/v1/inspector/summary"), refreshMs);
  const filter = filterIn(query) as Record<string, never>;
  const here = `${root}?${query.size > 0 ? query : "queue=disputed"}`;
  const chosen = queue === "mine" ? { mine: "true" as const } : queue === "all" ? {} : { queue };
  return (
    <Page title={text(labels.deskOf.inspector)}>
      <Failed failure={summary.failure} retry={summary.reload} />
      {summary.value && <CountsRow counts={summary.value} links={numberLinks} here={here} />}
      {summary.value?.notices && (
        <p class="note">
          <a href="/desk/notices">{filled(noticeWords.late, { count: summary.value.notices.late })}</a>
        </p>
      )}
      <nav class="tabs" aria-label={text(labels.deskOf.inspector)}>
        {queues.map((one) => (
          <a key={one} href={`${root}?queue=${one}`} aria-current={one === queue ? "page" : undefined}>
            {text(labels.queues[one])}
          </a>
        ))}
      </nav>
      {(queue === "all" || queue === "mine") && (
        <FilterForm
          names={["status", "agencyId", "countyId", "category", "officer", "from", "to", "id", "late", "dueSoon"]}
          query={query}
          isClosed={Object.values(numberLinks).includes(here)}
        />
      )}
      <CaseList
        name={`inspector ${queue} ${query}`}
        everyMs={refreshMs}
        href={({ id }) => `${root}/${id}`}
        load={(cursor) =>
          api.get("/v1/inspector/complaints", { params: { query: { ...filter, ...chosen, ...complaintPage(cursor) } } })
        }
      />
    </Page>
  );
}

/** One complaint, with what an inspector may do now. */
export function InspectorCase({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const path = { id };
  return (
    <CasePage
      id={id}
      listHref={root}
      issuesHref="/desk/issues"
      load={() => api.get("/v1/inspector/complaints/{id}", { params: { path } })}
      loadDeadlines={() => api.get("/v1/inspector/complaints/{id}/deadlines", { params: { path } })}
      fetchLink={(attachmentId) =>
        api.get("/v1/inspector/complaints/{id}/attachments/{attachmentId}", { params: { path: { id, attachmentId } } })
      }
      acts={(view, show) => <InspectorActs view={view} show={show} />}
    />
  );
}

function InspectorActs({ view, show }: InspectorActsProps): JSX.Element {
  const desk = useDesk();
  const { allowedMoves } = view;
  const isOpen = view.status !== "closed";
  return (
    <>
      {isOpen && <Claim view={view} show={show} />}
      <JudgePromises view={view} show={show} />
      {allowedMoves.includes("decide") && <DecideForm view={view} show={show} />}
      {allowedMoves.includes("reject") && <RejectForm view={view} show={show} />}
      {allowedMoves.includes("transfer") && <TransferForm view={view} show={show} />}
      {isOpen && <MessageForm view={view} show={show} />}
      <Visits view={view} show={show} />
      {mayOpenNotice(view, desk) && <OpenNotice view={view} />}
      <Identity id={view.id} />
      <RenewSecret id={view.id} />
    </>
  );
}

function Claim({ view: { id, claim, people }, show }: InspectorActsProps): JSX.Element {
  const { api, person } = useDesk();
  const sent = (key: string) => ({ params: { path: { id }, header: { "Idempotency-Key": key } } });
  const isMine = claim?.inspector === person.sub;
  return (
    <>
      {claim && (
        <p>
          <bdi>{people?.[claim.inspector] ?? claim.inspector}</bdi>، {dateTime(claim.until)}
        </p>
      )}
      <Form
        name={`${id} ${isMine ? "release" : "claim"}`}
        fields={[]}
        button={text(isMine ? labels.moves.release : labels.moves.claim)}
        done={text(isMine ? labels.moved.release : labels.moved.claim)}
        send={async (_, key) => {
          if (isMine) await api.delete("/v1/inspector/complaints/{id}/claim", { params: { path: { id } } });
          else await api.post("/v1/inspector/complaints/{id}/claim", { ...sent(key), body: {} });
          show();
        }}
      />
    </>
  );
}

function DecideForm({ view, show }: InspectorActsProps): JSX.Element {
  const desk = useDesk();
  const { id } = view;
  const fields: Field[] = [
    ...findingFields(desk),
    textField(),
    ...(view.answer
      ? [
          {
            kind: "choice",
            name: "upholdsAnswer",
            label: text(labels.fields.upholdsAnswer),
            options: [
              ["true", text(labels.fields.upheld)],
              ["false", text(labels.fields.notUpheld)],
            ],
          } satisfies Field,
        ]
      : []),
    actionsField(),
  ];
  return (
    <Act title={text(labels.moves.decide)} isOpen={view.status === "disputed"}>
      <Form
        name={`${id} decide`}
        fields={fields}
        button={text(labels.moves.sendDecision)}
        secondLook={decisionSummary(desk, { hasAnswer: view.answer !== undefined })}
        done={text(labels.moved.decide)}
        send={async (values, key) => {
          const upholds = typed(values, "upholdsAnswer");
          const judged = upholds ? { upholdsAnswer: upholds === "true" } : {};
          const body = { ...findingBody(values), text: typed(values, "text") ?? "", ...judged };
          const params = { path: { id }, header: headersFor(view, key) };
          show(await desk.api.post("/v1/inspector/complaints/{id}/decision", { params, body }));
        }}
      />
    </Act>
  );
}

function RejectForm({ view, show }: InspectorActsProps): JSX.Element {
  const { api } = useDesk();
  const { id } = view;
  const options = Object.entries(labels.rejections).map(([reason, label]): [string, string] => [reason, text(label)]);
  return (
    <Act title={text(labels.moves.reject)}>
      <Form
        name={`${id} reject`}
        fields={[{ kind: "choice", name: "reason", label: text(labels.fields.reason), options }, textField()]}
        button={text(labels.moves.reject)}
        secondLook={rejectionSummary}
        done={text(labels.moved.reject)}
        send={async (values, key) => {
          const reason = typed(values, "reason") as Schemas["RejectionReason"];
          const params = { path: { id }, header: headersFor(view, key) };
          const body = { reason, text: typed(values, "text") ?? "" };
          show(await api.post("/v1/inspector/complaints/{id}/rejection", { params, body }));
        }}
      />
    </Act>
  );
}

function TransferForm({ view, show }: InspectorActsProps): JSX.Element {
  const desk = useDesk();
  const { id } = view;
  return (
    <Act title={text(labels.moves.transfer)}>
      <Form
        name={`${id} transfer by inspector`}
        fields={useTransferFields(view)}
        button={text(labels.moves.transfer)}
        secondLook={transferSummary(desk)}
        done={filled(labels.moved.transfer, { id })}
        send={async (values, key) => {
          const params = { path: { id }, header: headersFor(view, key) };
          show(await desk.api.post("/v1/inspector/complaints/{id}/transfer", { params, body: transferBody(values) }));
        }}
      />
    </Act>
  );
}

function MessageForm({ view, show }: InspectorActsProps): JSX.Element {
  const { api } = useDesk();
  const { id } = view;
  return (
    <Act title={text(labels.moves.message)}>
      <Form
        name={`${id} message by inspector`}
        hint={text(labels.moves.inspectorMessageHint)}
        fields={[textField()]}
        button={text(labels.moves.sendMessage)}
        done={text(labels.moved.inspectorMessage)}
        send={async (values, key) => {
          const params = { path: { id }, header: headersFor(view, key) };
          const body = { text: typed(values, "text") ?? "" };
          show(await api.post("/v1/inspector/complaints/{id}/messages", { params, body }));
        }}
      />
    </Act>
  );
}

/** Who the citizen is, behind a question: the citizen sees each look. It is gone as soon as the page is left. */
function Identity({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const [identity, set] = useState<Schemas["Identity"]>();
  const [failed, fail] = useState("");
  const look = async () => {
    try {
      set(await api.get("/v1/inspector/complaints/{id}/identity", { params: { path: { id } } }));
    } catch (error) {
      fail(failureOf(error).message);
    }
  };
  if (identity) return <Citizen identity={identity} />;
  return (
    <>
      {failed && <p class="failure">{failed}</p>}
      <SureButton label={text(labels.moves.identity)} question={text(labels.moves.identityWarning)} act={look} />
    </>
  );
}

/** A new secret for a citizen who came in person. It is shown until the page is left, and nowhere again. */
function RenewSecret({ id }: { id: string }): JSX.Element {
  const { api } = useDesk();
  const [renewed, set] = useState<Schemas["RenewedSecret"]>();
  const [confirmBy, wait] = useState<string>();
  const { renewSecret, renewSecretHint, renewedSecret, secondInspector, secretFields } = labels.moves;
  if (renewed)
    return (
      <section class="citizen">
        <p class="note">{text(renewedSecret)}</p>
        <dl>
          {(["secret", "phoneSecret"] as const).map((name) => (
            <div key={name}>
              <dt>{text(secretFields[name])}</dt>
              <dd>
                <bdi dir="ltr">{renewed[name]}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    );
  return (
    <Act title={text(renewSecret)} isOpen={confirmBy !== undefined}>
      {confirmBy && <p role="status">{filled(secondInspector, { when: dateTime(confirmBy) })}</p>}
      <Form
        name={`${id} renew secret`}
        hint={text(renewSecretHint)}
        fields={[{ kind: "line", name: "nationalId", label: text(labels.caseParts.citizenFields.nationalId) }]}
        button={text(renewSecret)}
        send={async (values, key) => {
          const params = { path: { id }, header: { "Idempotency-Key": key } };
          const body = { nationalId: typed(values, "nationalId") ?? "" };
          const answer = await api.post("/v1/inspector/complaints/{id}/secret", { params, body });
          if ("secret" in answer) set(answer);
          else wait(answer.confirmBy);
        }}
      />
    </Act>
  );
}
