/** Base images that people may expect here and that nothing can be built on, by the names they would write. */
export const UNSUPPORTED: readonly {
  readonly title: string;
  readonly names: RegExp;
  readonly because: string;
}[] = [
  {
    title: 'Bottlerocket',
    names: /^bottlerocket/,
    because:
      'Bottlerocket has no shell and no package manager: its images are used as they are, and settings go into user data',
  },
  {
    title: 'Flatcar, Fedora CoreOS, Talos',
    names: /^(?:flatcar|coreos|fedora-coreos|rhcos|talos)/,
    because:
      'its system is read-only and has no package manager: its images are used as they are, with an Ignition or machine configuration in user data',
  },
  {
    title: 'FreeBSD and its kin',
    names: /^(?:freebsd|openbsd|netbsd)/,
    because: 'EC2 Image Builder builds on Linux, Windows and macOS only',
  },
  {
    title: 'macOS',
    names: /^macos/,
    because: 'macOS is built on dedicated hosts, rented by the day, which are not supported',
  },
  {
    title: 'Products of the AWS Marketplace',
    names: /^(?:aws-)?marketplace/,
    because:
      'an image of the Marketplace has no name of its own here: add it to base_images in the policy, with the parameter /aws/service/marketplace/<product>/latest',
  },
];

/** Why a template cannot stand on a base image of this name; undefined if there is no such reason. */
export function whyUnsupported(name: string): string | undefined {
  return UNSUPPORTED.find(({ names }) => names.test(name.toLowerCase()))?.because;
}
