import type { AmazonDistribution } from '../../core/evidence/feeds/amazonDistributions.ts';

interface Addresses {
  /**
   * `mirror.list` of each repository whose packages are in the images; of the newest state of each, as advisories come
   * after the release they are about. What x86_64's updateinfo says it says for both architectures.
   */
  readonly repositories: readonly { readonly name: string; readonly mirrorList: string }[];
  readonly rss: string;
  /** All releases. */
  readonly releases: string;
  /** Folder of the release notes. */
  readonly notes: string;
}

const CDN = 'https://cdn.amazonlinux.com';
const ALAS = 'https://alas.aws.amazon.com';
const DOCS = 'https://docs.aws.amazon.com';

/** Where Amazon publishes what it says of its distributions. */
export const ADDRESSES: Readonly<Record<AmazonDistribution, Addresses>> = {
  'amazon-linux-2023': {
    repositories: [
      { name: 'updateinfo', mirrorList: `${CDN}/al2023/core/mirrors/latest/x86_64/mirror.list` },
    ],
    rss: `${ALAS}/AL2023/alas.rss`,
    releases: `${CDN}/al2023/core/releasemd.xml`,
    notes: `${DOCS}/linux/al2023/release-notes`,
  },
  'amazon-linux-2': {
    repositories: [
      { name: 'updateinfo', mirrorList: `${CDN}/2/core/latest/x86_64/mirror.list` },
      // The kernel of the images does not come from the core repository.
      {
        name: 'updateinfo of kernel 5.10',
        mirrorList: `${CDN}/2/extras/kernel-5.10/latest/x86_64/mirror.list`,
      },
    ],
    rss: `${ALAS}/AL2/alas.rss`,
    releases: `${DOCS}/AL2/latest/relnotes/relnotes-al2`,
    notes: `${DOCS}/AL2/latest/relnotes`,
  },
};
