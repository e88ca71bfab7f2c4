import { ARCHITECTURES } from '../../words.ts';
import { OPERATING_SYSTEMS } from '../../money/pricedInstance.ts';
import { EVIDENCE_SOURCES } from '../policy.ts';
import { list, mapped, plainOrMapping } from '../reading/list.ts';
import { key, required, type Reader } from '../reading/reader.ts';
import { oneOf, text, truth, wholeNumber } from '../reading/scalars.ts';
import { mapOf, section } from '../reading/section.ts';
import { DAY, MINUTE, SECOND } from '../../words.ts';
import { imageId, line, slug } from './names.ts';
import { date, duration } from './timeReaders.ts';

/** A parameter's name; `{architecture}` stands for x86_64 or arm64. */
const parameterName = text(
  'a parameter name such as "/golden/rocky-9/{architecture}"',
  /^\/(?:[A-Za-z0-9_.-]|\{architecture\}|\/(?!\/)){1,1000}$/u,
);

export type SaidParameter =
  | { readonly pattern: string; readonly each: null }
  | { readonly pattern: null; readonly each: { readonly x86_64?: string; readonly arm64?: string } };

const parameter: Reader<SaidParameter> = plainOrMapping<SaidParameter>(
  mapped(parameterName, (pattern) => ({ pattern, each: null })),
  mapped(
    section({
      x86_64: key(parameterName, 'Parameter with the image id for x86_64.'),
      arm64: key(parameterName, 'Parameter with the image id for arm64.'),
    }),
    (each) => ({ pattern: null, each }),
  ),
);

const baseImage = section({
  parameter: key(
    parameter,
    'Parameter Store parameter with the image id, of AWS, a vendor, or your own account.',
  ),
  owner: key(
    text('an account id in quotes such as "792107900819", or self', /^(?:\d{12}|self)$/u),
    'Account that publishes the images; with name_filter, instead of parameter.',
  ),
  name_filter: key(
    text('a name with wildcards such as "Rocky-9-EC2-Base-9.*"', /^[^\p{C}]{3,128}$/u),
    'Which of its images; the newest of each architecture is current.',
  ),
  architectures: key(
    list(oneOf(ARCHITECTURES), { of: 'architectures', identity: (name) => name }),
    'Architectures it exists for; x86_64 and arm64 otherwise.',
  ),
  like: key(slug, 'The built-in base image whose evidence serves it, such as rocky-9.'),
  operating_system: key(
    oneOf(OPERATING_SYSTEMS),
    'What AWS bills its instances as, subscription included; that of like otherwise, or linux.',
  ),
  end_of_life: key(date, 'Day from which it gets no updates.'),
});

export const baseImages = mapOf(slug, 'names of base images with where they come from', baseImage);

export const blockedImages = list(
  plainOrMapping<{ readonly image: string; readonly reason?: string }>(
    mapped(imageId, (image) => ({ image })),
    section({
      image: required(imageId, 'The image that is not to be used.'),
      reason: key(line, 'Why not.'),
    }),
  ),
  { of: 'image ids', identity: ({ image }) => image },
);

const evidenceSource = section({
  enabled: key(truth, 'Ask this source.'),
  base_url: key(
    text('an https or http address', /^https?:\/\/[^\s\p{C}]{1,400}$/u),
    'A mirror to ask instead.',
  ),
  timeout: key(duration({ least: SECOND, most: 5 * MINUTE }), 'How long one request may take.'),
  max_megabytes: key(wholeNumber(1, 10_000), 'The most that is read from it, in millions of bytes.'),
});

const [amazonLinux, ubuntu, osv, cisaKev] = EVIDENCE_SOURCES;

export const evidence = section({
  [amazonLinux]: key(evidenceSource, 'Release notes and advisories of Amazon Linux.'),
  [ubuntu]: key(evidenceSource, 'Image manifests and security notices of Ubuntu.'),
  [osv]: key(evidenceSource, 'OSV.dev: advisories of Rocky, Alma, RHEL, Debian and SUSE.'),
  [cisaKev]: key(evidenceSource, 'Known exploited vulnerabilities: a match is critical.'),
  reassess_for: key(duration({ most: 90 * DAY }), 'An update is assessed again daily for this long.'),
});
