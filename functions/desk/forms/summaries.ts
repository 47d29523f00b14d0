import { type Desk, nameOf } from "../session/desk.ts";
import { filled, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import type { Values } from "./drafts.ts";
import { typed } from "./form.tsx";

/**
 * The sentences that ask the user to press the button of a form a second time. Undefined while a field is empty: the form is then sent,
 * and the server's refusal names the field.
 */
type Summary = (values: Values) => string | undefined;

const asking = (...sentences: string[]) => [...sentences, text(labels.summaries.pressAgain)].join(" ");

/** `hasAnswer`: the agency has answered, so that the decision judges its answer. */
export const decisionSummary =
  (desk: Desk, { hasAnswer }: { hasAnswer: boolean }): Summary =>
  (values) => {
    const [finding, cause, upholds] = ["finding", "cause", "upholdsAnswer"].map((name) => typed(values, name));
    if (!finding || !cause || !typed(values, "text") || (hasAnswer && !upholds)) return undefined;
    const decided = filled(labels.summaries.decide, {
      finding: text(labels.findings[finding as keyof typeof labels.findings]),
      cause: nameOf(desk, "causes", cause),
    });
    const judged = upholds === "true" ? labels.fields.upheld : labels.fields.notUpheld;
    return asking(decided, ...(hasAnswer ? [`${text(judged)}.`] : []));
  };

export const rejectionSummary: Summary = (values) => {
  const reason = typed(values, "reason") as keyof typeof labels.rejections | undefined;
  if (!reason || !typed(values, "text")) return undefined;
  return asking(filled(labels.summaries.reject, { reason: text(labels.rejections[reason]) }));
};

export const transferSummary =
  (desk: Desk): Summary =>
  (values) => {
    const agencyId = typed(values, "toAgencyId");
    if (!agencyId || !typed(values, "reason")) return undefined;
    return asking(filled(labels.summaries.transfer, { agency: nameOf(desk, "agencies", agencyId) }));
  };

export const publicationSummary: Summary = (values) => {
  const title = typed(values, "title");
  return title && typed(values, "summary") ? asking(filled(labels.summaries.publish, { title })) : undefined;
};
