const PREFIX = '[Auto-AMI] ';

/** SNS: "less than 100 characters long", ASCII, no line breaks or control characters. */
const LONGEST = 99;

/** A headline as the subject of a mail: letters lose their accents, what is still not ASCII becomes `?`. */
export function subjectLine(headline: string): string {
  const plain = headline
    .replaceAll('→', '->')
    .replaceAll(/[–—]/g, '-')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[^ -~]/gu, '?')
    .trim();
  const subject = PREFIX + plain;
  return subject.length <= LONGEST ? subject : `${subject.slice(0, LONGEST - 3)}...`;
}
