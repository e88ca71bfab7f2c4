import { explain } from '../core/builds/compose.ts';
import { chunks } from '../core/chunks.ts';
import type { Outcome } from '../core/decide/outcome.ts';
import { actionsIn, MAXIMUM_ACTIONS } from '../core/oneCommit.ts';
import type { ExplanationLine } from '../core/words.ts';
import type { Services } from '../ports.ts';

/** Writes why each build waits, where rule or sentence has changed since it was said last: no loop feeds itself. */
export async function explainWaits(
  outcomes: readonly Outcome[],
  said: ReadonlyMap<string, ExplanationLine>,
  { commits }: Pick<Services, 'commits'>,
): Promise<void> {
  const news = outcomes
    .filter(({ regionBuild, line }) => !sameLine(said.get(regionBuild.id), line))
    .map(({ regionBuild, line }) => explain(regionBuild.id, line));
  const [first] = news;
  if (first === undefined) return;
  const size = Math.floor(MAXIMUM_ACTIONS / actionsIn([first]));
  for (const together of chunks(news, size)) await commits.commit(together);
}

function sameLine(said: ExplanationLine | undefined, line: ExplanationLine): boolean {
  return said?.rule === line.rule && said.because === line.because;
}
