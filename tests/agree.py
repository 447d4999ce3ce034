#!/usr/bin/env python3
"""The verbs say the same of the same question.

For random configurations: what `explain` ends with, and the one row of
`predict --client`, are what `predict --probes` says; and the clients that
`diff` names are those, to the address, whose rows differ between OLD and NEW.
"""
import argparse, ipaddress, json, os, random, re, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'live'))
import generate, lab
from run import COLUMNS

DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
TARGET = {'named': '9.18', 'unbound': '1.17'}


def dnslint(server, verb, *arguments):
    command = [DNSLINT, verb, '--no-policy', '--target', TARGET[server]]
    for address in lab.HOST:
        command += ['--interface', address]
    return subprocess.run(command + list(arguments), capture_output=True, text=True, timeout=120).stdout


def write(folder, config, text):
    for name, content in list(config.files.items()) + [(config.name, text)]:
        with open(os.path.join(folder, name), 'w') as f:
            f.write(content.replace('@DIR@', folder))
    return os.path.join(folder, config.name)


def rows(server, path, probes):
    """(rcode, outcome, aa, ra, ede, view, reason) of each probe."""
    table = path + '.tsv'
    with open(table, 'w') as f:
        f.writelines('\t'.join(p) + '\n' for p in [COLUMNS] + probes)
    out = dnslint(server, 'predict', '--probes', table, '--format', 'tsv', path)
    return [tuple(line.split('\t')[i] for i in (7, 12, 8, 9, 10, 11, 13)) for line in out.splitlines()[1:]]


def question(probe, client=True):
    _, dest, qname, qtype, rd, tsig, proto = probe
    out = ['--query', f'{qname}/{qtype}', '--to', dest] + (['--client', probe[0]] if client else [])
    return out + ['--no-rd'] * (rd == '0') + ['--tcp'] * (proto == 'tcp') + (['--key', tsig] if tsig != '-' else [])


def row_of(a):
    """The same of JSON."""
    bit = {True: '1', False: '0', None: '?', 'unknown': '?'}
    r = a['reason']
    at = r.get('statement')
    reason = f'{r["option"]}@{at["file"]}:{at["line"]}' if at else 'default:' + r['option']
    return (a['rcode'], a['outcome'], bit[a['aa']], bit[a['ra']], ','.join(map(str, a['ede'])) or '-', a['view'] or '-', reason)


def one_question(server, path, probe, said):
    """What is said otherwise elsewhere."""
    out = []
    text = dnslint(server, 'explain', *question(probe), '--format', 'json', path)
    a = row_of(json.loads(text)['answer'])
    if a != said:
        out.append(f'explain: {a}')
    text = dnslint(server, 'explain', *question(probe), path)
    m = re.search(r'^answer: (\S+) \((\S+)\)', text, re.M)
    if not m or m.groups() != said[:2]:
        out.append(f'explain: {m and m.group(0)}')
    text = dnslint(server, 'predict', *question(probe), path)
    words = text.split('\n')[1].split()
    outcome = words[1].rstrip(',')
    if (words[0], outcome) != said[:2] or said[6] not in text:
        out.append(f'predict: {text}')
    return out


def change(r, text):
    """The text without some line, or with a word of one replaced."""
    lines = text.split('\n')
    chosen = [i for i, line in enumerate(lines) if re.search(r'allow-|match-|recursion|access-control|local-zone:|blackhole|^zone|interface-', line)]
    if not chosen:
        return text
    i = r.choice(chosen)
    if r.random() < 0.5:
        return '\n'.join(lines[:i] + lines[i + 1:])
    new = re.sub(r'/(\d+)', lambda m: f'/{int(m.group(1)) - 1}' if int(m.group(1)) > 8 and r.random() < 0.5 else m.group(0), lines[i])
    new = re.sub(r'\b(allow|refuse|deny|any|none)\b(?!-)', lambda m: r.choice({'allow': ['refuse'], 'refuse': ['allow'], 'deny': ['refuse'], 'any': ['none'], 'none': ['any']}[m.group(1)]) if r.random() < 0.6 else m.group(0), new)
    return '\n'.join(lines[:i] + [new] + lines[i + 1:])


def borders(prefixes):
    found = set()
    for p in prefixes:
        net = ipaddress.ip_network(p)
        for n in (int(net[0]) - 1, int(net[0]), int(net[-1]), int(net[-1]) + 1):
            if 0 <= n < 2 ** net.max_prefixlen:
                found.add(str(ipaddress.IPv4Address(n) if net.version == 4 else ipaddress.IPv6Address(n)))
    return found


def two(server, paths, probe, sources):
    """Clients about which `diff` is wrong."""
    text = dnslint(server, 'diff', '--format', 'json', '--on', 'any', *question(probe, client=False), *paths)
    if not text:
        return None
    changes = [(ipaddress.ip_network(p), c) for c in json.loads(text)['changes'] for p in c['clients'] if c['kind'] == 'question']
    v6 = ':' in probe[1]
    asked = sorted(s for s in set(sources) | borders(p for p, _ in changes) if (':' in s) == v6)
    old, new = (rows(server, path, [[s] + probe[1:] for s in asked]) for path in paths)
    out = []
    for s, x, y in zip(asked, old, new):
        mine = [c for net, c in changes if net.version == ipaddress.ip_address(s).version and ipaddress.ip_address(s) in net]
        if len(mine) > 1:
            out.append(f'{s}: twice')
        named = (row_of(mine[0]['before'])[:5], row_of(mine[0]['after'])[:5]) if mine else None
        # It is about what a client gets, and from which view, not about bits.
        if not mine and x[:2] != y[:2] or mine and (named != (x[:5], y[:5]) or x == y):
            out.append(f'{s}: {x} -> {y}, diff: {[(c["effect"], row_of(c["before"]), row_of(c["after"])) for c in mine]}')
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--seed', type=int, default=1)
    # By the same program a second time, with sanitizers, it is not worth the time.
    p.add_argument('--count', type=int, default=2 if os.environ.get('SHORT') else 10)
    p.add_argument('--probes', type=int, default=6)
    o = p.parse_args()
    faults = asked = pairs = 0
    for seed in range(o.seed, o.seed + o.count):
        for server in ('named', 'unbound'):
            config = generate.GENERATORS[server](seed)
            probes, r = generate.probes(config, seed, o.probes), random.Random(seed)
            with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
                old, new = write(one, config, config.text), write(other, config, change(r, config.text))
                said = rows(server, old, probes)
                for probe, row in zip(probes, said):
                    for what in one_question(server, old, probe, row):
                        print(f'{server} {seed}:', ' '.join(probe), row, '-', what)
                        faults += 1
                    asked += 1
                if not said or not rows(server, new, probes[:1]):
                    continue
                for probe in probes[:3]:
                    wrong = two(server, [old, new], probe, generate.clients(config.text, r))
                    pairs += wrong is not None
                    for what in wrong or []:
                        print(f'{server} {seed}:', ' '.join(probe), what)
                        faults += 1
    print(f'{asked} questions and {pairs} pairs asked, {faults} faults')
    sys.exit(1 if faults or not asked or not pairs else 0)


if __name__ == '__main__':
    main()
