import type { Act } from "./act.ts";
import { channels, type Filing } from "./filing.ts";
import { before, grid, hour } from "./hours.ts";
import { conclude, leftUnanswered } from "./outcome.ts";
import { type Story, storyOf, tell, theAgency, type World } from "./story.ts";
import { said } from "./texts.ts";

/** Who takes what the late one passes on: offices of the whole province, which refuse nobody. */
const takers = ["workers-fund", "revenue-house", "roads-house"];

/** Everything that is done in the life of one complaint, in its order. */
export function lifeOf(filing: Filing, world: World): Act[] {
  const story = storyOf(filing, world);
  file(story);
  if (endsUnheard(story)) return story.acts;
  acknowledge(story);
  if (story.chance.happens(story.character.passedOn)) passOn(story);
  else if (isWithdrawn(story)) return story.acts;
  if (story.chance.happens(story.character.answers)) {
    answer(story);
    conclude(story);
  } else leftUnanswered(story);
  return story.acts;
}

function file(story: Story): void {
  const { filing, chance, number } = story;
  const { at, agencyId, countyId, category, frontEnd } = filing;
  const citizen = chance.happens(0.55) ? said.citizen(number) : undefined;
  const channel = channels[frontEnd] ?? "web";
  const description = said.complaint(chance, category);
  const body = { agencyId, countyId, category, channel, description, ...(citizen && { citizen }) };
  story.mayBeCalled = citizen?.mayBeCalled ?? false;
  tell(story, { at, by: { frontEnd }, to: "", body });
}

/** An inspector finds that it is no complaint. */
function endsUnheard(story: Story): boolean {
  const { chance, hours, now } = story;
  if (!chance.happens(0.015)) return false;
  const at = hours.worked(now, chance.between(30, 150));
  const body = { reason: "out-of-scope", text: said.rejection };
  tell(story, { at, by: { inspector: "inspector-1" }, to: "rejection", body });
  return true;
}

function acknowledge(story: Story): void {
  const { chance, hours, now, character } = story;
  const [from, to] = character.acknowledges;
  // Whoever clicks fast has a program that does it, closed or not.
  const at = to === 0 ? now : hours.worked(now, chance.between(from, to));
  tell(story, { at, by: theAgency(story), to: "acknowledgement", body: { officer: said.officer(chance) } });
  if (chance.happens(0.06)) tell(story, { at: at + grid, by: "citizen", to: "messages", body: { text: said.message } });
}

function isWithdrawn(story: Story): boolean {
  const { chance, now, character } = story;
  if (!chance.happens(character.withdrawn)) return false;
  const at = Math.max(now, Math.min(now + chance.between(0.5, 6) * hour, before(story.answerBy)));
  tell(story, { at, by: "citizen", to: "withdrawal", body: {} });
  const pressed = chance.happens(character.pressed * 2);
  if (pressed || chance.happens(0.1))
    tell(story, { at: at + 2 * hour, by: "citizen", to: "opinion", body: { solved: "no", handling: 1, pressed } });
  return true;
}

/** When its time is nearly over, or over; who takes it has what is left, and says so first. */
function passOn(story: Story): void {
  const { chance, hours, answerBy } = story;
  const at = chance.happens(0.5) ? before(answerBy) - grid : hours.worked(answerBy, chance.between(15, 120));
  const toAgencyId = chance.oneOf(takers.filter((id) => id !== story.agencyId));
  tell(story, { at, by: theAgency(story), to: "transfer", body: { toAgencyId, reason: said.transfer } });
  Object.assign(story, { agencyId: toAgencyId });
  const taken = hours.worked(story.now, chance.between(15, 60));
  const body = { officer: said.officer(chance) };
  tell(story, { at: taken, by: theAgency(story), to: "acknowledgement", body });
}

function answer(story: Story): void {
  const { chance, hours, character, filing, category } = story;
  const inTime = chance.happens(character.inTime);
  if (chance.happens(character.extended) && story.now + grid < before(story.answerBy)) {
    tell(story, {
      at: before(story.answerBy),
      by: theAgency(story),
      to: "extension",
      body: { reason: said.extension },
    });
    story.answerBy = hours.due(story.answerBy, category.extension);
  }
  const at = inTime ? inTimeAt(story) : hours.worked(story.answerBy, chance.between(30, 1_500));
  const finding = chance.weighted(character.findings);
  const cause = said.cause(chance, { category: filing.category, finding });
  const text = said.answer(chance, { finding, says: character.says });
  const body = { officer: said.officer(chance), finding, cause, text };
  tell(story, { at, by: theAgency(story), to: "answer", body });
}

/** Somewhere between the last act and the deadline, in office hours; where they end too early, just before it. */
function inTimeAt({ chance, hours, now, answerBy }: Story): number {
  const wished = hours.worked(now, chance.between(15, 600));
  return wished < answerBy ? wished : Math.max(before(answerBy), now);
}
