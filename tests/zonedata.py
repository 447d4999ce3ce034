#!/usr/bin/env python3
"""Hold dnslint's word about zone data against named-checkzone.

Zones in testdata and many made from them by small damage are read by both: they
must load, or not, in the eyes of both, and the first fault must be in the same
line. Records that dnslint does not look into are left out. Exit status 77 (skipped) where named-checkzone is not installed.
"""
import glob, os, random, re, shutil, subprocess, sys, tempfile

TOP = os.path.abspath(os.environ.get('srcdir', '.'))
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
ROUNDS = int(os.environ.get('ZONE_ROUNDS', '60' if os.environ.get('SHORT') else '400'))
SEED = int(os.environ.get('ZONE_SEED', '1'))
HEAD = '$TTL 1h\n@ SOA ns hostmaster 1 2h 15m 2w 5m\n@ NS ns\nns A 192.0.2.53\n'
# Zones that do not load, each by a fault of its own, and some that do.
ZONES = [HEAD + text for text in (
    '', 'www A 192.0.2.256\n', 'www AAAA 192.0.2.1\n', 'www A\n', 'www NSS x\n', '$TTX 1\n', '$TTL\n', '$TTL 1x\n',
    '$TTL 60\0\n', '$ORIGIN\n', '$ORIGIN sub\nwww A 192.0.2.1\n', '$INCLUDE\n', '$INCLUDE gone.db\n',
    '$INCLUDE more.db\n', '$INCLUDE bad.db\nwww A 192.0.2.256\n', '$INCLUDE more.db sub\n',
    '$GENERATE 1-3 h$ A 192.0.2.$\n', '$GENERATE 1-3 h$ A 192.0.2.300\n', '$GENERATE x h$ A 192.0.2.$\n',
    'x CNAME y\nx CNAME z\n', 'x CNAME y\nx A 192.0.2.1\n', '@ SOA ns h 1 2 3 4 5\n', 'x SOA ns h 1 2 3 4 5\n',
    'x NS in.x\n', 'x NS y\n', 'x NS y\ny CNAME ns\n', '*.w NS ns\n', 'x MX 10 ns\n', 'x MX ns\n', 'x MX 10 1_a\n',
    'a_b A 192.0.2.1\n', 'x NS a_b\n', 'x TXT "a\n', 'x TXT ( "a"\n', 'x TXT "a" )\n', 'x TXT ( "a"\n\n  "b" )\nw A 1\n',
    'x CH TXT "a"\n', 'x 1h IN A 192.0.2.1\n', 'x IN 1h A 192.0.2.1\n', 'x 1h 2h A 192.0.2.1\n', 'x..y A 192.0.2.1\n',
    ' A 192.0.2.1\n', 'x SRV 1 2 3 ns\n', 'x SRV 1 2 ns\n', 'x DNAME y\nx DNAME z\n', 'other.test. A 192.0.2.1\n',
    'x PTR\n', 'x TYPE1234 \\# 2 abcd\n')] + [
    '', '\n', '@ NS ns\nns A 192.0.2.1\n', '$TTL 1\n@ SOA ns h 1 2 3 4 5\n', ' SOA ns h 1 2 3 4 5\n',
    '@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n', '@ SOA ns h 1 2 3 4\n']
FAULT = re.compile(r'^(?:[\w$]+: )?([\w.-]+:\d+): (?!warning|no TTL specified|ignoring out-of-zone|using RFC1035)', re.M)
FILES = {'more.db': 'more A 192.0.2.9\n', 'bad.db': 'fine A 192.0.2.9\n\nbad A 192.0.2.999\n'}
WORDS = ['A', 'NS', 'CNAME', 'MX', '10', '192.0.2.7', '2001:db8::7', 'www', '@', '*', 'ns', '"', '(', ')', ';', '1h',
         'IN', 'CH', '$TTL', '$ORIGIN', '..', 'x_y', '99999999999']


def damage(text, rng):
    """One small change, of the kind that people make."""
    tokens = list(re.finditer(r'[^\s;()"]+|[;()"\n]', text))
    if not tokens:
        return text
    b, e = rng.choice(tokens).span()
    other = rng.choice(tokens).group()
    return text[:b] + rng.choice(['', other, rng.choice(WORDS), text[b:e] + ' ' + rng.choice(WORDS),
                                  text[b:e][:-1], text[b:e] + 'x', '\n']) + text[e:]


def named(checker, folder, text):
    """Does it load, by the strictness of the server, and the line of the first fault, or None."""
    p = subprocess.run([checker, '-i', 'local', '-k', 'fail', 'example.com', 'zone.db'], cwd=folder,
                       capture_output=True, text=True, errors='replace')
    said = p.stdout + p.stderr
    at = FAULT.search(said)
    # These are told without a line, or too late.
    vague = re.search('unbalanced|buffer-|bad ttl|CNAME and other', said)
    return p.returncode == 0, at and not vague and at[1], said


def ours(folder):
    p = subprocess.run([DNSLINT, 'explain', '--no-policy', '--client', '192.0.2.1', '--query', 'example.com/SOA',
                        'named.conf'], cwd=folder, capture_output=True, text=True, errors='replace')
    why = re.search(r'the zone has no data: (.*)', p.stdout)
    at = why and re.match(r'\./([\w.-]+:\d+): ', why[1])
    return why is None, at and at[1], p.stdout + p.stderr


def main():
    checker = shutil.which('named-checkzone', path=os.environ['PATH'] + ':/usr/sbin:/sbin')
    if checker is None:
        print('skipped: named-checkzone is not installed')
        return 77
    rng = random.Random(SEED)
    texts = list(ZONES)
    sound = [HEAD + 'www A 192.0.2.1\n     AAAA 2001:db8::1\nmail MX 10 www\nsub NS ns.sub\nns.sub A 192.0.2.2\n'
             'alias CNAME www\ntext TXT ( "one"\n\t"two" ) ; both\n_sip._tcp SRV 1 2 5060 www\n']
    for path in sorted(glob.glob(os.path.join(TOP, 'testdata', '*', '*', '*.db'))):
        with open(path, encoding='latin-1') as f:
            sound.append(re.sub(r'.*\bDS\b.*\n', '', f.read()))
    texts += [damage(rng.choice(sound), rng) for _ in range(ROUNDS)]
    wrong = told = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            with open(os.path.join(folder, name), 'w') as f:
                f.write(text)
        with open(os.path.join(folder, 'named.conf'), 'w') as f:
            f.write('options { directory "."; };\nzone "example.com" { type primary; file "zone.db"; };\n')
        for text in texts:
            with open(os.path.join(folder, 'zone.db'), 'w', encoding='latin-1') as f:
                f.write(text)
            theirs, mine = named(checker, folder, text), ours(folder)
            told += mine[1] is not None
            if re.search('parenthesis|quote|alias of one name', mine[2]):
                mine = (mine[0], None, mine[2])  # where it begins, or ends
            if theirs[0] != mine[0] or (theirs[1] and mine[1] and theirs[1] != mine[1]):
                wrong += 1
                print(f'--- named-checkzone: {theirs[0]} {theirs[1]}, dnslint: {mine[0]} {mine[1]}\n{text!r}\n'
                      f'{theirs[2].strip()[:400]}\n{mine[2][-700:]}')
    print(f'{len(texts)} zones, {told} with a line, {wrong} differ')
    return wrong != 0 or told < 20


if __name__ == '__main__':
    sys.exit(main())
