"""Random configurations of named and unbound, their zone files, and probes.

They are meant to be loaded and to be strange: lists within lists, negated and
merged, policies on every level, zones of every type, views that overlap. The
same seed gives the same files.
"""
import ipaddress, random, re

import lab

PREFIXES = ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '10.1.0.1', '192.168.0.0/16',
            '192.168.50.0/24', '192.168.50.64/26', '172.16.0.0/12', '127.0.0.0/8', '127.0.0.1',
            '203.0.113.0/24', '203.0.113.9', '100.64.0.0/10', '0.0.0.0/0', '8.8.8.8',
            '128.0.0.0/1', '10.200.0.0/13', '2001:db8::/32', '2001:db8:1::/64', '2001:db8:1::1',
            '2001:db8:2:3::/64', 'fd00::/8', '::1', '::/0', '8000::/1']
SHORT = ['10/8', '10.1/16', '192.168/16', '0/0', '127/8', '172.16/12']
ZONES = ['example.com', 'sub.example.com', 'deep.sub.example.com', 'example.net', 'example.org',
         'corp', 'com', 'test', '10.in-addr.arpa', '168.192.in-addr.arpa', '1.10.in-addr.arpa',
         'd.f.ip6.arpa', 'other.example', 'child.example.net']
FOREIGN = ['www.elsewhere.org', 'nowhere.test', 'a.b.c.invalid', 'com', 'org', '.', 'localhost',
           '1.0.0.10.in-addr.arpa', '5.50.168.192.in-addr.arpa', '16.172.in-addr.arpa',
           '1.0.0.127.in-addr.arpa', '8.b.d.0.1.0.0.2.ip6.arpa', 'x.home.arpa', 'onion', 'a_b.org']
CHAOS = ['version.bind', 'hostname.bind', 'id.server', 'authors.bind', 'version.server',
         'trustanchor.unbound']
QTYPES = ['A'] * 8 + ['AAAA', 'SOA', 'NS', 'DS', 'DS', 'ANY', 'TXT', 'MX', 'CNAME', 'PTR']


def random_prefix(r):
    if r.random() < 0.6:
        return r.choice(PREFIXES)
    if r.random() < 0.7:
        length = r.randint(1, 32)
        net = ipaddress.ip_network((r.choice([0x0a010200, 0xc0a83200, r.getrandbits(32)]), length),
                                   strict=False)
    else:
        length = r.randint(1, 128)
        net = ipaddress.ip_network(((0x20010db8 << 96) | r.getrandbits(80), length), strict=False)
    return str(net)


def zone_file(r, zone):
    """Some name of every kind the servers tell apart."""
    lines = ['$TTL 300', '@ SOA ns.nic.test. root.nic.test. 1 3600 600 86400 60', '@ NS ns.nic.test.',
             'www A 192.0.2.10', 'alias CNAME www', 'out CNAME www.elsewhere.org.',
             'other CNAME www.example.net.', 'long CNAME alias', 'a.b.ent A 192.0.2.11',
             '*.wild A 192.0.2.12', '@ TXT "zone"', 'dn DNAME elsewhere.org.']
    if r.random() < 0.5:
        lines += ['sub NS ns.sub', 'ns.sub A 192.0.2.53', 'deleg NS ns.elsewhere.org.']
    if r.random() < 0.2:
        lines += ['deleg2 NS ns.other.test.', 'deleg2 DS 1 8 2 ' + 'ab' * 32]
    damage = r.random()
    if damage < 0.04:
        lines.pop(2)
    elif damage < 0.07:
        lines.append('www CNAME alias')
    elif damage < 0.09:
        lines.append('bad A 300.1.2.3')
    elif damage < 0.11:
        lines.append('a_b A 192.0.2.9')
    return '\n'.join(lines) + '\n'


class Named:
    name = 'named.conf'

    def __init__(self, seed):
        self.r = random.Random(f'named {seed}')
        self.files, self.acls, self.zones = {}, [], []
        self.text = self.configuration()

    def element(self, depth=0):
        r, x = self.r, self.r.random()
        sign = '!' if r.random() < 0.22 else ''
        if x < 0.10 and self.acls:
            return sign + r.choice(self.acls)
        if x < 0.18 and depth < 3:
            return sign + self.list(depth + 1)
        if x < 0.24:
            return f'{sign}key "{r.choice(["k1", "k2"])}"'
        if x < 0.30:
            return sign + r.choice(['localhost', 'localnets'])
        if x < 0.38:
            return sign + r.choice(['any', 'any', 'none'])
        if x < 0.44:
            return sign + r.choice(SHORT)
        return sign + random_prefix(r)

    def list(self, depth=0):
        n = self.r.choice([0, 1, 1, 1, 2, 2, 3, 4, 6]) if depth else self.r.choice([1, 1, 1, 2, 2, 3, 4, 6])
        return '{ ' + ''.join(self.element(depth) + '; ' for _ in range(n)) + '}'

    def maybe(self, chance, text):
        return [text] if self.r.random() < chance else []

    def policies(self, scale, zone=False):
        r, out = self.r, []
        names = [('allow-query', 0.45), ('allow-query-on', 0.08), ('allow-transfer', 0.3)]
        if not zone:
            names += [('allow-query-cache', 0.3), ('allow-query-cache-on', 0.07),
                      ('allow-recursion', 0.4), ('allow-recursion-on', 0.07)]
        for name, chance in names:
            if r.random() < chance * scale:
                value = '{ any; }' if r.random() < 0.2 else '{ none; }' if r.random() < 0.08 else self.list()
                if name.endswith('-on') and r.random() < 0.6:
                    value = '{ ' + r.choice(lab.DESTINATIONS) + '; ' + self.element() + '; }'
                out.append(f'{name} {value};')
        return out

    def zone(self, name, taken):
        r = self.r
        kind = r.choice(['primary'] * 9 + ['secondary'] * 3 + ['secondary-file', 'stub', 'static-stub',
                        'static-stub', 'forward', 'forward', 'forward', 'missing', 'mirror',
                        'in-view', 'delegation-only', 'empty-forward'])
        file = f'{name}.{len(self.files)}.db'
        own = ' '.join(self.policies(0.9, zone=True))
        if kind == 'in-view' and taken:
            other = r.choice(sorted(taken))
            return f'zone "{taken[other][0]}" {{ in-view "{other}"; }};', taken[other][0]
        if kind in ('in-view', 'primary', 'secondary-file'):
            self.files[file] = zone_file(r, name)
        if kind == 'secondary-file':
            return f'zone "{name}" {{ type secondary; primaries {{ 192.0.2.99; }}; masterfile-format text; file "{file}"; {own} }};', name
        if kind in ('primary', 'in-view', 'missing'):
            return f'zone "{name}" {{ type {r.choice(["primary", "master"])}; file "{file}"; {own} }};', name
        if kind == 'secondary':
            return f'zone "{name}" {{ type secondary; primaries {{ 192.0.2.99; }}; file "{file}"; {own} }};', name
        if kind == 'stub':
            return f'zone "{name}" {{ type stub; primaries {{ 192.0.2.99; }}; file "{file}"; {r.choice(["", "allow-query { 10/8; };"])} }};', name
        if kind == 'static-stub':
            return f'zone "{name}" {{ type static-stub; server-addresses {{ 198.41.0.4; }}; {r.choice(["", "allow-query " + self.list() + ";"])} }};', name
        if kind == 'mirror':
            return f'zone "{name}" {{ type mirror; primaries {{ 192.0.2.99; }}; file "{file}"; }};', name
        if kind == 'delegation-only':
            return f'zone "{name}" {{ type delegation-only; }};', name
        mode = r.choice(['', 'forward only; ', 'forward first; '])
        target = '' if kind == 'empty-forward' else '198.41.0.4; '
        return f'zone "{name}" {{ type forward; {mode}forwarders {{ {target}}}; }};', name

    def zones_of(self, taken, view=None):
        r, out, names = self.r, [], set()
        pool = r.sample(ZONES, r.choice([0, 1, 2, 2, 3, 4, 5]))
        if r.random() < 0.04:
            pool.append('.')
        for name in pool:
            text, name = self.zone(name, taken if view else {})
            if name in names:
                continue
            names.add(name)
            out.append(text)
            self.zones.append(name)
            if view and 'in-view' not in text:
                taken.setdefault(view, (name,))
        return out

    def switches(self):
        r, out = self.r, []
        if r.random() < 0.5:
            out.append(f'recursion {r.choice(["yes", "yes", "no"])};')
        out += self.maybe(0.06, 'forwarders { 198.41.0.4; };')
        out += self.maybe(0.04, 'forward only; forwarders { 198.41.0.4; };')
        out += self.maybe(0.12, f'empty-zones-enable {r.choice(["yes", "no"])};')
        out += self.maybe(0.08, f'disable-empty-zone "{r.choice(["10.IN-ADDR.ARPA", "168.192.IN-ADDR.ARPA"])}";')
        out += self.maybe(0.05, 'minimal-any yes;')
        out += self.maybe(0.03, 'check-names response fail;')
        return out

    def view(self, i, taken):
        r, name = self.r, f'v{i}'
        lines = []
        if r.random() < 0.75:
            lines.append(f'match-clients {self.list()};')
        if r.random() < 0.2:
            lines.append('match-destinations { ' + r.choice(lab.DESTINATIONS) + '; ' +
                         (self.element() + '; ' if r.random() < 0.3 else '') + '};')
        lines += self.maybe(0.12, f'match-recursive-only {r.choice(["yes", "no"])};')
        lines += self.policies(0.6) + self.switches() + self.zones_of(taken, name)
        return f'view "{name}" {{\n\t' + '\n\t'.join(lines) + '\n};'

    def listen(self):
        r, out = self.r, []
        for option, own in (('listen-on', ['127.0.0.1', '10.1.0.1', '192.168.50.1']),
                            ('listen-on-v6', ['::1', '2001:db8:1::1'])):
            x = r.random()
            if x < 0.75:
                out.append(f'{option} {{ any; }};')
            elif x < 0.85:
                out.append(f'{option} {{ {r.choice(own)}; }};')
            elif x < 0.92:
                out.append(f'{option} {{ !{r.choice(own)}; any; }};')
            elif x < 0.95:
                out.append(f'{option} {self.list()};')
        return out

    def configuration(self):
        r, lines = self.r, []
        for key in ('k1', 'k2'):
            lines.append(f'key "{key}" {{ algorithm hmac-sha256; secret "{lab.KEYS[key]}"; }};')
        for i in range(r.choice([0, 1, 2, 3, 4])):
            lines.append(f'acl a{i} {self.list()};')
            self.acls.append(f'a{i}')
        options = ['directory "@DIR@";', 'pid-file none;', 'session-keyfile none;', 'notify no;',
                   'dnssec-validation no;', 'qname-minimization off;', 'empty-contact ".";',
                   'transfers-out 1000;']
        options += self.listen() + self.maybe(0.1, f'blackhole {self.list()};')
        options += self.policies(0.9) + self.switches()
        lines.append('options {\n\t' + '\n\t'.join(options) + '\n};\ncontrols { };')
        if r.random() < 0.45:
            taken = {}
            for i in range(r.choice([1, 2, 2, 3, 4])):
                lines.append(self.view(i, taken))
        else:
            lines += self.zones_of({})
        return '\n'.join(lines) + '\n'


LOCAL_TYPES = ['static', 'transparent', 'typetransparent', 'redirect', 'refuse', 'deny', 'inform',
               'inform_deny', 'inform_redirect', 'always_transparent', 'always_refuse',
               'always_nxdomain', 'always_nodata', 'always_deny', 'always_null', 'nodefault',
               'noview', 'block_a']
ACTIONS = ['allow'] * 8 + ['refuse', 'refuse', 'deny', 'deny', 'allow_snoop', 'allow_setrd',
                           'refuse_non_local', 'deny_non_local']
HINTS = '. 3600 IN NS a.root-servers.net.\na.root-servers.net. 3600 IN A 198.41.0.4\n'


class Unbound:
    name = 'unbound.conf'

    def __init__(self, seed):
        self.r = random.Random(f'unbound {seed}')
        self.files, self.zones, self.tags, self.views = {'hints.db': HINTS}, [], [], []
        self.text = self.configuration()

    def netblock(self):
        r = self.r
        if r.random() < 0.05:
            return r.choice(['10.1.2.3/8', '192.168.50.77/24', '2001:db8:1::5/48'])
        return random_prefix(r)

    def local_zones(self, indent, tags=True):
        r, out = self.r, []
        for name in r.sample(ZONES, r.choice([0, 1, 1, 2, 3])):
            kind = r.choice(LOCAL_TYPES)
            out.append(f'local-zone: "{name}." {kind}')
            self.zones.append(name)
            owners = [''] if 'redirect' in kind else ['', 'www.', 'a.b.ent.', 'x.']
            for owner in r.sample(owners, min(len(owners), r.choice([0, 1, 2]))):
                data = r.choice(['A 192.0.2.51', 'TXT "x"', 'AAAA 2001:db8::5', 'CNAME www.elsewhere.org.'])
                if data.startswith('CNAME') and owner == '':
                    data = 'A 192.0.2.52'
                out.append(f"local-data: '{owner}{name}. {data}'")
            if tags and self.tags and r.random() < 0.4:
                out.append(f'local-zone-tag: "{name}." "{" ".join(r.sample(self.tags, r.choice([1, 1, 2])))}"')
            if tags and r.random() < 0.25:
                out.append(f'local-zone-override: "{name}." {self.netblock()} {r.choice(LOCAL_TYPES[:15])}')
        if r.random() < 0.15:
            out.append("local-data: 'lonely.example. A 192.0.2.77'")
            self.zones.append('lonely.example')
        return out

    def clients(self):
        r, out = self.r, []
        for _ in range(r.choice([0, 1, 2, 3, 4, 6])):
            out.append(f'access-control: {self.netblock()} {r.choice(ACTIONS)}')
        blocks = [line.split()[1] for line in out] or ['10.0.0.0/8']
        for _ in range(r.choice([0, 0, 1, 2]) if self.tags else 0):
            block = r.choice(blocks + [self.netblock()])
            chosen = r.sample(self.tags, r.choice([1, 1, 2]))
            out.append(f'access-control-tag: {block} "{" ".join(chosen)}"')
            if r.random() < 0.5:
                out.append(f'access-control-tag-action: {block} {r.choice(chosen)} {r.choice(LOCAL_TYPES[:15])}')
        for _ in range(r.choice([0, 1, 1]) if self.views else 0):
            out.append(f'access-control-view: {r.choice(blocks + [self.netblock()])} {r.choice(self.views)}')
        return out

    def listeners(self):
        r, out = self.r, []
        if r.random() < 0.1:
            return []
        if r.random() < 0.15:
            chosen = ['0.0.0.0', '::0']
        else:
            chosen = [d for d in lab.DESTINATIONS if r.random() < 0.8]
        for address in chosen:
            out.append(f'interface: {address}')
            if r.random() < 0.08:
                out.append(f'interface-action: {address} {r.choice(ACTIONS)}')
            if self.views and r.random() < 0.06:
                out.append(f'interface-view: {address} {r.choice(self.views)}')
            if self.tags and r.random() < 0.06:
                out.append(f'interface-tag: {address} "{r.choice(self.tags)}"')
        return out

    def switches(self):
        r, out = self.r, []
        for option, chance in (('deny-any', 0.1), ('hide-identity', 0.2), ('hide-version', 0.2),
                               ('hide-trustanchor', 0.1), ('unblock-lan-zones', 0.12),
                               ('insecure-lan-zones', 0.05), ('aggressive-nsec', 0.1),
                               ('harden-below-nxdomain', 0.1), ('minimal-responses', 0.1),
                               ('ede', 0.3), ('do-ip6', 0.03), ('do-udp', 0.02), ('do-tcp', 0.03)):
            if r.random() < chance:
                out.append(f'{option}: {"no" if option.startswith("do-") else r.choice(["yes", "yes", "no"])}')
        if r.random() < 0.04:
            out.append('log-local-actions: yes')
        return out

    def clauses(self):
        r, out = self.r, []
        for name in r.sample(ZONES, r.choice([0, 0, 1, 2])):
            file = f'{name}.{len(self.files)}.db'
            self.zones.append(name)
            kind = r.choice(['auth', 'auth', 'stub', 'forward'])
            if kind == 'auth':
                lines = [f'name: "{name}"', f'zonefile: "@DIR@/{file}"']
                if r.random() < 0.9:
                    self.files[file] = zone_file(r, name)
                for option in ('for-downstream', 'for-upstream', 'fallback-enabled'):
                    if r.random() < 0.5:
                        lines.append(f'{option}: {r.choice(["yes", "no"])}')
            elif kind == 'stub':
                lines = [f'name: "{name}"', 'stub-addr: 198.41.0.4'] + (['stub-first: yes'] if r.random() < 0.3 else [])
            else:
                lines = [f'name: "{name}"', 'forward-addr: 198.41.0.4'] + (['forward-first: yes'] if r.random() < 0.3 else [])
            out.append(f'{kind}-zone:\n\t' + '\n\t'.join(lines))
        return out

    def configuration(self):
        r = self.r
        lines = ['chroot: ""', 'username: ""', 'directory: "@DIR@"', 'pidfile: ""', 'do-daemonize: no',
                 'use-syslog: no', 'logfile: ""', 'module-config: "iterator"',
                 'root-hints: "@DIR@/hints.db"', 'num-threads: 1', 'qname-minimisation: no',
                 'so-reuseport: no', 'do-not-query-localhost: no', 'outgoing-range: 64',
                 'msg-cache-size: 1m', 'rrset-cache-size: 1m', 'verbosity: 1']
        if r.random() < 0.35:
            self.tags = ['t1', 't2', 't3']
            lines.append('define-tag: "t1 t2 t3"')
        if r.random() < 0.35:
            self.views = ['va', 'vb'][:r.choice([1, 2])]
        body = self.listeners() + self.clients() + self.switches() + self.local_zones('\t')
        text = 'server:\n\t' + '\n\t'.join(lines + body) + '\n'
        for view in self.views:
            inner = [f'name: "{view}"'] + (['view-first: yes'] if r.random() < 0.5 else [])
            text += 'view:\n\t' + '\n\t'.join(inner + self.local_zones('\t', tags=False)) + '\n'
        for clause in self.clauses():
            text += clause + '\n'
        return text + 'remote-control:\n\tcontrol-enable: no\n'


def usable(address):
    """Addresses that packets may come from in the lab."""
    if address.version == 4:
        return address not in ipaddress.ip_network('0.0.0.0/8') and int(address) < 0xe0000000
    n = int(address)
    return n > 1 and n >> 120 != 0xff and n >> 118 != 0xfe80 >> 6 and n >> 32 != 0xffff or n == 1


def clients(text, r):
    """The ends of every prefix in the text, what is beside them, and some more."""
    found = set()
    for m in re.finditer(r'(?<![\w.:])([0-9a-f.:]*[0-9a-f:](?:/\d+)?)(?![\w.:])', text):
        word = m.group(1)
        if ':' not in word and '.' not in word and '/' not in word:
            continue
        head, _, length = word.partition('/')
        if ':' not in head:
            head += '.0' * (3 - head.count('.'))
        try:
            net = ipaddress.ip_network(head + ('/' + length if length else ''), strict=False)
        except ValueError:
            continue
        for n in (int(net[0]), int(net[-1]), int(net[0]) - 1, int(net[-1]) + 1):
            if 0 <= n < 2 ** net.max_prefixlen:
                found.add(ipaddress.ip_address(n) if net.version == 6 or n >= 2 ** 32
                          else ipaddress.IPv4Address(n))
    found |= {ipaddress.ip_address(a) for a in
              lab.DESTINATIONS + ['8.8.8.8', '10.1.2.3', '203.0.113.9', '2001:db8:9::9', 'fd00::1',
                                  '127.0.0.53', '2a00::1']}
    return sorted((str(a) for a in found if usable(a)), key=lambda a: (len(a), a))


def names(config):
    out = []
    for zone in dict.fromkeys(config.zones):
        dot = '' if zone == '.' else '.' + zone
        out += [zone] + [(label + dot).lstrip('.') for label in
                         ('www', 'alias', 'out', 'other', 'long', 'ent', 'no', 'x.wild', 'sub', 'a.sub',
                          'x.deleg', 'deleg', 'dn', 'a.dn', 'x', 'a.b.ent', 'www.x')]
    return out


def probes(config, seed, count):
    r = random.Random(f'probes {seed}')
    known, sources = names(config), clients(config.text, r)
    by_family = {v: [s for s in sources if (':' in s) == v] for v in (False, True)}
    signed = config.name == 'named.conf'
    out = []
    for _ in range(count):
        dest = r.choice(lab.DESTINATIONS)
        client = r.choice(by_family[':' in dest])
        qname = r.choice(known) if known and r.random() < 0.62 else r.choice(FOREIGN)
        qtype, proto = r.choice(QTYPES), 'tcp' if r.random() < 0.12 else 'udp'
        x = r.random()
        if x < 0.05:
            qname, qtype = r.choice(CHAOS), r.choice(['TXT', 'TXT', 'ANY', 'A'])
        elif x < 0.12:
            qtype, proto = r.choice(['AXFR', 'AXFR', 'IXFR']), 'tcp'
            qname = r.choice(config.zones or FOREIGN)
        tsig = r.choice(['k1', 'k1', 'k2', 'k9']) if signed and r.random() < 0.15 else '-'
        out.append([client, dest, qname, qtype, '0' if r.random() < 0.25 else '1', tsig, proto])
    return out


GENERATORS = {'named': Named, 'unbound': Unbound}
