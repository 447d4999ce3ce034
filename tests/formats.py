#!/usr/bin/env python3
"""The reports for other programs, read as those read them.

SARIF is validated by the schema of OASIS, GitLab's report and the two kinds of
XML by schemas of what their consumers document, GitHub's workflow commands by
a parser of their grammar. Every format must tell the findings that `json`
tells, at the same places, also of files with hostile names and texts.
"""
import json, os, random, re, shutil, subprocess, sys, tempfile, unicodedata, urllib.parse
import xml.etree.ElementTree as xml

try:
    import jsonschema
except ImportError:
    print('python3-jsonschema is not installed')
    sys.exit(77)
if shutil.which('xmllint') is None:
    print('xmllint is not installed: XML is read, but not validated')

TOP = os.path.abspath(os.environ.get('srcdir', '.'))
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
FORMATS = ['json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'text']
SECRET = 'dGhpcyBpcyBhIHNlY3JldCBvZiBub2JvZHk='
FAULTY = f'''acl lan {{ 10.0.0.0/8; 10.1.0.0/16; }};
key "k" {{ algorithm hmac-md5; secret "{SECRET}"; }};
options {{
\tdirectory "/srv/nowhere";	/* \u00e4\u00f6\u00fc */ allow-recursion {{ any; }};
\tallow-query {{ any; lan; }};
}};
'''
ODD_NAMES = ['plain.conf', 'with space, comma: colon.conf', 'per%cent&<amp>"quote\'.conf',
             'new\nline.conf', 'escape\x1b[31mred.conf', ']]>.conf', '\u00fcmlaut.conf', 'bytes\udcff\udcfe.conf']
# What terminals act on, what turns text around or hides, what is no UTF-8, and what
# the formats themselves give a meaning to.
PIECES = [b'\x00', b'\x1b[31m', b'\x7f', b'\x9b1m', b'\r', b'\x08', b'\xff\xfe', b'\xc0\x80', b'\xed\xa0\x80', b'\xe2\x80',
          b'\xf4\x90\x80\x80', b'%0A', b']]>', b'&<>\'', b'\\u0000', b'::error::', b'a', b'b.example'] + [
    chr(c).encode() for c in (0x9b, 0xad, 0x61c, 0x180e, 0x200b, 0x202e, 0x2028, 0x2066, 0xfeff, 0xfff9, 0xfffe, 0xe0041, 0xe4)]
LINES = {'named': [b'acl "@" { 10.0.0.0/8; 10.1.0.0/16; @; };', b'// @', b'# dnslint: off @ -- @',
                   b'key "@" { algorithm @; secret "' + SECRET.encode() + b'"; };', b'include "@";',
                   b'options { directory "@"; allow-query { "@"; any; @; }; @ yes; allow-recursion { any; }; };',
                   b'zone "@" { type primary; file "@"; allow-transfer { any; }; };', b'view "@" { match-clients { any; }; };'],
         'unbound': [b'server:', b'  access-control: 10.0.0.0/8 @', b'  interface: @', b'  local-zone: "@" refuse', b'  # @',
                     b'  local-data: "@ A 192.0.2.1"', b'  @: @', b'  include: "@"', b'  access-control: 0.0.0.0/0 allow',
                     b'  module-config: "@"', b'  define-tag: "@"', b'  tls-service-key: "@"']}
failed = 0


def expect(ok, what):
    global failed
    if not ok:
        failed += 1
        print('failed:', what)


def run(folder, *arguments):
    return subprocess.run([DNSLINT, '--no-policy', '--target', '9.18', *arguments], cwd=folder,
                          capture_output=True, timeout=60)


def reports(folder, *files):
    """All formats, written in one run."""
    options = []
    for f in FORMATS:
        options += ['--format', f, '--output', f'report.{f}']
    p = run(folder, *options, *files)
    out = {}
    for f in FORMATS:
        with open(os.path.join(folder, f'report.{f}'), 'rb') as r:
            out[f] = r.read()
        expect(b'\x1b' not in out[f], f'{f} prints an escape')
        expect(SECRET.encode() not in out[f], f'{f} prints a secret')
        out[f] = out[f].decode('utf-8')
    return p.returncode, out


def schema(name):
    with open(os.path.join(TOP, 'tests', 'schemas', name)) as f:
        return json.load(f)


def findings(text):
    return [(f['rule'], f['file'], f['start']['line'], f['start']['column'], f['severity'])
            for file in json.loads(text)['files'] for f in file['findings']]


def shown(name):
    """A name as reports print it."""
    raw = name.encode('utf-8', 'surrogateescape')
    return ''.join(f'\\x{ord(c) & 0xff:02x}' if ord(c) < 0x20 or 0xdc80 <= ord(c) <= 0xdcff else c
                   for c in raw.decode('utf-8', 'surrogateescape'))


def read_sarif(text):
    document = json.loads(text)
    for e in jsonschema.Draft4Validator(schema('sarif-schema-2.1.0.json')).iter_errors(document):
        expect(False, f'SARIF: {list(e.absolute_path)}: {e.message[:200]}')
    one = document['runs'][0]
    known = {r['id'] for r in one['tool']['driver']['rules']}
    out = []
    for r in one['results']:
        place = r['locations'][0]['physicalLocation']
        expect(r['ruleId'] in known, f"SARIF: rule {r['ruleId']} is not described")
        name = urllib.parse.unquote(place['artifactLocation']['uri'], errors='surrogateescape')
        out.append((r['ruleId'], shown(name), place['region']['startLine'],
                    place['region']['startColumn'], r['level']))
    prints = [r['partialFingerprints']['dnslintStatement/v1'] + r['locations'][0]['physicalLocation'][
        'artifactLocation']['uri'] for r in one['results']]
    expect(len(set(prints)) == len(prints), 'SARIF: two findings have one fingerprint')
    return out


def read_github(text):
    out = []
    back = {'notice': 'note', 'warning': 'warning', 'error': 'error'}
    for line in text.splitlines():
        m = re.fullmatch(r'::(notice|warning|error) ((?:[a-zA-Z]+=[^,:]*,?)+)::(.*)', line)
        if not m:
            expect(False, f'GitHub: {line[:100]}')
            continue
        p = dict(x.split('=', 1) for x in m.group(2).split(','))
        if p['title'] == 'dnslint':
            continue
        name = re.sub('%(0D|0A|3A|2C|25)', lambda x: chr(int(x.group(1), 16)), p['file'])
        out.append((p['title'], name, int(p['line']), int(p.get('col', 0)), back[m.group(1)]))
    return out


def read_gitlab(text):
    document = json.loads(text)
    for e in jsonschema.Draft7Validator(schema('gitlab-codequality.json')).iter_errors(document):
        expect(False, f'GitLab: {list(e.absolute_path)}: {e.message[:200]}')
    prints = [f['fingerprint'] for f in document]
    expect(len(set(prints)) == len(prints), 'GitLab: two findings have one fingerprint')
    back = {'info': 'note', 'minor': 'warning', 'critical': 'error'}
    return [(f['check_name'], f['location']['path'], f['location']['lines']['begin'], None,
             back[f['severity']]) for f in document if f['check_name'] != 'not-judged']


def valid_xml(folder, kind, text):
    if shutil.which('xmllint') is None:
        return xml.fromstring(text)
    p = subprocess.run(['xmllint', '--noout', '--nonet', '--schema',
                        os.path.join(TOP, 'tests', 'schemas', f'{kind}.xsd'),
                        os.path.join(folder, f'report.{kind}')], capture_output=True, text=True)
    expect(p.returncode == 0, f'{kind}: {p.stderr[:300]}')
    return xml.fromstring(text)


def read_junit(folder, text):
    out = []
    for suite in valid_xml(folder, 'junit', text):
        cases = suite.findall('testcase')
        expect(int(suite.get('tests')) == len(cases), 'JUnit: the number of tests')
        expect(int(suite.get('failures')) == len(suite.findall('testcase/failure')),
               'JUnit: the number of failures')
        for c in cases:
            if c.get('classname') == 'dnslint':
                continue
            failure = c.find('failure')
            name, line, column = c.get('name').split(' ', 1)[1].rsplit(':', 2)
            out.append((c.get('classname'), name, int(line), int(column),
                        'note' if failure is None else failure.get('type')))
    return out


def read_checkstyle(folder, text):
    back = {'info': 'note'}
    return [(e.get('source').split('.', 1)[1], f.get('name'), int(e.get('line')), int(e.get('column')),
             back.get(e.get('severity'), e.get('severity')))
            for f in valid_xml(folder, 'checkstyle', text) for e in f if e.get('source') != 'dnslint.not-judged']


def matcher(text, wanted):
    """The problem matcher reads the text format."""
    with open(os.path.join(TOP, 'ci', 'problem-matcher.json')) as f:
        pattern = json.load(f)['problemMatcher'][0]['pattern'][0]
    found = []
    for line in text.splitlines():
        m = re.match(pattern['regexp'], line)
        if m:
            found.append(tuple(m.group(pattern[k]) for k in ('code', 'file', 'line', 'column', 'severity')))
    expect(found == [tuple(map(str, w)) for w in wanted], f'the problem matcher finds {len(found)} of {len(wanted)}')


def without(rows, column):
    return sorted(r[:column] + r[column + 1:] for r in rows)


def compare(folder, out):
    wanted = findings(out['json'])
    for name, got in (('sarif', read_sarif(out['sarif'])), ('junit', read_junit(folder, out['junit'])),
                      ('checkstyle', read_checkstyle(folder, out['checkstyle'])),
                      ('github', read_github(out['github']))):
        expect(sorted(got) == sorted(wanted), f'{name} tells {len(got)} findings, json {len(wanted)}: '
               f'{sorted(set(got) ^ set(wanted))[:4]}')
    expect(without(read_gitlab(out['gitlab']), 3) == without(wanted, 3), 'gitlab tells other findings')
    return wanted


def prints_of(out):
    return sorted(r['partialFingerprints']['dnslintStatement/v1'] for r in json.loads(out['sarif'])['runs'][0]['results'])


def write(folder, name, text):
    with open(os.path.join(os.fsencode(folder), os.fsencode(name)), 'wb') as f:
        f.write(text if isinstance(text, bytes) else text.encode())


def unjudged(out, name):
    """What each format says of a file that could not be judged."""
    one = json.loads(out['sarif'])['runs'][0]['invocations'][0]
    expect(one['executionSuccessful'] is False, 'SARIF: a run that failed')
    return {
        'json': [u['reason'] for u in json.loads(out['json'])['not_judged'] if u['name'] == name],
        'sarif': [n['message']['text'] for n in one['toolExecutionNotifications']
                  if n['locations'][0]['physicalLocation']['artifactLocation']['uri'] == name],
        'github': re.findall(f'^::error file={name},title=dnslint::(.*)', out['github'], re.M),
        'gitlab': [f['description'] for f in json.loads(out['gitlab'])
                   if f['check_name'] == 'not-judged' and f['location']['path'] == name],
        'junit': [e.get('message') for s in xml.fromstring(out['junit']) if s.get('errors') == '1' and s.get('name') == name
                  for e in s.findall('testcase/error')],
        'checkstyle': [e.get('message') for f in xml.fromstring(out['checkstyle']) if f.get('name') == name for e in f]}


def shared_parts(folder):
    """What is wrong with a part of several files is told once, but by FILE where a format goes by that."""
    write(folder, 'part.conf', 'acl lan { 10.0.0.0/8; 10.1.0.0/16; };\n')
    for name in 'one.conf', 'two.conf':
        write(folder, name, 'include "part.conf";\noptions { directory "/srv/nowhere"; recursion no; allow-query { lan; };\n'
              'allow-transfer { none; }; };\n')
    status, out = reports(folder, 'one.conf', 'two.conf')
    told = {name: len(re.findall('acl-shadowed-entry.*never|never.*acl-shadowed-entry', text)) for name, text in out.items()}
    del told['sarif'], told['junit']
    expect(status == 1 and told == {'json': 2, 'text': 1, 'github': 1, 'gitlab': 1, 'checkstyle': 1}, f'a shared part: {told}')
    expect([r for r in read_sarif(out['sarif']) if r[0] == 'acl-shadowed-entry'] ==
           [('acl-shadowed-entry', 'part.conf', 1, 23, 'warning')], 'SARIF: a shared part')
    expect(out['junit'].count('<failure') == 2, 'JUnit: a shared part')
    # What is said of a part may hang on the whole: it has prints of its own then.
    for name in 'one.conf', 'two.conf':
        write(folder, name, f'acl lan {{ {"any" if name < "p" else "none"}; 10.0.0.0/8; }};\ninclude "part.conf";\n')
    write(folder, 'part.conf', 'options { directory "/srv/nowhere"; allow-recursion { lan; !lan; lan; }; };\n')
    _, out = reports(folder, 'one.conf', 'two.conf')
    read_sarif(out['sarif'])
    read_gitlab(out['gitlab'])


def from_below(folder):
    """Services show findings by paths from the top of the repository."""
    below = os.path.join(folder, 'sub', 'deep')
    os.makedirs(below)
    os.mkdir(os.path.join(folder, '.git'))
    write(below, 'in.conf', FAULTY)
    write(folder, 'out.conf', FAULTY)
    given = ['in.conf', '../../out.conf', os.path.join(folder, 'sub', '.', 'deep', 'in.conf'), 'gone.conf']
    _, out = reports(below, *given)
    paths = {
        'sarif': {r[1] for r in read_sarif(out['sarif'])},
        'github': set(re.findall('^::[a-z]+ file=([^,]*)', out['github'], re.M)),
        'gitlab': {f['location']['path'] for f in json.loads(out['gitlab'])}}
    for name, got in paths.items():
        expect(got - {'sub/deep/gone.conf'} == {'out.conf', 'sub/deep/in.conf'}, f'{name} from a directory below: {got}')
    expect('"uri": "sub/deep/gone.conf"' in out['sarif'], 'SARIF: a missing file from a directory below')
    shutil.rmtree(os.path.join(folder, '.git'))
    _, out = reports(below, '../../out.conf')
    expect(json.loads(out['gitlab'])[0]['location']['path'] == os.path.join(folder, 'out.conf'), 'gitlab: out of the top')
    shutil.rmtree(os.path.join(folder, 'sub'))


def exact_fixes(folder):
    """The edits that reports tell, applied, are what they claim, line ends and all."""
    seen = 0
    for choice, text in ((['--role', 'authoritative'], 'options {\n\tdirectory "/srv/nowhere";\n\tallow-recursion { 192.0.2.0/24; };\n};\n'
                          'zone "a.example" { type primary; file "a.db"; };\n'),
                         (['--target', '1.17'], 'server:\n\tinterface: 0.0.0.0\nforward-zone:\n\tname: "."\n\tforward-addr: 127.0.0.1\n')):
        write(folder, 'fixed.conf', text)
        out = reports(folder, *choice, 'fixed.conf')[1]
        told = [f['replacement'] for x in json.loads(out['json'])['files'][0]['findings'] for f in x['fixes']]
        also = [r['insertedContent']['text'] for x in json.loads(out['sarif'])['runs'][0]['results'] for f in x.get('fixes', [])
                for c in f['artifactChanges'] for r in c['replacements']]
        expect(told == also, 'JSON and SARIF tell other edits')
        expect(not [t for t in told if '\\x' in t], f'an edit is no text of the language: {told}')
        seen += len([t for t in told if '\n' in t])
    expect(seen > 1, f'only {seen} edits of several lines')


def is_raw(c):
    return c not in '\n\t' and unicodedata.category(c) in ('Cc', 'Cf', 'Cs', 'Zl', 'Zp')


def hostile_texts(folder):
    """Whatever bytes a file has, every report can be read, and shows none that act."""
    seed = random.randrange(1 << 32)
    rng = random.Random(seed)
    for _ in range(10 if os.environ.get('SHORT') else 60):
        server = rng.choice(sorted(LINES))
        lines = LINES[server][:1] + rng.sample(LINES[server][1:], 5)
        text = b''.join(b''.join(rng.choice(PIECES) for _ in range(rng.randint(1, 6))) if part == b'@' else part
                        for line in lines for part in re.split(b'(@)', line + b'\n'))
        write(folder, 'hostile.conf', text)
        status, out = reports(folder, '--server', server, '--target', '1.17' if server == 'unbound' else '9.18', 'hostile.conf')
        expect(status in (0, 1, 2), f'seed {seed}: status {status}')
        compare(folder, out)
        for name, report in out.items():
            raw = {hex(ord(c)) for c in report if is_raw(c)}
            expect(not raw, f'seed {seed}: {name} shows {raw}')


def main():
    folder = tempfile.mkdtemp(prefix='dnslint-formats-')
    for name in ODD_NAMES:
        with open(os.path.join(os.fsencode(folder), os.fsencode(name)), 'w') as f:
            f.write(FAULTY)
    write(folder, 'clean.conf', 'options { directory "/srv/nowhere"; recursion no; allow-transfer { none; }; };\n')
    status, out = reports(folder, *map(os.fsencode, ODD_NAMES), 'clean.conf')
    expect(status == 1, f'status {status} of faulty files')
    wanted = compare(folder, out)
    expect(len(wanted) >= 4 * len(ODD_NAMES), f'only {len(wanted)} findings')
    # A line that is quoted is no finding, whatever it says.
    write(folder, 'forged.conf', 'options {\n/**/a.conf:1:1: error: x [syntax]\n};\n')
    forged = run(folder, '--format', 'text', 'forged.conf').stdout.decode()
    expect('| /**/a.conf:1:1: error: x [syntax]' in forged, f'the forged line is not quoted: {forged}')
    matcher(forged, findings(run(folder, '--format', 'json', 'forged.conf').stdout.decode()))
    matcher('\n'.join(l for l in out['text'].splitlines() if l.startswith('plain.conf')),
            [w for w in wanted if w[1] == 'plain.conf'])

    # A file that is clean, one that cannot be read, and no finding at all.
    status, out = reports(folder, 'clean.conf')
    expect(status == 0 and not [w for w in compare(folder, out) if w[4] != 'note'], 'a clean file')
    status, out = reports(folder, 'missing.conf', 'plain.conf')
    compare(folder, out)
    expect(status == 2, 'a file that is missing')
    for name, reasons in unjudged(out, 'missing.conf').items():
        expect(len(reasons) == 1 and 'missing.conf: No such file' in reasons[0], f'{name} does not tell of it: {reasons}')
    shared_parts(folder)
    from_below(folder)
    exact_fixes(folder)
    hostile_texts(folder)

    # Lines move, findings stay what they are.
    first = prints_of(reports(folder, 'plain.conf')[1])
    write(folder, 'plain.conf', '// one more\n\n\n' + FAULTY.replace('options {', 'options\n{'))
    expect(prints_of(reports(folder, 'plain.conf')[1]) == first, 'fingerprints hang on lines')
    write(folder, 'plain.conf', FAULTY.replace('10.1.0.0', '10.2.0.0'))
    expect(prints_of(reports(folder, 'plain.conf')[1]) != first, 'another finding has the same fingerprint')
    shutil.rmtree(folder)
    print(f'{len(FORMATS)} formats, {len(wanted)} findings, {failed} failures')
    sys.exit(failed > 0)


main()
