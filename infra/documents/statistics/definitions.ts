import { breakdownNames, breakdowns } from "#shared/domain/statistics/breakdown.ts";
import { type FigureFamily, type FigureName, figureFamilies, figuresIn } from "#shared/domain/statistics/figures.ts";
import { PeriodKind } from "#shared/domain/statistics/period.ts";
import { breakdownsOf, tablesOf } from "#shared/domain/statistics/published.ts";
import type { Text } from "#shared/domain/vocabulary.ts";
import { breakdownTexts } from "./breakdown-texts.ts";
import { columnTexts } from "./column-titles.ts";
import { familyTexts, nowTexts } from "./family-texts.ts";
import { figureTexts } from "./figure-texts.ts";
import { generalTexts, methodTexts } from "./general-texts.ts";
import { valueTexts } from "./value-texts.ts";

const families = Object.entries(figureFamilies) as [FigureFamily, { figures: readonly FigureName[] }][];

const figures = families.flatMap(([family, { figures: names }]) =>
  names.map((name) => {
    const values = Object.entries(valueTexts[name] ?? {}).map(([id, title]) => ({ id, title }));
    return { name, family, title: figureTexts[name], ...familyTexts[family], ...(values.length > 0 && { values }) };
  }),
);

/** The figures of `GET /v1/statistics/now`. */
const now = (["late", "openInTime"] as const).map((name) => ({ name, title: columnTexts[name], ...nowTexts }));

const explained = breakdownNames.map((name) => {
  const { title, classes } = breakdownTexts[name];
  return { name, title, classes: breakdowns[name].map((id) => ({ id, title: titleOfClass(classes, id) })) };
});

function titleOfClass(classes: Record<string, Text>, id: string): Text {
  const title = classes[id];
  if (!title) throw new Error(`the class ${id} has no title`);
  return title;
}

/** Which tables each kind of period has, and what is in them. */
const tables = PeriodKind.options.flatMap((period) =>
  tablesOf(period).map((table) => ({
    period,
    table,
    figures: figuresIn({ table, kind: period }),
    breakdowns: breakdownsOf({ table, kind: period }),
  })),
);

/** Everything that the public figures mean, in both languages; first what was done to every number, and why. */
export const definitions = {
  method: methodTexts,
  general: generalTexts,
  figures,
  now,
  breakdowns: explained,
  tables,
};
