import { join } from 'node:path';
import { feedServer } from '../../test/feeds/feedServer.ts';
import type { Done, Task } from '../evidence/assessor.ts';
import { FEEDS, feedOfTrueSize, type FeedName } from '../evidence/feeds.ts';
import { inProcess } from '../inProcess.ts';
import { median } from '../measure.ts';
import type { Tell } from '../tell.ts';
import type { Figure, Group, Report } from '../report.ts';

const PROGRAM = join(import.meta.dirname, '..', 'evidence', 'assessor.ts');
const AIM = { seconds: 60, bytes: 512_000_000 };

const FEED: Readonly<Record<FeedName, { readonly title: string; readonly runs: number }>> = {
  amazon: { title: 'Amazon Linux 2023, two releases', runs: 3 },
  // One takes most of a minute.
  ubuntu: { title: 'Ubuntu 24.04, two serials', runs: 1 },
};

const run = (task: Task): Promise<Done> => inProcess(PROGRAM, { task });

/** One update assessed, in a process of its own and with nothing kept from before, beside fetching the same files. */
export async function measure(tell: Tell): Promise<Report> {
  const reports: Report[] = [];
  for (const feed of FEEDS) reports.push(await measureFeed(feed, tell));
  return {
    groups: reports.flatMap(({ groups }) => groups),
    problems: reports.flatMap(({ problems }) => problems),
  };
}

async function measureFeed(feed: FeedName, tell: Tell): Promise<Report> {
  const { title, runs } = FEED[feed];
  tell(`${title}: making feeds of true size`);
  const { routes, unpackedBytes } = feedOfTrueSize(feed);
  const server = await feedServer();
  try {
    for (const [path, served] of routes) server.routes.set(path, served);
    const assessed: Done[] = [];
    const floors: Done[] = [];
    for (let time = 1; time <= runs; time += 1) {
      tell(`${title}: assessing, ${time} of ${runs}`);
      server.requests.length = 0;
      assessed.push(await run({ kind: 'assess', feed, url: server.url }));
      const urls = server.requests
        .filter((line) => line.endsWith(' 200'))
        .map((line) => `${server.url}${line.split(' ')[1] ?? ''}`);
      tell(`${title}: fetching and unpacking the same ${urls.length} files`);
      floors.push(await run({ kind: 'floor', urls }));
    }
    const [first] = assessed;
    return {
      groups: [group(title, { assessed, floors, unpackedBytes })],
      problems: problemsOf(first?.found).map((problem) => `${title}: ${problem}`),
    };
  } finally {
    await server.close();
  }
}

/** An assessment that gives up early is quick. */
function problemsOf(found: Done['found']): readonly string[] {
  if (found === undefined) return ['nothing was assessed'];
  const isWhole = found.confidence !== 'unknown' && found.advisories > 0;
  return [
    ...found.gaps,
    ...(isWhole
      ? []
      : [`${found.advisories} advisories, ${found.confidence}: the feeds were not understood`]),
  ];
}

function group(
  title: string,
  {
    assessed,
    floors,
    unpackedBytes,
  }: { assessed: readonly Done[]; floors: readonly Done[]; unpackedBytes: number },
): Group {
  const middle = (of: readonly Done[]) => median(of.map(({ seconds }) => seconds));
  const figures: Figure[] = [
    { name: 'wall time', unit: 'seconds', value: middle(assessed), floor: middle(floors), aim: AIM.seconds },
    {
      name: 'most memory of the process',
      unit: 'bytes',
      value: Math.max(...assessed.map(({ memory }) => memory)),
      floor: Math.max(...floors.map(({ memory }) => memory)),
      aim: AIM.bytes,
    },
    { name: 'the longest file, unpacked', unit: 'bytes', value: unpackedBytes },
    { name: 'advisories found', unit: 'count', value: assessed[0]?.found?.advisories ?? 0 },
  ];
  return {
    title,
    figures,
    note: 'The floor: fetching the same files from loopback and unpacking them, .gz by zlib, .xz by the program xz.',
  };
}
