/** Operating system as Image Builder calls it, by the name vendors give their AMIs. */
const BY_NAME: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^al2023-ami/, () => 'Amazon Linux 2023'],
  [/^amzn2-ami/, () => 'Amazon Linux 2'],
  [/^ubuntu\/images\/.*-(\d\d\.\d\d)-/, ([, release = '']) => `Ubuntu ${release}`],
  [/^debian-(\d+)-/, ([, release = '']) => `Debian ${release}`],
  [/^Rocky-(\d+)-/, ([, release = '']) => `Rocky Linux ${release}`],
  [/^AlmaLinux OS (\d+)/, ([, release = '']) => `AlmaLinux ${release}`],
  [/^RHEL-(\d+)/, ([, release = '']) => `Red Hat Enterprise Linux ${release}`],
  [/^suse-sles-(\d+)/, ([, release = '']) => `SUSE Linux Enterprise Server ${release}`],
  [/^Windows_Server-(\d+)/, ([, release = '']) => `Microsoft Windows Server ${release}`],
];

export function osVersion(amiName: string): string | undefined {
  for (const [pattern, name] of BY_NAME) {
    const match = pattern.exec(amiName);
    if (match !== null) return name(match);
  }
  return undefined;
}
