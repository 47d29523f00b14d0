const day = 86_400_000;
/** From the end of the last quarter until its figures are out: they are published 15 days after it. */
const untilPublished = 16;

/** What of a year is played: from when until when, and what happens on which day of it. */
export type Span = {
  /** Epoch ms: the midnight of Tehran with which 1 Mehr 1404, an Iranian quarter, began. */
  from: number;
  /** Epoch ms: nothing is filed from here on. */
  filedUntil: number;
  until: number;
  /** The day from which the joined agency takes nothing new, as `2026-04-05`. */
  joinedOn: string;
  /** Epoch ms: when that day begins. */
  joinedAt: number;
  /** Epoch ms: the week in which the systems of every bank are down. */
  outage: { from: number; to: number };
};

const firstDay = Date.parse("2025-09-22T20:30:00Z");
/** Each of the four quarters that begin there: autumn and winter of 90 days (1404 is no leap year: 30 + 30 + 29), spring and summer of 93. */
const quarters = [90, 89, 93, 93];

/** So many quarters from 1 Mehr 1404 on, and the 16 days after which the last one's figures are out. */
export function spanOf(count: number): Span {
  const days = quarters.slice(0, count).reduce((sum, length) => sum + length, 0);
  const on = (share: number) => firstDay + Math.floor(days * share) * day;
  const outage = on(0.27);
  const joinedAt = on(0.53);
  return {
    from: firstDay,
    filedUntil: on(1),
    until: on(1) + untilPublished * day,
    // A day of Tehran begins in the evening before it in UTC.
    joinedOn: new Date(joinedAt + day / 2).toISOString().slice(0, 10),
    joinedAt,
    outage: { from: outage, to: outage + 7 * day },
  };
}
