#!/usr/bin/env python3
"""Hold dnslint's word against the servers' own checkers.

Every configuration in testdata/checkers, many made from them by small damage,
and options of the tables with values of many shapes are given to named-checkconf or unbound-checkconf and to `dnslint check
--only load` for the same release: both must accept or both refuse it. Where
both refuse, the lines of their first faults are compared; LINES=5 lists as many
that differ, which is no failure: a reader may be served better by ours.
Exit status 77 (skipped) where the checkers are not installed.
"""
import os, random, re, shutil, subprocess, sys, tempfile

TOP = os.environ.get('srcdir', '.')
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
ROUNDS = int(os.environ.get('CHECKER_ROUNDS', '300'))
OPTIONS = int(os.environ.get('CHECKER_OPTIONS', '200'))
SEED = int(os.environ.get('CHECKER_SEED', '1'))
# What a checker says when the text is fine and the host is in the way.
ENVIRONMENT = re.compile(
    r'file not found|No such file|no such file|permission denied|'
    r'Permission denied|cannot open|does not exist|not a directory|'
    r'module .* is not available|cannot parse interface|user .* unknown|'
    r'not enabled at compile time', re.I)


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


VALUES = {
    'named': OTHER + [
        '2', '3', '00', '010', '08', '0x', '0xff', '255', '256', '512', '4096',
        '4097', '65535', '65536', '4294967295', '99999999999999999999', '-0',
        '+1', '1.5', '0.0', '1.000', '123456.0', '100%', '1000%', '%', 'true',
        'false', 'YES', 'unlimited', 'default', 'auto', '1k', '1K', '1m', '1g',
        '1kb', '20E', '1w2d', '1W2D3H4M5S', '1s1h', 'PT1H', 'P1W', 'P1Y2M',
        'P', 'pt5m', '1h ', '10', 'port 53', 'port 0', 'range 1 2',
        'range 2 1', '{ range 1 65535; }', '{ 53; 54; }', '{ none; }',
        '{ !any; }', '{ !!any; }', '{ 10.0.0.0/8; key k; }', '{ nosuch; }',
        '{ "any"; }', '{ 192.0.2.1; }', '{ 192.0.2.1 port 5353; }',
        '{ 192.0.2.1 key k; }', '{ 2001:db8::1; 192.0.2.0/24; }',
        '{ 10/8; }', '{ 10.0.0.0/08; }', '{ ::/0; }', '{ fe80::1%lo; }',
        '{ { any; }; }', '{ !{ any; }; }', 'port 53 { any; }', '{ "a."; }',
        '{ "a" ; "b"; }', '192.0.2.1 port 53', '* port *', 'address *',
        'address 192.0.2.1 port 5', '::1', '::ffff:1.2.3.4', '1.2.3', '256.1.1.1',
        '"192.0.2.1"', '"a.example"', '"a..b"', '"."', 'primary warn',
        'primary fail', 'fail', 'warn', 'ignore', 'only', 'first', 'explicit',
        'once', 'full', 'terse', 'raw', 'text', 'map', 'one-answer',
        'many-answers', 'increment', 'unixtime', 'date', 'off', 'relaxed',
        'strict', 'disabled', 'maintain', 'hostname', 'master-only',
        'primary-only', 'minimal', '"/dev/null"', '"a b"', '"a" "b"',
        'any any', '{ any; } { any; }', '{ any }', '', '"', '{', 'yes; yes'],
    'unbound': OTHER + [
        '2', '3', '4', '00', '010', '512', '65535', '65536', '4294967295',
        '99999999999', '-0', '+1', ' 1', '1.5', '1x', '53 54', '"53"', "'53'",
        '1k', '1K', '1m', '1 m', '1mm', '1g', '1kb', 'k', 'YES', 'true',
        '0.0.0.0/0', '::/0', '10.0.0.0', '10.0.0.0/', '10.0.0.0/-1',
        '10.0.0.0/8x', '10.0.0.1@53', '10.0.0.1@0', '10.0.0.1@x', '::1@853#a.b',
        'fe80::1%lo', '10.0.0.1#a', 'lo', 'lo@53', '10.0.0.0/8 allow',
        '10.0.0.0/8 allow allow', '10.0.0.0/8 "t"', '10.0.0.0/8 "t" refuse',
        '10.0.0.0/8 "t" "A 10.0.0.1"', '10.0.0.0/8 v', '10.0.0.0/8 redirect',
        'example.com. static', '"example.com" transparent', 'example.com maybe',
        '"a.b A 10.0.0.1"', '"a.b A"', '"a.b 60 IN TXT \\"x y\\""',
        '"10.0.0.1 a.b"', '"10.0.0.1 60 a.b"', 'a.b 10', 'a.b 0', 'a.b -1',
        'iterator', '"validator iterator"', '"iterator validator"',
        '"respip validator iterator"', '1-2', '2-1', '0-65535', '"1024 150"',
        '"1024 150 2048 500"', '"2 1 0 0 0"', 'ascii_x', '0x1', 'abcd', 'abc',
        '20260101000000', '20261301000000', '"t u"', '""', '"', "'", '64:ff9b::/96',
        '64:ff9b::/97', '10.0.0.0/8 10', '65432', '65001', 'a:b', '# x'],
}
PLACES = {
    'named': [('N_TOP', '%s'), ('N_OPTIONS', 'options { %s };'),
              ('N_VIEW', 'view "v" { %s };'),
              ('N_PRIMARY', 'zone "a.b" { type primary; file "f"; %s };'),
              ('N_SECONDARY', 'zone "a.b" { type secondary; primaries { 192.0.2.1; }; %s };'),
              ('N_STUB', 'zone "a.b" { type stub; primaries { 192.0.2.1; }; %s };'),
              ('N_STATIC_STUB', 'zone "a.b" { type static-stub; %s };'),
              ('N_FORWARD', 'zone "a.b" { type forward; %s };'),
              ('N_SERVER', 'server 192.0.2.1 { %s };'),
              ('N_TLS', 'tls "s" { key-file "k"; cert-file "c"; %s };'),
              ('N_HTTP', 'http "h" { %s };'), ('N_KEY', 'key "n" { %s };'),
              ('N_CHANNEL', 'logging { channel c { %s }; };'),
              ('N_LOGGING', 'logging { %s };'),
              ('N_DNSSEC_POLICY', 'dnssec-policy "p" { %s };'),
              ('N_RATE_LIMIT', 'options { rate-limit { %s }; };'),
              ('N_DNS64', 'options { dns64 64:ff9b::/96 { %s }; };')],
    'unbound': [('U_SERVER', 'server:\n define-tag: "t u"\n%s\nview:\n name: v\n'),
                ('U_STUB', 'stub-zone:\n name: a.b\n%s\n'),
                ('U_FORWARD', 'forward-zone:\n name: a.b\n%s\n'),
                ('U_VIEW', 'view:\n name: v\n%s\n'),
                ('U_AUTH', 'auth-zone:\n name: a.b\n%s\n'),
                ('U_RPZ', 'rpz:\n name: a.b\n%s\n'),
                ('U_REMOTE', 'remote-control:\n%s\n')],
}
# What the types of the notation take, so that not all is refused.
FITTING = {
    'boolean': ['yes', 'no'], 'integer': ['0', '1', '512', '65536', '4294967295'],
    'duration': ['0', '30', '1h', '1w2d', 'PT5M', '604801'],
    'sizeval': ['0', '64k', '2m', 'unlimited'], 'percentage': ['0%', '75%', '101%'],
    'quoted_string': ['"x"', '"a.b"'], 'string': ['"x"', 'x', 'a.b', 'v'],
    'address_match_element': ['{ any; }', '{ none; }', '{ 10.0.0.0/8; !key k; }'],
    'port': ['53', '0', '65535'], 'netblock': ['10.0.0.0/8', '::1'],
    'netblock> <acl-action': ['10.0.0.0/8 allow', '::/0 deny'],
}
KEY = 'key k { algorithm hmac-sha256; secret "YWJj"; };\n'


def option_cases(server, count):
    """Options with values of many shapes, mostly where they belong."""
    rng = random.Random(SEED)
    table = open(os.path.join(TOP, 'grammar', server + '.def')).read()
    rows = re.findall(r'OPTION\("([^"]+)",\s*([^"]*?),(.*)', table)
    # Without IPsec, as most are built, Unbound takes any value for its options.
    rows = [r for r in rows if not r[0].startswith('ipsecmod')]
    for _ in range(count):
        name, where, rest = rng.choice(rows)
        fit = [text for bit, text in PLACES[server] if bit in where]
        if not fit or rng.random() < 0.05:
            fit = [text for _, text in PLACES[server]]
        values = [v for kind in FITTING if f'<{kind}>' in rest for v in FITTING[kind]]
        if not values or rng.random() < 0.5:
            values = VALUES[server]
        value = rng.choice(values)
        if server == 'named':
            yield KEY + rng.choice(fit) % f'{name} {value};'
        else:
            yield rng.choice(fit) % f' {name}: {value}'


PLACE = re.compile(r'^(?:\S*/)?test\.conf:(\d+):', re.M)


def first_lines(said, out):
    """Where the two find the first fault, if both give a line."""
    found = [[int(n) for n in PLACE.findall(text)] for text in
             (said, '\n'.join(x for x in out.split('\n') if ': error: ' in x))]
    return [min(lines) for lines in found] if all(found) else None


def compare(server, path, release, seeds):
    rng = random.Random(SEED)
    names = option_names(server)
    folder = tempfile.mkdtemp(prefix='dnslint-checkers-')
    name = os.path.join(folder, 'test.conf')
    count = skipped = rejected = 0
    different, elsewhere, placed = [], [], 0
    texts = list(seeds)
    for _ in range(ROUNDS):
        text = rng.choice(seeds)
        for _ in range(rng.choice((1, 1, 1, 2))):
            text = damage(text, server, rng, names)
        texts.append(text)
    texts += option_cases(server, OPTIONS)
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
        elif theirs and (lines := first_lines(said, out)) is not None:
            placed += 1
            if lines[0] != lines[1]:
                elsewhere.append((text, theirs, said, ours, out))
    shutil.rmtree(folder)
    print(f'{server} {release}: {count} compared ({rejected} refused), '
          f'{skipped} left out for the host, {len(different)} differ; '
          f'{placed} with a line, {len(elsewhere)} in another one')
    for text, theirs, said, ours, out in (different[:int(os.environ.get('SHOW', '5'))] +
                                          elsewhere[:int(os.environ.get('LINES', '0'))]):
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
