import * as z from "zod";
import { parseJson } from "../machine/parse-json.ts";
import type { Form } from "./form.ts";
import { denied, type Refusal } from "./refusal.ts";
import { refusalOfSignature } from "./signature.ts";

const Exact = z.record(z.string(), z.string()).refine((fields) => Object.keys(fields).length === 1);
const Comparison = z.tuple([z.enum(["eq", "starts-with"]), z.string().startsWith("$"), z.string()]);
const Range = z.tuple([z.literal("content-length-range"), z.coerce.number(), z.coerce.number()]);
const Policy = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(z.union([Range, Comparison, Exact.transform(asComparison)])),
});
type Policy = z.infer<typeof Policy>;
type Comparison = z.infer<typeof Comparison>;
type Range = z.infer<typeof Range>;

type Posted = { form: Form; bucket: string; now: number; secretAccessKey: string };
type Checked = Posted & { policy: Policy };

/**
 * Why S3 would refuse a form: its signature, its age, a condition that it
 * does not meet, a field that no condition names, or its size.
 */
export function refusalOfForm(posted: Posted): Refusal | undefined {
  const { fields } = posted.form;
  const text = fields.get("policy");
  if (text === undefined || fields.get("x-amz-algorithm") !== "AWS4-HMAC-SHA256") return denied("Access Denied");
  const signature = fields.get("x-amz-signature") ?? "";
  const credential = fields.get("x-amz-credential") ?? "";
  const forged = refusalOfSignature({ text, credential, signature, secretAccessKey: posted.secretAccessKey });
  if (forged) return forged;
  const policy = Policy.safeParse(parseJson(Buffer.from(text, "base64").toString("utf8"))).data;
  if (!policy) return { status: 400, code: "InvalidPolicyDocument", message: "Invalid Policy: Invalid JSON." };
  const checked = { ...posted, policy };
  return refusalOfAge(checked) ?? refusalOfConditions(checked) ?? refusalOfExtras(checked) ?? refusalOfSize(checked);
}

function asComparison(fields: Record<string, string>): Comparison {
  const [[name, value] = ["", ""]] = Object.entries(fields);
  return ["eq", `$${name}`, value];
}

function refusalOfAge({ policy, now }: Checked): Refusal | undefined {
  return now > Date.parse(policy.expiration) ? denied("Invalid according to Policy: Policy expired.") : undefined;
}

const meets: Record<Comparison[0], (value: string, wanted: string) => boolean> = {
  eq: (value, wanted) => value === wanted,
  "starts-with": (value, wanted) => value.startsWith(wanted),
};

function refusalOfConditions({ policy, form, bucket }: Checked): Refusal | undefined {
  const given = (name: string) => (name === "bucket" ? bucket : (form.fields.get(name) ?? ""));
  const unmet = comparisonsOf(policy).find(
    ([operator, field, wanted]) => !meets[operator](given(nameOf(field)), wanted),
  );
  return unmet && denied(`Invalid according to Policy: Policy Condition failed: ${JSON.stringify(unmet)}`);
}

const exempt = new Set(["policy", "x-amz-signature", "file"]);

/** Refuses fields that no condition names, since those could change what is stored. */
function refusalOfExtras({ policy, form }: Checked): Refusal | undefined {
  const named = new Set(comparisonsOf(policy).map(([, field]) => nameOf(field)));
  const extras = [...form.fields.keys()].filter(
    (name) => !named.has(name) && !exempt.has(name) && !name.startsWith("x-ignore-"),
  );
  return extras.length > 0
    ? denied(`Invalid according to Policy: Extra input fields: ${extras.join(", ")}`)
    : undefined;
}

function refusalOfSize({ policy, form: { file } }: Checked): Refusal | undefined {
  for (const [, min, max] of policy.conditions.filter(isRange)) {
    if (file.length > max) return tooLarge({ size: file.length, max });
    if (file.length < min) return tooSmall({ size: file.length, min });
  }
  return undefined;
}

export function tooLarge({ size, max }: { size: number; max: number }): Refusal {
  const message = "Your proposed upload exceeds the maximum allowed size";
  return { status: 400, code: "EntityTooLarge", message, says: { ProposedSize: size, MaxSizeAllowed: max } };
}

function tooSmall({ size, min }: { size: number; min: number }): Refusal {
  const message = "Your proposed upload is smaller than the minimum allowed size";
  return { status: 400, code: "EntityTooSmall", message, says: { ProposedSize: size, MinSizeAllowed: min } };
}

const isRange = (condition: Range | Comparison): condition is Range => condition[0] === "content-length-range";

function comparisonsOf({ conditions }: Policy): Comparison[] {
  return conditions.filter((condition) => !isRange(condition));
}

const nameOf = (field: string) => field.slice(1).toLowerCase();
