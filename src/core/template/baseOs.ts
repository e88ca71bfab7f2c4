import type { BaseOs } from './template.ts';

/** What is known of the operating systems behind base image names. */
interface OsFamily {
  readonly names: RegExp;
  readonly os: BaseOs;
  /** Name of the root device of the distributor's AMIs. */
  readonly rootDevice: string;
}

const FAMILIES: readonly OsFamily[] = [
  { names: /^(?:amazon-?linux|al20)/, os: 'dnf', rootDevice: '/dev/xvda' },
  { names: /^ubuntu/, os: 'apt', rootDevice: '/dev/sda1' },
  { names: /^debian/, os: 'apt', rootDevice: '/dev/xvda' },
  { names: /^(?:rocky|rhel|red-?hat|alma|centos|fedora|oracle)/, os: 'dnf', rootDevice: '/dev/sda1' },
];

/** The package manager of a base image, by its name; undefined for names that do not tell, such as `golden-2026`. */
export function osOfBase(base: string): BaseOs | undefined {
  return FAMILIES.find(({ names }) => names.test(base))?.os;
}

/** The root device of a base image, by its name. What DescribeImages says is better: this is for when nobody asked. */
export function rootDeviceOfBase(base: string): string {
  return FAMILIES.find(({ names }) => names.test(base))?.rootDevice ?? '/dev/xvda';
}
