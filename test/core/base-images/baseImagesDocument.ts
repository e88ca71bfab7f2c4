import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import {
  architecturesOf,
  type EvidenceKind,
  type TrackedBaseImage,
} from '../../../src/core/base-images/trackedBaseImage.ts';
import { UNSUPPORTED } from '../../../src/core/base-images/unsupportedBases.ts';

const EVIDENCE: Readonly<Record<EvidenceKind, string>> = {
  'amazon-linux-2023': 'Amazon Linux',
  'amazon-linux-2': 'Amazon Linux',
  ubuntu: 'Ubuntu',
  osv: 'OSV.dev',
};

const sourceOf = ({ source }: TrackedBaseImage): string =>
  source.kind === 'filter'
    ? `images of ${source.owner} named \`${source.patterns.x86_64 ?? ''}\``
    : `\`${source.names.x86_64 ?? ''}\``;

const rowOf = (base: TrackedBaseImage): string =>
  [
    '',
    `\`${base.name}\``,
    base.title,
    architecturesOf(base).join(', '),
    sourceOf(base).replaceAll('|', '\\|'),
    base.packageManager,
    [...new Set(base.evidence.map((kind) => EVIDENCE[kind]))].join(', ') || 'none: `unknown`',
    base.endOfLife ?? 'not announced',
    '',
  ]
    .join(' | ')
    .trim();

const BEFORE = `# Base images

Made from the tables in \`src/core/base-images\` by \`test/core/base-images/baseImagesDocument.test.ts\`
(\`npx vitest run --project unit test/core/base-images -u\` writes it anew).

What a template may name as its \`base\`: one of the built-in base images below, one of the policy's own
(\`base_images\`), or another template. Only those that a template stands on are looked at, and the policy's own.

## Built-in

Evidence says what an update changes. By Amazon's release notes and Canonical's manifests it is exact for the images
that they list: Amazon Linux itself and Ubuntu's server. For every other image, those made from them among them, it is
inferred from the package list of our last build and the advisories about it. Where there is none, an update's level is
\`unknown\`, and the policy's rule for it applies. The source is that of x86_64.

The packages that a template lists are installed by apt or dnf. On bases with yum, zypper or neither a template may run
scripts, install conda, and name components by ARN. AWS's surcharge for Ubuntu Pro is not in the estimates.
`;

const OWN = `
## Of your own

A parameter of your account, a vendor's parameter, or owner and name of images: see \`base_images\` in
[policies/keys.md](policies/keys.md). \`like\` names the built-in one that it is or is made from: it gives package
manager, evidence and end of life.

- An image that bears exactly the name its upstream gave it is taken for the upstream's own, such as a copy in your
  account: release notes and manifests count for it. Give what you make from an upstream's image another name.
- Any other name is yours, and is the release. Words for the architecture (\`x86_64\`, \`amd64\`, \`arm64\`, \`aarch64\`) are
  left out, so \`golden-2026-01-20-x86_64\` and \`golden-2026-01-20-arm64\` in four regions are one release: one update, one
  notice, one assessment for each architecture. That images of one release hold the same in all places is up to you:
  what was found for one place is taken for the others.
- An image made anew under the name of the one before it (\`golden-latest\`) is told from it by its id: an update of its
  own in each place. Names with a date or a number make one update of them.
- What your account calls its own images (\`owner: self\`) does not matter: \`golden-beta\` is as good as any. Among the
  images of other accounts those called beta, alpha, daily, testing, preview or rc are left out, unless
  \`name_filter\` has that word.
- An image that the account's Allowed AMIs setting forbids is refused, whoever names it.

## Not supported

A template that names one of these is refused with the reason.
`;

/** The page about base images, as the tables have them. */
export function baseImagesDocument(): string {
  return [
    BEFORE,
    '| Name | Image | Architectures | Source | Packages | Evidence | End of life |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...BASE_IMAGES.map(rowOf),
    OWN,
    ...UNSUPPORTED.map(({ title, because }) => `- ${title}: ${because}.`),
    '',
  ].join('\n');
}
