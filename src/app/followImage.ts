import { imageProgress } from '../core/builds/image.ts';
import type { RegionBuild } from '../core/builds/regionBuild.ts';
import { type Verdict, verdictOf } from '../core/builds/verdict.ts';
import type { ImageReport, Services } from '../ports.ts';

export type FollowingServices = Pick<Services, 'regionBuilds' | 'commits' | 'executions' | 'now'>;

/** Whether the execution of a region build knows that its image has ended; `unheard`: nobody waits with this token. */
export type Followed = 'running' | 'told' | 'unheard';

/** Writers that meet at one region build: its states, and whoever follows its image. */
const MEETINGS = 3;

/** Notes how far an image is and, when it has ended, tells the execution that waits for it. */
export async function followImage(
  build: RegionBuild,
  report: ImageReport,
  services: FollowingServices,
): Promise<Followed> {
  const noted = await noteProgress(build, report.arn, report.status, services);
  const verdict = verdictOf(report);
  if (verdict.kind === 'running') return 'running';
  return tell(noted, verdict, services);
}

/** Notes a status, for people; the region build as it is then. What is late or doubled is no news. */
export async function noteProgress(
  build: RegionBuild,
  imageArn: string,
  status: string,
  { regionBuilds, commits, now }: FollowingServices,
): Promise<RegionBuild> {
  let before = build;
  for (let meeting = 0; meeting < MEETINGS; meeting++) {
    const news = imageProgress(before, imageArn, status, now());
    if (news === undefined) return before;
    const { committed } = await commits.commit(news.writes);
    if (committed) return news.regionBuild;
    before = (await regionBuilds.get(build.id)) ?? before;
  }
  return before;
}

/** A token that is stale was replaced, or used: read again, and tell the one that waits now. */
async function tell(
  build: RegionBuild,
  verdict: Exclude<Verdict, { kind: 'running' }>,
  { regionBuilds, executions }: FollowingServices,
): Promise<Followed> {
  const send = (token: string) =>
    verdict.kind === 'made'
      ? executions.succeed(token, {})
      : executions.fail(token, verdict.error, verdict.reason);
  const first = build.image?.token;
  if (first !== undefined && (await send(first)) === 'sent') return 'told';
  const now = await regionBuilds.get(build.id);
  const token = now?.image?.arn === build.image?.arn ? now?.image?.token : undefined;
  if (token === undefined || token === first) return 'unheard';
  return (await send(token)) === 'sent' ? 'told' : 'unheard';
}
