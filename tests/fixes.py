#!/usr/bin/env python3
"""Mend random configurations, and hold what comes of it against what was there.

  fixes.py                              a few of both kinds, for 'make check'
  fixes.py --count 500 --seed 1000      more of them
  fixes.py FILE...                      these, each with the folder it lies in
  fixes.py --keep DIR ...               keep what is wrong there

Of every configuration: what is mended does not change who gets what, or turns
clients away where the fix is one that says so; the server's own checker takes what it took before; all
lines that no fix is about have the same bytes; a second --fix finds nothing to
do; and the diff of --fix-dry-run, applied, gives what --fix gives.
"""
import argparse, json, os, random, re, shutil, stat, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'live'))
import generate, lab

DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
# What is mended here turns clients away, and is meant to.
NARROWING = ['recursion-on-authoritative']
ON_REQUEST = ['redundant-default', 'private-gap', 'acl-localhost-meaning']
COLUMNS = ['client', 'dest', 'qname', 'qtype', 'rd', 'tsig', 'proto']
NOTED = {'named': ['// gone', '# "}" {', '/* x; */', '// dnslint: off acl-unused', '// ümläut'],
         'unbound': ['# gone', '# "x"', '# dnslint: off acl-duplicate-entry', '# ümläut']}
SPICE = {'options': ['dnssec-enable yes;', 'cleaning-interval 60;', 'send-cookie no;',
                     'max-udp-size 4096;', 'edns-udp-size 4096;', 'query-source address * port 5353;',
                     'allow-v6-synthesis { any; };', 'additional-from-cache no;', 'use-ixfr yes;',
                     'qname-minimization off;', 'forwarders { 198.41.0.4; };', 'max-ncache-ttl 60;'],
         'server': ['access-control: 10.0.0.0/8 refuse', 'access-control: 10.1.2.3/8 allow',
                    'access-control: 192.168.1.0/24 allow\n\taccess-control: 192.168.0.0/24 allow',
                    'access-control-tag: 10.0.0.0/8 "t1"', 'num-queries-per-thread: 1024',
                    'do-ip6: yes', 'ede: no', 'edns-buffer-size: 4096', 'harden-glue: yes',
                    'do-udp: yes', 'minimal-responses: yes', 'private-address: 10.0.0.0/8']}


def named_noise(text, r):
    """Entries that are there twice, side by side, or behind everything."""
    out = []
    for line in text.split('\n'):
        entries = re.findall(r'(?<=[{;] )!?[0-9a-f.:/]+;', line)
        if entries and r.random() < 0.4:
            entry = r.choice(entries)
            more = r.choice([entry, '10.20.0.0/24; 10.20.1.0/24;', 'any; ' + entry, 'localhost;'])
            line = line.replace(entry, entry + ' ' + more, 1)
        out.append(line)
        if line.startswith('options {'):
            out += ['\t' + x for x in r.sample(SPICE['options'], r.choice([0, 0, 1, 2, 3]))]
    if r.random() < 0.4:
        out.insert(0, 'acl spare { 10/8; };')
    return '\n'.join(out)


def unbound_noise(text, r):
    out = []
    for line in text.split('\n'):
        out.append(line)
        if line.startswith('server:'):
            out += ['\t' + x for x in r.sample(SPICE['server'], r.choice([0, 1, 2, 3]))
                    if '"t1"' not in x or 'define-tag' in text]
        elif line.startswith('\taccess-control') and r.random() < 0.2:
            out.append(line)
    return '\n'.join(out)


def lay_out(kind, text, r):
    """The same in another hand: blanks, comments, ends of lines."""
    lines = []
    for line in text.split('\n'):
        if r.random() < 0.08:
            lines.append(r.choice(['', ' \t', r.choice(NOTED[kind])]))
        if kind == 'named' and '"' not in line and r.random() < 0.3:
            line = re.sub(r'(?<=[;{]) ', lambda _: r.choice([' ', '\n\t\t', '\t', ' /* y */ ', '']), line)
        if line and '\n' not in line and r.random() < 0.1:
            line += ' ' + r.choice(NOTED[kind])
        lines.append(line)
    return '\n'.join(lines)


def split_off(kind, config, text, r):
    """Some statements into files of their own, which are included."""
    def to_file(block):
        name = f'part{len(config.files)}.conf'
        config.files[name] = block
        return (f'include "@DIR@/{name}";' if kind == 'named' else f'include: "@DIR@/{name}"')
    if kind == 'named':
        parts = re.findall(r'^acl .*;$', text, re.M) if r.random() < 0.4 else []
        parts += re.findall(r'^\tallow-[a-z-]+ \{.*\};$', text, re.M) if r.random() < 0.3 else []
    else:
        parts = re.findall(r'(?:^\taccess-control: .*\n)+', text, re.M) if r.random() < 0.4 else []
    for part in dict.fromkeys(parts):
        text = text.replace(part, to_file(part.strip('\n') + '\n') + '\n', 2)
    return text


def make(kind, seed):
    """A folder with a configuration."""
    config, r = generate.GENERATORS[kind](seed), random.Random(f'fixes {kind} {seed}')
    text = named_noise(config.text, r) if kind == 'named' else unbound_noise(config.text, r)
    if kind == 'named':  # a diff with secrets cannot be applied
        config.files['keys.conf'] = ''.join(re.findall(r'^key .*\n', text, re.M))
        text = 'include "@DIR@/keys.conf";\n' + re.sub(r'^key .*\n', '', text, flags=re.M)
    text = lay_out(kind, split_off(kind, config, text, r), r)
    if r.random() < 0.2:
        text = text.rstrip('\n')
    folder = tempfile.mkdtemp(prefix='dnslint-fixes-')
    for name, content in {**config.files, config.name: text}.items():
        data = content.encode()
        if name.endswith('.conf'):
            if r.random() < 0.2:
                data = data.replace(b'\n', b'\r\n')
            if r.random() < 0.05:
                data = b'\xef\xbb\xbf' + data
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(data)
    return folder, config.name, config


def run(folder, *arguments):
    p = subprocess.run([DNSLINT, *arguments], capture_output=True, cwd=folder, timeout=300)
    if p.returncode < 0 or p.returncode > 2:
        raise AssertionError(f'{" ".join(arguments)}: status {p.returncode}\n{p.stderr.decode(errors="replace")}')
    return p


def contents(folder):
    out = {}
    for top, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(top, name)
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, 'rb') as f:
                    out[os.path.relpath(path, folder)] = (f.read(), stat.S_IMODE(os.stat(path).st_mode))
    return out


def findings(folder, options, name):
    p = run(folder, *options, '--format', 'json', name)
    try:
        return json.loads(p.stdout)['files'][0]['findings']
    except (json.JSONDecodeError, KeyError, IndexError):
        return None


def accepted(folder, name, kind):
    """By the server's own checker; None where there is no such thing."""
    checker = {'named': 'named-checkconf', 'unbound': 'unbound-checkconf'}[kind]
    if shutil.which(checker) is None:
        return None
    return subprocess.run([checker, name], capture_output=True, cwd=folder, timeout=60).returncode == 0


def answers(folder, base, name, config, seed):
    probes = os.path.join(folder, 'probes.tsv')
    with open(probes, 'w') as f:
        f.write('\t'.join(COLUMNS) + '\n')
        f.writelines('\t'.join(p) + '\n' for p in generate.probes(config, seed, 300))
    host = [x for address in lab.HOST for x in ('--interface', address)]
    p = run(folder, 'predict', *base[:5], *host, '--probes', 'probes.tsv', '--format', 'tsv', name)
    os.remove(probes)
    # The reason has the number of a line.
    return [line.rpartition('\t')[0] for line in p.stdout.decode(errors='replace').split('\n')]


class Case:
    def __init__(self, folder, name, kind, options, config=None, seed=0):
        self.before, self.name, self.kind, self.config, self.seed = folder, name, kind, config, seed
        self.base, self.options = options
        self.wrong = []
        self.mended = {}

    def copy(self):
        """Paths in the text are those of the folder, so it takes its place."""
        folder = tempfile.mkdtemp(prefix='dnslint-fixes-')
        shutil.copytree(self.before, folder, dirs_exist_ok=True, symlinks=True)
        for path in (os.path.join(top, name) for top, _, names in os.walk(folder) for name in names):
            with open(path, 'rb') as f:
                data = f.read()
            if b'@DIR@' in data:
                with open(path, 'wb') as f:
                    f.write(data.replace(b'@DIR@', folder.encode()))
        return folder

    def expect(self, holds, what, more=b''):
        if not holds:
            self.wrong.append(what + (': ' + more.decode(errors='replace').strip() if more else ''))

    def run(self):
        folders = [self.copy() for _ in range(3)]
        try:
            self.judge(*folders)
        finally:
            for folder in folders:
                shutil.rmtree(folder)

    def judge(self, old, new, patched):
        options = [*self.base, *self.options]
        first = findings(old, options, self.name)
        if first is None:
            return
        was = contents(old)
        passed = accepted(old, self.name, self.kind)
        p = run(new, *options, '--fix', self.name)
        self.expect(b'cannot write' not in p.stderr, '--fix failed', p.stderr)
        now = contents(new)
        self.expect(set(now) == set(was), 'other files than before')
        self.expect(all(now[n][1] == was[n][1] for n in now), 'the mode of a file has changed')
        if {n: t for n, (t, _) in now.items()} == {n: t.replace(old.encode(), new.encode())
                                                  for n, (t, _) in was.items()}:
            return
        left = findings(new, options, self.name)
        for f in first:
            if f not in (left or []):
                self.mended[f['rule']] = self.mended.get(f['rule'], 0) + 1
        if passed is not None:
            self.expect(not passed or accepted(new, self.name, self.kind), 'the checker refuses the result')
        again = run(new, *options, '--fix', self.name)
        self.expect(contents(new) == now, 'a second --fix changes more')
        self.expect(b' mended\n' not in again.stderr, 'a second --fix mends more', again.stderr)
        loads = [run(folder, 'check', *self.base, '--only', 'load', self.name).returncode == 0
                 for folder in (old, new)]
        self.expect(loads[1] or not loads[0], 'it no longer loads')
        # What a fault of the syntax keeps from being seen is not new.
        self.compare_findings(first, left, loads[0] and loads[1])
        if loads[0]:
            self.compare_answers(old, new)
        self.compare_bytes(old, new, was, now)
        self.compare_diff(patched, now, options, new)

    def compare_findings(self, first, left, comparable):
        self.expect(left is not None, 'the result cannot be judged')
        if not comparable or left is None:
            return
        for rule in {f['rule'] for f in left}:
            was, now = ([f['message'] for f in all if f['rule'] == rule and f['severity'] != 'note']
                        for all in (first, left))
            self.expect(len(now) <= len(was), f'new: {rule}: {", ".join(set(now) - set(was))}')

    def compare_answers(self, old, new):
        files = [os.path.join(folder, self.name) for folder in (old, new)]
        narrows = '--role' in self.base and any(rule in self.mended for rule in NARROWING)
        p = run(old, 'diff', *self.base, '--on', 'widened' if narrows else 'any', *files)
        self.expect(p.returncode == 0, 'answers change', p.stdout + p.stderr)
        if self.config is not None and not narrows:
            self.expect(answers(old, self.base, self.name, self.config, self.seed) ==
                        answers(new, self.base, self.name, self.config, self.seed), 'probes come out otherwise')

    def compare_bytes(self, old, new, was, now):
        """A line that is left has its end; one that is new is of the file's kind."""
        if 'crlf-or-bom=off' not in self.options:
            return
        for name in now:
            text, before = now[name][0], was[name][0].replace(old.encode(), new.encode())
            lines = before.count(b'\n')
            if text != before and lines == before.count(b'\r\n') > 0:
                self.expect(text.count(b'\n') == text.count(b'\r\n'), f'{name}: lines end in another way')

    def compare_diff(self, patched, now, options, new):
        was = contents(patched)
        p = run(patched, *options, '--fix-dry-run', self.name)
        self.expect(contents(patched) == was, 'a dry run writes')
        if b'cannot be applied' in p.stderr or shutil.which('patch') is None:
            return
        diff = re.sub(rb'^((?:---|\+\+\+) )' + patched.encode() + b'/', rb'\1', p.stdout, flags=re.M)
        q = subprocess.run(['patch', '-p0', '-s', '--binary'], input=diff,
                           cwd=patched, capture_output=True)
        self.expect(q.returncode == 0, 'the diff cannot be applied', q.stdout + q.stderr)
        # patch(1) takes away a file that has nothing left.
        found = {n: t for n, (t, _) in contents(patched).items() if t}
        want = {n: t.replace(new.encode(), patched.encode()) for n, (t, _) in now.items() if t}
        self.expect(found == want, 'the diff does something else than --fix')


def option_sets(kind, r):
    target = r.choice({'named': ['9.18', '9.20', '9.16', '9.21'], 'unbound': ['1.17', '1.24', '1.13']}[kind])
    base = ['--no-policy', '--server', kind, '--target', target]
    options = []
    if r.random() < 0.15:
        base += ['--role', 'authoritative']
    else:
        options += [x for rule in NARROWING for x in ('--rule', rule + '=off')]
    options += [x for rule in ON_REQUEST if r.random() < 0.3 for x in ('--rule', rule + '=warning')]
    options += ['--rule', 'crlf-or-bom=off'] if r.random() < 0.8 else []
    return base, options


def given(path):
    """A file from somewhere, and what lies beside it."""
    folder = tempfile.mkdtemp(prefix='dnslint-fixes-')
    name = os.path.basename(path)
    kind = 'unbound' if re.search(rb'^\s*(server|forward-zone|stub-zone|remote-control):', open(path, 'rb').read(), re.M) else 'named'
    for other in os.listdir(os.path.dirname(os.path.abspath(path))):
        source = os.path.join(os.path.dirname(os.path.abspath(path)), other)
        if os.path.isfile(source) and os.path.getsize(source) < 200000:
            shutil.copyfile(source, os.path.join(folder, other))
    return folder, name, kind


def cases(a):
    for path in a.files:
        folder, name, kind = given(path)
        base, options = option_sets(kind, random.Random(path))
        yield path, Case(folder, name, kind, (base, options))
    if a.files:
        return
    for seed in range(a.seed, a.seed + a.count):
        for kind in a.server:
            folder, name, config = make(kind, seed)
            sets = option_sets(kind, random.Random(f'options {kind} {seed}'))
            yield f'{kind} {seed}', Case(folder, name, kind, sets, config, seed)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('files', nargs='*')
    p.add_argument('--server', choices=['named', 'unbound'], action='append')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--count', type=int, default=12)
    p.add_argument('--keep')
    a = p.parse_args()
    a.server = a.server or ['named', 'unbound']
    count = bad = 0
    mended = {}
    for what, case in cases(a):
        try:
            case.run()
        except (AssertionError, subprocess.TimeoutExpired) as e:
            case.wrong.append(str(e))
        for rule, n in case.mended.items():
            mended[rule] = mended.get(rule, 0) + n
        count += 1
        if case.wrong:
            bad += 1
            print(f'{what}: dnslint {" ".join(case.base + case.options)} --fix {case.name}')
            for w in case.wrong:
                print('   ', w.replace('\n', '\n    '))
            sys.stdout.flush()
            if a.keep:
                shutil.copytree(case.before, os.path.join(a.keep, re.sub(r'[^\w.]+', '-', what)), dirs_exist_ok=True)
        shutil.rmtree(case.before)
    print(f'{count} configurations, {bad} with something wrong; mended: ' +
          (', '.join(f'{n} {rule}' for rule, n in sorted(mended.items())) or 'nothing'))
    sys.exit(bad > 0 or not a.files and not mended)


if __name__ == '__main__':
    main()
