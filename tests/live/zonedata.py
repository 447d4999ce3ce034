"""Random master files: names of every kind that servers tell apart, and faults
that keep a zone from being loaded."""

ALWAYS = ['$TTL 300', '@ SOA ns.nic.test. root.nic.test. 1 3600 600 86400 60', '@ NS ns.nic.test.',
          'www A 192.0.2.10', 'alias CNAME www', 'out CNAME www.elsewhere.org.',
          'other CNAME www.example.net.', 'long CNAME alias', 'a.b.ent A 192.0.2.11',
          '*.wild A 192.0.2.12', '@ TXT "zone"', 'dn DNAME elsewhere.org.']
CUTS = ['sub NS ns.sub', 'ns.sub A 192.0.2.53', 'deleg NS ns.elsewhere.org.']
SIGNED_CUT = ['deleg2 NS ns.other.test.', 'deleg2 DS 1 8 2 ' + 'ab' * 32]
# Each group stands or falls together.
SOMETIMES = [
    ['loop CNAME loop2', 'loop2 CNAME loop'],
    ['outnx CNAME nx.elsewhere.org.'],
    ['*.wc CNAME www'],
    ['*.wco CNAME www.elsewhere.org.'],
    ['*.wt TXT "x"', 'a.x.wt A 192.0.2.13'],
    ['cut NS ns.elsewhere.org.', 'x.cut NS ns.elsewhere.org.', 'www.cut A 192.0.2.14'],
    ['tocut CNAME a.cut', 'cut NS ns.elsewhere.org.'],
    ['todn CNAME a.dnin', 'dnin DNAME ent'],
    ['dnin DNAME ent', 'a.dnin A 192.0.2.15'],
    ['dnloop DNAME dnloop2', 'dnloop2 DNAME dnloop'],
    ['towild CNAME q.wild'],
    ['toapex CNAME @'],
    ['tochild CNAME www.sub.example.com.'],
    ['toempty CNAME 1.0.0.10.in-addr.arpa.'],
    ['@ MX 10 www', '@ DNAME elsewhere.org.'],
    ['@ MX 10 www', '@ A 192.0.2.16', '@ AAAA 2001:db8::16'],
    ['_sip._tcp SRV 1 1 5060 www', '_443._tcp TLSA 3 1 1 ' + 'ab' * 32],
    ['$GENERATE 1-3 g$ A 192.0.2.$'],
    ['$ORIGIN more', 'deep A 192.0.2.17', 'x.y A 192.0.2.18', '$ORIGIN {zone}'],
    ['multi TXT ( "a"', '   "b" ) ; a comment', '  A 192.0.2.19'],
    ['typed 60 IN A 192.0.2.20', 'typed2 IN 60 A 192.0.2.21', 'UPPER A 192.0.2.22'],
    ['strange TYPE65400 \\# 2 abcd', 'caa CAA 0 issue "ca.test"', 'h HTTPS 1 . alpn=h2'],
    ['esc\\046aped A 192.0.2.23', '\\097bc A 192.0.2.24'],
    ['elsewhere.net. A 192.0.2.25'],
    ['nowhere NS .'],
]
FAULTS = [
    ['www CNAME alias'], ['bad A 300.1.2.3'], ['a_b A 192.0.2.9'], ['@ CNAME www'],
    ['@ SOA ns.nic.test. root.nic.test. 2 3600 600 86400 60'], ['@ NS nons'],
    ['ds DS 1 8 2 ' + 'ab' * 32], ['*.nsw NS ns.elsewhere.org.'], ['@ MX 10 a_b'],
    ['x NOSUCHTYPE y'], ['x CH TXT "x"'], ['$INCLUDE nothing.db'], ['x TXT "open'], ['( x A 192.0.2.1'],
    ['two CNAME www', 'two CNAME alias'], ['two DNAME a.test.', 'two DNAME b.test.'], ['x A'],
    ['@ NS alias'], ['l' * 64 + ' A 192.0.2.1'], ['www DNAME elsewhere.org.'],
    ['same NS ns.same', 'same DNAME elsewhere.org.'],
]
LABELS = ['www', 'alias', 'out', 'other', 'long', 'ent', 'no', 'x.wild', 'sub', 'a.sub', 'x.deleg', 'deleg',
          'dn', 'a.dn', 'x', 'a.b.ent', 'www.x']
MORE_LABELS = ['loop', 'outnx', 'q.wc', 'q.wco', 'a.wt', 'x.wt', 'cut', 'x.cut', 'q.x.cut', 'www.cut', 'tocut',
               'todn', 'dnin', 'a.dnin', 'b.dnin', 'q.dnloop', 'towild', 'toapex', 'tochild', 'toempty',
               '_sip._tcp', '_tcp', 'g2', 'deep.more', 'x.y.more', 'deep', 'multi', 'typed', 'upper', 'abc',
               'strange', 'nowhere', 'q.nowhere', '*.wild', 'ns.sub', 'deleg2', 'b.ent', 'wild', 'WwW', 'same']


def zone_file(r, zone, faults=0.14):
    lines = list(ALWAYS)
    if r.random() < 0.5:
        lines += CUTS
    if r.random() < 0.2:
        lines += SIGNED_CUT
    for group in r.sample(SOMETIMES, r.choice([0, 0, 1, 2, 4, 8])):
        lines += [line.replace('{zone}', zone.rstrip('.') + '.') for line in group if line not in lines]
    if r.random() < faults:
        lines += r.choice(FAULTS)
        if r.random() < 0.2:
            lines.remove(ALWAYS[2])
    return '\n'.join(lines) + '\n'


def names(zone):
    dot = '' if zone == '.' else '.' + zone
    return [zone] + [(label + dot).lstrip('.') for label in LABELS]


def more_names(zone):
    dot = '' if zone == '.' else '.' + zone
    return [(label + dot).lstrip('.') for label in MORE_LABELS]
