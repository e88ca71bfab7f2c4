import { z } from 'zod';
import type { BaseImageSource, PerArchitecture, TrackedBaseImage } from './trackedBaseImage.ts';
import { BASE_FAMILIES, EVIDENCE_KINDS, PACKAGE_MANAGERS } from './trackedBaseImage.ts';
import { BASE_IMAGES } from './catalogue.ts';

const parameterName = z
  .string()
  .regex(
    /^\/?[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/,
    'must be the name of a Systems Manager parameter, such as /golden/ubuntu',
  );
const namePattern = z.string().min(3, 'must be a name or pattern with at least three characters').max(128);

/** One value for every architecture, or one for each. */
const perArchitecture = (value: z.ZodType<string>) =>
  z.union([
    value,
    z
      .strictObject({ x86_64: value.optional(), arm64: value.optional() })
      .refine(({ x86_64, arm64 }) => x86_64 !== undefined || arm64 !== undefined, {
        message: 'must name at least one architecture (x86_64 or arm64)',
      }),
  ]);

const date = z.string().refine((text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)), {
  message: 'must be a date such as 2027-04-30',
});

/** A policy's entry for a base image of one's own, the value below its name. */
export const ownBaseImageSchema = z
  .strictObject({
    title: z.string().min(1).optional(),
    /** A tracked base image this one is made of: gives family, package manager, evidence and ecosystems. */
    like: z.enum(BASE_IMAGES.map(({ name }) => name)).optional(),
    /** A parameter of this account, or a public one (`/aws/service/…`). */
    parameter: perArchitecture(parameterName).optional(),
    owner: z
      .string()
      .regex(/^(?:\d{12}|self)$/, 'must be an account number of 12 digits, or "self"')
      .optional(),
    name_pattern: perArchitecture(namePattern).optional(),
    family: z.enum(BASE_FAMILIES).optional(),
    package_manager: z.enum(PACKAGE_MANAGERS).optional(),
    evidence: z.array(z.enum(EVIDENCE_KINDS)).optional(),
    ecosystems: z.array(z.string().min(1)).optional(),
    regions: z
      .array(z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'must be a region such as eu-west-1'))
      .optional(),
    end_of_life: date.optional(),
  })
  .refine(
    ({ parameter, owner, name_pattern }) =>
      (parameter === undefined) !== (owner === undefined && name_pattern === undefined),
    {
      message: 'needs either "parameter", or "owner" and "name_pattern"',
    },
  )
  .refine(({ owner, name_pattern }) => (owner === undefined) === (name_pattern === undefined), {
    message: 'needs "owner" and "name_pattern" together: a name alone would also find copies made by others',
  });
export type OwnBaseImageEntry = z.infer<typeof ownBaseImageSchema>;

type Values = string | { readonly x86_64?: string | undefined; readonly arm64?: string | undefined };

const forArchitectures = (values: Values): PerArchitecture<string> => {
  const { x86_64, arm64 } = typeof values === 'string' ? { x86_64: values, arm64: undefined } : values;
  return { ...(x86_64 === undefined ? {} : { x86_64 }), ...(arm64 === undefined ? {} : { arm64 }) };
};

function sourceOf({ parameter, owner, name_pattern }: OwnBaseImageEntry): BaseImageSource {
  if (parameter === undefined) {
    return { kind: 'filter', owner: owner ?? 'self', patterns: forArchitectures(name_pattern ?? '') };
  }
  const names = forArchitectures(parameter);
  const isPublic = Object.values(names).every((name) => name.startsWith('/aws/service/'));
  return { kind: isPublic ? 'parameter' : 'own-parameter', names };
}

/**
 * The tracked base image a policy entry stands for. One value without architectures is the x86_64 image's.
 * What the entry leaves out comes from the image it is `like`; without that it is a custom image nothing is known
 * about, whose updates are `unknown` until our own build of it has a package list.
 */
export function ownBaseImage(name: string, entry: OwnBaseImageEntry): TrackedBaseImage {
  const model = BASE_IMAGES.find((base) => base.name === entry.like);
  // Release notes and manifests describe the upstream's image, not what was made of it: only the package list counts.
  const inferred = (model?.evidence ?? []).filter((kind) => kind !== 'ubuntu');
  const ecosystems = entry.ecosystems ?? model?.ecosystems;
  const endOfLife = entry.end_of_life ?? model?.endOfLife;
  return {
    name,
    title: entry.title ?? name,
    family: entry.family ?? 'custom',
    source: sourceOf(entry),
    ...(entry.regions === undefined ? {} : { regions: { only: entry.regions } }),
    packageManager: entry.package_manager ?? model?.packageManager ?? 'none',
    evidence: entry.evidence ?? inferred,
    ...(ecosystems === undefined ? {} : { ecosystems }),
    ...(endOfLife === undefined ? {} : { endOfLife }),
  };
}
