"""What each Amazon Linux 2023 release changes and fixes, worked out from the raw facts alone.

Written apart from the program and in another language, so that a mistake would have to be made twice. Reads
al2023-releases.json and alas-2023.json of a folder and prints the table as JSON:

    python3 check_replay.py test/fixtures/amazon-linux > test/fixtures/amazon-linux/expected-replay.json

`--check` compares with the folder's expected-replay.json instead and fails if it differs.
"""

import datetime
import itertools
import json
import pathlib
import re
import sys

IMAGES = [(size, kernel) for size in ("Default", "Minimal") for kernel in ("6.1", "6.12")]
LEVELS = {"critical": "critical", "important": "high", "medium": "medium", "low": "low"}
URGENCY = ["none", "low", "medium", "unknown", "high", "critical"]


def pieces(text):
    """rpm's reading of a version: runs, each as a pair that sorts as rpm sorts it; the end is a run too."""
    kinds = {"~": 0, "^": 2}
    for run in re.findall(r"~|\^|[a-zA-Z]+|[0-9]+", text):
        if run in kinds:
            yield (kinds[run], 0, "")
        elif run.isdigit():
            yield (4, int(run), "")
        else:
            yield (3, 0, run)
    yield (1, 0, "")


def order(a, b):
    """-1, 0 or 1 for two `[epoch:]version-release` texts."""

    def split(evr):
        epoch, _, rest = evr.rpartition(":")
        version, _, release = rest.rpartition("-")
        return [epoch or "0", version, release]

    for x, y in zip(split(a), split(b)):
        left, right = list(pieces(x)), list(pieces(y))
        if left != right:
            return -1 if left < right else 1
    return 0


def named(text):
    name, version, release = text.rsplit("-", 2)
    return name, f"{version}-{release}"


def of_kernel(name):
    if name == "kernel-srpm-macros" or name.startswith("kernel-livepatch-repo-"):
        return False
    return re.match(r"(kernel|bpftool|perf|python3-perf)([0-9.]*)(-|$)", name) is not None


def pin(name):
    return name == "system-release" or name.startswith(("amazon-linux-repo-", "kernel-livepatch-repo-"))


def section(release, size, kernel):
    """The packages of an image, and whether they had to be put together from its siblings' lists."""
    lists = release["imageUpdates"]
    own = lists.get(f"{size} Kernel {kernel} AMI")
    if own is not None:
        return [named(p) for p in own], False
    siblings = [v for k, v in lists.items() if k.startswith(f"{size} Kernel")]
    other = lists.get(f"{'Minimal' if size == 'Default' else 'Default'} Kernel {kernel} AMI")
    if not siblings or other is None:
        return None, False
    common = [named(p) for p in siblings[0]]
    kernels = [named(p) for p in other]
    return [p for p in common if not of_kernel(p[0])] + [p for p in kernels if of_kernel(p[0])], True


def advisories(folder):
    for raw in json.loads((folder / "alas-2023.json").read_text()):
        fixes = [(n, f"{e}:{v}-{r}") for n, e, v, r in raw.get("packages", [])]
        if "fixedIn" in raw:
            epoch, version, release = raw["fixedIn"]
            fixes = [(raw["package"], f"{epoch}:{version}-{release}")]
        issued = raw["issued"]
        yield {
            "id": raw["id"],
            "level": LEVELS.get((raw["severity"] or "").lower(), "unknown"),
            "cves": raw["cves"],
            "fixes": [f for f in fixes if not re.match(r"kernel-livepatch-\d", f[0])],
            "about": raw.get("package"),
            "issued": None if issued is None else datetime.datetime.fromisoformat(issued.replace("Z", "")),
        }


def day(release):
    return datetime.datetime.strptime(release["release"].rsplit(".", 1)[1], "%Y%m%d")


def other_stream(advisory, kernel):
    """Whether an advisory is about kernels, and about none of this image's stream."""
    streams = {
        re.match(r"\d+:(\d+\.\d+)", version).group(1)
        for name, version in advisory["fixes"]
        if re.fullmatch(r"kernel(\d+\.\d+)?", name)
    }
    return bool(streams) and kernel not in streams


def matches(advisory, changes, before_release, release):
    """How a release fixes an advisory: by version, by date, or not."""
    one_day = datetime.timedelta(days=1)
    issued = advisory["issued"]
    found = set()
    for name, fixed in advisory["fixes"]:
        if name not in changes:
            continue
        before, after = changes[name]
        if order(after, fixed) < 0:
            continue
        if before is not None:
            if order(before, fixed) < 0:
                found.add("version")
        elif order(after, fixed) == 0:
            found.add("version")
        elif issued is not None and issued >= day(before_release) + one_day:
            found.add("date")
    if not advisory["fixes"] and issued is not None and advisory["about"] in changes:
        if day(release) - one_day <= issued < day(release) + 2 * one_day:
            found.add("date")
    return "version" if "version" in found else "date" if found else None


def replay(folder):
    releases = json.loads((folder / "al2023-releases.json").read_text())
    releases.sort(key=lambda r: r["release"].rsplit(".", 1)[1])
    everything = list(advisories(folder))
    table = []
    for size, kernel in IMAGES:
        last = {}
        for previous, release in itertools.zip_longest([None] + releases[:-1], releases):
            packages, rebuilt = section(release, size, kernel)
            if previous is not None:
                row = {"image": f"{size.lower()} {kernel}", "from": previous["release"], "to": release["release"]}
                if packages is None:
                    row.update(known=False, changes=[], advisories=[], cves=[], level="unknown")
                else:
                    changes = {
                        n: (last.get(n), v)
                        for n, v in packages
                        if not pin(n) and (last.get(n) is None or order(last[n], v) != 0)
                    }
                    fixed = []
                    for advisory in everything:
                        how = None
                        if not other_stream(advisory, kernel):
                            how = matches(advisory, changes, previous, release)
                        if how is not None:
                            fixed.append((advisory, how))
                    fixed.sort(key=lambda pair: pair[0]["id"])
                    levels = [advisory["level"] for advisory, _ in fixed] or ["none"]
                    cves = {cve for advisory, _ in fixed for cve in advisory["cves"]}
                    row.update(
                        known=True,
                        rebuilt=rebuilt,
                        changes=[f"{n} {b or '?'} {a}" for n, (b, a) in sorted(changes.items())],
                        advisories=[f"{advisory['id']} {how}" for advisory, how in fixed],
                        cves=sorted(cves, key=lambda c: [int(x) for x in c.split("-")[1:]]),
                        level=max(levels, key=URGENCY.index),
                    )
                if (size, kernel) != IMAGES[0]:
                    row["changes"] = len(row["changes"])
                table.append(row)
            last.update(packages or [])
    return table


def main():
    folder = pathlib.Path(sys.argv[1])
    text = "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in replay(folder)) + "\n]\n"
    if "--check" in sys.argv:
        if json.loads((folder / "expected-replay.json").read_text()) != json.loads(text):
            sys.exit("expected-replay.json is not what the raw facts give")
        print(f"{text.count(chr(10)) - 2} rows agree")
    else:
        sys.stdout.write(text)


main()
