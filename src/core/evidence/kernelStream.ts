import { parseEvr } from './versions/rpmVersion.ts';

/** Packages that are the kernel itself: `kernel`, and `kernel6.12` beside it in Amazon Linux. */
const KERNEL = /^kernel(?:\d+\.\d+)?$/;

/** The stream a kernel package belongs to, such as `6.12`; undefined if the package is no kernel. */
export function kernelStreamOf({ name, version }: { name: string; version: string }): string | undefined {
  return KERNEL.test(name) ? /^\d+\.\d+/.exec(parseEvr(version).version)?.[0] : undefined;
}

/** Packages that are built with a kernel and differ between streams of one release. */
const OF_A_KERNEL =
  /^(?:kernel(?:\d+\.\d+)?(?:-.+)?|bpftool(?:\d+\.\d+)?|perf(?:\d+\.\d+)?|python3-perf(?:\d+\.\d+)?)$/;
const NOT_OF_A_KERNEL = /^kernel-(?:livepatch-repo-.+|srpm-macros)$/;

/** Whether a package comes with the kernel: its tools carry the same names in every stream. */
export function belongsToKernel(name: string): boolean {
  return OF_A_KERNEL.test(name) && !NOT_OF_A_KERNEL.test(name);
}

/** A patch for a running kernel, which kernel advisories list with a version of its own: no package of an image. */
export function isLivePatch(name: string): boolean {
  return /^kernel-livepatch-\d/.test(name);
}

/**
 * Whether an advisory about some kernels can be about an image with one: advisories of the 6.12 kernel list tools of
 * shared names, which images of the 6.1 kernel also have, so it must be about the image's own stream.
 */
export function concernsKernel(
  fixes: readonly { readonly name: string; readonly version: string }[],
  stream: string | undefined,
): boolean {
  if (stream === undefined) return true;
  const streams = fixes.map(kernelStreamOf).filter((one) => one !== undefined);
  return streams.length === 0 || streams.includes(stream);
}

/**
 * Whether a fix is of another kernel's build than the package that is installed. An image with kernels of two streams
 * has each tool once, of one of them: a fix of the other is none for it.
 */
export function isOfAnotherKernel(
  installed: string,
  { name, version }: { name: string; version: string },
): boolean {
  if (!belongsToKernel(name)) return false;
  const streamOf = (text: string) => /^\d+\.\d+/.exec(parseEvr(text).version)?.[0];
  const [one, other] = [streamOf(installed), streamOf(version)];
  return one !== undefined && other !== undefined && one !== other;
}
