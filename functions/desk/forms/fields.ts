import type { Schemas } from "../session/api.ts";
import { type Desk, nameOf, optionsOf, useDesk } from "../session/desk.ts";
import { filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import type { Values } from "./drafts.ts";
import { type Field, typed } from "./form.tsx";

/** The headers of a change: it counts once, and only while the case is as it was shown. */
export const headersFor = ({ version }: { version: number }, key: string) => ({
  "Idempotency-Key": key,
  "If-Match": `"${version}"`,
});

export const textField = (): Field => ({ kind: "area", name: "text", label: text(labels.fields.text), max: 4_000 });

export const reasonField = (): Field => ({
  kind: "area",
  name: "reason",
  label: text(labels.fields.reason),
  max: 1_000,
});

/** The finding and the cause of an answer or a decision. */
export function findingFields(desk: Desk): Field[] {
  const findings = Object.entries(labels.findings).map(([one, label]): [string, string] => [one, text(label)]);
  return [
    { kind: "choice", name: "finding", label: text(labels.fields.finding), options: findings },
    {
      kind: "select",
      name: "cause",
      label: text(labels.fields.cause),
      hint: causeHint(desk),
      options: optionsOf(desk, "causes"),
    },
  ];
}

/** The cause of a complaint that is not founded, where the province has one for it. */
const noCause = "none";

function causeHint(desk: Desk): string {
  const hasNone = desk.catalog.causes.some(({ id, retiredFrom }) => id === noCause && retiredFrom === undefined);
  const forUnfounded = hasNone
    ? ` ${filled(labels.fields.causeOfUnfounded, { cause: nameOf(desk, "causes", noCause) })}`
    : "";
  return text(labels.fields.causeHint) + forUnfounded;
}

export const actionsField = (): Field => ({
  kind: "rows",
  name: "actions",
  label: text(labels.fields.actions),
  isOptional: true,
  add: text(labels.fields.addAction),
  addMore: text(labels.fields.addAnotherAction),
  fields: [
    { kind: "line", name: "text", label: text(labels.fields.action) },
    { kind: "date", name: "dueOn", label: text(labels.fields.dueOnIfAny), noun: text(labels.fields.date) },
  ],
});

/**
 * The finding, cause and actions of an answer or a decision. The server names missing fields. An action that was added and left
 * blank is not sent: it promises nothing.
 */
export function findingBody(values: Values) {
  const rows = Array.isArray(values.actions) ? values.actions : [];
  const actions = rows
    .filter(({ text: action = "", dueOn }) => action.trim() !== "" || dueOn)
    .map(({ text: action = "", dueOn }) => ({ text: action, ...(dueOn && { dueOn }) }));
  return {
    finding: typed(values, "finding") as Schemas["Finding"],
    cause: typed(values, "cause") as string,
    ...(actions.length > 0 && { actions }),
  };
}

/** The other agencies of the case's county, and the reason. */
export function useTransferFields({ agencyId, countyId }: { agencyId: string; countyId: string }): Field[] {
  const desk = useDesk();
  const others = desk.catalog.agencies.filter((one) => one.id !== agencyId && one.countyIds.includes(countyId));
  const ids = new Set(others.map(({ id }) => id));
  const options = optionsOf(desk, "agencies").filter(([id]) => ids.has(id));
  return [{ kind: "select", name: "toAgencyId", label: text(labels.fields.toAgencyId), options }, reasonField()];
}

export const transferBody = (values: Values) => ({
  toAgencyId: typed(values, "toAgencyId") ?? "",
  reason: typed(values, "reason") ?? "",
});
