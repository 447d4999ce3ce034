#!/usr/bin/env python3
"""Hold dnslint's word against the servers' own checkers.

Every configuration in testdata/checkers, and many made from them by small
damage, is given to named-checkconf or unbound-checkconf and to `dnslint check
--only load` for the same release: both must accept or both refuse it.
Exit status 77 (skipped) where the checkers are not installed.
"""
import os, random, re, shutil, subprocess, sys, tempfile

TOP = os.environ.get('srcdir', '.')
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
ROUNDS = int(os.environ.get('CHECKER_ROUNDS', '400'))
SEED = int(os.environ.get('CHECKER_SEED', '1'))
# What a checker says when the text is fine and the host is in the way.
ENVIRONMENT = re.compile(
    r'file not found|No such file|no such file|permission denied|'
    r'Permission denied|cannot open|does not exist|not a directory|'
    r'module .* is not available|cannot parse interface|user .* unknown', re.I)


def checker(server):
    name = {'named': 'named-checkconf', 'unbound': 'unbound-checkconf'}[server]
    path = shutil.which(name, path=os.environ['PATH'] + ':/usr/sbin:/sbin')
    if path is None:
        return None, None
    flag = '-v' if server == 'named' else '-h'
    out = subprocess.run([path, flag], capture_output=True, text=True)
    found = re.search(r'(?:^|[Vv]ersion )(\d+\.\d+)\.?\d*', out.stdout + out.stderr)
    return path, found.group(1) if found else None


def run(command, folder):
    p = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL,
                       capture_output=True, text=True, errors='replace',
                       timeout=60)
    return p.returncode, (p.stdout + p.stderr).strip()


WORD = re.compile(r'"[^"\n]*"|[^\s{};"]+|[{};]')
OTHER = ['yes', 'no', 'maybe', '0', '1', '-1', '70000', '4294967296', 'any',
         'none', '10.0.0.0/8', '10.0.0.1/8', '10.0.0.0/33', '2001:db8::/32',
         '2001:db8::1', '192.0.2.1', '1h', '5m', '10%', '64k', '0x10', '""',
         '"x"', 'allow', 'refuse', 'static', 'primary', 'example.com',
         'a..b', '!', '{', '}', ';', '{ };', '{ any; };', '*', 'key', '/']


def damage(text, server, rng, names):
    """One small change, of the kind that people make."""
    tokens = list(WORD.finditer(re.sub(r'(?m)(#|//).*$', lambda m: ' ' * len(m.group()), text)))
    if not tokens:
        return text
    t = rng.choice(tokens)
    b, e = t.span()
    kind = rng.randrange(7)
    if kind == 0:
        return text[:b] + text[e:]
    if kind == 1:
        return text[:b] + t.group() + ' ' + text[b:]
    if kind == 2:
        return text[:b] + rng.choice(OTHER) + text[e:]
    if kind == 3:
        u = rng.choice(tokens)
        return text[:b] + u.group() + text[e:]
    if kind == 4:
        return text[:b] + rng.choice(names) + (':' if server == 'unbound' else '') + text[e:]
    lines = text.split('\n')
    i = rng.randrange(len(lines))
    if kind == 5:
        lines.insert(rng.randrange(len(lines)), lines[i])
    else:
        del lines[i]
    return '\n'.join(lines)


def option_names(server):
    table = open(os.path.join(TOP, 'grammar', server + '.def')).read()
    return sorted(set(re.findall(r'OPTION\("([^"]+)"', table)))


def compare(server, path, release, seeds):
    rng = random.Random(SEED)
    names = option_names(server)
    folder = tempfile.mkdtemp(prefix='dnslint-checkers-')
    name = os.path.join(folder, 'test.conf')
    count = skipped = rejected = 0
    different = []
    texts = list(seeds)
    for _ in range(ROUNDS):
        text = rng.choice(seeds)
        for _ in range(rng.choice((1, 1, 1, 2))):
            text = damage(text, server, rng, names)
        texts.append(text)
    for text in texts:
        if re.search(r'include', text):
            continue
        with open(name, 'w', newline='') as f:
            f.write(text)
        theirs, said = run([path, 'test.conf'], folder)
        if theirs < 0 or (theirs and ENVIRONMENT.search(said)):
            skipped += 1
            continue
        ours, out = run([DNSLINT, 'check', '--only', 'load', '--no-policy', '--server', server,
                         '--target', release, 'test.conf'], folder)
        count += 1
        rejected += theirs != 0
        if (theirs == 0) != (ours == 0) or ours not in (0, 1):
            different.append((text, theirs, said, ours, out))
    shutil.rmtree(folder)
    print(f'{server} {release}: {count} compared ({rejected} refused), '
          f'{skipped} left out for the host, {len(different)} differ')
    for text, theirs, said, ours, out in different[:int(os.environ.get('SHOW', '5'))]:
        print('-' * 72)
        print(text)
        print(f'--- checker: {theirs}: {said}\n--- dnslint: {ours}: {out}')
    return len(different)


def main():
    differ = ran = 0
    for server in ('named', 'unbound'):
        path, release = checker(server)
        if path is None:
            print(f'SKIP: no checker for {server} is installed')
            continue
        folder = os.path.join(TOP, 'testdata', 'checkers')
        seeds = [open(os.path.join(folder, f), newline='').read()
                 for f in sorted(os.listdir(folder))
                 if f.endswith('.' + server + '.conf')]
        differ += compare(server, path, release, seeds)
        ran += 1
    if ran == 0:
        sys.exit(77)
    sys.exit(1 if differ else 0)


main()
