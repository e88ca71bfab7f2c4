import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** DynamoDB takes 400 KB an item, keys and names included. */
export const LARGEST_PACKED = 350 * 1024;

/** A long text that is only ever read as a whole. */
export async function packed(text: string): Promise<Uint8Array> {
  return promisify(gzip)(text);
}

export async function unpacked(bytes: Uint8Array): Promise<string> {
  return (await promisify(gunzip)(bytes)).toString('utf8');
}
