import { checkBaseImages, type ScanServices } from '../../src/app/checkBaseImages.ts';
import { awsBaseImageSource } from '../../src/aws/baseImageSource.ts';
import { BASE_IMAGES } from '../../src/core/base-images/catalogue.ts';
import { servedIn } from '../../src/core/base-images/servedIn.ts';
import { memoryLog } from '../../src/memory/memoryLog.ts';
import { memoryTable } from '../../src/memory/memoryTable.ts';
import { aTemplate, SETTINGS, START } from '../../test/app/world.ts';
import { totalOf, type Figure, type Report } from '../report.ts';
import { countingCalls } from '../scan/countingCalls.ts';
import { fakeUpstreams } from '../scan/fakeUpstreams.ts';
import { scanFloor } from '../scan/floor.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-southeast-2'];
const BASES = 20;

/** Policy, templates and pointers are read at once, one read each, and the scan is recorded. */
const TABLE_FLOOR = ['policies.current', 'templates.all', 'baseImages.pointers', 'scanReports.save'];

/** The second of two scans, which finds everything as it was: the real adapters, and the table in memory. */
export async function measure(): Promise<Report> {
  const bases = everywhere(REGIONS).slice(0, BASES);
  const upstreams = fakeUpstreams(bases);
  const now = () => START;
  const table = memoryTable({ now });
  for (const { name } of bases)
    await table.templates.save({
      ...{ slug: `on-${name}`, revision: 1, changedAt: START, changedBy: 'bench' },
      definition: aTemplate({ slug: `on-${name}`, base: name }),
    });
  const tableCalls = new Map<string, number>();
  const services: ScanServices = {
    now,
    log: memoryLog(),
    settings: { ...SETTINGS, regions: REGIONS.map((name) => ({ ...SETTINGS.regions[0]!, name })) },
    baseImageSource: awsBaseImageSource({ now, ...upstreams }),
    policies: countingCalls('policies', table.policies, tableCalls),
    templates: countingCalls('templates', table.templates, tableCalls),
    baseImages: countingCalls('baseImages', table.baseImages, tableCalls),
    commits: countingCalls('commits', table.commits, tableCalls),
    scanReports: countingCalls('scanReports', table.scanReports, tableCalls),
  };
  await checkBaseImages({}, services);
  const before = new Map([...upstreams.requests, ...tableCalls]);
  const scan = await checkBaseImages({}, services);
  const requests = new Map(
    [...upstreams.requests, ...tableCalls].map(([call, count]) => [call, count - (before.get(call) ?? 0)]),
  );

  const floor = new Map([
    ...scanFloor(REGIONS, bases),
    ...TABLE_FLOOR.map((call) => [`dynamodb, for ${call}`, 1] as const),
  ]);
  const figures: Figure[] = [...new Set([...floor.keys(), ...requests.keys()])]
    .map((name) => ({
      name,
      unit: 'count' as const,
      value: requests.get(name) ?? 0,
      floor: floor.get(name) ?? 0,
    }))
    .filter(({ value, floor: least }) => value + least > 0);
  return {
    problems: [
      ...scan.problems.map(({ base, region, problem }) => `${base} in ${region}: ${problem}`),
      ...(scan.updates.length === 0 ? [] : [`${scan.updates.length} changes where nothing has changed`]),
    ],
    groups: [
      {
        title: 'requests of a scan',
        figures: [...figures, totalOf('all requests', figures)],
        note: 'The floor: ten parameters a request, one DescribeImages a region; what is known is not described again.',
      },
    ],
  };
}

/** The base images that are published in all of these regions. */
function everywhere(regions: readonly string[]) {
  return BASE_IMAGES.filter((base) => regions.every((region) => servedIn(base, region)));
}
