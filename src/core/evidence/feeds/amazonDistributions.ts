import type { EvidenceKind } from '../../base-images/trackedBaseImage.ts';

/** The evidence that comes from Amazon's own feeds. */
export type AmazonDistribution = Extract<EvidenceKind, 'amazon-linux-2023' | 'amazon-linux-2'>;

interface AmazonFeeds {
  /** Ids of advisories about packages of the images; live patches and drivers (NVIDIA) have ids of their own. */
  readonly ids: RegExp;
  /** What the RSS feed writes for `ALAS` in older items. */
  readonly prefix: string;
  /** Folder of the advisories' pages. */
  readonly folder: string;
}

export const AMAZON_FEEDS: Readonly<Record<AmazonDistribution, AmazonFeeds>> = {
  'amazon-linux-2023': { ids: /^ALAS2023-\d{4}-\d{1,6}$/, prefix: 'ALAS2023', folder: 'AL2023' },
  'amazon-linux-2': {
    ids: /^(?:ALAS2|ALAS2KERNEL-5\.10)-\d{4}-\d{1,6}$/,
    prefix: 'ALAS2',
    folder: 'AL2',
  },
};

/**
 * The advisory's id as updateinfo has it, or undefined if it is not about packages of the images.
 * Older items leave out the distribution: `ALAS-2023-126` is `ALAS2023-2023-126`, `ALASKERNEL-5.10-2022-018` is
 * `ALAS2KERNEL-5.10-2022-018`.
 */
export function advisoryId(distribution: AmazonDistribution, text: string): string | undefined {
  const { ids, prefix } = AMAZON_FEEDS[distribution];
  const id = text
    .trim()
    .toUpperCase()
    .replace(/^ALAS(?=-|KERNEL-)/, prefix);
  return ids.test(id) ? id : undefined;
}

/** Address of an advisory's page. */
export function advisoryUrl(distribution: AmazonDistribution, id: string): string {
  return `https://alas.aws.amazon.com/${AMAZON_FEEDS[distribution].folder}/${id}.html`;
}
