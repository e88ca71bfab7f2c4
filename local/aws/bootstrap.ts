import { runCdk, type CdkOptions } from './cdk.ts';
import { LOCAL_ACCOUNT } from './ministack.ts';

/**
 * `cdk bootstrap` of all regions in one call, which works on them at the same time: two regions take two
 * seconds. Again on a bootstrapped region it changes nothing.
 */
export async function bootstrap(regions: readonly string[], options: CdkOptions): Promise<void> {
  await runCdk(['bootstrap', ...regions.map((region) => `aws://${LOCAL_ACCOUNT}/${region}`)], options);
}
