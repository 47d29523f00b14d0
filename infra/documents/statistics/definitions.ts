import { type FigureFamily, figureFamilies, figuresIn } from "#shared/domain/statistics/figure-family.ts";
import type { FigureName } from "#shared/domain/statistics/figures.ts";
import { leavesOut, leftOut, partitionNames, partitions } from "#shared/domain/statistics/partition.ts";
import { PeriodKind } from "#shared/domain/statistics/period.ts";
import { partitionsIn, tablesOf } from "#shared/domain/statistics/published.ts";
import type { Text } from "#shared/domain/vocabulary.ts";
import { columnTexts } from "./column-titles.ts";
import { familyTexts, nowTexts } from "./family-texts.ts";
import { figureTexts } from "./figure-texts.ts";
import { countTexts, generalTexts } from "./general-texts.ts";
import { classTexts, partTexts } from "./part-texts.ts";
import { valueTexts } from "./value-texts.ts";

const families = Object.entries(figureFamilies) as [FigureFamily, { figures: readonly FigureName[] }][];

const figures = families.flatMap(([family, { figures }]) =>
  figures.map((name) => {
    const values = Object.entries(valueTexts[name] ?? {}).map(([id, title]) => ({ id, title }));
    return { name, family, title: figureTexts[name], ...familyTexts[family], ...(values.length > 0 && { values }) };
  }),
);

/** Of `GET /v1/statistics/now`. */
const now = (["overdue", "notOverdue"] as const).map((name) => ({ name, title: columnTexts[name], ...nowTexts }));

const parts = partitionNames.map((name) => ({
  name,
  title: partTexts[name],
  classes: [...partitions[name], ...(leavesOut(name) ? [leftOut] : [])].map(
    (id): { id: string; title?: Text | undefined } => ({ id, title: classTexts[id] }),
  ),
}));

/** Which tables there are of which periods, and what they have. */
const tables = PeriodKind.options.flatMap((period) =>
  tablesOf({ kind: period, name: "" }).map((table) => ({
    period,
    table,
    figures: figuresIn({ table, kind: period }),
    parts: partitionsIn({ table, kind: period }),
  })),
);

/** Everything that the public figures mean, in both languages. */
export const definitions = { general: generalTexts, counts: countTexts, figures, now, parts, tables };
