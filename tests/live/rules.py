#!/usr/bin/env python3
"""Ask running servers whether the fixtures of rules are what they are said to be.

Every fixture of a rule about who is answered is made into a configuration that
starts here: its own addresses on the host, zone files, paths in one folder. The
server is asked by clients from all over the configuration, and must answer as
`predict` says. And what the finding claims must be so: CLAIMS says, for rules
about one question, what must happen to some client of a bad one and to none of
a good one; with ALL, to every client that asks for one and the same name; with
FAMILY, to every one that asks by IPv4, or by IPv6.
Of STARTS the checker accepts all fixtures, and the server starts with the good.
"""
import argparse, glob, ipaddress, json, os, random, re, shutil, subprocess, sys, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import channels, generate, lab
from run import DATA, SILENT, Case, differences, show, target

TOP = os.environ.get('srcdir', '.')
STARTS = 'starts-not'
FAMILIES = ('acl', 'view', 'exposure', 'recursion', 'refused')
PUBLIC = ['93.184.216.34', '8.8.8.8', '2a00:1450::1', '2620:fe::fe']
FOREIGN = 'www.name-of-others.example'
PROBES_MAX = 160
TRANSFERS_MAX = 6  # a server does only ten at a time
# Fit for any class.
ZONE = '$TTL 60\n@ SOA ns.elsewhere.test. host 1 1 1 1 1\n@ NS ns.elsewhere.test.\n@ TXT "x"\nwww TXT "x"\n'


# What a claim is about: clients, a question, and what comes back.

def is_public(client):
    return ipaddress.ip_address(client).is_global


def is_anybody(client):
    return True


def is_neighbour(client):
    return is_inside(client) and not ipaddress.ip_address(client).is_loopback


def is_loopback(client):
    return client in ('127.0.0.1', '::1')


def recursed(answer):
    return answer[0] in DATA and answer[2] == '1'


def answered(answer):
    return answer[0] in DATA


def refused(answer):
    return answer[0] == 'REFUSED'


def silent(answer):
    return answer[0] in SILENT


def not_served(answer):
    return answer[0] in ('REFUSED', 'SERVFAIL') or answer[1] == '0'


def copied(answer):
    return answer[0] == 'NOERROR'


def refused_here(answer):
    return refused(answer) and answer[1] == '1'


FOREIGN_A = (FOREIGN, 'A', '1')
ALL, FAMILY = 'all', 'family'
CLAIMS = {
    'zone-refuses-everyone': (is_anybody, 'SOA', refused, ALL),
    'transfer-to-nobody': (is_anybody, 'AXFR', refused, ALL),
    'transfer-by-address-only': (is_public, 'AXFR', copied),
    'update-by-address': (is_neighbour, 'UPDATE', copied),
    'forward-needs-recursion': (is_anybody, 'targets', lambda a: not recursed(a), ALL),
    'local-zone-hides-forward': (is_loopback, 'targets', lambda a: a[1] == '1'),
    'local-zone-refuse': (is_neighbour, 'targets', refused_here),
    'delegation-below-refused': (is_public, 'below', refused),
    'recursion-on-authoritative': (is_anybody, [FOREIGN_A], recursed),
    'mixed-role': (is_anybody, [FOREIGN_A], recursed),
    'listens-nowhere': ('declared or near', [FOREIGN_A], silent, FAMILY),
    'open-resolver': (is_public, [FOREIGN_A], recursed),
    'open-cache': (is_public, [(FOREIGN, 'A', '0')], lambda a: a[0] == 'NOERROR'),
    'version-disclosed': (is_public, [('version.bind', 'TXT', '1')], lambda a: a[0] == 'NOERROR'),
    'transfer-open': (is_public, 'AXFR', lambda a: a[0] == 'NOERROR'),
    'public-zone-refused': (is_public, 'SOA', refused),
    'loopback-refused': (is_loopback, [FOREIGN_A], refused),
    'declared-client-refused': ('declared', [FOREIGN_A], refused),
    'client-dropped': ('declared', [FOREIGN_A], silent),
    'recursion-off-resolver': ('declared', [FOREIGN_A], refused),
    'dual-stack-gap': ('declared', [FOREIGN_A], refused),
    'delegated-not-served': (is_public, 'delegated', not_served),
    'delegated-not-loaded': (is_public, 'delegated', lambda a: a[0] == 'SERVFAIL'),
    'update-open': (is_public, 'UPDATE', lambda a: a[0] == 'NOERROR'),
    'empty-zone-hides': (is_anybody, 'SOA', lambda a: a[1] == '1'),
    'zone-missing-in-view': (is_anybody, 'SOA', not_served),
    'no-catch-all-view': (is_public, [FOREIGN_A], lambda a: refused(a) and a[2:] == ('0', '18')),
    'default-refuse': (is_neighbour, [FOREIGN_A], refused),
    'rd-zero-refused': (is_neighbour, [(FOREIGN, 'A', '0')], lambda a: refused(a) and a[2] == '1'),
}


# Good all the same.
EXEMPT = {
    'zone-refuses-everyone/good-closed.named.conf': 'its zones are for the server, a key, its host, another view',
    'zone-refuses-everyone/good-fragment.named.conf': 'it is a policy zone of another file',
    'zone-refuses-everyone/good-hidden-primary.named.conf': 'it is meant for secondaries alone',
    'transfer-to-nobody/good-keys.named.conf': 'whoever has the key may, or nobody is told',
    'delegation-below-refused/good-fragment.named.conf': 'it may be a policy zone of another file',
    'delegation-below-refused/good-policy.named.conf': 'it is a policy zone',
    'local-zone-hides-forward/good-fragment.unbound.conf': 'what it needs is in another file',
    'listens-nowhere/good-activation.unbound.conf': 'systemd holds its sockets',
    'listens-nowhere/good-behind-proxy.named.conf': 'it is asked at another port',
    'listens-nowhere/good-proxied.unbound.conf': 'it is asked here without a proxy',
    'declared-client-refused/bad-proxied.unbound.conf': 'it is asked here without a proxy',
    'client-dropped/good-proxied.unbound.conf': 'it is asked here without a proxy',
    'client-dropped/good-no-udp.unbound.conf': 'it is asked here over UDP',
    'listens-nowhere/good-host.unbound.conf': 'it is for its own host',
    'listens-nowhere/good-other-family.named.conf': 'it names addresses that this host has not',
    'transfer-to-nobody/bad-upgrade.named.conf': 'it is about another release',
    'listens-nowhere/good-part.unbound.conf': 'what it needs is in another file',
    'no-catch-all-view/good-unknown.named.conf': 'it hangs on an address that this host has not',
    'delegation-below-refused/good-told.named.conf': 'another rule tells of the zone',
    'default-refuse/good-view.unbound.conf': 'it names those that it lets in, by a view',
    'starts-not/good-fragment.named.conf': 'what it needs is in another file',
    'starts-not/good-fragment.unbound.conf': 'what it needs is in another file',
    'loopback-refused/bad-blackhole.named.conf': 'it gets no answer at all',
    'open-resolver/bad-port.named.conf': 'it is asked here at the port of DNS',
    'open-resolver/bad-port.unbound.conf': 'it is asked here at the port of DNS',
    'recursion-off-resolver/good-destination.named.conf': 'it is asked here at its outer address',
    'transfer-open/good-fragment.named.conf': 'its defaults are those of another file',
    'transfer-open/good-lists.named.conf': 'it gives away zones that every server has',
    'version-disclosed/good-hidden.named.conf': 'it tells a text of its own',
}
INSIDE = [ipaddress.ip_network(n) for n in ('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8',
                                            'fc00::/7', '::1/128')]


def is_inside(address):
    return any(ipaddress.ip_address(address) in n for n in INSIDE)


def seldom(probes):
    """Each network asks about the server once: named limits the rate of that."""
    asked, out = set(), []
    for p in probes:
        network = ipaddress.ip_network(p[0] + ('/56' if ':' in p[0] else '/24'), strict=False)
        if p[2] != 'version.bind' or network not in asked:
            out.append(p)
        if p[2] == 'version.bind':
            asked.add(network)
    return out


class Fixture:
    def __init__(self, path):
        self.path = path
        self.rule = os.path.basename(os.path.dirname(path))
        self.kind = 'unbound' if path.endswith('.unbound.conf') else 'named'
        self.bad = os.path.basename(path).startswith('bad-')
        with open(path, encoding='utf-8', errors='surrogateescape') as f:
            self.original = f.read()
        intent = re.sub(r'\.(named|unbound)\.conf$', '.yaml', path)
        self.intent = open(intent).read() if os.path.exists(intent) else ''
        self.zones = re.findall(r'\bzone\s+"?([\w.-]+)"?[^{;]*\{', self.original)
        self.targets = re.findall(r'^(?:forward|stub)-zone:\s*name:\s*"?([^\s"]+)|^\s*local-zone:\s*"?([^\s"]+)"?\s+(?:always_)?refuse',
                                  self.original, re.M)
        self.targets = ['x.' + (a or b).rstrip('.') for a, b in self.targets]
        self.targets += ['x.' + z for z in re.findall(r'zone\s+"([^"]+)"\s*\{[^}]*type (?:forward|stub|static-stub);', self.original)]
        self.files = {}
        self.text = self.unbound() if self.kind == 'unbound' else self.named()

    def words(self, key):
        """What the intent declares under a key, in the file or beside it."""
        m = re.search(rf'dnslint:.*\b{key}=(\S+)', self.original)
        n = re.search(rf'\b{key}: *\[([^\]]*)\]', self.intent)
        return re.split(r'[,\s]+', m.group(1) if m else n.group(1).strip() if n else '') if m or n else []

    def addresses(self):
        """The host's own: what the intent says, and what is listened on."""
        found = dict.fromkeys(self.words('interfaces'))
        for m in re.finditer(r'(?:listen-on(?:-v6)?[^{;]*\{([^}]*)\}|^\s*(?:server:)?\s*interface:\s*(\S+))', self.original, re.M):
            for word in re.split(r'[;\s]+', (m.group(1) or m.group(2)).split('@')[0]):
                try:
                    a = ipaddress.ip_address(word)
                except ValueError:
                    continue
                if int(a) > 1 and not a.is_loopback:
                    found.setdefault(f'{a}/{24 if a.version == 4 else 64}')
        return [a for a in found if a]

    def named(self):
        text = re.sub(r'\bdirectory\s+"[^"]*"', 'directory "@DIR@"', self.original)
        text = re.sub(r'\bfile\s+"([^"]*)"', lambda m: 'file "' + m[1].strip('/').replace('/', '-') + '"', text)
        extra = 'pid-file none; session-keyfile "@DIR@/session.key";'
        if 'directory' not in text:
            extra += ' directory "@DIR@";'
        if 'dnssec-validation' not in text:
            extra += ' dnssec-validation no;'
        if re.search(r'\boptions\s*\{', text):
            text = re.sub(r'\boptions\s*\{', 'options { ' + extra, text, count=1)
        else:
            text += f'\noptions {{ {extra} }};\n'
        if not re.search(r'\bcontrols\s*\{', text):
            text += '\ncontrols { };\n'
        for m in re.finditer(r'\btype\s+(?:primary|master)\b[^}]*?\bfile\s+"([^"]*)"|'
                             r'\bfile\s+"([^"]*)"[^}]*?\btype\s+(?:primary|master)\b', text):
            self.files[m.group(1) or m.group(2)] = ZONE
        for name in re.findall(r'\bfile\s+"([^"]*)"', text):
            beside = os.path.join(os.path.dirname(self.path), name)
            if os.path.exists(beside):
                with open(beside, encoding='utf-8') as f:
                    self.files[name] = f.read()
        return text

    def unbound(self):
        text = re.sub(r'(zonefile:\s*)"?(?:[^"\s]*/)?([^"\s/]+)"?', r'\1"@DIR@/\2"', self.original)
        for m in re.finditer(r'zonefile:\s*"@DIR@/([^"]*)"', text):
            self.files[m.group(1)] = ZONE
        text += ('\nserver:\n\tchroot: ""\n\tusername: ""\n\tpidfile: ""\n\tdirectory: "@DIR@"\n'
                 '\tuse-syslog: no\n\tlogfile: ""\n\tdo-daemonize: no\n\tnum-threads: 1\n'
                 '\tso-reuseport: no\n\tqname-minimisation: no\n\tdo-not-query-localhost: no\n'
                 '\troot-hints: "@DIR@/hints.db"\n')
        self.files['hints.db'] = generate.HINTS
        if 'module-config' not in text:
            text += '\tmodule-config: "iterator"\n'
        return text if 'control-enable' in text else text + 'remote-control:\n\tcontrol-enable: no\n'

    def probes(self, clients, destinations):
        names = [FOREIGN_A, (FOREIGN, 'A', '0'), ('version.bind', 'TXT', '1')]
        names += [(target, 'A', '1') for target in dict.fromkeys(self.targets)]
        for zone in dict.fromkeys(self.zones + self.words('delegated')):
            names += [(zone, 'SOA', '1'), (zone, 'AXFR', '1')]
            names += [(zone, 'UPDATE', '0')] * self.rule.startswith('update-')
        out = []
        for client in clients:
            for dest in destinations:
                if (':' in client) != (':' in dest) or dest in lab.DESTINATIONS[:2] and not is_loopback(client):
                    continue
                out += [[client, dest, n, t, rd, '-', 'tcp' if t == 'AXFR' else 'udp'] for n, t, rd in names]
                if not is_loopback(client) or dest in lab.DESTINATIONS[:2]:
                    break  # the host asks itself by both ways
        out = seldom(out)
        first = [p for p in out if p[0] in PUBLIC or is_loopback(p[0])]
        rest = [p for p in out if p not in first]
        random.Random(self.path).shuffle(rest)
        transfers = [p for p in first + rest if p[3] == 'AXFR']
        written = [p for p in transfers if p[0] in self.original][:TRANSFERS_MAX // 2]
        transfers = (written + [p for p in transfers if p not in written])[:TRANSFERS_MAX]
        return [p for p in first + rest if p[3] != 'AXFR'][:PROBES_MAX] + transfers

    def is_dead_end(self, difference):
        """Looked up at servers that the fixture names, and that are not here."""
        probe, real, said = difference[:3]
        return probe[2] in self.targets and real[0] == 'TIMEOUT' and said[0] == 'UPSTREAM'

    def claim(self, probes, answers):
        """Does what the finding says happen? None: nothing here can tell."""
        if self.rule not in CLAIMS or any(self.path.endswith(e) for e in EXEMPT):
            return None
        who, what, test, *every = CLAIMS[self.rule]
        own = [a.split('/')[0] for a in self.addresses()]
        if who is is_public and own and all(map(is_inside, own)):
            return None  # the public does not get there
        declared = [ipaddress.ip_network(n, strict=False) for n in self.words('clients')]
        if who == 'declared or near' and not declared:
            who = is_neighbour
        if who in ('declared', 'declared or near'):
            if not declared:
                return None
            who = lambda c: any(ipaddress.ip_address(c) in n for n in declared)
        if who is is_loopback:
            # By its own addresses the host asks as well.
            who = lambda c: is_loopback(c) or c in [a.split('/')[0] for a in self.words('interfaces')]
        seen, groups = None, {}
        open_to = {(p[0], p[2]) for p, a in zip(probes, answers) if p[3] == 'SOA' and answered(a)}
        for p, a in zip(probes, answers):
            if what == 'targets':
                match = p[2] in self.targets
            elif what == 'below':  # of a zone that the same client may ask
                match = p[3] == 'SOA' and any(p[2].endswith('.' + z) for c, z in open_to if c == p[0])
            elif what in ('AXFR', 'SOA', 'UPDATE'):
                match = p[3] == what and p[2] in self.zones
            elif what == 'delegated':
                match = p[3] == 'SOA' and p[2] in self.words('delegated')
            else:
                match = (p[2], p[3], p[4]) in what
            if match and who(p[0]):
                seen = bool(seen) or test(a)
                group = ':' in p[0] if every == [FAMILY] else p[2]
                groups.setdefault(group, []).append(test(a))
        return any(map(all, groups.values())) if every and groups else seen


def fixtures(dnslint):
    rules = json.loads(subprocess.run([dnslint, 'rules', '--format', 'json'], capture_output=True,
                                      text=True).stdout)['rules']
    for rule in rules:
        if rule['family'] in FAMILIES or rule['id'] == STARTS:
            pattern = os.path.join(TOP, 'testdata', 'rules', rule['id'], '*.conf')
            yield from (Fixture(p) for p in sorted(glob.glob(pattern)) if re.search('(named|unbound).conf$', p))


def strict_off(addresses):
    """The networks that the host's addresses lie in."""
    return [str(ipaddress.ip_interface(a).network) for a in addresses]


def settle(fixture):
    """Give the host the fixture's addresses; returns all of them."""
    own = fixture.addresses()
    for address in own:
        subprocess.run(['ip', '-6' if ':' in address else '-4', 'address', 'add', address, 'dev', 'lo'],
                       capture_output=True)
    subprocess.run(['sh', '-c', 'ip route show table local type broadcast | while read -r r;'
                    ' do ip route del $r table local; done'], capture_output=True)
    return own


def leave(own):
    for address in own:
        subprocess.run(['ip', '-6' if ':' in address else '-4', 'address', 'del', address, 'dev', 'lo'],
                       capture_output=True)


def check(fixture, dnslint):
    """'passed', 'differs', 'claim fails' or why it was not run."""
    own = settle(fixture)
    case = Case(fixture.kind, f'{fixture.kind}.conf', fixture.text, fixture.files)
    keep, lab.HOST = lab.HOST, lab.HOST + own
    try:
        if not case.loads():
            return 'not loaded'
        destinations = [a.split('/')[0] for a in own] + lab.DESTINATIONS[2:] + lab.DESTINATIONS[:2]
        edges = {str(n[i]) for n in map(ipaddress.ip_network, strict_off(own)) for i in (0, -1)}
        themselves = [a.split('/')[0] for a in own]
        clients = [c for c in dict.fromkeys(PUBLIC + themselves + generate.clients(fixture.text + fixture.intent, random))
                   if c not in edges]
        probes = fixture.probes(clients, destinations)
        real = case.ask(probes)
        if fixture.rule == STARTS and not any(fixture.path.endswith(e) for e in EXEMPT):
            if (real is None) == fixture.bad:
                return 'claim holds'
            print(f'{fixture.path}: the server {"starts" if fixture.bad else "does not start"}')
            return 'claim fails'
        if real is None:
            return 'not started'
        differ = [d for d in differences(case, dnslint, probes, real) or [] if not fixture.is_dead_end(d)]
        late = [d[0] for d in differ or [] if d[1][0] == 'TIMEOUT']
        if late:
            again = dict(zip(map(tuple, late), case.ask_late(late) or []))
            real = [again.get(tuple(p), a) for p, a in zip(probes, real)]
            differ = [d for d in differences(case, dnslint, probes, real) if not fixture.is_dead_end(d)]
        show(fixture.path, differ)
        claim = fixture.claim(probes, real)
        if fixture.rule in channels.KINDS:
            claim = channels.are_open(fixture.rule, fixture.kind, fixture.original, case.path, PUBLIC,
                                      themselves + lab.DESTINATIONS[2:])
        if differ:
            return 'differs'
        if claim is not None and claim != fixture.bad:
            print(f'{fixture.path}: what {fixture.rule} says does {"not " if fixture.bad else ""}happen')
            return 'claim fails'
        return 'claim holds' if claim is not None else 'passed'
    finally:
        case.remove()
        leave(own)
        lab.HOST = keep


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('--dnslint', default=os.environ.get('DNSLINT', './dnslint'))
    p.add_argument('--only', default='', help='part of a path')
    o = p.parse_args()
    o.dnslint = os.path.abspath(o.dnslint)
    kinds = [k for k in ('named', 'unbound') if shutil.which(k)]
    if not kinds or shutil.which('ip') is None:
        lab.skip('no server is installed')
    every = [f for f in fixtures(o.dnslint) if f.kind in kinds and o.only in f.path]
    lab.OTHERS = []  # the fixtures' own addresses are among them
    lab.enter()
    results, began = {}, time.time()
    for fixture in every:
        result = check(fixture, o.dnslint)
        results.setdefault(result, []).append(fixture.path)
    for result in ('not loaded', 'not started'):
        for path in results.get(result, []):
            print(f'{path}: {result}')
    print(f'{", ".join(f"{len(v)} {k}" for k, v in sorted(results.items()))} in {time.time() - began:.0f} s')
    sys.exit(any(k in results for k in ('differs', 'claim fails')) or not results)


if __name__ == '__main__':
    main()
