import type { OperatingSystem } from '../money/pricedInstance.ts';
import type { Architecture } from '../words.ts';

export type BaseImageSource =
  /** A public parameter of AWS or a vendor, per architecture: polled. */
  | {
      readonly kind: 'public-parameter';
      readonly parameters: Readonly<Partial<Record<Architecture, string>>>;
    }
  /** A parameter of the own account (golden image), per architecture: its change is an event. */
  | { readonly kind: 'own-parameter'; readonly parameters: Readonly<Partial<Record<Architecture, string>>> }
  /** The newest image of an owner (account id, `amazon` or `self`) whose name matches. */
  | { readonly kind: 'filter'; readonly owner: string; readonly nameFilter: string };

/** A tracked base image that the user adds to the built-in ones (issue 5, item 5). */
export interface TrackedBaseImage {
  readonly name: string;
  readonly source: BaseImageSource;
  readonly architectures: readonly Architecture[];
  /** The built-in base image whose evidence serves this one, such as `rocky-9`; `null`: level `unknown`. */
  readonly like: string | null;
  /** What AWS bills its instances as; `null`: as those of `like`, or as Linux. */
  readonly operatingSystem: OperatingSystem | null;
  /** `YYYY-MM-DD`. */
  readonly endOfLife: string | null;
}
