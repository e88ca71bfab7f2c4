import type { Reader } from '../reading/reader.ts';
import { text } from '../reading/scalars.ts';

/** A template's name or slug, as CloudWorkstation templates have them. */
const TEMPLATE_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._()+-]{0,126}[\p{L}\p{N}_)+])?$/u;
/** Grants and base images have names that go into keys, tags and parameter names. */
const SLUG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/u;

export const templateName: Reader<string> = text('a template name such as "python-ml"', TEMPLATE_NAME);
export const slug: Reader<string> = text(
  'a name of letters, digits, dots and hyphens such as "nsf-2145678"',
  SLUG,
);
export const region: Reader<string> = text(
  'an AWS region such as "us-east-1"',
  /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/u,
);
export const imageId: Reader<string> = text(
  'an image id such as "ami-0123456789abcdef0"',
  /^ami-[0-9a-f]{8,17}$/u,
);
/** One line of text for people. */
export const line: Reader<string> = text('a line of text of at most 200 characters', /^[^\p{C}]{1,200}$/u);
