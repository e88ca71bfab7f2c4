import type { SaidPolicy } from '../keys/policyKeys.ts';
import type { Reading } from '../reading/reading.ts';
import { architecturesOf } from '../resolve/resolveBaseImages.ts';

/** A tracked base image has one source, and a name of it for every architecture. */
export function checkBaseImages(images: NonNullable<SaidPolicy['base_images']>, reading: Reading): void {
  for (const [name, image] of Object.entries(images)) {
    const path = `auto_ami_policy.base_images.${name}`;
    const says = (key: string): boolean => reading.says(`${path}.${key}`);
    const filtered = says('owner') || says('name_filter');
    if (says('parameter') && filtered) {
      reading.refuseAt(path, 'parameter, or owner with name_filter', 'both', 'remove one of the two sources');
    } else if (!says('parameter') && !filtered) {
      reading.refuseAt(
        path,
        'parameter, or owner with name_filter',
        'neither',
        'say where its images come from',
      );
    } else if (says('owner') !== says('name_filter')) {
      const [there, missing] = says('owner') ? ['owner', 'name_filter'] : ['name_filter', 'owner'];
      // A name alone also matches copies that others publish: aws-facts §1b.
      reading.refuseAt(path, 'owner with name_filter', `${there} alone`, `add ${missing}`);
    }
    const { parameter } = image;
    const architectures = architecturesOf(image);
    if (
      parameter?.each === null &&
      architectures.length > 1 &&
      !parameter.pattern.includes('{architecture}')
    ) {
      const suggestion = 'write {architecture} where the name differs, or say architectures: [x86_64]';
      reading.refuseAt(
        `${path}.parameter`,
        'a parameter for each architecture',
        `one for ${architectures.join(' and ')}`,
        suggestion,
      );
    }
    if (parameter !== undefined && parameter.each !== null) {
      const { each } = parameter;
      const missing = architectures.filter((architecture) => each[architecture] === undefined);
      if (missing.length > 0 || architectures.length === 0) {
        const found = missing.length > 0 ? `none for ${missing.join(' and ')}` : 'none';
        reading.refuseAt(`${path}.parameter`, 'a parameter for each architecture', found);
      }
    }
  }
}
