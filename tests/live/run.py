#!/usr/bin/env python3
"""Compare what dnslint predicts with what running servers answer.

  run.py --server named --seed 1 --count 50            random configurations
  run.py --server unbound --replay DIR [DIR...]        configurations in folders
  run.py --server named --seed 7 --count 1 --shrink OUT   keep what differs, made small
  run.py --server unbound --count 20 --reasons 4       and the lines that are said to decide

Ends with status 1 when a prediction was wrong, and 77 where no server or no
network namespace can be had.
"""
import argparse, collections, json, os, random, re, shutil, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import generate, lab, reasons

COLUMNS = ['client', 'dest', 'qname', 'qtype', 'rd', 'tsig', 'proto']
SILENT = {'TIMEOUT', 'CLOSED', 'DROP'}
DATA = {'NOERROR', 'NXDOMAIN', 'SERVFAIL'}
# A server gives up on a slow resolution after ten seconds; the next attempt
# finds what the one before has learnt.
LATE, ATTEMPTS = 12, 3


def agrees(real, said):
    """real: rcode, aa, ra, ede; said: the same of the prediction."""
    if said[0] == 'UNKNOWN':
        return True
    if real[0] in SILENT or said[0] in SILENT:
        return real[0] in SILENT and said[0] in SILENT
    if said[0] == 'UPSTREAM' and real[0] == 'SERVFAIL':
        return said[2] in ('?', real[2])  # a failure comes without `aa`
    code = real[0] == said[0] or said[0] in ('ZONE', 'UPSTREAM') and real[0] in DATA
    return code and said[2] in ('?', real[2]) and said[1] in ('?', real[1])


def same_errors(real, said):
    """Upstream may add errors of its own; REFUSED must have the very same."""
    if real[0] != 'REFUSED' or said[0] != 'REFUSED':
        return True
    return sorted(real[3].split(',')) == sorted(said[3].split(','))


class Case:
    """One configuration in a folder of its own."""

    def __init__(self, kind, name, text, files):
        self.kind, self.name, self.complaint, self.unknown = kind, name, '', []
        self.folder = tempfile.mkdtemp(prefix='dnslint-live-')
        self.path = os.path.join(self.folder, name)
        for file, content in files.items():
            with open(os.path.join(self.folder, file), 'w') as f:
                f.write(content.replace('@DIR@', self.folder))
        with open(self.path, 'w') as f:
            f.write(text.replace('@DIR@', self.folder))
        ports = re.findall(r'^\s*port:? (\d+)', '\n'.join([text, *files.values()]), re.M)
        self.port = int(ports[-1]) if ports else 53  # that people ask

    def loads(self):
        checker = ['named-checkconf', self.path] if self.kind == 'named' else ['unbound-checkconf', self.path]
        return subprocess.run(checker, capture_output=True).returncode == 0

    def ask(self, probes):
        """What the server answers, or None when it does not start."""
        server = lab.Server(self.kind, self.path)
        try:
            self.complaint = '' if server.up else server.complaint()
            return lab.ask(probes, port=self.port) if server.up else None
        finally:
            server.stop()

    def ask_late(self, probes):
        """The same with patience, and again where that was not enough."""
        server = lab.Server(self.kind, self.path)
        try:
            if not server.up:
                return None
            answers = lab.ask(probes, LATE, self.port)
            for _ in range(1, ATTEMPTS):
                silent = [i for i, a in enumerate(answers) if a[0] == 'TIMEOUT']
                again = lab.ask([probes[i] for i in silent], LATE, self.port) if silent else []
                for i, a in zip(silent, again):
                    answers[i] = a
            return answers
        finally:
            server.stop()

    def predict(self, dnslint, probes):
        table = os.path.join(self.folder, 'probes.tsv')
        with open(table, 'w') as f:
            f.write('\t'.join(COLUMNS) + '\n')
            f.writelines('\t'.join(p) + '\n' for p in probes)
        command = [dnslint, 'predict', '--no-policy', '--probes', table, '--format', 'tsv',
                   '--target', target(self.kind)]
        for address in lab.HOST:
            command += ['--interface', address]
        p = subprocess.run(command + [self.path], capture_output=True, text=True, timeout=120)
        lines = [line.split('\t') for line in p.stdout.splitlines()[1:]]
        self.unknown = [line[13].split('@')[0] for line in lines if line[7] == 'UNKNOWN']
        if len(lines) != len(probes):
            print(f'{self.path}: {len(lines)} predictions for {len(probes)} probes: {p.stderr[:300]}')
            return None
        return lines

    def is_said_to_start(self, dnslint):
        command = [dnslint, 'check', '--no-policy', '--only', 'starts-not', '--format', 'json',
                   '--target', target(self.kind)]
        p = subprocess.run(command + [self.path], capture_output=True, text=True, timeout=120)
        return not any(f['findings'] for f in json.loads(p.stdout)['files'])

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def target(kind):
    command = ['named', '-v'] if kind == 'named' else ['unbound', '-V']
    if kind not in target.known:
        text = subprocess.run(command, capture_output=True, text=True).stdout.split()
        target.known[kind] = '.'.join(text[1].split('-')[0].split('.')[:2])
    return target.known[kind]


target.known = {}


def differences(case, dnslint, probes, recorded=None):
    """(probe, real, said) wherever they differ; None when there is no answer."""
    real = recorded or case.ask(probes)
    if real is None:
        return None
    said = case.predict(dnslint, probes)
    if said is None:
        return [(p, r, ['?'] * 4) for p, r in zip(probes, real)][:1]
    out = [(p, r, s[7:11], s) for p, r, s in zip(probes, real, said)]
    differ = [d for d in out if not agrees(d[1], d[2])]
    # Answers from outside may take their time: ask those again, with patience.
    late = [d for d in differ if d[1][0] == 'TIMEOUT']
    if late and recorded is None:
        again = case.ask_late([d[0] for d in late]) or []
        for d, r in zip(late, again):
            if agrees(r, d[2]):
                differ.remove(d)
    return differ + [d for d in out if d not in differ and agrees(d[1], d[2]) and not same_errors(d[1], d[2])]


def check_reasons(o, label, config, probes):
    """Show which lines that predictions name do not decide; how many."""
    def ask(changed, questions):
        case = Case(o.server, changed.name, changed.text, changed.files)
        try:
            real = case.ask(questions) if case.loads() else None
            said = case.predict(o.dnslint, questions) if real else None
        finally:
            case.remove()
        if not said:
            return None
        show(label + ', turned round', [(p, a, s[7:11], s) for p, a, s in zip(questions, real, said)
                                        if not agrees(a, s[7:11]) and a[0] != 'TIMEOUT'])
        return real, said

    result = ask(config, probes)
    wrong = reasons.check(o.server, config, *result, random.Random(label), o.reasons, ask) if result else []
    for probe, place in wrong[:6]:
        print(f'{label}:', ' '.join(probe), '- said to be by', '{}@{}:{}'.format(*place))
    sys.stdout.flush()
    return len(wrong)


class Tally:
    def __init__(self):
        self.configurations = self.refused = self.failed = self.probes = self.wrong = 0
        self.unknown = collections.Counter()

    def line(self):
        why = ', '.join(f'{n} {option}' for option, n in self.unknown.most_common())
        return (f'{self.configurations} configurations asked ({self.refused} refused by the checker, '
                f'{self.failed} did not start), {self.probes} probes, {self.wrong} predicted wrongly, '
                f'{self.unknown.total()} unknown ({why})')


def show(where, differ):
    for d in differ[:12]:
        print(f'{where}:', ' '.join(d[0]), '- answered', '/'.join(d[1]), '- predicted', '/'.join(d[2]),
              d[3][13] if len(d) > 3 else '')
    if len(differ) > 12:
        print(f'{where}: and {len(differ) - 12} more')
    sys.stdout.flush()


def shrink(kind, config, differ, dnslint, out, label):
    """Drop statements while a difference stays; keep the rest as a fixture."""
    probes = [d[0] for d in differ[:5]]

    def still(lines):
        case = Case(kind, config.name, '\n'.join(lines) + '\n', config.files)
        try:
            return case.loads() and bool(differences(case, dnslint, probes))
        finally:
            case.remove()

    # One statement a line, so that a line is what can be left out.
    lines = [s for line in config.text.split('\n') for s in
             (line.replace('; ', ';\n').split('\n') if kind == 'named' else [line])]
    if not still(lines):
        lines = config.text.split('\n')
    size = max(1, len(lines) // 2)
    while size >= 1:
        i = 0
        while i < len(lines):
            rest = lines[:i] + lines[i + size:]
            if still(rest):
                lines = rest
            else:
                i += size
        size //= 2
    case = Case(kind, config.name, '\n'.join(lines) + '\n', config.files)
    real = case.ask(probes) or []
    case.remove()
    folder = os.path.join(out, f'{kind}-{label}')
    write_fixture(folder, config.name, '\n'.join(lines) + '\n', config.files, probes, real)
    print(f'kept {folder}')


def files_named(text, files):
    """Those that the text names, and those that they name."""
    found, todo = {}, [text]
    while todo:
        part = todo.pop()
        for file, content in files.items():
            if file in part and file not in found:
                found[file] = content
                todo.append(content)
    return found


def write_fixture(folder, name, text, files, probes, real):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), 'w') as f:
        f.write(text)
    for file, content in files_named(text, files).items():
        with open(os.path.join(folder, file), 'w') as f:
            f.write(content)
    with open(os.path.join(folder, 'truth.tsv'), 'w') as f:
        f.write('\t'.join(COLUMNS + ['rcode', 'aa', 'ra', 'ede']) + '\n')
        for p, r in zip(probes, real):
            f.write('\t'.join(p) + '\t' + '\t'.join(r) + '\n')


class Folder:
    """A configuration that stands in a folder, with recorded answers or not."""

    def __init__(self, kind, folder):
        self.name = f'{kind}.conf'
        with open(os.path.join(folder, self.name)) as f:
            self.text = f.read()
        self.files = {}
        for file in os.listdir(folder):
            if file not in (self.name, 'truth.tsv'):
                with open(os.path.join(folder, file), errors='surrogateescape') as f:
                    self.files[file] = f.read()
        with open(os.path.join(folder, 'truth.tsv')) as f:
            self.rows = [line.rstrip('\n').split('\t') for line in f][1:]


def cases(o):
    if o.replay:
        for folder in o.replay:
            if os.path.exists(os.path.join(folder, f'{o.server}.conf')):
                config = Folder(o.server, folder)
                yield folder, config, [row[:7] for row in config.rows]
        return
    for seed in range(o.seed, o.seed + o.count):
        config = generate.GENERATORS[o.server](seed)
        yield f'seed {seed}', config, generate.probes(config, seed, o.probes)


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('--dnslint', default=os.environ.get('DNSLINT', './dnslint'))
    p.add_argument('--server', choices=['named', 'unbound'], required=True)
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--count', type=int, default=20)
    p.add_argument('--probes', type=int, default=150)
    p.add_argument('--budget', type=float, default=0, help='seconds after which no new one is begun')
    p.add_argument('--reasons', type=int, default=0, metavar='N',
                   help='turn round N of the lines that are said to decide, of each configuration')
    p.add_argument('--replay', nargs='+', metavar='DIR')
    p.add_argument('--shrink', metavar='DIR', help='keep differing configurations here, made small')
    p.add_argument('--record', metavar='DIR', help='keep every configuration with its answers here')
    o = p.parse_args()
    o.dnslint = os.path.abspath(o.dnslint)
    for need in (o.server, f'{o.server}-checkconf', 'ip'):
        if shutil.which(need) is None:
            lab.skip(f'{need} is not installed')
    lab.enter()
    tally, began = Tally(), time.time()
    for label, config, probes in cases(o):
        if o.budget and time.time() - began > o.budget:
            break
        case = Case(o.server, config.name, config.text, config.files)
        try:
            if not case.loads():
                tally.refused += 1
                continue
            real = case.ask(probes) if o.record else None
            differ = differences(case, o.dnslint, probes, real)
            if case.is_said_to_start(o.dnslint) != (differ is not None):
                tally.wrong += 1
                print(f'{label}: the server', f'does not start: {case.complaint}' if differ is None else 'starts')
            if differ is None:
                tally.failed += 1
                continue
        finally:
            case.remove()
        tally.configurations += 1
        tally.probes += len(probes)
        tally.unknown.update(case.unknown)
        tally.wrong += len(differ)
        show(label, differ)
        if o.reasons:
            tally.wrong += check_reasons(o, label, config, probes)
        if o.record:
            write_fixture(os.path.join(o.record, label.replace(' ', '-')), config.name, config.text,
                          config.files, probes, real)
        if differ and o.shrink:
            shrink(o.server, config, differ, o.dnslint, o.shrink, label.split()[-1].strip('/').split('/')[-1])
    print(f'{o.server} {target(o.server)}:', tally.line(), f'in {time.time() - began:.0f} s')
    sys.exit(1 if tally.wrong or tally.configurations == 0 else 0)


if __name__ == '__main__':
    main()
