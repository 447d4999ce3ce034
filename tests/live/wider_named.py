"""More of named.conf than generate.py writes: options beside those on which
answers hang, and that might change them all the same."""
DNS64_PREFIXES = ['64:ff9b::/96', '2001:db8:64::/48', '2001:db8::/32', '2001:db8:1::/48', '2001:db8:1::/64',
                  'fd00::/32', 'fd00:1:2::/56', '2001:db8:100::/40']
SERVERS = ['198.41.0.4', '198.41.0.0/16', '192.0.2.53', '0.0.0.0/0', '10.1.2.3', '2001:db8:1::/64']
SERVER_OPTIONS = ['bogus yes;', 'bogus no;', 'edns no;', 'tcp-only no;', 'send-cookie no;', 'keys "k1";',
                  'request-ixfr no;', 'transfers 1;', 'padding 0;', 'edns-udp-size 512;']
EMPTY_NAMES = ['10.in-addr.arpa', '168.192.IN-ADDR.ARPA.', '16.172.in-addr.arpa', '1.10.in-addr.arpa', 'd.f.ip6.arpa',
               'home.arpa', '8.B.D.0.1.0.0.2.IP6.ARPA', 'resolver.arpa', 'nothing.example']
PLAIN = ['minimal-any yes;', 'minimal-responses yes;', 'minimal-responses no;', 'minimal-responses no-auth-recursive;',
         'max-udp-size 512;', 'nocookie-udp-size 512;', 'message-compression no;', 'no-case-compress { 10/8; };',
         'sortlist { any; };', 'sortlist { { 10/8; { 192.0.2/24; 10/8; }; }; };', 'rrset-order { order cyclic; };',
         'stale-answer-enable yes;', 'stale-cache-enable yes;', 'lame-ttl 0;', 'servfail-ttl 0;', 'max-cache-ttl 1;',
         'max-ncache-ttl 1;', 'min-cache-ttl 5;', 'glue-cache no;', 'dnssec-validation yes;', 'dnssec-validation auto;',
         'validate-except { "test"; };', 'dnssec-accept-expired yes;', 'resolver-query-timeout 10000;',
         'clients-per-query 5;', 'max-clients-per-query 10;', 'fetches-per-server 200;', 'max-recursion-queries 50;',
         'query-source address 10.1.0.1;', 'query-source address *;', 'query-source-v6 address 2001:db8:1::1;',
         'notify explicit;', 'notify yes;', 'also-notify { 10.1.2.3; };', 'notify-source 10.1.0.1;',
         'transfer-format one-answer;', 'ixfr-from-differences yes;', 'provide-ixfr no;', 'request-nsid yes;',
         'empty-server "ns.nic.test";', 'zone-statistics full;', 'auth-nxdomain yes;', 'dnsrps-enable no;',
         'rate-limit { responses-per-second 0; };', 'rate-limit { responses-per-second 1000; all-per-second 1000; };',
         'rate-limit { responses-per-second 1; log-only yes; };',
         'rate-limit { responses-per-second 1; errors-per-second 1; exempt-clients { any; }; };',
         'v6-bias 10;', 'trust-anchor-telemetry no;', 'root-key-sentinel no;', 'synth-from-dnssec yes;',
         'disable-ds-digests "test" { SHA1; };', 'nta-recheck 0;', 'prefetch 9 10;', 'masterfile-style full;',
         'dual-stack-servers { 10.1.2.3; };', 'resolver-nonbackoff-tries 1;', 'reuseport no;', 'max-zone-ttl unlimited;',
         'key-directory "@DIR@";', 'update-check-ksk no;', 'dialup no;', 'multi-master yes;', 'preferred-glue A;',
         'root-delegation-only exclude { "org"; };', 'qname-minimization strict;', 'dnssec-policy none;',
         'deny-answer-addresses { any; } except-from { "org"; };', 'check-names secondary fail;']
SERVER_PLAIN = ['tcp-clients 200;', 'recursive-clients 900;', 'tcp-listen-queue 20;', 'interface-interval 0;',
                'automatic-interface-scan no;', 'heartbeat-interval 0;', 'startup-notify-rate 5;', 'querylog yes;',
                'transfers-in 2;', 'tkey-domain "test";', 'udp-receive-buffer 0;', 'cookie-algorithm siphash24;',
                'keep-response-order { any; };', 'hostname "a.b";', 'listen-on port 8053 { any; };', 'listen-on-v6 port 5353 { none; };',
                'listen-on port 853 tls ephemeral { any; };', 'listen-on port 8443 tls ephemeral http default { any; };',
                'listen-on port 8080 tls none http default { any; };', 'listen-on tls none { 10.1.0.1; };']
ZONE_PLAIN = ['notify yes;', 'also-notify { 10.1.2.3; };', 'masterfile-style full;', 'zone-statistics full;',
              'max-journal-size 1m;', 'ixfr-from-differences yes;', 'serial-update-method unixtime;', 'dialup no;',
              'max-transfer-time-in 5;', 'max-refresh-time 600;', 'inline-signing no;', 'database "rbt";',
              'database "rbt64";', 'journal "@DIR@/x.jnl";', 'dnssec-policy none;', 'forwarders { };',
              'masterfile-format text;', 'masterfile-format raw;', 'notify-source 10.1.0.1;', 'sig-validity-interval 20;',
              'multi-master yes;', 'try-tcp-refresh no;', 'check-sibling yes;', 'allow-transfer { !10.1.2.3; key k9; };',
              'allow-query { ! key k1; localnets; };', 'allow-query-on { 10.1.0.1; ::1; };', 'allow-query { };',
              'dnssec-policy default;', 'dnssec-policy insecure;']
POLICY_ACTIONS = ['', '', ' policy given', ' policy nodata', ' policy nxdomain', ' policy passthru', ' policy drop',
                  ' policy tcp-only', ' policy disabled', ' policy cname elsewhere.net', ' policy no-op',
                  ' recursive-only no', ' log no', ' max-policy-ttl 5', ' add-soa no', ' ede none']
POLICY_END = ['', '', ' recursive-only no', ' qname-wait-recurse no', ' break-dnssec yes', ' min-ns-dots 0',
              ' nsip-enable no nsdname-enable no', ' recursive-only no qname-wait-recurse no']
TRIGGERS = ['*.elsewhere.org CNAME .', 'com CNAME rpz-passthru.', '*.com CNAME rpz-tcp-only.', '*.org A 192.0.2.68',
            '24.0.2.0.192.rpz-ip CNAME .', '8.0.0.0.10.rpz-client-ip CNAME rpz-drop.',
            '32.4.0.41.198.rpz-nsip CNAME *.', 'a.root-servers.net.rpz-nsdname CNAME .', 'www.example.com CNAME www.corp.',
            'nx.test CNAME .', '*.arpa CNAME .', 'localhost CNAME .', '48.1.db8.2001.rpz-client-ip.zz.rpz-ip CNAME .']
RPZ_HEAD = '$TTL 60\n@ SOA ns.nic.test. root 1 3600 600 86400 60\n@ NS ns.nic.test.\n'


def dns64(r, element_list):
    inner = ''
    if r.random() < 0.3:
        inner += f' clients {element_list()};'
    if r.random() < 0.2:
        inner += ' ' + r.choice(['mapped { any; };', 'mapped { !10/8; any; };', 'exclude { any; };',
                                 'recursive-only yes;', 'break-dnssec yes;'])
    return f'dns64 {r.choice(DNS64_PREFIXES)} {{{inner} }};'


def view_options(r, element_list, written):
    """Of a view or of the options. One statement of each name, mostly."""
    out, names = [], {line.split()[0] for line in written}
    for line in r.sample(PLAIN, r.choice([0, 0, 1, 2, 3])):
        if line.split()[0] not in names:
            out.append(line)
            names.add(line.split()[0])
    if r.random() < 0.08 and 'dns64' not in names:
        out += [dns64(r, element_list) for _ in range(r.choice([1, 1, 2, 3]))]
    for name in EMPTY_NAMES if r.random() < 0.1 else []:
        if r.random() < 0.4:
            out.append(f'disable-empty-zone "{name}";')
    return out


def servers(r):
    if r.random() > 0.1:
        return []
    return [f'server {who} {{ {r.choice(SERVER_OPTIONS)} }};' for who in r.sample(SERVERS, r.choice([1, 1, 2]))]


def policy_zones(r, files):
    """The statement of several policy zones, and the statements of these."""
    if r.random() > 0.06:
        return [], []
    names = ['rpz1.local', 'rpz2.local', 'rpz3.local'][:r.choice([1, 2, 3])]
    zones = []
    for name in names:
        file = f'{name}.{len(files)}.db'
        if r.random() < 0.92:
            files[file] = RPZ_HEAD + ''.join(line + '\n' for line in r.sample(TRIGGERS, r.choice([0, 1, 2, 3])))
        zones.append(f'zone "{name}" {{ type primary; file "{file}"; check-names ignore; }};')
    inner = ''.join(f' zone "{name}"{r.choice(POLICY_ACTIONS)};' for name in names)
    return [f'response-policy {{{inner} }}{r.choice(POLICY_END)};'], zones


def zone_options(r, kind, written):
    """What else stands in a zone, where its kind takes it."""
    if kind in ('forward', 'empty-forward', 'in-view', 'delegation-only', 'stub', 'static-stub', 'mirror') or r.random() > 0.2:
        return ''
    line = r.choice(ZONE_PLAIN)
    return '' if line.split()[0] in written.replace(';', ' ').split() else ' ' + line


def odd_names(r, zone_file, files):
    """Zones whose names are seldom seen."""
    out = []
    for name in ('_msdcs.corp', 'a_b.test', '*.corp', 'xn--bcher-kva.example', 'a\\.b.test', 'in-addr.arpa', '1.0.0.127.in-addr.arpa',
                 'www.example.com', '0.in-addr.arpa', '1.168.192.in-addr.arpa', 'ip6.arpa', 'version.bind'):
        if r.random() < 0.02:
            file = f'odd.{len(files)}.db'
            files[file] = zone_file(r, name)
            out.append((name, f'zone "{name}" IN {{ type primary; file "{file}"; check-names ignore; }};'))
    return out
