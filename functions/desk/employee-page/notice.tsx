import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDone } from "../forms/done.ts";
import { FormContext } from "../forms/form.tsx";
import { type Failure, failureOf } from "../session/api.ts";
import { dateTime, day, duration, nearTime, number, serverNow } from "../words/format.ts";
import { EmployeeActs } from "./acts.tsx";
import type { Notice, NoticeProps } from "./api.ts";
import { Heading } from "./heading.tsx";
import { withValues, words } from "./words.ts";

/** A notice as its employee reads it, with what the employee may do now. */
export function NoticeOfEmployee({ notice, api, show, close }: NoticeProps & { close: () => void }): JSX.Element {
  const { done, status, onSend, onDone } = useDone();
  const [failed, fail] = useState("");
  const read = async () => {
    fail("");
    try {
      show(await api.get("/v1/notices/{noticeId}", { params: { path: { noticeId: notice.id } } }));
    } catch (error) {
      fail(failureOf(error).message);
    }
  };
  const onRefusal = ({ code }: Failure) => {
    if (code === "notice-state" || code === "already-extended") void read();
  };
  return (
    <main class="narrow">
      <Heading>{`${words.title} ${withValues(words.to, { name: notice.name })}`}</Heading>
      <p>
        <Place notice={notice} api={api} /> <bdi class="id">{notice.id}</bdi>
      </p>
      <p class="links no-print">
        <button type="button" class="quiet" onClick={() => print()}>
          {words.print}
        </button>
        <button type="button" class="quiet" onClick={() => void read()}>
          {words.refresh}
        </button>
        <button type="button" class="quiet" onClick={close} title={words.closeHint}>
          {words.close}
        </button>
      </p>
      {failed && (
        <p class="failure" role="alert">
          {failed}
        </p>
      )}
      <p role="status" class="done" tabIndex={-1} ref={status}>
        {done && <b>{done.what}</b>}
      </p>
      <section class="now" aria-labelledby="now">
        <h2 id="now">{words.now}</h2>
        {sentencesOf(notice).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
      <Said title={words.allegation} text={notice.allegation} />
      <Said title={words.grounds} text={notice.grounds} />
      <Hearing notice={notice} />
      <div class="no-print" id="acts">
        <FormContext.Provider value={{ onSend, onRefusal, onDone }}>
          <EmployeeActs notice={notice} api={api} show={show} />
        </FormContext.Provider>
      </div>
      <section aria-labelledby="rights">
        <h2 id="rights">{words.rights}</h2>
        <ul class="bullets">
          {words.rightsList.map((right) => (
            <li key={right}>{right}</li>
          ))}
        </ul>
      </section>
    </main>
  );
}

/** The agency and the office, by their names of the catalog. */
function Place({ notice: { agencyId, officeId }, api }: Pick<NoticeProps, "notice" | "api">): JSX.Element {
  const [place, set] = useState("");
  useEffect(() => {
    // Without the names the notice is as good.
    const read = async () => {
      const { agencies } = await api.get("/v1/catalog");
      const agency = agencies.find(({ id }) => id === agencyId);
      const office = agency?.offices.find(({ id }) => id === officeId);
      set([agency?.name.fa, office?.name.fa].filter(Boolean).join("، "));
    };
    read().catch(() => {});
  }, [agencyId, officeId]);
  return <span>{place}</span>;
}

function Said({
  title,
  text,
  at,
  level = 2,
}: {
  title: string;
  text: string;
  at?: string;
  level?: 2 | 3;
}): JSX.Element {
  const Title = level === 2 ? "h2" : "h3";
  return (
    <section>
      <Title>
        {title} {at && <time dateTime={at}>{dateTime(at)}</time>}
      </Title>
      <p class="typed" dir="auto">
        {text}
      </p>
    </section>
  );
}

/** How long is left until an instant, in words. */
const leftUntil = (at: string) => duration(Math.max(0, Date.parse(at) - serverNow()));

/** Where the notice is now, and until when the employee may do what. */
function sentencesOf(notice: Notice): string[] {
  const { states, ends } = words;
  const { status, end, answerBy, contestBy, standsSince, standsUntil } = notice;
  if (end) return [ends[end]];
  switch (status) {
    case "open":
      return [states.open];
    case "served":
      return hearingSentences(notice);
    case "decided":
      return contestBy ? [withValues(states.decided, { when: nearTime(contestBy), left: leftUntil(contestBy) })] : [];
    case "reheard":
      return answerBy ? [withValues(states.reheard, { when: nearTime(answerBy), left: leftUntil(answerBy) })] : [];
    case "contested":
      return [states.contested];
    case "standing":
      return [withValues(states.standing, { since: day(standsSince ?? ""), until: day(standsUntil ?? "") })];
    default:
      return [];
  }
}

function hearingSentences({ answer, answerBy, stoppedSince }: Notice): string[] {
  const { states } = words;
  if (answer && !answer.onPaper) return [states.answered];
  if (stoppedSince) return [withValues(states.stopped, { since: dateTime(stoppedSince) }), states.stoppedEnd];
  if (!answerBy) return [];
  const when = nearTime(answerBy);
  if (Date.parse(answerBy) <= serverNow()) return [withValues(states.late, { when })];
  return [withValues(answer ? states.paper : states.answer, { when, left: leftUntil(answerBy) })];
}

/** What both sides said so far. */
function Hearing({ notice }: { notice: Notice }): JSX.Element | null {
  const { questions, answer, decision, contest, judgement, files } = notice;
  const kept = files.filter(({ state }) => state === "ready");
  if (questions.length === 0 && !answer && !decision) return null;
  return (
    <section aria-labelledby="hearing">
      <h2 id="hearing">{words.hearing}</h2>
      {questions.map((question) => (
        <div key={question.number}>
          <Said
            level={3}
            title={withValues(words.yourQuestion, { number: number(question.number) })}
            text={question.text}
            at={question.askedAt}
          />
          {question.answer ? (
            <Said level={3} title={words.reply} text={question.answer.text} at={question.answer.at} />
          ) : (
            <p class="note">{words.noReply}</p>
          )}
        </div>
      ))}
      {answer && (
        <Said
          level={3}
          title={answer.onPaper ? words.paperAnswer : words.yourAnswer}
          text={answer.text}
          at={answer.at}
        />
      )}
      {answer && kept.length > 0 && (
        <p>
          {words.files}: <bdi>{kept.map(({ fileName }) => fileName).join("، ")}</bdi>
        </p>
      )}
      {decision && (
        <Said
          level={3}
          title={words.decision}
          text={`${words.outcomes[decision.outcome]}\n${decision.reasons}`}
          at={decision.at}
        />
      )}
      {contest && <Said level={3} title={words.contest} text={contest.text} at={contest.at} />}
      {judgement && (
        <Said
          level={3}
          title={words.judgement}
          text={`${words.judgements[judgement.outcome]}\n${judgement.reasons}`}
          at={judgement.at}
        />
      )}
    </section>
  );
}
