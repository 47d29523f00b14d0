import type { Policy } from "#shared/domain/time/policy.ts";
import type { Act, Actor } from "./act.ts";
import type { Chance } from "./chance.ts";
import { type Character, characterOf } from "./characters.ts";
import type { Filing } from "./filing.ts";
import { atLeisure, type Hours, onGrid } from "./hours.ts";

/** The times that a category gives. */
export type Category = { id: string; answer: Policy; extension: Policy };

/** One complaint while its life is made up: what has happened, and who has it now. */
export type Story = {
  number: number;
  filing: Filing;
  chance: Chance;
  hours: Hours;
  category: Category;
  character: Character;
  agencyId: string;
  answerBy: number;
  /** When the last act was. */
  now: number;
  /** Whether the citizen agreed to be called at filing. */
  mayBeCalled: boolean;
  acts: Act[];
};

export type World = { number: number; chance: Chance; hours: Hours; categories: Category[] };

export function storyOf(filing: Filing, { number, chance, hours, categories }: World): Story {
  const category = categories.find(({ id }) => id === filing.category);
  if (!category) throw new Error(`The province has no category ${filing.category}.`);
  const { agencyId } = filing;
  const answerBy = hours.due(filing.at, category.answer);
  const character = characterOf(agencyId);
  return {
    number,
    filing,
    chance,
    hours,
    category,
    character,
    agencyId,
    answerBy,
    now: filing.at,
    mayBeCalled: false,
    acts: [],
  };
}

type Next = Pick<Act, "by" | "to" | "body"> & { at: number };

/** Adds what happens next: never before what happened last. */
export function tell(story: Story, { at, ...act }: Next): void {
  const next = Math.max(story.now, onGrid(at));
  story.now = act.by === "citizen" ? atLeisure(next) : next;
  story.acts.push({ at: story.now, complaint: story.number, step: story.acts.length, ...act });
}

export const theAgency = ({ agencyId }: Story): Actor => ({ agency: agencyId });
