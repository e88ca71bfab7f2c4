import type { EvidenceKind } from '../core/base-images/trackedBaseImage.ts';
import type { Advisory } from '../core/evidence/advisory.ts';
import type { SourceAnswer } from '../core/evidence/assessment.ts';
import type { AmazonDistribution } from '../core/evidence/feeds/amazonDistributions.ts';
import { osvQueries, osvQueriesByName } from '../core/evidence/feeds/osvQuery.ts';
import type { OsvQuery } from '../core/evidence/feeds/osvQuery.ts';
import type { UbuntuNotices } from '../core/evidence/feeds/usnArchive.ts';
import type { Inventory } from '../core/evidence/inventory.ts';
import { withSources } from '../core/evidence/sourcePackages.ts';
import type { EvidenceSource } from '../core/policy/policy.ts';
import { DAY, MINUTE, type Instant } from '../core/words.ts';
import type { PackageAdvisories, PackageAnswer, PackageQuestion } from '../ports.ts';
import { readAmazonAdvisories } from './amazon/advisories.ts';
import type { FeedEvidenceOptions } from './feedEvidence.ts';
import { feedReader, wasRead } from './feedReader.ts';
import { readExploited } from './kev.ts';
import { readOsvAdvisories } from './osvDev.ts';
import { sourceAnswer } from './session.ts';
import type { Session } from './session.ts';
import { noticesQuestion } from './ubuntu/notices.ts';

/** How a kind of evidence tells advisories. */
interface Way {
  /** Whose switch and limits hold. */
  readonly source: EvidenceSource;
  /** Questions with the same are answered by one reading. */
  readonly group: (question: PackageQuestion) => string;
  /** @param all every question of the group, this one among them */
  readonly read: (
    session: Session,
    question: PackageQuestion,
    all: readonly PackageQuestion[],
  ) => Promise<PackageAnswer>;
}

const NO_SOURCE: PackageAnswer = { advisories: null, gaps: [], sources: [] };

/** What was kept from before for a feed that is down is used, and is a gap all the same: it knows nothing of today. */
function answerWith(advisories: readonly Advisory[] | null, sources: readonly SourceAnswer[]): PackageAnswer {
  const silent = sources.filter(({ state }) => state !== 'answered');
  return { advisories, sources, gaps: silent.map(({ name, detail }) => `${name} did not answer: ${detail}`) };
}

const oldest = (questions: readonly PackageQuestion[]): Instant =>
  Math.min(...questions.map(({ since }) => since));

const ecosystemsOf = ({ base }: PackageQuestion): readonly string[] => base.ecosystems ?? [];

function amazon(distribution: AmazonDistribution): Way {
  return {
    source: 'amazon_linux',
    group: () => distribution,
    async read(session) {
      // Advisories are told by version; no image is compared whose day they could be too old for.
      const { advisories, sources } = await readAmazonAdvisories(session, distribution, 0);
      return answerWith(advisories, sources);
    },
  };
}

/** The notices of all releases are in one archive. */
const ubuntu: Way = {
  source: 'ubuntu',
  group: () => 'ubuntu',
  async read(session, question, all) {
    const [ecosystem = ''] = ecosystemsOf(question);
    const answer = await session.reader.read(noticesQuestion(session, ecosystem, oldest(all)));
    const noticesOf = ({ advisories }: UbuntuNotices) => advisories[ecosystem] ?? [];
    return answerWith(wasRead(answer) ? noticesOf(answer.value) : null, [
      sourceAnswer('Ubuntu notices', answer, (value) => `${noticesOf(value).length} were read.`),
    ]);
  },
};

/** What is installed in any of several sets of images, each version once. */
function allInstalled(questions: readonly PackageQuestion[]): Inventory {
  const byText = new Map(
    questions.flatMap(({ installed }) =>
      installed.map((each) => [`${each.name} ${each.version}`, each] as const),
    ),
  );
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

const osv: Way = {
  source: 'osv',
  group: (question) => ecosystemsOf(question).join('|'),
  async read(session, question, all) {
    const ecosystems = ecosystemsOf(question);
    if (ecosystems.length === 0) return NO_SOURCE;
    return osvAnswer(
      session,
      osvQueries(withSources(allInstalled(all), ecosystems), ecosystems),
      ecosystems,
      oldest(all),
    );
  },
};

async function osvAnswer(
  session: Session,
  queries: readonly OsvQuery[],
  ecosystems: readonly string[],
  since: Instant,
): Promise<PackageAnswer> {
  // To the day, so that a second run asks the same.
  const day = Math.floor(since / DAY) * DAY;
  const answer = await readOsvAdvisories(session, queries, ecosystems, day);
  return answerWith(wasRead(answer) ? answer.value : null, [
    sourceAnswer('OSV.dev', answer, ({ length }) => `${length} advisories were read.`),
  ]);
}

/** A further kind is a further row. */
const WAYS: Readonly<Record<EvidenceKind, Way>> = {
  'amazon-linux-2023': amazon('amazon-linux-2023'),
  'amazon-linux-2': amazon('amazon-linux-2'),
  ubuntu,
  osv,
};

/** OSV.dev's name of the Python Package Index. */
const PIP = 'PyPI';

/**
 * Advisories about what is installed in images of ours, from the public feeds. As for an update, the kinds of evidence
 * that serve a base are asked best first, until one leaves nothing open.
 */
export function feedPackageAdvisories({
  fetch,
  now,
  cache,
  log,
  policy,
  limit = 10 * MINUTE,
}: FeedEvidenceOptions): PackageAdvisories {
  return {
    async ask(questions, pip) {
      // Of its own: what was read is remembered for as long as this takes, and let go with it.
      const reader = feedReader({ cache, now, log });
      const session = { reader, fetch, policy: await policy(), signal: AbortSignal.timeout(limit) };
      const kindsOf = ({ base }: PackageQuestion) =>
        base.evidence.filter((kind) => session.policy.sources[WAYS[kind].source].enabled);
      const answerOf = async (question: PackageQuestion): Promise<PackageAnswer> => {
        let found: PackageAnswer | undefined;
        for (const kind of kindsOf(question)) {
          const { group, read } = WAYS[kind];
          const all = questions.filter(
            (other) => kindsOf(other).includes(kind) && group(other) === group(question),
          );
          found = united(found, await read(session, question, all));
          if (found.advisories !== null && found.gaps.length === 0) break;
        }
        return found ?? NO_SOURCE;
      };
      const [exploited, ofPip, ...answers] = await Promise.all([
        readExploited(session),
        pip.names.length === 0 || !session.policy.sources.osv.enabled
          ? NO_SOURCE
          : osvAnswer(session, osvQueriesByName(pip.names, PIP), [PIP], pip.since),
        ...questions.map(answerOf),
      ]);
      return { answers, pip: ofPip, exploited: exploited.cves };
    },
  };
}

/** What a second kind of evidence tells beside the first. It stands in for it: what it knows is no gap any more. */
function united(first: PackageAnswer | undefined, second: PackageAnswer): PackageAnswer {
  if (first === undefined) return second;
  const known = [first.advisories, second.advisories].filter((advisories) => advisories !== null);
  const isWhole = second.advisories !== null && second.gaps.length === 0;
  return {
    advisories: known.length === 0 ? null : known.flat(),
    gaps: isWhole ? [] : [...first.gaps, ...second.gaps],
    sources: [...first.sources, ...second.sources],
  };
}
