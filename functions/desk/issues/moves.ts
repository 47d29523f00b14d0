/** The part of an issue that decides who may do what. */
type IssueState = {
  status: string;
  planBy: string;
  promisedBy?: string | undefined;
  answersUnderWay: boolean;
  unread?: { number: number } | undefined;
  history: readonly { type: string }[];
};

export type InspectorMove = "read" | "verify" | "link" | "giveBack" | "move" | "recur" | "withdraw";
export type AgencyMove = "plan" | "done" | "answer";

/** Whether an inspector has done this since the issue was opened or came back: each is possible once. */
function isUsed({ history }: IssueState, type: string): boolean {
  const begins = history.map((event) => event.type === "recurred").lastIndexOf(true);
  return history.slice(begins + 1).some((event) => event.type === type);
}

const isOneOf = ({ status }: IssueState, ...those: string[]) => those.includes(status);

/**
 * What an inspector may do with an issue now. It follows the rules of the API as far as the view tells them, so that no button stands
 * there in vain; the API decides. `now` is in milliseconds.
 */
export function inspectorMoves(view: IssueState, now: number): InspectorMove[] {
  const isPlanned = view.status === "planned";
  const may: Record<InspectorMove, boolean> = {
    read: view.unread !== undefined,
    verify: isOneOf(view, "done", "unconfirmed"),
    link: view.status !== "withdrawn",
    giveBack: isOneOf(view, "planned", "done") && !isUsed(view, isPlanned ? "plan-returned" : "proof-returned"),
    move: isPlanned && Date.parse(view.promisedBy ?? "") > now && !isUsed(view, "promise-moved"),
    recur: isOneOf(view, "done", "verified", "unconfirmed"),
    withdraw: view.status !== "withdrawn",
  };
  return allowed(may);
}

/** What the agency may do with its issue now. */
export function agencyMoves(view: IssueState): AgencyMove[] {
  return allowed({
    plan: isOneOf(view, "open", "recurred"),
    done: view.status === "planned",
    answer: isOneOf(view, "planned", "done", "verified", "unconfirmed") && !view.answersUnderWay,
  });
}

const allowed = <M extends string>(may: Record<M, boolean>): M[] => (Object.keys(may) as M[]).filter((one) => may[one]);

/** The step that the agency owes, and its deadline; undefined where it owes none. */
export function owedStep({
  status,
  planBy,
  promisedBy,
}: Pick<IssueState, "status" | "planBy" | "promisedBy">): { step: "plan" | "proof"; by: string } | undefined {
  if (status === "open" || status === "recurred") return { step: "plan", by: planBy };
  return status === "planned" && promisedBy ? { step: "proof", by: promisedBy } : undefined;
}
