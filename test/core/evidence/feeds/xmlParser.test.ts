import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedError } from '../../../../src/core/evidence/feeds/feedError.ts';
import { decodeEntities } from '../../../../src/core/evidence/feeds/xmlEntities.ts';
import { xmlParser } from '../../../../src/core/evidence/feeds/xmlParser.ts';

/** Everything a document tells, as one text; pieces of text joined. */
function read(document: string, cuts: readonly number[] = []): string {
  let told = '';
  const parser = xmlParser('a', {
    open: (name, attributes, depth) => {
      told += `<${depth}${name}${[...attributes].map(([key, value]) => ` ${key}=${value}`).join('')}>`;
    },
    close: (name) => {
      told += `</${name}>`;
    },
    text: (piece) => {
      told += piece;
    },
  });
  let at = 0;
  for (const cut of [...cuts].sort((x, y) => x - y)) {
    parser.write(document.slice(at, Math.max(at, cut)));
    at = Math.max(at, cut);
  }
  parser.write(document.slice(at));
  parser.end();
  return told;
}

const fault = (document: string): string => {
  try {
    read(document);
  } catch (error) {
    return error instanceof FeedError ? `${error.fault}: ${error.message}` : 'not a FeedError';
  }
  return 'none';
};

describe('xmlParser tells', () => {
  test.each([
    ['<a/>', '<0a></a>'],
    ['<a></a>', '<0a></a>'],
    ['<a x="1" y=\'2"\'>t</a >', '<0a x=1 y=2">t</a>'],
    ['<a><b>t</b><b/></a>', '<0a><1b>t</b><1b></b></a>'],
    ["\ufeff<?xml version='1.0' encoding='utf8'?>\n<a/>\n", '<0a></a>'],
    ['<!DOCTYPE a [<!ENTITY e "<b>"> ]><a>&e;</a>', '<0a>&e;</a>'],
    ['<a><!-- <b> --><![CDATA[<&amp;]]>&lt;</a>', '<0a><&amp;<</a>'],
    ['<x:a xmlns:x="n" x:y="1"><x:b/></x:a>', '<0a x=n y=1><1b></b></a>'],
    ['<a b="x > y &amp; z"/>', '<0a b=x > y & z></a>'],
    ['<a>1 &#60; &#x3e; &unknown; & 2</a>', '<0a>1 < > &unknown; & 2</a>'],
  ])('%j', (document, told) => {
    expect(read(document)).toBe(told);
  });
});

describe('xmlParser refuses', () => {
  test.each([
    ['', 'malformed: The answer has no <a>.'],
    [
      '<html><body>Sorry</body></html>',
      'malformed: The XML is malformed near character 0: found <html> where <a> was expected.',
    ],
    ['Not found', 'malformed: The XML is malformed near character 0: text outside of <a>.'],
    ['{"a":1}', 'malformed: The XML is malformed near character 0: text outside of <a>.'],
    ['<a><b></a>', 'malformed: The XML is malformed near character 6: </a> closes nothing.'],
    ['<a></a><a/>', 'malformed: The XML is malformed near character 7: found <a> where <a> was expected.'],
    ['<a b=1/>', 'malformed: The XML is malformed near character 0: a tag that cannot be read.'],
    ['<a><b>cut', 'truncated: The XML ends after 9 characters inside <a><b>: it was cut off.'],
    ['<a><b x="', 'truncated: The XML ends after 3 characters inside <a>: it was cut off.'],
    [
      '<a/><!-- never closed', // What could be the beginning of the comment's end is still unread.
      'truncated: The XML ends after 19 characters: it was cut off.',
    ],
    [
      '<a>'.repeat(65),
      'malformed: The XML is malformed near character 192: elements are nested deeper than 64.',
    ],
    [
      `<a b="${'x'.repeat(70_000)}`,
      'malformed: The XML is malformed near character 0: a tag longer than 65536 characters.',
    ],
  ])('%.30j', (document, message) => {
    expect(fault(document)).toBe(message);
  });
});

describe('xmlParser reads a document alike however it is cut', () => {
  const document = `<?xml version="1.0"?><!DOCTYPE a [<!ELEMENT b ANY>]><a x="1>2"><!-- - -- > --><b>&lt;&amp;&#x41;</b><![CDATA[]]]]><c y='"'/>&amp</a>\n`;
  const whole = read(document);

  test('in two', () => {
    for (let cut = 0; cut <= document.length; cut += 1) expect(read(document, [cut])).toBe(whole);
  });

  test('in single characters', () => {
    expect(
      read(
        document,
        Array.from({ length: document.length }, (_, index) => index),
      ),
    ).toBe(whole);
  });

  test('anyhow', () => {
    fc.assert(fc.property(fc.array(fc.nat(document.length)), (cuts) => read(document, cuts) === whole));
  });
});

test('a reference is decoded once', () => {
  expect(decodeEntities('&amp;lt; &#0; &#xd800; &#x110000; &quot;&apos;&nbsp;')).toBe(
    '&lt; \ufffd \ufffd \ufffd "\' ',
  );
});

test('a text of any length is never held', () => {
  let length = 0;
  const parser = xmlParser('a', {
    open: () => undefined,
    close: () => undefined,
    text: (piece) => (length += piece.length),
  });
  parser.write('<a>');
  for (let i = 0; i < 2_000; i += 1) parser.write('x'.repeat(10_000));
  parser.write('</a>');
  parser.end();
  expect(length).toBe(20_000_000);
});
