import type { Faults } from '../faults.ts';
import type { RawRequest } from './dispatch.ts';
import type { Store } from '../resources/store.ts';

/** Everything outside the AWS API lives below this path. */
export const CONTROL_PREFIX = '/_control/';

export interface ControlAnswer {
  readonly status: number;
  readonly body: object;
}

export interface ControlContext {
  readonly store: Store;
  readonly faults: Faults;
  /** Requests answered so far, by operation; errors by code. */
  readonly counts: () => { readonly requests: object; readonly errors: object };
  /** What could not be done behind the scenes, such as an event not sent. */
  readonly problems: () => readonly string[];
}

const state = ({ store, counts, faults, problems }: ControlContext): object => ({
  ...counts(),
  faults: faults.list(),
  problems: problems(),
  places: store.all().map(({ place, components, recipes, infrastructures, distributions, images }) => ({
    ...place,
    components: components.size,
    imageRecipes: recipes.size,
    infrastructureConfigurations: infrastructures.size,
    distributionConfigurations: distributions.size,
    images: [...images.values()].map(({ image: { arn, state: current, dateCreated, outputResources } }) => ({
      ...{ arn, dateCreated, ...current },
      amis: outputResources.amis ?? [],
    })),
  })),
});

function addFault(body: string, faults: Faults): ControlAnswer {
  try {
    return { status: 201, body: { id: faults.addUnchecked(JSON.parse(body)) } };
  } catch (error) {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}

/** `GET state`, `GET|POST|DELETE faults`, `DELETE faults/<id>`. */
export function control({ method, path, body }: RawRequest, context: ControlContext): ControlAnswer {
  const [resource, id] = path.slice(CONTROL_PREFIX.length).split('/');
  switch (`${method} ${resource ?? ''}`) {
    case 'GET state':
      return { status: 200, body: state(context) };
    case 'GET faults':
      return { status: 200, body: { faults: context.faults.list() } };
    case 'POST faults':
      return addFault(body, context.faults);
    case 'DELETE faults':
      context.faults.remove(id);
      return { status: 200, body: { faults: context.faults.list() } };
    default:
      return {
        status: 404,
        body: {
          message: `There is no ${method} ${path} here: try GET /_control/state or POST /_control/faults.`,
        },
      };
  }
}
