import type { ExplanationLine, Instant } from '../words.ts';
import { type Candidate, regionRanks } from './candidate.ts';
import { type OpenTargets, openTargets } from './openTargets.ts';
import type { Held, Outcome, Waiting } from './outcome.ts';
import type { PlanInput } from './planInput.ts';
import { type PotBook, potBook } from './potBook.ts';
import { type Sentences, sentences } from './sentences.ts';
import { type SlotBook, slotBook } from './slotBook.ts';
import { type TemplateFacts, templateFacts } from './templateFacts.ts';
import { windowGate } from './windowGate.ts';

/** What one plan works with: its input, and what is left of slots and money as request after request is served. */
export interface Desk {
  readonly input: PlanInput;
  readonly factsOf: (template: string) => TemplateFacts;
  readonly regionRankOf: (region: string) => number;
  readonly open: OpenTargets;
  readonly slots: SlotBook;
  readonly pots: PotBook;
  readonly windowOf: ReturnType<typeof windowGate>;
  readonly say: Sentences;
}

/** One question asked of every request in turn; an outcome ends the questions, undefined passes. */
export type Gate = (candidate: Candidate, desk: Desk) => Outcome | undefined;

export function newDesk(input: PlanInput): Desk {
  const { policy, clocks, now, queue, running, templates } = input;
  return {
    input,
    factsOf: templateFacts(policy, input),
    regionRankOf: regionRanks(policy.regionPriority, input.regions ?? []),
    open: openTargets(queue, running, templates),
    slots: slotBook(policy.slotsPerRegion, running, input.takenSlots ?? [], now),
    pots: potBook(policy, clocks.calendar, input.pots, now),
    windowOf: windowGate(policy, clocks, now),
    say: sentences(policy, clocks, now),
  };
}

export function held({ build }: Candidate, line: ExplanationLine, until: Instant | null = null): Held {
  return { kind: 'held', regionBuild: build, line, until };
}

export function waiting({ build }: Candidate, line: ExplanationLine, until: Instant | null): Waiting {
  return { kind: 'waiting', regionBuild: build, line, until };
}
