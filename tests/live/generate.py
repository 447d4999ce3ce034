"""Random configurations of named and unbound, their zone files, and probes.

They are meant to be loaded and to be strange: lists within lists, negated and
merged, policies on every level, zones of every type, views that overlap. The
same seed gives the same files.
"""
import ipaddress, random, re

import lab, layout, wider_named, wider_unbound, zonedata
from zonedata import zone_file

PREFIXES = ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '10.1.0.1', '192.168.0.0/16',
            '192.168.50.0/24', '192.168.50.64/26', '172.16.0.0/12', '127.0.0.0/8', '127.0.0.1',
            '203.0.113.0/24', '203.0.113.9', '100.64.0.0/10', '0.0.0.0/0', '8.8.8.8',
            '128.0.0.0/1', '10.200.0.0/13', '2001:db8::/32', '2001:db8:1::/64', '2001:db8:1::1',
            '2001:db8:2:3::/64', 'fd00::/8', '::1', '::/0', '8000::/1', '::ffff:10.1.0.0/112',
            '::ffff:10.1.2.3', '::ffff:0:0/96', '::ffff:0.0.0.0/97', '0.0.0.0/1']
SHORT = ['0/0', '0/1', '10/8', '10.1/16', '192.168/16', '0/0', '127/8', '172.16/12']
ZONES = ['example.com', 'sub.example.com', 'deep.sub.example.com', 'example.net', 'example.org',
         'corp', 'com', 'test', '10.in-addr.arpa', '168.192.in-addr.arpa', '1.10.in-addr.arpa',
         'd.f.ip6.arpa', 'other.example', 'child.example.net']
FOREIGN = ['www.elsewhere.org', 'nowhere.test', 'a.b.c.invalid', 'com', 'org', '.', 'localhost',
           '1.0.0.10.in-addr.arpa', '5.50.168.192.in-addr.arpa', '16.172.in-addr.arpa',
           '1.0.0.127.in-addr.arpa', 'nx.elsewhere.org', 'nx.test', 'b.a.168.192.in-addr.arpa',
           '1.b.9.f.f.4.6.0.0.ip6.arpa', '1.' + '0.' * 23 + 'b.9.f.f.4.6.0.0.ip6.arpa', 'ipv4only.arpa',
           'x.ipv4only.arpa', '170.0.0.192.in-addr.arpa', 'resolver.arpa', 'EXAMPLE.com', 'a.root-servers.net', '8.b.d.0.1.0.0.2.ip6.arpa', 'x.home.arpa', 'onion', 'a_b.org']
# Zones that named may have of its own.
MADE = ['10.in-addr.arpa', 'ipv4only.arpa', 'd.f.ip6.arpa', 'version.bind']
CHAOS = ['version.bind', 'hostname.bind', 'id.server', 'authors.bind', 'version.server',
         'trustanchor.unbound']
QTYPES = ['A'] * 8 + ['AAAA', 'SOA', 'NS', 'DS', 'DS', 'ANY', 'TXT', 'MX', 'CNAME', 'PTR', 'SRV',
                         'DNAME', 'DNSKEY', 'HTTPS', 'RRSIG', 'CAA', 'NSEC', 'TLSA', 'MAILB', 'NSEC3PARAM',
                         'NSEC3', 'WKS', 'A6', 'CDS', 'KEY', 'SIG', 'NULL', 'NAPTR', 'SPF', 'TKEY', 'OPT', 'TYPE65400', 'TYPE0']


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


# Seldom, since each means a zone.
BELOW_EMPTY = ['5.172.in-addr.arpa', '16.172.in-addr.arpa', '1.16.172.in-addr.arpa', '50.168.192.in-addr.arpa',
               '2.1.10.in-addr.arpa', '8.b.d.0.1.0.0.2.ip6.arpa', '1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
               'x.home.arpa', 'ipv4only.arpa', 'localhost', '127.in-addr.arpa', 'arpa', 'in-addr.arpa']
HINTS = '. 3600 IN NS a.root-servers.net.\na.root-servers.net. 3600 IN A 198.41.0.4\n'
REDIRECT = '$TTL 60\n. SOA ns.nic.test. root 1 3600 600 86400 60\n. NS ns.nic.test.\n*. A 192.0.2.66\n'
RPZ = ('$TTL 60\n@ SOA ns.nic.test. root 1 3600 600 86400 60\n@ NS ns.nic.test.\n'
       'www.elsewhere.org CNAME .\n*.example.com CNAME *.\nwww.example.net CNAME rpz-drop.\n'
       'corp A 192.0.2.67\n')
CATALOG = ('$TTL 60\n@ SOA . . 1 3600 600 86400 60\n@ NS invalid.\nversion TXT "2"\n'
           'a.zones PTR catalogued.test.\nb.zones PTR example.org.\n')
CHAOS_ZONE = '$TTL 60\n@ CH SOA ns root 1 3600 600 86400 60\n@ CH NS ns.nic.test.\n@ CH TXT "x"\nversion CH TXT "y"\n'


class Named:
    name = 'named.conf'

    def __init__(self, seed):
        self.r = random.Random(f'named {seed}')
        self.w = random.Random(f'named wider {seed}')
        self.files, self.acls, self.zones, self.policy_zone, self.policy_zones = {}, [], [], False, []
        self.catalog = False
        self.text = self.configuration()

    def element(self, depth=0):
        r, x = self.r, self.r.random()
        sign = '!' if r.random() < 0.22 else '! ' if r.random() < 0.02 else ''
        if x < 0.10 and self.acls:
            name = r.choice(self.acls)
            return sign + r.choice([name, name, name.upper(), f'"{name}"'])
        if x < 0.18 and depth < 3:
            return sign + self.list(depth + 1)
        if x < 0.24:
            return f'{sign}key ' + r.choice(['"k1"', '"k2"', 'k1', '"K1"', '"k2."', 'k9'])
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
        if zone != 'primary' and zone is not True:
            names += [('allow-notify', 0.1), ('allow-update-forwarding', 0.06)]
        if zone == 'primary' or not zone:
            names += [('allow-update', 0.12)]
        if not zone:
            names += [('allow-query-cache', 0.3), ('allow-query-cache-on', 0.07),
                      ('allow-recursion', 0.4), ('allow-recursion-on', 0.07)]
        for name, chance in names:
            if r.random() < chance * scale:
                value = '{ any; }' if r.random() < 0.2 else '{ none; }' if r.random() < 0.08 else self.list()
                if name.endswith('-on') and r.random() < 0.6:
                    value = '{ ' + r.choice(lab.DESTINATIONS) + '; ' + self.element() + '; }'
                if name == 'allow-transfer' and r.random() < 0.2:
                    value = r.choice(['port 53 ', 'port 853 ', 'transport tcp ', 'transport tls ',
                                      'port 53 transport tcp ']) + value
                out.append(f'{name} {value};')
        return out

    def loading(self, chance):
        """Options on which it depends whether a master file is taken."""
        r, out = self.r, []
        for option, values in (('max-records', '3 100'), ('max-zone-ttl', '60 unlimited 300'),
                               ('check-names', 'fail warn ignore'), ('check-mx', 'fail ignore'),
                               ('check-integrity', 'yes no'), ('check-sibling', 'no'), ('check-wildcard', 'no'),
                               ('check-mx-cname', 'fail ignore'), ('check-srv-cname', 'fail'),
                               ('check-dup-records', 'fail'), ('check-spf', 'ignore'), ('zone-statistics', 'yes')):
            if r.random() < chance:
                name = option + ' primary' if option == 'check-names' and chance < 0.03 else option
                out.append(f'{name} {r.choice(values.split())};')
        return out

    def zone(self, name, taken):
        r = self.r
        kind = r.choice(['primary'] * 9 + ['secondary'] * 3 + ['secondary-file', 'stub', 'static-stub',
                        'static-stub', 'forward', 'forward', 'forward', 'missing', 'mirror',
                        'in-view', 'delegation-only', 'empty-forward'])
        file = f'{name}.{len(self.files)}.db'
        own = ' '.join(self.policies(0.9, zone='primary' if kind in ('primary', 'in-view', 'missing') else
                                     'secondary' if kind in ('secondary', 'secondary-file') else True))
        if r.random() < 0.06 and kind not in ('forward', 'empty-forward'):
            own += r.choice([' forwarders { };', ' forwarders { 198.41.0.4; };',
                             ' forward only; forwarders { 198.41.0.4; };'])
        if kind == 'primary' and 'allow-update' not in own and r.random() < 0.06:
            own += ' update-policy { grant k1 zonesub ANY; };'
        if kind == 'primary':
            own += ''.join(' ' + x for x in self.loading(0.04))
        own += wider_named.zone_options(self.w, kind, own)
        primaries = r.choice(['192.0.2.99; ', '192.0.2.99; ', '192.0.2.99 key "k1"; 10.1.2.3 port 5300; ',
                              '"hosts"; ', '"hosts"; 2001:db8:1::1; '])
        if r.random() < 0.15 and name != '.':
            name = r.choice([name.upper(), name + '.', name.title()])
        if kind == 'in-view' and taken:
            other = r.choice(sorted(taken))
            own = r.choice(['', '', ' forward only; forwarders { 198.41.0.4; };', ' forwarders { };'])
            return f'zone "{taken[other][0]}" {{ in-view "{other}";{own} }};', taken[other][0]
        if kind in ('in-view', 'primary', 'secondary-file'):
            self.files[file] = zone_file(r, name)
        if kind == 'secondary-file':
            return f'zone "{name}" {{ type secondary; primaries {{ {primaries}}}; masterfile-format text; file "{file}"; {own} }};', name
        if kind in ('primary', 'in-view', 'missing'):
            return f'zone "{name}" {{ type {r.choice(["primary", "master"])}; file "{file}"; {own} }};', name
        if kind == 'secondary':
            return f'zone "{name}" {{ type secondary; primaries {{ {primaries}}}; file "{file}"; {own} }};', name
        if kind == 'stub':
            return f'zone "{name}" {{ type stub; primaries {{ {primaries}}}; file "{file}"; {r.choice(["", "allow-query { 10/8; };"])} }};', name
        if kind == 'static-stub':
            return f'zone "{name}" {{ type static-stub; server-addresses {{ 198.41.0.4; }}; {r.choice(["", "allow-query " + self.list() + ";"])} }};', name
        if kind == 'mirror':
            return f'zone "{name}" {{ type mirror; primaries {{ {primaries}}}; file "{file}"; }};', name
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
        pool += [n for n in BELOW_EMPTY if r.random() < 0.03]
        for name in pool:
            text, name = self.zone(name, taken if view else {})
            if name.lower().rstrip('.') in names:
                continue
            names.add(name.lower().rstrip('.'))
            out.append(text)
            self.zones.append(name if name == '.' else name.rstrip('.'))
            if view and 'in-view' not in text:
                taken.setdefault(view, (name,))
        for name, text in wider_named.odd_names(self.w, zone_file, self.files):
            if name not in names:
                names.add(name)
                out.append(text)
                self.zones.append(name)
        return out + self.odd_zones(names)

    def odd_zones(self, names):
        r, out = self.r, []
        if '' not in names and r.random() < 0.05:
            self.files['hints.db'] = HINTS
            out.append('zone "." { type hint; file "hints.db"; };')
        if '' not in names and r.random() < 0.05:
            self.files['redirect.db'] = REDIRECT
            own = r.choice(['', 'allow-query ' + self.list() + ';'])
            out.append(f'zone "." {{ type redirect; file "redirect.db"; {own} }};')
        if self.catalog and 'catalog.local' not in names:
            self.files['catalog.db'] = CATALOG
            out.append('zone "catalog.local" { type primary; file "catalog.db"; allow-query { 10/8; }; };')
            self.zones.append('catalog.local')
        self.catalog = False
        if self.policy_zone:
            self.files['rpz.db'] = RPZ
            out.append('zone "rpz.local" { type primary; file "rpz.db"; allow-query { none; }; };')
        out += self.policy_zones
        self.policy_zone, self.policy_zones = False, []
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
        out += self.maybe(0.05, f'auth-nxdomain {r.choice(["yes", "no"])};')
        out += self.maybe(0.05, r.choice(['dns64 64:ff9b::/96 { };', 'dns64 64:ff9b::/96 { clients { 10/8; }; };',
                                          'dns64 2001:db8:64::/48 { };', 'ipv4only-enable yes;',
                                          'dns64 64:ff9b::/96 { }; ipv4only-enable no;']))
        out += self.maybe(0.02, 'nxdomain-redirect "redirected.test";')
        out += self.maybe(0.03, 'deny-answer-addresses { 192.0.2.0/24; };')
        out += self.maybe(0.02, 'minimal-responses no-auth;')
        out += self.maybe(0.02, 'synth-from-dnssec no;')
        out += self.loading(0.01)
        out += self.maybe(0.02, 'deny-answer-aliases { "elsewhere.org"; };')
        out += self.maybe(0.02, 'root-delegation-only;')
        out += self.maybe(0.02, 'answer-cookie no;')
        out += self.maybe(0.02, 'require-server-cookie yes;')
        out += self.maybe(0.02, 'zero-no-soa-ttl yes;')
        out += self.maybe(0.02, 'minimal-responses yes;')
        out += self.maybe(0.02, 'allow-new-zones yes;')
        out += self.maybe(0.02, 'recursion yes;') if not any(o.startswith('recursion') for o in out) else []
        out += self.maybe(0.02, r.choice(['server 198.41.0.4 { edns no; };', 'prefetch 0;', 'fetches-per-zone 100;',
                                          'max-recursion-depth 5;', 'disable-algorithms "." { RSASHA1; };',
                                          'notify explicit;', 'attach-cache "c";', 'max-cache-size 8m;']))
        return out + wider_named.view_options(self.w, self.list, out)

    def server_switches(self):
        r, out = self.r, []
        out += self.maybe(0.08, r.choice(['version none;', 'version "x";']))
        out += self.maybe(0.08, r.choice(['hostname none;', 'hostname "h";']))
        out += self.maybe(0.08, r.choice(['server-id none;', 'server-id hostname;', 'server-id "s";']))
        out += self.maybe(0.03, 'match-mapped-addresses yes;')
        out += self.maybe(0.03, 'port 5353;')
        return out

    def response_policy(self):
        r = self.r
        self.catalog = r.random() < 0.04
        catalog = ['catalog-zones { zone "catalog.local" zone-directory "@DIR@" in-memory yes; };'] if self.catalog else []
        return catalog + self.policies_of_answers()

    def policies_of_answers(self):
        r = self.r
        self.policy_zone = r.random() < 0.06
        if not self.policy_zone:
            policy, self.policy_zones = wider_named.policy_zones(self.w, self.files)
            return policy
        return ['response-policy { zone "rpz.local"' + r.choice(['', '', ' policy nodata', ' policy drop',
                                                                 ' policy disabled']) + '; }' +
                r.choice(['', ' recursive-only no', ' qname-wait-recurse no']) + ';']

    def view(self, i, taken):
        r, name = self.r, f'v{i}'
        lines = []
        if r.random() < 0.75:
            lines.append(f'match-clients {self.list()};')
        if r.random() < 0.2:
            lines.append('match-destinations { ' + r.choice(lab.DESTINATIONS) + '; ' +
                         (self.element() + '; ' if r.random() < 0.3 else '') + '};')
        lines += self.maybe(0.12, f'match-recursive-only {r.choice(["yes", "no"])};')
        key = []
        if r.random() < 0.08:
            key = [f'key "k9" {{ algorithm hmac-sha256; secret "{lab.KEYS["k9"]}"; }};']
        if r.random() < 0.06:
            self.files['chaos.db'] = CHAOS_ZONE
            own = ' '.join(self.policies(0.6, zone='primary'))
            chaos = f'zone "{r.choice(["bind", "version.bind", "server"])}" CH {{ type primary; file "chaos.db"; {own} }};'
            return f'view "c{i}" CH {{\n\t' + '\n\t'.join(lines + self.policies(0.6) + [chaos]) + '\n};'
        if self.w.random() < 0.06 and not key:
            key = [f'key "k9" {{ algorithm hmac-sha256; secret "{lab.KEYS["k9"]}"; }};']
        key += wider_named.servers(self.w)
        lines += key + self.policies(0.6) + self.switches() + self.response_policy() + self.zones_of(taken, name)
        lines = layout.named(r, self.files, lines)
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
            elif x < 0.96:
                out.append(f'{option} {{ none; }};')
            if r.random() < 0.06:
                out.append(f'{option} port {r.choice([5353, 53])} {{ {r.choice(own)}; }};')
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
        options += self.policies(0.9) + self.switches() + self.server_switches()
        views = r.random() < 0.45
        options += [] if views else self.response_policy()
        options += [x for x in wider_named.SERVER_PLAIN if self.w.random() < 0.02]
        lines.append('primaries "hosts" { 10.1.2.3; 192.168.50.70 port 5300; "more"; };\n'
                     'primaries "more" { 2001:db8:2:3::1 key "k1"; };')
        options = options[:1] + layout.named(r, self.files, options[1:])
        lines.append('options {\n\t' + '\n\t'.join(options) + '\n};')
        first, lines = lines, ['controls { };'] + wider_named.servers(self.w)
        if views:
            taken = {}
            for i in range(r.choice([1, 2, 2, 3, 4])):
                lines.append(self.view(i, taken))
        else:
            lines += self.zones_of({})
        return '\n'.join(first + layout.named(r, self.files, lines)) + '\n'


LOCAL_TYPES = ['static', 'transparent', 'typetransparent', 'redirect', 'refuse', 'deny', 'inform',
               'inform_deny', 'inform_redirect', 'always_transparent', 'always_refuse',
               'always_nxdomain', 'always_nodata', 'always_deny', 'always_null', 'noview', 'nodefault']
# The server has zones of these names of its own.
OWN_ZONES = ['10.in-addr.arpa', '168.192.in-addr.arpa', 'localhost', 'test', 'onion', 'home.arpa', 'd.f.ip6.arpa',
             '50.168.192.in-addr.arpa', '127.in-addr.arpa', '16.172.in-addr.arpa', 'x.test', '.', 'org']
TAG_TYPES = LOCAL_TYPES[:-2] + ['redirect', 'truncate']
TAG_DATA = ['A 192.0.2.61', 'AAAA 2001:db8::61', 'TXT x', 'CNAME www.elsewhere.org.']
RESPONSE_IP = ['deny', 'redirect', 'inform', 'inform_deny', 'always_transparent', 'always_refuse',
               'always_nxdomain']
ACTIONS = ['allow'] * 8 + ['refuse', 'refuse', 'deny', 'deny', 'allow_snoop', 'allow_setrd',
                           'refuse_non_local', 'deny_non_local']


class Unbound:
    name = 'unbound.conf'

    def __init__(self, seed):
        self.r = random.Random(f'unbound {seed}')
        self.w = random.Random(f'unbound wider {seed}')
        self.files, self.zones, self.tags, self.views = {'hints.db': HINTS}, [], [], []
        self.text = self.configuration()

    def netblock(self):
        r = self.r
        if r.random() < 0.05:
            return r.choice(['10.1.2.3/8', '192.168.50.77/24', '2001:db8:1::5/48', '10.1.2.3/0', '2001:db8::5/0',
                             '::ffff:10.1.2.3/104', '10.1.2.3/32', '::1/128'])
        return random_prefix(r)

    def local_zones(self, indent, tags=True):
        r, out = self.r, []
        for name in r.sample(ZONES, r.choice([0, 1, 1, 2, 3])) + [n for n in OWN_ZONES if r.random() < 0.04]:
            kind = r.choice(LOCAL_TYPES)
            written = layout.strange_spelling(r, name) if name != '.' and r.random() < 0.1 else name
            out.append(f'local-zone: "{written}{r.choice(["." , ""]) if not written.endswith(".") else ""}" {kind}')
            self.zones.append(name)
            name = '' if name == '.' else name
            owners = [''] if 'redirect' in kind or name == 'localhost' else ['', 'www.', 'a.b.ent.', 'x.', '*.', 'WWW.',
                                                                         '\\120.']
            for owner in r.sample(owners, min(len(owners), r.choice([0, 1, 2]))):
                data = r.choice(['A 192.0.2.51', 'TXT "x"', 'AAAA 2001:db8::5', 'CNAME www.elsewhere.org.',
                                 'MX 5 x.test.', 'DNAME elsewhere.org.', 'NS ns.elsewhere.org.', 'TYPE65400 \\# 0'])
                if data.startswith('CNAME') and owner == '' and r.random() < 0.7:
                    data = 'A 192.0.2.52'
                data = r.choice(['', '', '', 'IN ', '300 ', '300 IN ']) + data
                out.append(f"local-data: '{(owner + name).rstrip('.')}. {data}'")
            name = name or '.'
            if tags and self.tags and r.random() < 0.4:
                out.append(f'local-zone-tag: "{name}." "{" ".join(r.sample(self.tags, r.choice([1, 1, 2])))}"')
            if tags and kind != 'nodefault' and r.random() < 0.25:
                out.append(f'local-zone-override: "{name}" {self.netblock()} {r.choice(TAG_TYPES)}')
        if r.random() < 0.15:
            out.append("local-data: 'lonely.example. A 192.0.2.77'")
            self.zones.append('lonely.example')
        if r.random() < 0.06:
            out.append(f'local-data-ptr: "{r.choice(["10.0.0.1", "192.168.50.5", "8.8.8.8", "fd00::1"])} host.test"')
        if r.random() < 0.04:
            out.append(f"local-data: '{r.choice(CHAOS)} CH TXT x'")
        out += wider_unbound.local_data(self.w)
        for kind in wider_unbound.LATER_TYPES:
            if self.w.random() < 0.005:
                out.append(f'local-zone: "later.example" {kind}')
        if tags:
            types = [t for t in TAG_TYPES if t != 'inform_redirect']
            out += wider_unbound.tags(self.w, self.tags, self.netblock, types, self.zones)
        return out

    def response_ip(self):
        r = self.r
        if not self.respip or r.random() < 0.5:
            return []
        out = [f'response-ip: {r.choice(["192.0.2.0/24", "192.0.2.1", "198.51.100.0/24"])} {r.choice(RESPONSE_IP)}']
        if 'redirect' in out[0]:
            out.append(f'response-ip-data: {out[0].split()[1]} "A 198.51.100.7"')
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
                out.append(f'access-control-tag-action: {block} {r.choice(chosen)} {r.choice(TAG_TYPES)}')
            if r.random() < 0.25:
                out.append(f'access-control-tag-data: {block} {r.choice(chosen)} "{r.choice(TAG_DATA)}"')
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
        if r.random() < 0.03:
            out.append('interface-automatic: yes')
            chosen = ['0.0.0.0', '::0']
        if r.random() < 0.05:
            out.append(f'port: {r.choice([53, 5353])}')
        if r.random() < 0.03:
            out.append(f'interface: 10.1.0.1@5353\n\tinterface-action: 10.1.0.1@5353 allow')
        if r.random() < 0.02:
            out.append(f'tcp-connection-limit: {self.netblock()} {r.choice([0, 0, 200])}')
        for address in chosen:
            out.append(f'{r.choice(["interface", "interface", "ip-address"])}: {address}{r.choice(["", "", "", "@53"])}')
            if r.random() < 0.08:
                out.append(f'interface-action: {address} {r.choice(ACTIONS)}')
            if self.views and r.random() < 0.06:
                out.append(f'interface-view: {address} {r.choice(self.views)}')
            if self.tags and r.random() < 0.06:
                out.append(f'interface-tag: {address} "{r.choice(self.tags)}"')
                if r.random() < 0.5:
                    out.append(f'interface-tag-action: {address} {r.choice(self.tags)} {r.choice(TAG_TYPES)}')
                if r.random() < 0.3:
                    out.append(f'interface-tag-data: {address} {r.choice(self.tags)} "{r.choice(TAG_DATA)}"')
        return out

    def switches(self):
        r, out = self.r, []
        for option, chance in (('deny-any', 0.1), ('hide-identity', 0.2), ('hide-version', 0.2),
                               ('hide-trustanchor', 0.1), ('unblock-lan-zones', 0.12),
                               ('insecure-lan-zones', 0.05), ('aggressive-nsec', 0.1),
                               ('harden-below-nxdomain', 0.1), ('minimal-responses', 0.1),
                               ('ede', 0.3), ('do-ip6', 0.03), ('do-ip4', 0.02), ('do-udp', 0.02), ('do-tcp', 0.03),
                               ('serve-expired', 0.05), ('harden-large-queries', 0.05), ('rrset-roundrobin', 0.05)):
            if r.random() < chance:
                out.append(f'{option}: {"no" if option.startswith("do-") else r.choice(["yes", "yes", "no"])}')
        for line, chance in (('log-local-actions: yes', 0.04), ('incoming-num-tcp: 0', 0.02),
                             ('private-address: 192.0.2.0/24', 0.05), ('private-domain: "elsewhere.org"', 0.03),
                             ('domain-insecure: "test"', 0.03), ('identity: "x"', 0.03), ('version: "y"', 0.03),
                             ('do-not-query-address: 198.41.0.4', 0.01),
                             ('deny-any: no', 0.02), ('ip-freebind: yes', 0.02), ('dns64-synthall: yes', 0.02),
                             ('tcp-upstream: no', 0.02), ('use-caps-for-id: yes', 0.02), ('prefetch: yes', 0.02),
                             ('ip-ratelimit: 0', 0.02), ('max-udp-size: 512', 0.02), ('harden-short-bufsize: no', 0.02),
                             ('hide-version: yes', 0.03), ('ip-transparent: yes', 0.02), ('udp-connect: no', 0.02),
                             ('interface-automatic-ports: "53 5353"', 0.01), ('cache-max-ttl: 0', 0.02)):
            if r.random() < chance:
                out.append(line)
        return out + wider_unbound.options(self.w, out)

    def clauses(self):
        r, out = self.r, []
        for name in r.sample(ZONES, r.choice([0, 0, 1, 2])) + [n for n in OWN_ZONES if r.random() < 0.01]:
            file = f'{name}.{len(self.files)}.db'
            self.zones.append(name)
            kind = r.choice(['auth', 'auth', 'stub', 'forward'])
            if kind == 'auth':
                lines = [f'name: "{name}"']
                x = r.random()
                if x < 0.9:
                    lines.append(f'zonefile: "@DIR@/{file}"')
                if x > 0.8:
                    lines += r.choice([['primary: 192.0.2.99'], ['master: 192.0.2.99', 'allow-notify: 10.0.0.0/8'],
                                       ['primary: 10.1.2.3@5300'], []])
                if x < 0.87:
                    self.files[file] = zone_file(r, name)
                for option in ('for-downstream', 'for-upstream', 'fallback-enabled'):
                    if r.random() < 0.5:
                        lines.append(f'{option}: {r.choice(["yes", "no"])}')
            elif kind == 'stub':
                lines = [f'name: "{name}"'] + r.choice([['stub-addr: 198.41.0.4'], ['stub-host: a.root-servers.net'], [],
                                                        ['stub-addr: 198.41.0.4', 'stub-prime: yes'],
                                                        ['stub-addr: 198.41.0.4', 'stub-first: yes']])
            else:
                lines = [f'name: "{name}"'] + r.choice([['forward-addr: 198.41.0.4'], [],
                                                        ['forward-addr: 198.41.0.4', 'forward-no-cache: yes'],
                                                        ['forward-addr: 198.41.0.4', 'forward-first: yes']])
            out.append(f'{kind}-zone:\n\t' + '\n\t'.join(lines))
        if self.respip and r.random() < 0.5:
            self.files['rpz.db'] = RPZ
            out.append('rpz:\n\tname: "rpz.local"\n\tzonefile: "@DIR@/rpz.db"' +
                       r.choice(['', '', '\n\trpz-action-override: disabled', '\n\trpz-action-override: nodata',
                                 '\n\trpz-signal-nxdomain-ra: yes'] +
                                (['\n\ttags: "t1"'] if self.tags else [])))
        return out + wider_unbound.clauses(self.w, self.files, self.tags, self.respip, wider_named.TRIGGERS, wider_named.RPZ_HEAD)

    def configuration(self):
        r = self.r
        self.respip = r.random() < 0.12
        modules = 'respip iterator' if self.respip else r.choice(
            ['iterator'] * 8 + ['validator iterator', 'dns64 iterator', 'dns64 validator iterator'])
        if self.w.random() < 0.06:
            modules = self.w.choice(wider_unbound.MODULES)
            self.respip = 'respip' in modules
        lines = ['chroot: ""', 'username: ""', 'directory: "@DIR@"', 'pidfile: ""', 'do-daemonize: no',
                 'use-syslog: no', 'logfile: ""', f'module-config: "{modules}"',
                 'root-hints: "@DIR@/hints.db"', 'num-threads: 1', 'qname-minimisation: no',
                 'so-reuseport: no', 'do-not-query-localhost: no', 'outgoing-range: 64',
                 'msg-cache-size: 1m', 'rrset-cache-size: 1m', 'verbosity: 1']
        if r.random() < 0.35:
            self.tags = ['t1', 't2', 't3']
            lines.append('define-tag: "t1 t2 t3"')
        if r.random() < 0.35:
            self.views = ['va', 'vb'][:r.choice([1, 2])]
        body = self.listeners() + wider_unbound.devices(self.w) + self.clients() + self.switches() + self.local_zones('\t') + self.response_ip()
        rest = []
        for view in self.views:
            inner = [f'name: "{view}"'] + (['view-first: yes'] if r.random() < 0.5 else [])
            rest.append('view:\n\t' + '\n\t'.join(inner + self.local_zones('\t', tags=False) + self.response_ip()))
        rest += self.clauses()
        if r.random() < 0.03:
            rest.append(r.choice(rest)) if rest else None
        return layout.unbound(r, self.files, lines + body, rest + ['remote-control:\n\tcontrol-enable: no'])


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
    """Names to ask for; those that only few zones have are asked for seldom."""
    zones = list(dict.fromkeys(config.zones))
    common = [n for z in zones for n in zonedata.names(z)]
    return common, [n for z in zones for n in zonedata.more_names(z)] or common


def probes(config, seed, count):
    r = random.Random(f'probes {seed}')
    (known, seldom), sources = names(config), clients(config.text, r)
    by_family = {v: [s for s in sources if (':' in s) == v] for v in (False, True)}
    signed = config.name == 'named.conf'
    out = []
    for _ in range(count):
        dest = r.choice(lab.DESTINATIONS)
        client = r.choice(by_family[':' in dest])
        qname = r.choice(FOREIGN)
        if known and r.random() < 0.62:
            qname = r.choice(seldom if r.random() < 0.3 else known)
        qtype, proto = r.choice(QTYPES), 'tcp' if r.random() < 0.12 else 'udp'
        x = r.random()
        if x < 0.05:
            qname, qtype = r.choice(CHAOS), r.choice(['TXT', 'TXT', 'ANY', 'A'])
        elif x < 0.12:
            qtype = r.choice(['AXFR', 'AXFR', 'IXFR', 'NOTIFY', 'UPDATE'])
            proto = proto if qtype in ('NOTIFY', 'UPDATE') else 'tcp'
            qname = r.choice((config.zones or FOREIGN) + MADE)
        if r.random() < 0.08:
            qname = layout.strange_spelling(r, qname)
        elif r.random() < 0.02:
            qname = r.choice(['a\\.b.', '\\000.', '\\255x.', '*.', '_x.', 'xn--a.', 63 * 'l' + '.', 'a\\@b.']) + qname.lstrip('.')
        tsig = r.choice(['k1', 'k1', 'k2', 'k9']) if signed and r.random() < 0.15 else '-'
        out.append([client, dest, qname, qtype, '0' if r.random() < 0.25 else '1', tsig, proto])
    return out


GENERATORS = {'named': Named, 'unbound': Unbound}
