import { Fragment, type JSX } from "preact";
import { useLeaveQuestion } from "../forms/leave-question.ts";
import { Page } from "../forms/parts.tsx";
import type { Schemas } from "../session/api.ts";
import { text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { noticeWords } from "./words-of-notices.ts";

type Letter = Schemas["NoticeLetter"];

/**
 * The letter to an employee, in place of the page: what is printed is the letter alone, on one sheet. It is in the memory of this page
 * alone, and gone once it is closed.
 */
export function LetterToPrint({ letter, close }: { letter: Letter; close: () => void }): JSX.Element {
  const { now, close: closing } = noticeWords.letter;
  useLeaveQuestion();
  return (
    <Page
      title={text(noticeWords.letter.title)}
      heading={<span class="no-print">{text(noticeWords.letter.title)}</span>}
    >
      <section class="no-print">
        <p class="failure">{text(now)}</p>
        <p class="buttons">
          <button type="button" onClick={() => print()}>
            {text(labels.print)}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {text(closing)}
          </button>
        </p>
      </section>
      <Sheet letter={letter} />
    </Page>
  );
}

function Sheet({ letter }: { letter: Letter }): JSX.Element {
  const { id, secret, address, title, paragraphs, rights, receipt, declined } = letter;
  const codes = [address, id, secret];
  return (
    <article class="letter" lang="fa" dir="rtl">
      <h2>{title}</h2>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>
          <WithCodes said={paragraph} codes={codes} />
        </p>
      ))}
      <dl class="letter-codes">
        {(
          [
            ["نشانی", address],
            ["شناسه", id],
            ["رمز", secret],
          ] as const
        ).map(([label, code]) => (
          <div class="letter-code" key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi dir="ltr">{code}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <ul class="bullets">
        {rights.map((right) => (
          <li key={right}>{right}</li>
        ))}
      </ul>
      <div class="letter-forms">
        <PaperForm title="رسید" lines={receipt} />
        <PaperForm title="خودداری از امضا" lines={declined} />
      </div>
    </article>
  );
}

function PaperForm({ title, lines }: { title: string; lines: string[] }): JSX.Element {
  return (
    <section>
      <h3>{title}</h3>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  );
}

/** A Persian sentence in which each code keeps its direction: else a code that begins with digits is turned around on paper. */
function WithCodes({ said, codes }: { said: string; codes: string[] }): JSX.Element {
  const [code, ...others] = codes;
  if (code === undefined) return <>{said}</>;
  return (
    <>
      {/* The parts of one sentence never change places. */}
      {said.split(code).map((part, n) => (
        <Fragment key={n}>
          {n > 0 && <bdi dir="ltr">{code}</bdi>}
          <WithCodes said={part} codes={others} />
        </Fragment>
      ))}
    </>
  );
}
