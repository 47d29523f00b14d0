import { type JSX, render } from "preact";
import { useEffect, useErrorBoundary, useMemo, useState } from "preact/hooks";
import { Audit, Deliveries, Holds, Hours, People } from "./admin.tsx";
import { InspectorVisits } from "./complaints/visits.tsx";
import { Announcer } from "./forms/announcer.tsx";
import { dropAllDrafts, guardDrafts, hasDrafts } from "./forms/drafts.ts";
import { Page } from "./forms/parts.tsx";
import { InspectorCase, InspectorList } from "./inspector.tsx";
import { AgencyIssue, InspectorIssue, OverseerIssue } from "./issues/issue-page.tsx";
import { AgencyIssues, InspectorIssues, OverseerIssues } from "./issues/lists.tsx";
import { OpenIssue } from "./issues/open-issue.tsx";
import { issueWords } from "./issues/words-of-issues.ts";
import { ContestList, NoticeList } from "./notices/lists.tsx";
import { InspectorNotice, ReviewerNotice } from "./notices/notice-page.tsx";
import { Records } from "./notices/records.tsx";
import { noticeWords } from "./notices/words-of-notices.ts";
import { OfficerCase, OfficerList } from "./officer.tsx";
import { OverseerCase, OverseerPage } from "./overseer.tsx";
import { followLinks, go, useAddress } from "./session/address.ts";
import { createApi, FoadProblem, failureOf } from "./session/api.ts";
import { type Desk, DeskContext, roleOf, useDesk } from "./session/desk.ts";
import { IdleQuestion } from "./session/idle.tsx";
import type { Settings, Tokens } from "./session/issuer.ts";
import { forgetAll } from "./session/loading.ts";
import { readLanguage, writeLanguage } from "./session/preferences.ts";
import { NewerDesk } from "./session/release.tsx";
import { createSession, onSignOutElsewhere, type Session, tokensOfWindow } from "./session/session.ts";
import { chooseLanguage, currentLanguage, type Language, type Localized, text } from "./words/format.ts";
import { labels } from "./words/words.ts";

function setLanguage(language: Language): void {
  chooseLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === "fa" ? "rtl" : "ltr";
}

/** `isOfRecords`: only in a province with notices to employees. */
type Section = { path: string; label: Localized; role: keyof typeof labels.roles; isOfRecords?: true };

/** The sections of the desk, each for one role: the first of a person's sections is where the desk opens. */
const sections: Section[] = [
  { path: "/desk/agency", label: labels.deskOf.officer, role: "officer" },
  { path: "/desk/agency-issues", label: issueWords.list, role: "officer" },
  { path: "/desk/inspector", label: labels.deskOf.inspector, role: "inspector" },
  { path: "/desk/inspector/visits", label: labels.deskOf.visits, role: "inspector" },
  { path: "/desk/issues", label: issueWords.list, role: "inspector" },
  { path: "/desk/notices", label: noticeWords.list, role: "inspector", isOfRecords: true },
  { path: "/desk/contests", label: noticeWords.contests, role: "reviewer" },
  { path: "/desk/records", label: noticeWords.records, role: "personnel" },
  { path: "/desk/overseer", label: labels.deskOf.overseer, role: "overseer" },
  { path: "/desk/overseer-issues", label: issueWords.list, role: "overseer" },
  { path: "/desk/people", label: labels.deskOf.people, role: "admin" },
  { path: "/desk/hours", label: labels.deskOf.hours, role: "admin" },
  { path: "/desk/deliveries", label: labels.deskOf.deliveries, role: "admin" },
  { path: "/desk/audit", label: labels.deskOf.audit, role: "admin" },
  { path: "/desk/holds", label: labels.deskOf.holds, role: "admin" },
];

const sectionsOf = (desk: Desk) =>
  sections.filter(({ role, isOfRecords }) => roleOf(desk, role) && (!isOfRecords || desk.hasRecords));

/** The page at an address; the first of the person's sections where the address is no page of the person's. */
function Content(): JSX.Element {
  const desk = useDesk();
  const { parts } = useAddress();
  const [section = "", id] = parts;
  const isTheirs = sectionsOf(desk).some(({ path }) => path.split("/")[2] === section);
  const first = sectionsOf(desk)[0]?.path ?? "/desk";
  // Mails to officials lead to a case without knowing the reader's role.
  const instead = section === "complaints" && id ? `${first}/${id}` : first;
  const hasSections = sectionsOf(desk).length > 0;
  useEffect(() => {
    if (!isTheirs && hasSections) go(instead, { replace: true });
  }, [isTheirs, hasSections, instead]);
  if (!hasSections) return <p>{text(labels.noScreen)}</p>;
  if (!isTheirs) return <p>{text(labels.loading)}</p>;
  return pages[section]?.(id) ?? <p>{text(labels.loading)}</p>;
}

/** The pages by the first part of the address; `id`: the second part. */
const pages: Record<string, (id: string | undefined) => JSX.Element> = {
  agency: (id) => (id ? <OfficerCase key={id} id={id} /> : <OfficerList />),
  "agency-issues": (id) => (id ? <AgencyIssue key={id} id={id} /> : <AgencyIssues />),
  issues(id) {
    if (id === "new") return <OpenIssue />;
    return id ? <InspectorIssue key={id} id={id} /> : <InspectorIssues />;
  },
  "overseer-issues": (id) => (id ? <OverseerIssue key={id} id={id} /> : <OverseerIssues />),
  inspector(id) {
    if (id === "visits") return <InspectorVisits />;
    return id ? <InspectorCase key={id} id={id} /> : <InspectorList />;
  },
  notices: (id) => (id ? <InspectorNotice key={id} id={id} /> : <NoticeList />),
  contests: (id) => (id ? <ReviewerNotice key={id} id={id} /> : <ContestList />),
  records: () => <Records />,
  overseer: (id) => (id ? <OverseerCase key={id} id={id} /> : <OverseerPage />),
  people: () => <People />,
  hours: () => <Hours />,
  deliveries: () => <Deliveries />,
  audit: () => <Audit />,
  holds: () => <Holds />,
};

function Header(): JSX.Element {
  const desk = useDesk();
  const { parts } = useAddress();
  const here = `/desk/${parts.slice(0, parts[1] === "visits" ? 2 : 1).join("/")}`;
  const language = currentLanguage() === "fa" ? "en" : "fa";
  return (
    <header class="no-print">
      <a class="skip" href="#content">
        {text(labels.skip)}
      </a>
      <p class="who">
        <a class="home" href={sectionsOf(desk)[0]?.path ?? "/desk"}>
          <b>{text(labels.desk)}</b>
        </a>{" "}
        <bdi>{desk.person.name ?? desk.person.sub}</bdi>
      </p>
      <nav aria-label={text(labels.menu)}>
        {sectionsOf(desk).map(({ path, label }) => (
          <a key={path} href={path} aria-current={path === here ? "page" : undefined}>
            {text(label)}
          </a>
        ))}
      </nav>
      <p class="session">
        <button type="button" class="quiet" lang={language} onClick={() => desk.switchLanguage(language)}>
          {text(labels.otherLanguage)}
        </button>{" "}
        <button type="button" class="quiet" onClick={() => signOut(desk.session)}>
          {text(labels.signOut)}
        </button>
      </p>
    </header>
  );
}

/** Nothing of the person before stays: neither what was typed, nor what was loaded. */
function leave(): void {
  dropAllDrafts();
  forgetAll();
  location.replace("/desk");
}

function signOut(session: Session): void {
  if (hasDrafts() && !confirm(text(labels.signOutSure))) return;
  dropAllDrafts();
  forgetAll();
  session.signOut();
}

/** Whose tokens these are; undefined if the API does not say. */
async function subOf({ access }: Tokens): Promise<string | undefined> {
  const answer = await fetch("/v1/me", { headers: { authorization: `Bearer ${access}` } }).catch(() => undefined);
  return answer?.ok ? ((await answer.json()) as { sub: string }).sub : undefined;
}

/** The content; a sentence where a part of it fails. */
function Guarded(): JSX.Element {
  const [error] = useErrorBoundary();
  return error ? <p role="alert">{text(labels.failed)}</p> : <Content />;
}

type Opened = Pick<Desk, "person" | "catalog">;

function SignedIn({ session, hasRecords }: { session: Session; hasRecords: boolean }): JSX.Element {
  const [language, choose] = useState(currentLanguage());
  const [hasEnded, end] = useState(false);
  const [isHidden, setHidden] = useState(false);
  const [opened, open] = useState<Opened>();
  const [problem, setProblem] = useState<{ message: string; sub?: string | undefined }>();
  // The API answers in the language, so it is made anew with the language.
  const api = useMemo(() => createApi(session, () => end(true)), [session, language]);
  const load = async () => {
    try {
      const [person, catalog] = await Promise.all([api.get("/v1/me"), api.get("/v1/catalog")]);
      open({ person, catalog });
      setProblem(undefined);
    } catch (error) {
      const isUnknown = error instanceof FoadProblem && error.code === "not-registered";
      setProblem({
        message: isUnknown ? text(labels.notRegistered) : failureOf(error).message,
        sub: isUnknown ? error.problem.sub : undefined,
      });
    }
  };
  useEffect(() => void load(), []);
  const signInAgain = async () => {
    const tokens = await tokensOfWindow();
    const sub = await subOf(tokens);
    if (sub === undefined) return;
    session.adopt(tokens);
    if (opened && opened.person.sub !== sub) return leave();
    end(false);
    setHidden(false);
    await load();
  };
  useEffect(
    () =>
      onSignOutElsewhere(() => {
        session.forget();
        leave();
      }),
    [session],
  );
  /** The page is empty until the same person signs in again. What is typed stays in memory for that person. */
  const hide = () => {
    session.forget();
    forgetAll();
    setHidden(true);
    end(true);
  };
  const switchLanguage = (chosen: Language) => {
    setLanguage(chosen);
    writeLanguage(chosen);
    choose(chosen);
  };
  const ended = hasEnded && (
    <p class="failure ended" role="alert">
      {text(isHidden ? labels.idle.hidden : labels.sessionEnded)}{" "}
      <button type="button" onClick={() => void signInAgain()}>
        {text(labels.signInAgain)}
      </button>
    </p>
  );
  if (isHidden) return <main>{ended}</main>;
  if (!opened) return <Closed problem={problem} session={session} ended={ended} retry={load} />;
  return (
    <DeskContext.Provider value={{ api, session, ...opened, hasRecords, switchLanguage }}>
      <Header />
      {ended}
      <IdleQuestion hide={hide} />
      <main id="content" key={language}>
        <NewerDesk />
        {roleOf({ person: opened.person }, "officer") && <Announcer />}
        <Guarded />
      </main>
    </DeskContext.Provider>
  );
}

type ClosedProps = {
  problem: { message: string; sub?: string | undefined } | undefined;
  session: Session;
  ended: JSX.Element | false;
  retry: () => Promise<void>;
};

/** The desk before it is known who signed in, or where nobody has registered the person. */
function Closed({ problem, session, ended, retry }: ClosedProps): JSX.Element {
  if (ended) return <main>{ended}</main>;
  if (!problem) return <main>{text(labels.loading)}</main>;
  return (
    <main>
      <Page title={text(labels.desk)}>
        <p role="alert">{problem.message}</p>
        {problem.sub && (
          <p>
            <code dir="ltr">{problem.sub}</code>
          </p>
        )}
        <p class="buttons">
          <button type="button" onClick={() => void retry()}>
            {text(labels.tryAgain)}
          </button>{" "}
          <button type="button" class="quiet" onClick={() => signOut(session)}>
            {text(labels.signOut)}
          </button>
        </p>
      </Page>
    </main>
  );
}

function SignIn({ session, said, returnTo }: { session: Session; said?: string; returnTo: string }): JSX.Element {
  const [failed, fail] = useState(said ?? "");
  const signIn = () => session.signIn(returnTo).catch(() => fail(text(labels.signInFailed)));
  return (
    <main>
      <Page title={text(labels.desk)}>
        {failed && <p role="alert">{failed}</p>}
        <p>{text(labels.signInIntro)}</p>
        <p class="buttons">
          <button type="button" onClick={() => void signIn()}>
            {text(labels.signIn)}
          </button>
        </p>
      </Page>
    </main>
  );
}

/** Where the desk is opened: at the end of a sign-in, at its beginning, signed out, or anywhere. */
async function start(root: HTMLElement, settings: Settings): Promise<void> {
  const session = createSession(settings);
  const signedIn = <SignedIn session={session} hasRecords={settings.hasRecords} />;
  const here = location.pathname + location.search;
  const show = (content: JSX.Element) => render(content, root);
  switch (location.pathname) {
    case "/desk/signed-in":
      try {
        const returnTo = await session.finish();
        if (returnTo === undefined) return;
        history.replaceState(null, "", returnTo);
        return show(signedIn);
      } catch {
        history.replaceState(null, "", "/desk");
        return show(<SignIn session={session} said={text(labels.signInFailed)} returnTo="/desk" />);
      }
    case "/desk/sign-in-again":
      return session
        .signIn("/desk", location.search.slice(1))
        .catch(() => show(<SignIn session={session} said={text(labels.signInFailed)} returnTo="/desk" />));
    case "/desk/signed-out":
      return show(<SignIn session={session} said={text(labels.signedOut)} returnTo="/desk" />);
    default:
      return show(session.isSignedIn() ? signedIn : <SignIn session={session} returnTo={here} />);
  }
}

const settings = document.querySelector<HTMLMetaElement>("meta[name=foad-settings]")?.content ?? "{}";
const root = document.querySelector<HTMLElement>("#desk");
setLanguage(readLanguage());
addEventListener("click", followLinks);
guardDrafts();
if (root) {
  root.replaceChildren();
  void start(root, JSON.parse(settings) as Settings);
}
