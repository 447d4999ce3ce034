#!/usr/bin/env python3
"""Whose answers differ between two configurations, client by client.

Every recorded case is compared with the next one: for several questions the
sets of clients that `diff` prints must hold just those clients, at and beside
all their borders and at random places, whose answers differ when each
configuration is asked by itself. Nothing of `diff` is used to know that.
"""
import ipaddress, json, os, random, shutil, subprocess, sys, tempfile

TOP = os.environ.get('srcdir', '.')
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
COMMON = ['--no-policy']
for address in ('127.0.0.1/8', '::1/128', '10.1.0.1/16', '2001:db8:1::1/64'):
    COMMON += ['--interface', address]
TURNED_AWAY = {'refused', 'dropped', 'not-authoritative', 'server-failure'}
LITTLE = {'referral', 'cache'}


def run(*arguments):
    return subprocess.run([DNSLINT, *arguments], capture_output=True, text=True, timeout=60)


def effect(was, now):
    """What the change from one outcome to another does to a client."""
    if 'unknown' in (was, now):
        return 'unclear'
    worth = [0 if x in TURNED_AWAY else 1 if x in LITTLE else 2 for x in (was, now)]
    if worth[0] == worth[1] or 0 not in worth and 'recursion' not in (was, now):
        return 'other'
    return 'narrowed' if worth[0] > worth[1] else 'widened'


def borders(networks):
    """The first and last addresses of networks, and their neighbours."""
    for text in networks:
        n = ipaddress.ip_network(text)
        first, last = int(n.network_address), int(n.broadcast_address)
        for x in (first - 1, first, last, last + 1):
            if 0 <= x < 2 ** n.max_prefixlen:
                yield type(n.network_address)(x)


def some_clients(document, seed):
    rng = random.Random(seed)
    found = {a for c in document['changes'] for a in borders(c['clients'][:40])}
    found |= {ipaddress.IPv4Address(rng.getrandbits(32)) for _ in range(20)}
    found |= {ipaddress.IPv6Address((0x20010db8 << 96) + rng.getrandbits(96)) for _ in range(20)}
    for text in ('127.0.0.1', '10.1.2.3', '10.1.2.4', '10.3.0.1', '192.0.2.1', '172.16.0.9', '::1',
                 '2001:db8:1::7'):
        found.add(ipaddress.ip_address(text))
    return sorted(found, key=lambda a: (a.version, int(a)))


def answers(folder, name, probes):
    got = run('predict', *COMMON, '--probes', probes, '--format', 'tsv', os.path.join(folder, name))
    return [line.split('\t') for line in got.stdout.splitlines()[1:]]


def same(was, now):
    """The columns rcode and outcome; whoever moves between views is not judged here."""
    if (was[7], was[12]) == (now[7], now[12]):
        return True if was[11] == now[11] else None
    return False


def compare(folder, old, new, question):
    """Questions put, and faults found."""
    p = run('diff', *COMMON, '--on', 'any', '--format', 'json', '--query', question,
            os.path.join(folder, old), os.path.join(folder, new))
    if p.returncode == 2 or not p.stdout:
        print(f'{old} {new}: {p.stderr[:300]}')
        return 0, 1
    document = json.loads(p.stdout)
    plain = [c for c in document['changes'] if c['question']['key'] is None]
    clients = some_clients(document, old + question)
    probes = os.path.join(folder, 'probes.tsv')
    name, _, kind = question.partition('/')
    with open(probes, 'w') as f:
        f.write('client\tdest\tqname\tqtype\trd\ttsig\tproto\n')
        f.writelines(f'{c}\t-\t{name}\t{kind or "A"}\t1\t-\tudp\n' for c in clients)
    faults = (p.returncode == 1) != bool(document['changes'])
    for client, was, now in zip(clients, answers(folder, old, probes), answers(folder, new, probes)):
        found = [c['effect'] for c in plain
                 if any(client in ipaddress.ip_network(n) for n in c['clients'])]
        expected = same(was, now)
        wanted = [] if expected else [effect(was[12], now[12])]
        if expected is not None and found != wanted:
            faults += 1
            print(f'{old} {new} {question} {client}: {was[12]}, then {now[12]}; diff says {found}')
    return len(clients), faults


def main():
    asked = faults = changed = 0
    for server in ('named', 'unbound'):
        base = tempfile.mkdtemp(prefix='dnslint-diff-')
        folder = os.path.join(base, server)
        shutil.copytree(os.path.join(TOP, 'testdata', 'cases', server), folder)
        subprocess.run(['chmod', '-R', 'u+w', folder], check=True)
        names = sorted(f for f in os.listdir(folder) if f.endswith('.conf'))
        for name in names:
            path = os.path.join(folder, name)
            with open(path) as f:
                text = f.read().replace('@DIR@', folder)
            with open(path, 'w') as f:
                f.write(text)
        loads = [n for n in names
                 if run('check', *COMMON, '--only', 'load', os.path.join(folder, n)).returncode == 0]
        step = 8 if os.environ.get('SHORT') else 2
        for old, new in zip(loads[::step], loads[1::step]):
            for question in ('www.other.example', 'example.net/SOA', 'version.bind/TXT'):
                n, wrong = compare(folder, old, new, question)
                asked, faults = asked + n, faults + wrong
        changed += len(loads)
        shutil.rmtree(base)
    print(f'{changed} configurations, {asked} clients asked, {faults} faults')
    sys.exit(faults > 0 or asked < 1000)


main()
