import { compareInventories } from './packageChange.ts';
import type { PackageChange } from './packageChange.ts';
import type { Inventory } from './inventory.ts';
import type { Advisory } from './advisory.ts';

/** `linux-…` packages that are no part of a kernel. */
const NO_KERNEL = new Set(['linux-base', 'linux-base-sgx', 'linux-firmware', 'linux-sysctl-defaults']);

/**
 * Whether a package of Ubuntu is the kernel or built with it: the manifests have the generic kernel while the images
 * on AWS have `linux-aws`, so they say nothing about it.
 */
export function isUbuntuKernel(name: string): boolean {
  return /^(?:linux-|bpftool$|libcpupower)/.test(name) && !NO_KERNEL.has(name);
}

/** What changed between two Ubuntu images by their manifests, the kernel left out. */
export function ubuntuChanges(from: Inventory, to: Inventory): PackageChange[] {
  return compareInventories('deb', from, to).filter(({ name }) => !isUbuntuKernel(name));
}

/** Whether a notice is about the kernel of Ubuntu's images on AWS; of those only the dates tell what an image has. */
export function concernsUbuntuAwsKernel({ about }: Pick<Advisory, 'about'>): boolean {
  return about.some((source) => /^linux-aws(?:-\d+\.\d+)?$/.test(source));
}
