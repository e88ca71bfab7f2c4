import { amazonChanges, dateOf, releasesBetween } from '../../core/evidence/amazonChanges.ts';
import type { AmazonQuestion } from '../../core/evidence/amazonChanges.ts';
import type { Comparison, SourceAnswer } from '../../core/evidence/assessment.ts';
import type { AmazonDistribution } from '../../core/evidence/feeds/amazonDistributions.ts';
import type { ReleaseNotes } from '../../core/evidence/feeds/releaseNotes.ts';
import { compareReleases } from '../../core/base-images/imageRelease.ts';
import { DAY } from '../../core/words.ts';
import type { Answer } from '../feedReader.ts';
import { wasRead } from '../feedReader.ts';
import { inParallel } from '../../core/inParallel.ts';
import { sourceAnswer } from '../session.ts';
import type { Session } from '../session.ts';
import { readReleaseNotes } from './releaseNotes.ts';
import { pageOf, releasesQuestion } from './releases.ts';

/** What was read of releases and of their images. */
export interface ImageUpdates {
  /** Null: the list of releases did not answer. */
  readonly releases: readonly string[] | null;
  readonly notes: ReadonlyMap<string, ReleaseNotes>;
  readonly sources: readonly SourceAnswer[];
}

/** Requests to the documentation at once. */
const AT_ONCE = 6;

/** A package's earlier version is looked up in so many older pages at most. */
const MOST_OLDER_PAGES = 72;

/** Pages of older releases are settled; those of the update itself can still be put right. */
const SETTLED = 30 * DAY;

/** Why there are fewer pages than releases. */
function pagesAnswer(asked: readonly (readonly [string, Answer<ReleaseNotes>])[]): SourceAnswer {
  const name = 'Amazon Linux release notes';
  const failed = asked.map(([, answer]) => answer).find((answer) => answer.state !== 'answered');
  const read = asked.filter(([, answer]) => wasRead(answer)).length;
  const pages = `${read} of ${asked.length} pages were read.`;
  if (failed === undefined) return { name, state: 'answered', detail: pages };
  return { ...sourceAnswer(name, failed, () => ''), detail: `${pages} ${failed.detail ?? ''}` };
}

/**
 * Reads the release notes of every release between two images, and older ones until the earlier version of every
 * changed package is known: a page lists a package only when it changes.
 */
export async function readImageUpdates(
  session: Session,
  distribution: AmazonDistribution,
  { from: before, to: after, known }: Comparison,
): Promise<ImageUpdates> {
  const isRollback = compareReleases(after, before) < 0;
  const [from, to] = isRollback ? [after, before] : [before, after];
  const list = await session.reader.read(releasesQuestion(session, distribution));
  const pages = new Map(wasRead(list) ? list.value : []);
  const releases = wasRead(list) ? [...pages.keys()] : null;
  const notes = new Map<string, ReleaseNotes>();
  const read = (names: readonly string[], freshFor: number) =>
    inParallel(
      names,
      async (release) => {
        const page = pages.get(release) ?? pageOf(distribution, release);
        const answer = await readReleaseNotes(session, { distribution, release, page, freshFor });
        if (wasRead(answer)) notes.set(release, answer.value);
        return [release, answer] as const;
      },
      AT_ONCE,
    );
  const between = releasesBetween({ from, to, releases: releases ?? [] });
  const asked = await read(between, 0);
  const question: AmazonQuestion = {
    from,
    to,
    releases: releases ?? between,
    notes,
    ...(known === undefined || isRollback ? {} : { known }),
  };
  const older = (releases ?? []).filter((name) => dateOf(name) <= from.date).reverse();
  for (let done = 0; done < Math.min(older.length, MOST_OLDER_PAGES); done += AT_ONCE) {
    if (amazonChanges(question).changes.every((change) => change.before !== undefined)) break;
    const answers = await read(older.slice(done, done + AT_ONCE), SETTLED);
    // Further back the pages are of a layout without images' sections, or not there at all.
    if (!answers.some(([, answer]) => wasRead(answer))) break;
  }
  return {
    releases,
    notes,
    sources: [
      sourceAnswer('Amazon Linux releases', list, (all) => `${all.length} releases are known.`),
      ...(asked.length === 0 ? [] : [pagesAnswer(asked)]),
    ],
  };
}
