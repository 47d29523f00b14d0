import { createContext, type JSX, type RefObject } from "preact";
import { useContext, useEffect, useId, useRef, useState } from "preact/hooks";
import type { Failure, FieldError } from "../session/api.ts";
import { filled, text } from "../words/format.ts";
import { inputWords } from "../words/words-of-inputs.ts";
import { DateInput, InstantInput } from "./dates.tsx";
import { dropDraft, isOf, keepDraft, noteUpload, sendDraft, useDraft, type Values, valuesNow } from "./drafts.ts";
import { type Field, notesOn } from "./field-notes.ts";
import { FilesInput } from "./files-input.tsx";

export type { Field } from "./field-notes.ts";

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
  /** What is said once it is sent. */
  done?: string;
  /** What to say beside the button so that it is pressed once more, where the values deserve a second look. */
  secondLook?: (values: Values) => string | undefined;
  /** Sends the form. The same values are sent again with the same key, so that nothing happens twice. */
  send: (values: Values, idempotencyKey: string) => Promise<void>;
  /** The path within the form for a path of the server, where they differ: a fault then stands at the field that is wrong. */
  pathInForm?: (path: string) => string;
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
  done,
  secondLook,
  send,
  pathInForm,
  onClose,
}: FormProps): JSX.Element {
  const { values = start, isSending = false, uploads = 0, failure, refused: lastRefusal } = useDraft(name) ?? {};
  const label = button ?? text(inputWords.send);
  const { onSend, onRefusal, onDone } = useContext(FormContext);
  const warningId = useId();
  const { asks, question } = useSecondLook(values, secondLook);
  const alert = useRef<HTMLParagraphElement>(null);
  const isHere = useRef(true);
  useEffect(
    () => () => {
      isHere.current = false;
    },
    [],
  );
  const change = (field: string, value: Values[string]) =>
    keepDraft(name, { ...(valuesNow(name) ?? start), [field]: value }, field);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (uploads > 0 || asks()) return;
    onSend();
    const refused = await sendDraft({ name, start, send, pathInForm });
    if (refused === "busy") return;
    // What was done is said even if it took the form off the screen.
    if (!refused) onDone(done ?? filled(inputWords.done, { what: label }));
    if (!isHere.current) return;
    if (!refused) return onClose?.();
    onRefusal(refused);
    alert.current?.focus();
  };
  const close = () => {
    dropDraft(name);
    onClose?.();
  };
  return (
    <form class="form" onSubmit={submit} noValidate autocomplete="off">
      {title && <h3>{title}</h3>}
      {hint && <p class="note">{hint}</p>}
      <Refusal failure={failure} last={lastRefusal} fields={fields} place={alert} />
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]}
          errors={errorsOf(failure, field)}
          refusedFor={errorsOf(lastRefusal, field)}
          change={(value) => change(field.name, value)}
          valueNow={() => valuesNow(name)?.[field.name]}
          noteUpload={(by) => noteUpload(name, start, by)}
        />
      ))}
      <p class="buttons">
        <button type="submit" aria-disabled={isSending || uploads > 0} aria-describedby={warning && warningId}>
          {isSending ? text(inputWords.sending) : label}
        </button>
        <Warning
          id={warningId}
          warning={uploads > 0 ? text(inputWords.waitForFiles) : warning}
          question={uploads > 0 ? undefined : question}
        />
        {onClose && (
          <button type="button" class="quiet" onClick={close}>
            {text(inputWords.cancel)}
          </button>
        )}
      </p>
    </form>
  );
}

type RefusalProps = {
  failure: Failure | undefined;
  last: Failure | undefined;
  fields: Field[];
  place: RefObject<HTMLParagraphElement | null>;
};

/** Why the form was refused, and what is wrong with no field of it. Without a `failure`, the last one keeps its place. */
function Refusal({ failure, last, fields, place }: RefusalProps): JSX.Element | null {
  const said = failure ?? last;
  if (!said) return null;
  const rest = said.fields.filter(({ path }) => !fields.some((field) => isOf(path, field.name)));
  return (
    <p class="failure" {...(failure ? { role: "alert", tabIndex: -1 } : settled)} ref={place}>
      {said.fields.length > 0 && rest.length === 0 ? text(inputWords.correct) : said.message}
      {rest.map(({ path, message }) => (
        <span key={path}> {message}</span>
      ))}
    </p>
  );
}

type WarningProps = { id: string; warning: string | undefined; question: string | undefined };

/** What to know before the button is pressed, or what to look at before it is pressed again. */
function Warning({ id, warning, question }: WarningProps): JSX.Element | null {
  if (!warning && !question) return null;
  return (
    <span class="note" id={id} role="status">
      {question ? <strong>{question}</strong> : warning}
    </span>
  );
}

/** What is no longer true keeps its place and is not seen. */
const settled = { "data-settled": true, "aria-hidden": true } as const;

const errorsOf = (failure: Failure | undefined, { name }: Field): FieldError[] =>
  failure?.fields.filter(({ path }) => isOf(path, name)) ?? [];

/** The second click of a double click is no second look. */
const shortestLookMs = 700;

/** Has the button pressed twice where the values deserve a second look, until they are changed. */
function useSecondLook(values: Values, secondLook: FormProps["secondLook"]) {
  const [asked, ask] = useState<{ values: Values; question: string; at: number }>();
  const question = asked?.values === values ? asked.question : undefined;
  const asks = (): boolean => {
    if (asked && question) return performance.now() - asked.at < shortestLookMs;
    const found = secondLook?.(values);
    if (found) ask({ values, question: found, at: performance.now() });
    return found !== undefined;
  };
  return { asks, question };
}

type InputProps<F extends Field = Field> = {
  field: F;
  value: Values[string] | undefined;
  errors: FieldError[];
  /** What was wrong when the form was sent last. */
  refusedFor: FieldError[];
  change: (value: Values[string]) => void;
  /** The value as it is now, also after the form left the screen. */
  valueNow: () => Values[string] | undefined;
  /** Notes that a file begins to be sent (1) or that it came to an end (-1). */
  noteUpload: (by: 1 | -1) => void;
};

function FieldInput(props: InputProps): JSX.Element {
  const id = useId();
  const { field, value, errors, refusedFor } = props;
  const note = `${id}-note`;
  const described = { id, "aria-describedby": note, "aria-invalid": errors.length > 0 };
  const isGroup =
    field.kind === "choice" || field.kind === "several" || field.kind === "rows" || field.kind === "files";
  const label = (
    <>
      {field.label} {field.isOptional && <small>{text(inputWords.optional)}</small>}
    </>
  );
  const notes = (
    <span id={note} class="field-note">
      {field.hint}
      {notesOn(errors, field, value).map((said) => (
        <strong key={said}>{said}</strong>
      ))}
      {errors.length === 0 &&
        notesOn(refusedFor, field, undefined).map((said) => (
          <b key={said} {...settled}>
            {said}
          </b>
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
          <option value="">{text(field.isOptional ? inputWords.all : inputWords.choose)}</option>
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
    case "code":
      return <CodeInput described={described} max={field.max} value={current} read={read} />;
    case "time":
      return <input {...described} type="time" value={current} onInput={read} />;
    default:
      return <span />;
  }
}

type CodeProps = {
  described: object;
  max: number | undefined;
  value: string;
  read: (event: { currentTarget: { value: string } }) => void;
};

/** A code is typed as it stands on paper. The browser neither keeps nor corrects it. */
function CodeInput({ described, max, value, read }: CodeProps): JSX.Element {
  const asTyped = { autocomplete: "off", autocapitalize: "characters", autocorrect: "off", spellcheck: false } as const;
  return (
    <input
      {...described}
      {...asTyped}
      class="code"
      type="text"
      dir="ltr"
      maxLength={max}
      value={value}
      onInput={read}
    />
  );
}

function GroupInput({ field, value, valueNow, change, noteUpload, name }: InputProps & { name: string }): JSX.Element {
  if (field.kind === "rows") return <Rows field={field} value={value} change={change} />;
  if (field.kind === "files") return <FilesInput {...field} {...{ value, valueNow, change, noteUpload }} />;
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

type RowsProps = Pick<InputProps, "value" | "change"> & { field: RowsField };

function Rows({ field, value, change }: RowsProps): JSX.Element {
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
            {text(inputWords.remove)}
          </button>
        </div>
      ))}
      <button type="button" class="quiet" onClick={() => change([...rows, { key: crypto.randomUUID() }])}>
        {rows.length > 0 ? field.addMore : field.add}
      </button>
    </>
  );
}

/** A typed text without spaces around it; undefined if nothing is typed, so that the server names the missing field. */
export function typed(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
