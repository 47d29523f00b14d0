import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Api, FoadProblem, type Schemas } from "../session/api.ts";
import { roleOf, useDesk } from "../session/desk.ts";
import { readPreference, writePreference } from "../session/preferences.ts";
import { filled, serverNow, text } from "../words/format.ts";
import { labels } from "../words/words.ts";
import { announceInTitle } from "./parts.tsx";

/** Events reach the feed half a minute late. With this pause a new complaint is announced within a minute. */
const listenMs = 20_000;
/** So far back begins who has no event yet: events of the last half minute are not in the feed. */
const settleMs = 60_000;

/** No function writes longer. So what came a moment before a list was read may be missing in it. */
const writtenWithinMs = 10_000;

/**
 * What is heard since the desk was opened. It outlives a switch of the language. `first`: the complaints of the first list that
 * was shown, and when it was read.
 */
type Heard = { from?: number; position: Position; count: number; first?: { ids: Set<string>; at: number } };
const heard: Heard = { position: {}, count: 0 };

/** Notes the first list that is shown: what is in it needs no announcement. */
export function noteListed(rows: { id: string }[]): void {
  heard.first ??= { ids: new Set(rows.map(({ id }) => id)), at: serverNow() };
}

/** Grows with each answer that has events. */
let arrivals = 0;
const arrived = new EventTarget();

/** A number that grows whenever something happened to the agency's complaints. */
export function useArrivals(): number {
  const [count, set] = useState(arrivals);
  useEffect(() => {
    const onArrival = () => set(arrivals);
    arrived.addEventListener("arrived", onArrival);
    return () => arrived.removeEventListener("arrived", onArrival);
  }, []);
  return count;
}

/**
 * Listens to the agency's events as long as the desk is open, and announces new complaints: in the page, in the title, by a
 * notification and a sound.
 */
export function Announcer(): JSX.Element {
  const desk = useDesk();
  const { api } = desk;
  const agencyId = roleOf(desk, "officer")?.agencyId;
  const [count, set] = useState(heard.count);
  heard.from ??= serverNow() - writtenWithinMs;
  const [choices, choose] = useState({ notify: readPreference("notify"), sound: readPreference("sound") });
  const announce = useRef((_: number) => {});
  const show = (changed: number) => {
    heard.count = changed;
    set(changed);
    announceInTitle(changed);
  };
  announce.current = (fresh) => {
    show(heard.count + fresh);
    if (choices.notify && Notification.permission === "granted")
      new Notification(text(labels.announce.title), { body: text(labels.announce.body), tag: "foad-new" });
    if (choices.sound) ring();
  };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAlive = true;
    const listen = async () => {
      const { items, position } = await readEvents(api);
      if (!isAlive) return;
      heard.position = position;
      const fresh = items.filter((event) => isNew(event, agencyId)).length;
      if (fresh > 0) announce.current(fresh);
      if (items.length > 0) {
        arrivals++;
        arrived.dispatchEvent(new Event("arrived"));
      }
    };
    const turn = () => {
      timer = setTimeout(() => void listen().then(() => isAlive && turn()), listenMs);
    };
    turn();
    return () => {
      isAlive = false;
      clearTimeout(timer);
    };
  }, [api, agencyId]);
  const toggle = async (name: "notify" | "sound", isOn: boolean) => {
    const isAllowed = name === "sound" || !isOn || (await Notification.requestPermission()) === "granted";
    writePreference(name, isOn && isAllowed);
    choose({ ...choices, [name]: isOn && isAllowed });
  };
  return (
    <p class="announce no-print">
      <span role="status">
        {count > 0 && (
          <a href="/desk/agency" onClick={() => show(0)}>
            <b>{filled(labels.announce.count, { count })}</b>
          </a>
        )}
      </span>
      {(["notify", "sound"] as const).map((name) => (
        <label key={name} title={text(labels.announce.hints[name])}>
          <input
            type="checkbox"
            checked={choices[name]}
            onChange={(event) => void toggle(name, event.currentTarget.checked)}
          />{" "}
          {text(labels.announce[name])}
        </label>
      ))}
    </p>
  );
}

/** An event of a complaint or of an issue. */
type AgencyEvent = Schemas["CloudEvent"] | Schemas["IssueCloudEvent"];

type Position = { since?: string; after?: string };

/** The events after the position, and where to go on. */
async function readEvents(api: Api): Promise<{ items: AgencyEvent[]; position: Position }> {
  const { after, since = new Date(serverNow() - settleMs).toISOString() } = heard.position;
  const position = after === undefined ? { since } : { after };
  try {
    const { items } = await api.get("/v1/agency/events", { params: { query: position } });
    const last = items.at(-1);
    return { items, position: last ? { after: last.id } : position };
  } catch (error) {
    // A position that is no longer known: begin again. Any other failure is over at the next turn.
    const isUnknown = error instanceof FoadProblem && error.code === "cursor-invalid";
    return { items: [], position: isUnknown ? {} : position };
  }
}

/**
 * Whether an event brought a complaint to this agency after the desk was opened. The agency that transfers one away reads of that
 * too.
 */
function isNew({ type, time, data }: AgencyEvent, agencyId: string | undefined): boolean {
  if (!("complaintId" in data)) return false;
  const { from = 0, first } = heard;
  const at = Date.parse(time);
  if (at < from || (first?.ids.has(data.complaintId) && at < first.at + writtenWithinMs)) return false;
  return type.endsWith(".filed.v1") || (type.endsWith(".transferred.v1") && data.fromAgencyId !== agencyId);
}

/** Two short tones. */
function ring(): void {
  const audio = new AudioContext();
  for (const [start, pitch] of [
    [0, 660],
    [0.2, 880],
  ] as const) {
    const tone = audio.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.15);
  }
  setTimeout(() => void audio.close(), 1_000);
}
