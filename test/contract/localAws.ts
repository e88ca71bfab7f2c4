import { inject } from 'vitest';
import type { ClientConfig, ForRegion } from '../../src/aws/clients.ts';
import { perRegion } from '../../src/aws/clients.ts';
import type { Credentials } from '../local/aws/clients.ts';

/** Whatever of an SDK client these helpers need. */
interface AnyClient {
  readonly middlewareStack: {
    add(
      middleware: <Args, Output>(
        next: (args: Args) => Promise<Output>,
        context: { readonly commandName?: string },
      ) => (args: Args) => Promise<Output>,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
}

/** The product's own clients against the local AWS, with these keys. */
export function localClients<Client>(
  Client: new (config: ClientConfig & { region: string }) => Client,
  credentials: Credentials,
  endpoint = inject('localAws').endpoint,
): ForRegion<Client> {
  return perRegion(Client, { endpoint, credentials });
}

/** The same clients; each command that is sent is noted, such as `us-east-1 DescribeImagesCommand`. */
export function counted<Client extends AnyClient>(
  clients: ForRegion<Client>,
  calls: string[],
): ForRegion<Client> {
  const seen = new Set<string>();
  return (region) => {
    const client = clients(region);
    if (!seen.has(region)) {
      seen.add(region);
      client.middlewareStack.add(
        (next, { commandName = '' }) =>
          (args) => {
            calls.push(`${region} ${commandName}`);
            return next(args);
          },
        { step: 'initialize', name: 'countCalls' },
      );
    }
    return client;
  };
}

/** An image of a vendor, as `POST /_auto-ami/images` of the local AWS takes it. */
export interface VendorImage {
  readonly imageId: string;
  readonly ownerId: string;
  readonly region: string;
  readonly name: string;
  readonly architecture: string;
  readonly creationDate: string;
}

/** Vendors publish images: everyone can see them. */
export async function publishVendorImages(...images: readonly VendorImage[]): Promise<void> {
  const response = await fetch(`${inject('localAws').endpoint}/_auto-ami/images`, {
    method: 'POST',
    body: JSON.stringify(images),
  });
  if (!response.ok) throw new Error(await response.text());
}
