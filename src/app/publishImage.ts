import type { Services } from '../ports.ts';
import { publishAmi, type PublishingServices } from './publishAmi.ts';

/**
 * Promotes the AMI of a finished region build, if it is due, and publishes what is active. Nothing is left to do for
 * one that was published, overtaken or rolled back.
 * @throws NotPublishedYet until AWS has checked the value and shows it
 */
export async function publishImage(
  { id }: { readonly id: string },
  services: PublishingServices & Pick<Services, 'regionBuilds'>,
): Promise<{ readonly id: string }> {
  const build = await services.regionBuilds.get(id);
  if (build?.amiId === undefined) return { id };
  await publishAmi({ template: build.template, amiId: build.amiId }, services);
  return { id };
}
