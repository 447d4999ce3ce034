"""More of unbound.conf than generate.py writes: options beside those on which
answers hang, and that might change them all the same."""
PLAIN = ['val-permissive-mode: yes', 'insecure-lan-zones: yes', 'domain-insecure: "."', 'do-not-query-localhost: yes',
         'outgoing-interface: 10.1.0.1', 'prefer-ip6: yes', 'prefer-ip4: yes', 'private-address: 0.0.0.0/0',
         'private-address: 10.0.0.0/8', 'ratelimit: 10000', 'ratelimit-for-domain: test 5000', 'serve-expired-ttl: 60',
         'serve-expired-client-timeout: 1800', 'serve-expired: yes', 'nsid: "ascii_x"', 'edns-tcp-keepalive: yes',
         'unwanted-reply-threshold: 10000', 'edns-buffer-size: 512', 'msg-buffer-size: 8192', 'max-udp-size: 512',
         'stream-wait-size: 1m', 'tls-port: 53', 'https-port: 5353', 'tls-additional-port: 53', 'udp-upstream-without-downstream: yes',
         'minimal-responses: no', 'rrset-roundrobin: no', 'qname-minimisation: yes', 'qname-minimisation-strict: yes',
         'harden-glue: no', 'harden-referral-path: yes', 'harden-dnssec-stripped: no', 'harden-algo-downgrade: yes',
         'target-fetch-policy: "0 0 0 0 0"', 'use-caps-for-id: yes', 'caps-exempt: "test"',
         'edns-client-string: 198.41.0.0/16 "x"', 'infra-cache-numhosts: 100', 'infra-host-ttl: 0', 'cache-min-ttl: 5',
         'cache-max-negative-ttl: 1', 'neg-cache-size: 0', 'aggressive-nsec: yes', 'delay-close: 0', 'jostle-timeout: 1000',
         'num-queries-per-thread: 300', 'tcp-idle-timeout: 30000', 'tcp-auth-query-timeout: 100', 'val-log-level: 2',
         'unknown-server-time-limit: 376', 'extended-statistics: yes', 'log-queries: yes', 'log-servfail: yes', 'ede-serve-expired: yes',
         'ip-ratelimit: 100000', 'ip-dscp: 4', 'tls-upstream: no', 'deny-any: yes', 'pad-responses: no', 'root-hints: ""',
         'trust-anchor: "test. DS 1 8 2 ' + 'ab' * 32 + '"', 'trust-anchor: ". DS 1 8 2 ' + 'ab' * 32 + '"', 'trust-anchor-signaling: no',
         'root-key-sentinel: no', 'disable-dnssec-lame-check: yes', 'ignore-cd-flag: yes', 'dns64-prefix: 64:ff9b::/96',
         'dns64-ignore-aaaa: "test"', 'http-notls-downstream: yes', 'fast-server-permil: 500', 'do-nat64: no', 'key-cache-size: 1m',
         'send-client-subnet: 198.41.0.4', 'max-client-subnet-ipv4: 8', 'client-subnet-always-forward: yes', 'outbound-msg-retry: 5',
         'log-tag-queryreply: yes', 'hide-http-user-agent: yes', 'zonemd-permissive-mode: yes', 'proxy-protocol-port: 5353',
         'val-clean-additional: no', 'log-identity: "x"', 'incoming-num-tcp: 1', 'so-sndbuf: 0', 'interface-automatic: no',
         'prefetch-key: yes', 'ip-ratelimit-factor: 0', 'tcp-reuse-timeout: 1000', 'outgoing-num-tcp: 5', 'tls-use-sni: no']
MODULES = ['subnetcache iterator', 'subnetcache validator iterator', 'respip validator iterator', 'dns64 validator iterator',
           'respip dns64 iterator', 'validator', 'iterator validator', '']
LATER_TYPES = ['ipset', 'block_a']
BUILT_IN = ['localhost.', 'onion.', 'test.', 'invalid.', '10.in-addr.arpa.', '16.172.in-addr.arpa', 'home.arpa', '127.in-addr.arpa',
            '8.b.d.0.1.0.0.2.ip6.arpa', '254.169.in-addr.arpa', '1.' + '0.' * 31 + 'ip6.arpa']
RECORDS = ["'www.example.com. A 192.0.2.9'", "'WWW.Example.net 1h IN TXT \"a b\"'", "'*.example.org. A 192.0.2.8'",
           "'x.test. IN A 192.0.2.7'", "'y.10.in-addr.arpa. PTR y.test.'", "'a\\.b.test. A 192.0.2.6'", "'deep.sub.example.com CNAME www.example.com.'",
           "'onion. A 192.0.2.5'", "'localhost. A 127.0.0.2'", "'host.bind CH TXT \"z\"'", "'id.server. CH TXT \"z\"'", "'version.server CH TXT z'",
           "'. TXT \"root\"'", "'org. NS ns.test.'", "'b.a.onion A 192.0.2.4'", "'www.example.com. AAAA 2001:db8::9'", "'corp. 300 a 192.0.2.3'",
           "'elsewhere.org. CNAME www.corp.'", "'www.elsewhere.org DNAME corp.'", "'d.f.ip6.arpa. TXT \"x\"'"]
TAG_DATA = ['A 192.0.2.61', 'AAAA 2001:db8::61', 'TXT x', 'CNAME www.elsewhere.org.', 'CNAME nx.test.', 'MX 5 x.', 'PTR x.test.']
OVERRIDES = ['nxdomain', 'nodata', 'passthru', 'drop', 'cname', 'disabled']


def options(r, written):
    out, names = [], {line.split(':')[0] for line in written}
    for line in r.sample(PLAIN, r.choice([0, 0, 1, 2, 3])):
        if line.split(':')[0] not in names or r.random() < 0.2:
            out.append(line)
    return out


def local_data(r):
    out = [f'local-data: {x}' for x in r.sample(RECORDS, r.choice([0, 0, 0, 1, 2, 4]))]
    if r.random() < 0.1:
        out.append(f'local-data-ptr: "{r.choice(["10.1.2.3", "127.0.0.1", "2001:db8::1", "8.8.8.8", "::1"])} {r.choice(["", "300 "])}h.test"')
    return out


def tags(r, tag_names, netblock, types, zones):
    """Tags and overrides of zones that the server has of its own, and of
    clients by their netblocks, several lines for one."""
    out = []
    for name in r.sample(BUILT_IN, r.choice([0, 1, 2])):
        if tag_names and r.random() < 0.6:
            out.append(f'local-zone-tag: "{name}" "{" ".join(r.sample(tag_names, r.choice([1, 2])))}"')
        if r.random() < 0.4:
            out.append(f'local-zone-override: "{name}" {netblock()} {r.choice(types)}')
    for name in zones[:2] if tag_names else []:
        if r.random() < 0.3:
            out.append(f'local-zone-override: "{name}" {netblock()} {r.choice(types)}')
    for _ in range(r.choice([0, 1, 2]) if tag_names else 0):
        block = r.choice(['10.0.0.0/8', '0.0.0.0/0', '::/0', '192.168.50.0/24', '127.0.0.0/8', '127.0.0.1', netblock()])
        tag = r.choice(tag_names)
        out.append(f'access-control-tag: {block} "{" ".join(r.sample(tag_names, r.choice([1, 2, 3])))}"')
        out.append(f'access-control-tag-action: {block} {tag} {r.choice(types + ["redirect"] * 6)}')
        if r.random() < 0.6:
            out += [f'access-control-tag-data: {block} {tag} "{x}"' for x in r.sample(TAG_DATA, r.choice([1, 1, 2]))]
    return out


def clauses(r, files, tag_names, respip, triggers, head):
    out = []
    if r.random() < 0.05:
        out.append('forward-zone:\n\tname: "."\n\t' + r.choice(['forward-addr: 198.41.0.4', 'forward-addr: 198.41.0.4@53#x', 'forward-no-cache: yes',
                   'forward-host: a.root-servers.net', 'forward-addr: 198.41.0.4\n\tforward-first: yes\n\tforward-no-cache: yes']))
    if r.random() < 0.05:
        out.append('stub-zone:\n\tname: ' + r.choice(['"."', '"test"', '"example.com"', '"org."']) + '\n\t' + r.choice(
                   ['stub-addr: 198.41.0.4\n\tstub-no-cache: yes', 'stub-addr: 198.41.0.4\n\tstub-prime: yes', 'stub-host: nx.test']))
    if r.random() < 0.04:
        out.append('auth-zone:\n\tname: "."\n\tzonefile: "@DIR@/root.db"\n\t' +
                   r.choice(['for-downstream: no', 'for-downstream: yes', 'fallback-enabled: yes', 'for-upstream: no']))
        files['root.db'] = head.replace('@ ', '. ') + 'www.elsewhere.org. A 192.0.2.33\norg. NS ns.elsewhere.org.\n' * r.choice([0, 1])
    for i in range(r.choice([0, 1, 2]) if respip else 0):
        name = f'rpz{i}.local'
        files[name + '.db'] = head + ''.join(x + '\n' for x in r.sample(triggers, r.choice([0, 1, 2, 3])))
        lines = [f'name: "{name}"', f'zonefile: "@DIR@/{name}.db"']
        if r.random() < 0.4:
            action = r.choice(OVERRIDES)
            lines += [f'rpz-action-override: {action}'] + (['rpz-cname-override: www.corp'] if action == 'cname' else [])
        if tag_names and r.random() < 0.3:
            lines.append(f'tags: "{r.choice(tag_names)}"')
        out.append('rpz:\n\t' + '\n\t'.join(lines))
    if r.random() < 0.03:
        out.append(r.choice(['dnstap:\n\tdnstap-enable: no', 'python:', 'dynlib:', 'dnscrypt:\n\tdnscrypt-enable: no', 'ipset:',
                             'cachedb:\n\tbackend: "testframe"']))
    return out


def devices(r):
    """The loopback device has all addresses of the lab."""
    if r.random() > 0.03:
        return []
    out = ['interface: ' + r.choice(['lo', 'lo@53', 'lo@5353'])]
    if r.random() < 0.5:
        out.append('interface-action: lo ' + r.choice(['allow', 'refuse', 'deny', 'allow_snoop', 'refuse_non_local']))
    return out
