import type { JSX } from "preact";
import { Act } from "../forms/act.tsx";
import { instantOf } from "../forms/dates.tsx";
import { headersFor, textField } from "../forms/fields.ts";
import { fileIdsIn } from "../forms/files-input.tsx";
import { type Field, Form, typed } from "../forms/form.tsx";
import { reasonsOf, WhyNot, type WhyNotWords } from "../forms/why-not.tsx";
import type { Schemas } from "../session/api.ts";
import { useDesk } from "../session/desk.ts";
import { text } from "../words/format.ts";
import { useScanUpload } from "./scan-upload.ts";
import type { NoticeView } from "./view.ts";
import { noticeWords } from "./words-of-notices.ts";

type ActProps = { view: NoticeView; reload: () => Promise<void> };
type NoticeActsProps = ActProps & { showLetter: (letter: Schemas["NoticeLetter"]) => void };

/** What an inspector may do with a notice now, and what only another inspector may: the view says both. */
export function NoticeActs(props: NoticeActsProps): JSX.Element {
  const { allowedMoves, blockedMoves, endedAt } = props.view;
  const possible = forms.filter(([move]) => allowedMoves.includes(move));
  const reasons = reasonsOf(blockedMoves, whyNot);
  return (
    <>
      {possible.length + reasons.length === 0 && <p>{text(endedAt ? noticeWords.over : noticeWords.nothing)}</p>}
      {possible.map(([move, Form]) => (
        <Form key={move} {...props} />
      ))}
      <WhyNot reasons={reasons} />
    </>
  );
}

type Move = NoticeView["allowedMoves"][number];

/** The forms in the order in which they stand. */
const forms: [move: Move, (props: NoticeActsProps) => JSX.Element][] = [
  ["confirm-service", ConfirmForm],
  ["answer-question", QuestionForm],
  ["decide", DecisionForm],
  ["print-letter", LetterForm],
  ["record-service", ServiceForm],
  ["record-leave", LeaveForm],
  ["record-paper-answer", PaperForm],
];

/** Why this person may not do what the state of the notice allows to another. */
const whyNot: WhyNotWords<Move> = {
  "confirm-service": {
    "opened-notice": noticeWords.confirm.another,
    "printed-letter": noticeWords.confirm.another,
    "recorded-service": noticeWords.confirm.another,
    "letter-opened": noticeWords.confirm.opened,
  },
  decide: {
    "opened-notice": noticeWords.decide.another,
    "printed-letter": noticeWords.decide.another,
    "recorded-service": noticeWords.decide.another,
    "took-part": noticeWords.decide.another,
    "had-role-at-agency": noticeWords.decide.another,
  },
  "record-paper-answer": { "opened-notice": noticeWords.paper.another },
  "print-letter": { "printed-letter": noticeWords.letter.another },
};

const sentFor = (view: NoticeView, key: string) => ({
  params: { path: { noticeId: view.id }, header: headersFor(view, key) },
});

function LetterForm({ view, showLetter }: NoticeActsProps): JSX.Element {
  const { api } = useDesk();
  const { title, again, hint, againHint, button } = noticeWords.letter;
  const isFirst = !view.letter;
  return (
    <Act title={text(isFirst ? title : again)} isOpen={isFirst}>
      <Form
        name={`${view.id} letter`}
        hint={text(isFirst ? hint : againHint)}
        fields={[]}
        button={text(button)}
        send={async (_, key) =>
          showLetter(await api.post("/v1/inspector/notices/{noticeId}/letter", { ...sentFor(view, key), body: {} }))
        }
      />
    </Act>
  );
}

function LeaveForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, until, button, done } = noticeWords.leave;
  return (
    <Act title={text(title)}>
      <Form
        name={`${view.id} leave`}
        hint={text(hint)}
        fields={[{ kind: "date", name: "onLeaveUntil", label: text(until) }]}
        button={text(button)}
        done={text(done)}
        send={async (values, key) => {
          const body = { onLeaveUntil: instantOf(`${typed(values, "onLeaveUntil") ?? ""}T23:59`) };
          await api.post("/v1/inspector/notices/{noticeId}/leave", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}

function ServiceForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, way, name, personnelId, employer, scan, button, done } = noticeWords.service;
  const scans = useScanUpload(view.id);
  const ways = Object.entries(noticeWords.ways).map(([one, label]): [string, string] => [one, text(label)]);
  const fields: Field[] = [
    { kind: "choice", name: "way", label: text(way), options: ways },
    { kind: "line", name: "name", label: text(name), max: 100 },
    { kind: "line", name: "employment", label: text(personnelId), max: 100 },
    { kind: "line", name: "employer", label: text(employer), max: 200 },
    { kind: "files", name: "scan", label: text(scan), most: 1, ...scans },
  ];
  return (
    <Act title={text(title)} isOpen={!view.service}>
      <Form
        name={`${view.id} service`}
        hint={text(hint)}
        fields={fields}
        start={{ name: view.employee.name }}
        button={text(button)}
        done={text(done)}
        send={async (values, key) => {
          const [id, company] = [typed(values, "employment"), typed(values, "employer")];
          const employment = company && !id ? { employer: company } : { personnelId: id ?? "" };
          const body = {
            way: typed(values, "way") as "receipt" | "declined",
            name: typed(values, "name") ?? "",
            employment,
            scan: fileIdsIn(values, "scan")[0] as string,
          };
          await api.post("/v1/inspector/notices/{noticeId}/service", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}

function ConfirmForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, button, done } = noticeWords.confirm;
  return (
    <Act title={text(title)} isOpen>
      <Form
        name={`${view.id} confirm ${view.service?.number}`}
        hint={text(hint)}
        fields={[]}
        button={text(button)}
        done={text(done)}
        send={async (_, key) => {
          const body = { number: view.service?.number ?? 0 };
          await api.post("/v1/inspector/notices/{noticeId}/service/confirmation", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}

function QuestionForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, button, done } = noticeWords.question;
  const number = view.openQuestion ?? 0;
  return (
    <Act title={text(title)} isOpen>
      <Form
        name={`${view.id} question ${number}`}
        hint={text(hint)}
        fields={[textField()]}
        button={text(button)}
        warning={text(noticeWords.open.warning)}
        done={text(done)}
        send={async (values, key) => {
          const body = { text: typed(values, "text") ?? "" };
          const params = { path: { noticeId: view.id, number }, header: headersFor(view, key) };
          await api.post("/v1/inspector/notices/{noticeId}/questions/{number}", { params, body });
          await reload();
        }}
      />
    </Act>
  );
}

function PaperForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, text: label, scan, button, done } = noticeWords.paper;
  const scans = useScanUpload(view.id);
  const fields: Field[] = [
    { ...textField(), label: text(label) },
    { kind: "files", name: "attachments", label: text(scan), isOptional: true, most: 5, ...scans },
  ];
  return (
    <Act title={text(title)}>
      <Form
        name={`${view.id} paper`}
        hint={text(hint)}
        fields={fields}
        button={text(button)}
        done={text(done)}
        send={async (values, key) => {
          const attachments = fileIdsIn(values, "attachments");
          const body = { text: typed(values, "text") ?? "", ...(attachments.length > 0 && { attachments }) };
          await api.post("/v1/inspector/notices/{noticeId}/answer", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}

const outcomeFields = (options: Record<string, { fa: string; en: string }>): Field[] => [
  {
    kind: "choice",
    name: "outcome",
    label: text(noticeWords.decide.outcome),
    options: Object.entries(options).map(([one, label]): [string, string] => [one, text(label)]),
  },
  { kind: "area", name: "reasons", label: text(noticeWords.decide.reasons), max: 4_000 },
];

function DecisionForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, button, done } = noticeWords.decide;
  return (
    <Act title={text(title)} isOpen>
      <Form
        name={`${view.id} decide`}
        hint={text(hint)}
        fields={outcomeFields(noticeWords.outcomes)}
        button={text(button)}
        warning={text(noticeWords.open.warning)}
        done={text(done)}
        send={async (values, key) => {
          const outcome = typed(values, "outcome") as "stands" | "dismissed";
          const body = { outcome, reasons: typed(values, "reasons") ?? "" };
          await api.post("/v1/inspector/notices/{noticeId}/decision", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}

/** What a reviewer may do with a notice now. */
export function ReviewerActs(props: NoticeActsProps): JSX.Element {
  const { allowedMoves, endedAt } = props.view;
  const [judges, handsOver] = [allowedMoves.includes("judge"), allowedMoves.includes("hand-over-letter")];
  if (!judges && !handsOver) return <p>{text(endedAt ? noticeWords.over : noticeWords.nothing)}</p>;
  return (
    <>
      {judges && <JudgementForm {...props} />}
      {handsOver && <HandOverForm {...props} />}
    </>
  );
}

/** A new letter for an employee who came with the identity card. */
function HandOverForm({ view, showLetter }: NoticeActsProps): JSX.Element {
  const { api } = useDesk();
  const { title, hint, button } = noticeWords.handOver;
  return (
    <Act title={text(title)}>
      <Form
        name={`${view.id} hand over`}
        hint={text(hint)}
        fields={[]}
        button={text(button)}
        send={async (_, key) =>
          showLetter(await api.post("/v1/reviewer/notices/{noticeId}/letter", { ...sentFor(view, key), body: {} }))
        }
      />
    </Act>
  );
}

function JudgementForm({ view, reload }: ActProps): JSX.Element {
  const { api } = useDesk();
  const { title, button, done } = noticeWords.judge;
  return (
    <Act title={text(title)} isOpen>
      <Form
        name={`${view.id} judge`}
        hint={text(noticeWords.decide.hint)}
        fields={outcomeFields(noticeWords.judgements)}
        button={text(button)}
        warning={text(noticeWords.open.warning)}
        done={text(done)}
        send={async (values, key) => {
          const outcome = typed(values, "outcome") as "upheld" | "overturned";
          const body = { outcome, reasons: typed(values, "reasons") ?? "" };
          await api.post("/v1/reviewer/notices/{noticeId}/decision", { ...sentFor(view, key), body });
          await reload();
        }}
      />
    </Act>
  );
}
