import { z } from 'zod';

const severity = z.array(z.object({ type: z.string(), score: z.string() }));

/** Some sources write `null` for what they do not say. */
const given = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value): z.infer<T> | undefined => value ?? undefined);

/** The parts of an OSV record (ossf.github.io/osv-schema) that are read; Canonical's and SUSE's extensions among them. */
export const osvRecord = z.object({
  id: z.string().min(1).max(200),
  summary: given(z.string()),
  published: given(z.string()),
  modified: given(z.string()),
  withdrawn: given(z.string()),
  aliases: z.array(z.string()).nullish(),
  upstream: z.array(z.string()).nullish(),
  related: z.array(z.string()).nullish(),
  severity: severity.nullish(),
  database_specific: z.object({ severity: z.unknown().optional() }).nullish(),
  references: z.array(z.object({ type: z.string(), url: z.string() })).nullish(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
        ranges: z
          .array(
            z.object({
              type: z.string(),
              events: z.array(
                z.object({
                  introduced: given(z.string()),
                  fixed: given(z.string()),
                  last_affected: given(z.string()),
                }),
              ),
            }),
          )
          .nullish(),
        severity: severity.nullish(),
        ecosystem_specific: z
          .object({ binaries: z.array(z.record(z.string(), z.unknown())).optional() })
          .nullish(),
        database_specific: z
          .object({
            cves_map: z
              .object({ cves: z.array(z.object({ id: z.string(), severity: severity.nullish() })) })
              .optional(),
          })
          .nullish(),
      }),
    )
    .nullish(),
});
export type OsvRecord = z.infer<typeof osvRecord>;
export type OsvAffected = NonNullable<OsvRecord['affected']>[number];
