/**
 * Amazon Linux's feeds in the shapes they have upstream, made of facts. What upstream adds to every entry (both
 * architectures, debugging packages, live patches, descriptions) is added too.
 */

export interface ReleaseFacts {
  readonly release: string;
  readonly imageUpdates: Readonly<Record<string, readonly string[]>>;
  readonly recalled?: boolean;
}

export interface AdvisoryFacts {
  readonly id: string;
  readonly severity: string | null;
  readonly issued: string | null;
  readonly cves: readonly string[];
  readonly packages?: readonly (readonly [string, number, string, string])[];
  readonly package?: string;
  readonly fixedIn?: readonly [number, string, string];
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export function releasemdXml(releases: readonly string[]): string {
  const entries = releases.map(
    (version) =>
      `<release version="${version}"><update><name>Amazon Linux 2023</name><version_string>${version}</version_string><release_notes>https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes.html</release_notes></update></release>`,
  );
  return `<?xml version='1.0' encoding='utf8'?>\n<root><releases>${entries.join('')}</releases></root>`;
}

export function repomdXml(updateinfo: {
  href: string;
  sha256: string;
  size: number;
  openSize: number;
  /** In seconds. */
  timestamp?: number;
}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<repomd xmlns="http://linux.duke.edu/metadata/repo" xmlns:rpm="http://linux.duke.edu/metadata/rpm">
  <revision>1768900000</revision>
  <data type="primary">
    <checksum type="sha256">${'0'.repeat(64)}</checksum>
    <location href="repodata/primary.xml.gz"/>
    <size>1</size>
  </data>
  <data type="updateinfo">
    <checksum type="sha256">${updateinfo.sha256}</checksum>
    <open-checksum type="sha256">${'1'.repeat(64)}</open-checksum>
    <location href="${updateinfo.href}"/>
    <timestamp>${updateinfo.timestamp ?? 1_768_900_000}</timestamp>
    <size>${updateinfo.size}</size>
    <open-size>${updateinfo.openSize}</open-size>
  </data>
</repomd>
`;
}

/** Dates without a zone; those known to the day only are nominally at 09:00. */
const updateinfoDate = (issued: string): string =>
  issued.length === 10 ? `${issued} 09:00` : issued.replace('T', ' ').replace(/Z$/, '');

const packageRow = (name: string, epoch: number, version: string, release: string, arch: string): string =>
  `<package name="${name}" version="${version}" release="${release}" epoch="${epoch}" arch="${arch}"><filename>Packages/${name}-${version}-${release}.${arch}.rpm</filename></package>`;

/** One `<update>`; undefined for an advisory whose fixed version is not known: updateinfo has none of those. */
export function updateXml({
  id,
  severity,
  issued,
  cves,
  packages,
  ...second
}: AdvisoryFacts): string | undefined {
  const fixed =
    packages ??
    (second.package !== undefined && second.fixedIn ? [[second.package, ...second.fixedIn] as const] : []);
  if (fixed.length === 0) return undefined;
  const rows = fixed.flatMap(([name, epoch, version, release]) => [
    ...['x86_64', 'aarch64'].map((arch) => packageRow(name, epoch, version, release, arch)),
    packageRow(`${name}-debuginfo`, epoch, version, release, 'x86_64'),
    ...(name.startsWith('kernel-livepatch') || !/^kernel[\d.]*$/.test(name)
      ? []
      : [packageRow(`kernel-livepatch-${version}-${release}`, 0, '1.0', '0.amzn2023', 'x86_64')]),
  ]);
  const references = cves.map(
    (cve) =>
      `<reference href="http://cve.mitre.org/cgi-bin/cvename.cgi?name=${cve}" title="" id="${cve}" type="cve" />`,
  );
  const date =
    issued === null
      ? ''
      : `<issued date="${updateinfoDate(issued)}" /><updated date="${updateinfoDate(issued)}" />`;
  return `<update status="final" version="1.4" author="linux-security@amazon.com" type="security" from="linux-security@amazon.com"><id>${id}</id><title>Amazon Linux 2023 - ${id}</title>${date}${severity === null ? '' : `<severity>${severity}</severity>`}<description>Package updates are available &amp; fix:\n${cves.join('\n')}</description><references>${references.join('')}</references><pkglist><collection short="amazon-linux-2023"><name>Amazon Linux 2023</name>${rows.join('')}</collection></pkglist></update>`;
}

export function updateinfoXml(advisories: readonly AdvisoryFacts[]): string {
  const updates = advisories.map(updateXml).filter((update) => update !== undefined);
  return `<?xml version="1.0" ?>\n<updates>${updates.join('\n')}</updates>`;
}

export const rssItem = (title: string, cves: readonly string[], published: string): string => `
    <item>
        <title>${escapeXml(title)}</title>
        <description>
            ${cves.join(', ')}
        </description>
        <pubDate>${new Date(published).toUTCString()}</pubDate>
        <guid>https://alas.aws.amazon.com/AL2023/ALAS.html</guid>
    </item>
`;

export const rssXml = (items: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
    <title>Amazon Linux 2023 Security Bulletins</title>
    <description>Amazon Linux 2023 Security Bulletins</description>
    <link>https://alas.aws.amazon.com</link>
    <ttl>35</ttl>
${items.join('')}
</channel>
</rss>
`;

/** The feed of the facts that have a date, with live patches and drivers between them as upstream. */
export function al2023Rss(advisories: readonly AdvisoryFacts[]): string {
  const items = advisories.flatMap(({ id, severity, issued, cves, packages, ...second }) =>
    issued === null
      ? []
      : [
          rssItem(
            `${id} (${(severity ?? 'none').toLowerCase()}): ${second.package ?? packages?.[0]?.[0] ?? ''}`,
            cves,
            issued,
          ),
        ],
  );
  return rssXml([
    rssItem(
      'ALAS2023LIVEPATCH-2026-100 (critical): kernel-livepatch-6.1.159-182.297',
      ['CVE-2026-0001'],
      '2026-01-20',
    ),
    rssItem('ALAS2023NVIDIA-2026-200 (critical): nvidia-driver', ['CVE-2026-0002'], '2026-01-20'),
    ...items,
  ]);
}

const anchor = (title: string): string => title.replace(/[ .]/g, '-');

const markdownEscape = (text: string): string => text.replace(/[_~+*]/g, '\\$&');

/** The Markdown twin of a release's page. */
export function releaseNotesMarkdown(
  { release, imageUpdates, recalled }: ReleaseFacts,
  product = 'Amazon Linux 2023',
): string {
  const sections = Object.entries(imageUpdates).map(
    ([title, packages]) => `### ${title}
<a name="amis-${release}.${anchor(title)}"></a>

This section provides details about ${title.toLowerCase()}.

|  |
| --- |
${packages.map((name) => `|  ${markdownEscape(name)}  |`).join('\n')}
`,
  );
  return `# ${product} version ${release} release notes
<a name="relnotes-${release}"></a>

These are the release notes for ${product} version ${release}.

**Contents**
+ [Image Updates](#ami-updates-${release})
${recalled === true ? `\n## Important: This release was recalled\n\n\`\`\`\n# not a heading\n\`\`\`\n` : ''}
## Repository Updates
<a name="repository-updates-${release}"></a>

### Core Updated Packages
<a name="amis-${release}.Core-Updated-Packages"></a>

|  |
| --- |
|  mod\\_security\\_crs-4.2.0-1.amzn2023.0.2  |

## Image Updates
<a name="ami-updates-${release}"></a>

${sections.join('\n')}
## Contact us

If you find a security issue, contact us.
`;
}

/** The page itself. */
export function releaseNotesHtml(
  { release, imageUpdates, recalled }: ReleaseFacts,
  product = 'Amazon Linux 2023',
): string {
  const sections = Object.entries(imageUpdates).map(
    ([title, packages]) =>
      `<h3 id="amis-${release}.${anchor(title)}">${title}</h3><p>This section provides details about ${title.toLowerCase()}.</p><div class="table-container"><div class="table-contents"><table id="w2aab"><thead><tr><th>Name</th></tr></thead>${packages
        .map((name) => `<tr>\n<td tabindex="-1">${escapeXml(name)}</td>\n</tr>`)
        .join('')}</table></div></div>`,
  );
  return `<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en-US"><head><title>${product} version ${release} release notes - Amazon Linux 2023</title>
<script type="text/javascript">if (1 < 2) { document.write("<h3>no section</h3><td>evil-1-1</td>"); }</script></head>
<body><div id="main"><h1 class="topictitle" id="relnotes-${release}">${product} version ${release} release notes</h1>
<h6>Contents</h6><ul><li><a href="#ami-updates-${release}">Image Updates</a></li></ul>
${recalled === true ? '<h2 id="warning">Important: This release was recalled</h2>' : ''}
<h2 id="repository-updates-${release}">Repository Updates</h2><h3>Core Updated Packages</h3><table><tr><td>kernel-9.9.9-9.amzn2023</td></tr></table>
<h2 id="ami-updates-${release}">Image Updates</h2>${sections.join('')}
<h2>Contact us</h2><p>If you find a security issue, contact us.</p></div></body></html>`;
}

/** What the address of a release gives that has no page yet: a redirect to the page of its quarter. */
export const quarterPage = (quarter: string): string => `<!DOCTYPE html>
<html><head><title>Amazon Linux 2023 ${quarter} release notes</title></head>
<body><h1 class="topictitle">Amazon Linux 2023 ${quarter} release notes</h1><p>The following releases are updates to the quarterly release.</p></body></html>`;
