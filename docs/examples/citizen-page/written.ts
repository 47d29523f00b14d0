// What a person wrote into a form, as the API takes it.
import { refusal } from "./api.ts";

export type Sent = {
  value: (name: string) => string;
  checked: (name: string) => boolean;
  files: File[];
  key: string;
};

export function complaintIn({ value, checked }: Sent) {
  const [name, phone] = [value("citizen.name"), value("citizen.phone")];
  const [shareWithAgency, mayBeCalled] = [checked("citizen.shareWithAgency"), checked("citizen.mayBeCalled")];
  const callDigits = value("citizen.callDigits");
  const contact = { ...(name && { name }), ...(phone && { phone }), ...(callDigits && { callDigits }) };
  const citizen = { ...contact, shareWithAgency, mayBeCalled };
  const [agencyId, countyId, category] = [value("agencyId"), value("countyId"), value("category")];
  const [officeId, occurredAt] = [value("officeId"), value("occurredAt")];
  const complaint = {
    agencyId,
    countyId,
    ...(officeId && { officeId }),
    category,
    ...(occurredAt && { occurredAt }),
    description: value("description"),
    channel: "web",
    language: "fa",
  } as const;
  return Object.keys(contact).length > 0 || shareWithAgency || mayBeCalled ? { ...complaint, citizen } : complaint;
}

export function opinionIn({ value, checked }: Sent) {
  const solved = (["yes", "partly", "no"] as const).find((one) => one === value("solved"));
  const [handling, comment] = [Number(value("handling")), value("comment")];
  if (!solved || !handling) throw missing({ solved, handling }, "یکی را برگزینید");
  return { solved, handling, ...(checked("pressured") && { pressured: true }), ...(comment && { comment }) };
}

export function mustHave(fields: Record<string, string>): void {
  if (Object.values(fields).includes("")) throw missing(fields, "این را پر کنید");
}

function missing(fields: Record<string, unknown>, message: string) {
  const empty = Object.keys(fields).filter((path) => !fields[path]);
  return refusal({ errors: empty.map((path) => ({ path, code: "missing", message })) });
}
