/** The part of a notice that decides who may do what. */
type NoticeState = {
  status: string;
  openedBy: string;
  letter?: { printedBy: string; openedAt?: string | undefined } | undefined;
  service?: { way: string; recordedBy: string; confirmedAt?: string | undefined } | undefined;
  answerBy?: string | undefined;
  answeredAt?: string | undefined;
  paperAnswerBy?: string | undefined;
  contestedAt?: string | undefined;
  history: readonly { type: string }[];
};

export type NoticeMove = "print" | "leave" | "service" | "confirm" | "question" | "paper" | "decide";
/** `yes`: this person may; `another`: another inspector must; `opened`: a refused letter was opened, so a new one is needed. */
export type Leave = "yes" | "another" | "opened" | "no";

/** How often a letter is printed at most. The server has the last word. */
const mostLetters = 3;

/** The events since everybody was last heard from the beginning: a new letter undoes a hearing, and nobody asks before opening it. */
function presentHearing({ history }: NoticeState): readonly { type: string }[] {
  const begins = history.map(({ type }) => type === "letter-printed" || type === "letter-opened").lastIndexOf(true);
  return history.slice(begins + 1);
}

/** The number of the employee's question that waits for an answer; undefined where none waits. */
export function openQuestionOf(view: NoticeState): number | undefined {
  if (view.status !== "served" || view.answeredAt) return undefined;
  const hearing = presentHearing(view);
  const countOf = (type: string) => hearing.filter((event) => event.type === type).length;
  const asked = countOf("question-asked");
  return asked > countOf("question-answered") ? asked : undefined;
}

const unless = (isRefused: boolean, leave: Leave): Leave => (isRefused ? "no" : leave);

/**
 * What an inspector may do with a notice now. It follows the rules of the API as far as the view tells them, so that no button stands
 * there in vain; the API decides. `now` is in milliseconds.
 */
export function movesOf(
  view: NoticeState,
  { inspector, now }: { inspector: string; now: number },
): Record<NoticeMove, Leave> {
  const { status, letter, openedBy, answeredAt, paperAnswerBy } = view;
  const isOpen = status === "open";
  const isServed = status === "served";
  const isAsked = openQuestionOf(view) !== undefined;
  const onlyOthersThan = (...those: (string | undefined)[]): Leave => (those.includes(inspector) ? "another" : "yes");
  return {
    print: printLeave(view, inspector),
    leave: unless(!isOpen, "yes"),
    service: unless(!isOpen || !letter, "yes"),
    confirm: confirmLeave(view, inspector),
    question: unless(!isAsked, "yes"),
    paper: unless(!isServed || Boolean(answeredAt ?? paperAnswerBy), onlyOthersThan(openedBy)),
    decide: unless(!isServed || isAsked || !isHearingOver(view, now), onlyOthersThan(openedBy, paperAnswerBy)),
  };
}

/** Whether the employee has answered with the secret, or the time for it is over. */
const isHearingOver = ({ answeredAt, answerBy }: NoticeState, now: number) =>
  answeredAt !== undefined || (answerBy !== undefined && Date.parse(answerBy) <= now);

function confirmLeave({ status, service, letter }: NoticeState, inspector: string): Leave {
  if (status !== "open" || !service || service.confirmedAt) return "no";
  if (service.way === "refusal" && letter?.openedAt) return "opened";
  return service.recordedBy === inspector ? "another" : "yes";
}

function printLeave(view: NoticeState, inspector: string): Leave {
  const { status, letter, openedBy, history } = view;
  if (!letter) return unless(status !== "open", "yes");
  if (history.filter(({ type }) => type === "letter-printed").length >= mostLetters) return "no";
  const isMine = letter.printedBy === inspector;
  if (status === "open") return isMine ? "another" : "yes";
  return unless(isMine || openedBy === inspector || !isReplaceable(view), "yes");
}

/** Whether a letter that was served may be replaced: not once the employee has said something, nor an entry that a receipt stands for. */
function isReplaceable({ status, service, answeredAt, contestedAt }: NoticeState): boolean {
  if (answeredAt || contestedAt) return false;
  return status === "served" || status === "decided" || (status === "standing" && service?.way !== "receipt");
}
