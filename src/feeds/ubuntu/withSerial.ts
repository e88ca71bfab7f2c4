import type { ImageRelease } from '../../core/base-images/imageRelease.ts';
import { findUbuntuImages } from '../../core/evidence/feeds/simplestreams.ts';
import type { UbuntuImage } from '../../core/evidence/feeds/simplestreams.ts';
import { wholeText } from '../bytes.ts';
import { wasRead } from '../feedReader.ts';
import { fileQuestion } from '../session.ts';
import type { Session } from '../session.ts';

const CATALOGUE = 'https://cloud-images.ubuntu.com/releases/streams/v1/com.ubuntu.cloud:released:aws.json';

/**
 * A release by its serial. An image whose name could not be read (old ones become private) is looked up by its id,
 * which its release is named by then, in Canonical's catalogue; one that is not there stays as it is.
 */
export async function withSerial(session: Session, release: ImageRelease): Promise<ImageRelease> {
  const [imageId] = /ami-[0-9a-f]+$/.exec(release.name) ?? [];
  if (release.readFrom === 'name' || imageId === undefined) return release;
  const answer = await session.reader.read<readonly UbuntuImage[]>(
    fileQuestion(session, {
      source: 'ubuntu',
      address: CATALOGUE,
      shape: `image ${imageId} 1`,
      parse: async (body) => findUbuntuImages(await wholeText(body), new Set([imageId])),
    }),
  );
  const [image] = wasRead(answer) ? answer.value : [];
  return image === undefined ? release : { ...release, name: image.serial, version: image.version };
}
