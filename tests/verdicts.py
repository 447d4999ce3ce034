#!/usr/bin/env python3
"""The fixtures of the family `load`, as the servers' own checkers judge them.

named-checkconf or unbound-checkconf refuses each bad one and accepts each good
one, and so does `dnslint check --only load`; and what is bad is so by the rule
whose fixture it is. Fixtures for another release than the installed one are
judged by dnslint alone. Exit status 77 (skipped) where no checker is installed.
"""
import glob, json, os, re, shutil, subprocess, sys

DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
os.chdir(os.path.join(os.environ.get('srcdir', '.'), 'testdata'))
# Names of files in fixtures are from here, as the checkers take them.
CHECKERS = {'named': ('named-checkconf', '-v'), 'unbound': ('unbound-checkconf', '-h')}


def find_checkers():
    found = {}
    for server, (name, flag) in CHECKERS.items():
        path = shutil.which(name, path=os.environ['PATH'] + ':/usr/sbin:/sbin')
        if path is None:
            print(f'{name} is not installed')
            continue
        p = subprocess.run([path, flag], capture_output=True, text=True)
        release = re.search(r'(?:^|[Vv]ersion )(\d+\.\d+)', p.stdout + p.stderr)
        found[server] = path, release.group(1)
    return found


def rules():
    p = subprocess.run([DNSLINT, 'rules', '--format', 'json', 'load'], capture_output=True, text=True, check=True)
    return [r['id'] for r in json.loads(p.stdout)['rules']]


def target_of(path):
    with open(path, encoding='utf-8', errors='surrogateescape') as f:
        m = re.search(r'target: ([0-9.]+)', ''.join(f.readlines()[:5]))
    return m.group(1) if m else None


def lint(path, server, target, only):
    command = [DNSLINT, 'check', '--no-policy', '--server', server, '--only', only, path]
    return subprocess.run(command + (['--target', target] if target else []), capture_output=True, text=True)


def judge(path, rule, checkers):
    """What is wrong with the verdicts on one fixture."""
    server = 'unbound' if path.endswith('.unbound.conf') else 'named'
    bad, target = os.path.basename(path).startswith('bad-'), target_of(path)
    ours = lint(path, server, target, 'load')
    if (ours.returncode != 0) != bad:
        yield f'dnslint {"accepts" if bad else "refuses"} it: {ours.stdout}{ours.stderr}'
    if bad and f'[{rule}]' not in lint(path, server, target, rule).stdout:
        yield 'the rule does not find it'
    checker, release = checkers.get(server, (None, None))
    if checker is None or release != target:
        return
    theirs = subprocess.run([checker, path], capture_output=True, text=True, errors='replace')
    if (theirs.returncode != 0) != bad:
        yield f'{checker} {"accepts" if bad else "refuses"} it: {theirs.stdout}{theirs.stderr}'


def main():
    checkers = find_checkers()
    count = failed = 0
    for rule in rules():
        for path in sorted(glob.glob(f'rules/{rule}/*-*.conf')):
            count += 1
            for fault in judge(path, rule, checkers):
                failed += 1
                print(f'{path}: {fault}')
    print(f'{count} fixtures, {failed} failed')
    sys.exit(failed > 0 or count == 0 or (77 if not checkers else 0))


if __name__ == '__main__':
    main()
