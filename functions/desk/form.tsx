import { createContext, type JSX } from "preact";
import { useContext, useEffect, useId, useRef } from "preact/hooks";
import type { Failure, FieldError } from "./api.ts";
import { DateInput, InstantInput } from "./dates.tsx";
import { dropDraft, isOf, keepDraft, sendDraft, useDraft, type Values } from "./drafts.ts";
import { filled, type Localized, text } from "./format.ts";
import { labels } from "./words.ts";

type Options = [value: string, label: string][];
/** `noun`: what the field is called inside a sentence, where the label says more. */
type Common = { name: string; label: string; noun?: string; isOptional?: boolean; hint?: string };
/** A field of a form. `rows`: as many rows as the person adds, each with its own fields. */
export type Field = Common &
  (
    | { kind: "line" | "area" | "date" | "instant" | "time" | "check"; max?: number }
    | { kind: "select" | "choice"; options: Options }
    | { kind: "several"; options: Options }
    | { kind: "rows"; add: string; fields: (Common & { kind: "line" | "date" })[] }
  );

/**
 * Hears what becomes of each form: a case that somebody else has changed is read again after a refusal, and says what was done
 * after a success, until another form is sent.
 */
export const FormContext = createContext({
  onSend: (): void => {},
  onRefusal: (_: Failure): void => {},
  onDone: (_: string): void => {},
});

type FormProps = {
  /** The name under which what is typed is kept. */
  name: string;
  title?: string;
  hint?: string;
  fields: Field[];
  start?: Values;
  button?: string;
  /** What to know before the button is pressed: it stands beside it. */
  warning?: string;
  /** Sends the form. Whoever sends the same values again uses the same key, so that nothing happens twice. */
  send: (values: Values, idempotencyKey: string) => Promise<void>;
  onClose?: () => void;
};

/**
 * A form that keeps what was typed until it is sent: a failed request, an ended session and the back button lose nothing. The
 * sentences of the server stand beside the fields.
 */
export function Form({
  name,
  title,
  hint,
  fields,
  start = {},
  button,
  warning,
  send,
  onClose,
}: FormProps): JSX.Element {
  const { values = start, isSending = false, failure } = useDraft(name) ?? {};
  const label = button ?? text(labels.send);
  const { onSend, onRefusal, onDone } = useContext(FormContext);
  const warningId = useId();
  const alert = useRef<HTMLParagraphElement>(null);
  const isHere = useRef(true);
  useEffect(
    () => () => {
      isHere.current = false;
    },
    [],
  );
  const change = (field: string, value: Values[string]) => keepDraft(name, { ...values, [field]: value }, field);
  const submit = async (event: Event) => {
    event.preventDefault();
    onSend();
    const refused = await sendDraft(name, start, send);
    if (refused === "busy") return;
    // What is done may take the form away: that is said all the same.
    if (!refused) onDone(label);
    if (!isHere.current) return;
    if (!refused) return onClose?.();
    onRefusal(refused);
    alert.current?.focus();
  };
  const close = () => {
    dropDraft(name);
    onClose?.();
  };
  const rest = failure?.fields.filter(({ path }) => !fields.some((field) => isOf(path, field.name)));
  return (
    <form class="form" onSubmit={submit} noValidate>
      {title && <h3>{title}</h3>}
      {hint && <p class="note">{hint}</p>}
      {failure && (
        <p class="failure" role="alert" tabIndex={-1} ref={alert}>
          {failure.fields.length > 0 && rest?.length === 0 ? text(labels.correct) : failure.message}
          {rest?.map(({ path, message }) => (
            <span key={path}> {message}</span>
          ))}
        </p>
      )}
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]}
          errors={failure?.fields.filter(({ path }) => isOf(path, field.name)) ?? []}
          change={(value) => change(field.name, value)}
        />
      ))}
      <p class="buttons">
        <button type="submit" aria-disabled={isSending} aria-describedby={warning && warningId}>
          {isSending ? text(labels.sending) : label}
        </button>
        {warning && (
          <span class="note" id={warningId}>
            {warning}
          </span>
        )}
        {onClose && (
          <button type="button" class="quiet" onClick={close}>
            {text(labels.cancel)}
          </button>
        )}
      </p>
    </form>
  );
}

type InputProps<F extends Field = Field> = {
  field: F;
  value: Values[string] | undefined;
  errors: FieldError[];
  change: (value: Values[string]) => void;
};

function FieldInput(props: InputProps): JSX.Element {
  const id = useId();
  const { field, value, errors } = props;
  const note = `${id}-note`;
  const described = { id, "aria-describedby": note, "aria-invalid": errors.length > 0 };
  const isGroup = field.kind === "choice" || field.kind === "several" || field.kind === "rows";
  const label = (
    <>
      {field.label} {field.isOptional && <small>{text(labels.optional)}</small>}
    </>
  );
  const notes = (
    <span id={note} class="field-note">
      {field.hint}
      {[...new Set(errors.map((error) => noteOn(error, field, value)))].map((said) => (
        <strong key={said}>{said}</strong>
      ))}
    </span>
  );
  if (!isGroup)
    return (
      <p class={`field ${field.kind}`}>
        <label for={id}>{label}</label>
        <SingleInput {...props} described={described} />
        {notes}
      </p>
    );
  return (
    <fieldset class="field" aria-describedby={note}>
      <legend>{label}</legend>
      <GroupInput {...props} name={id} />
      {notes}
    </fieldset>
  );
}

/** What is asked for where nothing is there, or where it is not complete. */
const requests: Partial<Record<Field["kind"], Localized>> = {
  line: labels.writeIt,
  area: labels.writeIt,
  choice: labels.chooseOne,
  select: labels.chooseOne,
  several: labels.chooseOne,
  date: labels.completeIt,
  instant: labels.completeIt,
  time: labels.completeIt,
  rows: labels.writeRows,
};
/** Codes of the server whose words would name values, forms and lengths of the API. */
const incomplete = [
  "missing",
  "empty",
  "min-characters",
  "one-of",
  "not-a-date",
  "not-an-instant",
  "not-a-time-of-day",
];

/** What a wrong field needs, in words for the person. */
function noteOn({ path, code, message }: FieldError, field: Field, value: Values[string] | undefined): string {
  const { kind, name } = field;
  const part = kind === "rows" ? field.fields.find((one) => path.endsWith(`.${one.name}`)) : undefined;
  const what = nounOf(part ?? field);
  const isEmpty = value === undefined || String(value).trim() === "";
  const isText = kind === "line" || kind === "area";
  const isIncomplete = !isText && (part !== undefined || path === name) && incomplete.includes(code);
  const request = requests[kind];
  if (request && (isEmpty || isIncomplete)) return filled(request, { what });
  const isNamed = kind !== "check" && (part !== undefined || path === name);
  return isNamed ? filled(labels.correctIt, { what, message }) : message;
}

/** What a field is called inside a sentence. */
function nounOf({ label, noun = label }: Common): string {
  return noun.charAt(0).toLowerCase() + noun.slice(1);
}

function SingleInput({ field, value, change, described }: InputProps & { described: object }): JSX.Element {
  const read = (event: { currentTarget: { value: string } }) => change(event.currentTarget.value);
  const current = String(value ?? "");
  switch (field.kind) {
    case "area":
      return <textarea {...described} dir="auto" rows={6} maxLength={field.max} value={current} onInput={read} />;
    case "check":
      return (
        <input
          {...described}
          type="checkbox"
          checked={value === true}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      );
    case "select":
      return (
        <select {...described} value={current} onChange={read}>
          <option value="">{text(field.isOptional ? labels.filters.all : labels.choose)}</option>
          {field.options.map(([option, label]) => (
            <option key={option} value={option}>
              {label}
            </option>
          ))}
        </select>
      );
    case "date":
      return <DateInput value={current} change={change} described={described} />;
    case "instant":
      return <InstantInput value={current} change={change} described={described} />;
    case "line":
      return <input {...described} type="text" dir="auto" maxLength={field.max} value={current} onInput={read} />;
    case "time":
      return <input {...described} type="time" value={current} onInput={read} />;
    default:
      return <span />;
  }
}

function GroupInput({ field, value, change, name }: InputProps & { name: string }): JSX.Element {
  if (field.kind === "rows") return <Rows field={field} value={value} change={change} />;
  if (field.kind !== "choice" && field.kind !== "several") return <span />;
  const chosen = String(value ?? "")
    .split(",")
    .filter(Boolean);
  const isSeveral = field.kind === "several";
  const choose = (option: string, isChosen: boolean) => {
    if (!isSeveral) return change(option);
    change([...chosen.filter((one) => one !== option), ...(isChosen ? [option] : [])].join(","));
  };
  return (
    <span class="choices">
      {field.options.map(([option, label]) => (
        <label key={option}>
          <input
            type={isSeveral ? "checkbox" : "radio"}
            name={name}
            checked={chosen.includes(option)}
            onChange={(event) => choose(option, event.currentTarget.checked)}
          />{" "}
          {label}
        </label>
      ))}
    </span>
  );
}

type RowsField = Extract<Field, { kind: "rows" }>;

function Rows({ field, value, change }: Pick<InputProps, "value" | "change"> & { field: RowsField }): JSX.Element {
  const rows = Array.isArray(value) ? value : [];
  const write = (index: number, name: string, typed: string) =>
    change(rows.map((row, n) => (n === index ? { ...row, [name]: typed } : row)));
  return (
    <>
      {rows.map((row, index) => (
        <div class="row-fields" key={row.key}>
          {field.fields.map(({ name, label, kind }) =>
            kind === "date" ? (
              <fieldset class="field" key={name}>
                <legend>{label}</legend>
                <DateInput value={row[name] ?? ""} change={(date) => write(index, name, date)} />
              </fieldset>
            ) : (
              <label key={name}>
                {label}{" "}
                <input
                  type="text"
                  dir="auto"
                  value={row[name] ?? ""}
                  onInput={(event) => write(index, name, event.currentTarget.value)}
                />
              </label>
            ),
          )}
          <button type="button" class="quiet" onClick={() => change(rows.filter((_, n) => n !== index))}>
            {text(labels.fields.remove)}
          </button>
        </div>
      ))}
      <button type="button" class="quiet" onClick={() => change([...rows, { key: crypto.randomUUID() }])}>
        {field.add}
      </button>
    </>
  );
}

/** A typed text without spaces around it; undefined where nothing is typed, so that the server names the missing field. */
export function typed(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
