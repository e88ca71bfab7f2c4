import type { z } from 'zod';

/** Three managed policies differ by route (design §7). */
export const ROLES = ['viewer', 'operator', 'approver'] as const;
export type Role = (typeof ROLES)[number];

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With `{name}` for each part that comes from the request. */
  readonly path: `/${string}`;
  readonly who: Role;
  readonly request: z.ZodObject;
  readonly answer: z.ZodObject;
}
