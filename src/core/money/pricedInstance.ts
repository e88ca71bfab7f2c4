/**
 * What AWS bills an instance as: where a subscription comes with the image, it is part of the instance's price by the
 * hour. `linux` is every other Linux, those with a subscription of one's own among them.
 */
export const OPERATING_SYSTEMS = ['linux', 'rhel', 'suse', 'windows'] as const;
export type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];

/** What has a price by the hour. */
export interface PricedInstance {
  readonly region: string;
  readonly instanceType: string;
  readonly operatingSystem: OperatingSystem;
}
