#!/usr/bin/env python3
"""Large configurations for bench/run.sh.

usage: generate.py KIND N FILE

named.conf:
zones      N primary zones
reverse    N zones of addresses, in the empty zones of a resolver
own-lists  N primary zones, each with lists of its own
view-keys  N views with a key each, and a zone in each
views      N views with a network each, and a zone in each
keys       N keys, in one list
acls       N acl statements, a tenth of them used
chain      N acl statements, each with the one before in it
diamond    N pairs of acl statements, each with the pair before in it
primaries  a secondary zone with N primaries
acl        an allow-query list of N prefixes, a tenth negated
shadowed   a list of N prefixes, a tenth of them covered by others, and a
           tenth that could be one
on-lists   N primary zones that are served at addresses of a list of N prefixes
unbound.conf:
access     N access-control lines
local      N local-zone lines
local-data N local-data lines, in as many zones
forward    N forward-zone clauses
The same N gives the same bytes.
"""
import random
import sys

HOST = '\tchroot: ""\n\tusername: ""\n\tdirectory: ""\n\tpidfile: ""\n'


def prefixes(n):
    rng = random.Random(1)
    for _ in range(n):
        bits = rng.getrandbits(24)
        yield rng, f'{1 + (bits >> 16) % 223}.{bits >> 8 & 255}.{bits & 255}.0/24'


def network(i):
    return f'{1 + (i >> 16)}.{i >> 8 & 255}.{i & 255}.0/24'


def zone(name, *lines):
    return f'zone "{name}" {{\n\ttype primary;\n\tfile "{name}.db";\n' + ''.join(
        f'\t{line};\n' for line in lines) + '};\n'


def key(i):
    return f'key "k{i}" {{\n\talgorithm hmac-sha256;\n\tsecret "c2VjcmV0IG9mIGEgYmVuY2ggMDEyMzQ1Njc=";\n}};\n'


def zones(out, n):
    out.write('options { recursion no; };\n')
    for i in range(n):
        out.write(f'zone "customer-{i:06}.example.net" IN {{\n\ttype primary;\n'
                  f'\tfile "zones/customer-{i:06}.db";\n\tallow-query {{ any; }};\n}};\n')


def reverse(out, n):
    out.write('options { recursion yes; allow-recursion { 10.0.0.0/8; }; };\n')
    for i in range(n):
        out.write(zone(f'{i & 255}.{i >> 8 & 255}.{i >> 16}.10.in-addr.arpa'))


def own_lists(out, n):
    out.write('options { recursion no; };\n')
    for i in range(n):
        out.write(zone(f'customer-{i:06}.example.net',
                       f'allow-query {{ {network(i)}; 2001:db8:{i & 0xffff:x}::/48; }}',
                       f'allow-transfer {{ {network(i + 1)}; 192.0.2.1; }}'))


def view_keys(out, n):
    for i in range(n):
        out.write(key(i))
    for i in range(n):
        out.write(f'view "v{i}" {{\nmatch-clients {{ key "k{i}"; }};\nrecursion no;\n'
                  + zone('example.net') + '};\n')


def views(out, n):
    for i in range(n):
        out.write(f'view "v{i}" {{\nmatch-clients {{ {network(i)}; }};\nrecursion no;\n'
                  + zone('example.net') + '};\n')


def keys(out, n):
    for i in range(n):
        out.write(key(i))
    out.write('options { recursion no; };\n')
    out.write(zone('example.net', 'allow-transfer { '
                   + ' '.join(f'key "k{i}";' for i in range(n)) + ' }'))


def acls(out, n):
    for i in range(n):
        out.write(f'acl a{i} {{ {network(i)}; 2001:db8:{i & 0xffff:x}::/48; }};\n')
    out.write('options { recursion no; allow-query {\n'
              + ''.join(f'\ta{i};\n' for i in range(0, n, 10)) + '}; };\n')


def chain(out, n):
    out.write('acl a0 { 192.0.2.1; };\n')
    for i in range(1, n):
        out.write(f'acl a{i} {{ a{i - 1}; {network(i)}; }};\n')
    out.write(f'options {{ recursion no; allow-query {{ a{n - 1}; }}; }};\n')


def diamond(out, n):
    out.write('acl a0 { 192.0.2.1; };\nacl b0 { 192.0.2.2; };\n')
    for i in range(1, n):
        for name in 'ab':
            out.write(f'acl {name}{i} {{ a{i - 1}; !b{i - 1}; {network(i)}; }};\n')
    out.write(f'options {{ recursion no; allow-query {{ a{n - 1}; b{n - 1}; }}; }};\n')


def primaries(out, n):
    out.write('options { recursion no; };\nzone "example.net" {\n\ttype secondary;\n\tprimaries {\n')
    for i in range(n):
        out.write(f'\t\t{network(i)[:-4]}1;\n')
    out.write('\t};\n};\n')


def acl(out, n):
    out.write('acl big {\n')
    for rng, prefix in prefixes(n):
        out.write(f'\t{"!" if rng.random() < .1 else ""}{prefix};\n')
    out.write('};\noptions { allow-query { big; }; };\n')


def shadowed(out, n):
    out.write('acl big {\n')
    for i in range(n):
        which = i % 10
        at = network(i * 4)
        if which == 1:
            at = network((i - 1) * 4).replace('.0/24', '.128/25')
        if which == 3:
            at = network((i - 1) * 4 + 1)
        out.write(f'\t{at};\n')
    out.write('};\noptions { recursion no; allow-query { big; }; };\n')


def on_lists(out, n):
    shadowed(out, n)
    for i in range(n):
        out.write(zone(f'customer-{i:06}.example.net',
                       f'allow-query-on {{ big; {network(i + 1)}; }}'))


def access(out, n):
    out.write('server:\n' + HOST)
    for _, prefix in prefixes(n):
        out.write(f'\taccess-control: {prefix} allow\n')


def local(out, n):
    out.write('server:\n' + HOST)
    for i in range(n):
        out.write(f'\tlocal-zone: "host{i:07}.ads.example" always_nxdomain\n')


def local_data(out, n):
    out.write('server:\n' + HOST)
    for i in range(n):
        out.write(f'\tlocal-data: "host{i:07}.example. 3600 IN A 192.0.2.{i & 255}"\n')


def forward(out, n):
    out.write('server:\n' + HOST)
    for i in range(n):
        out.write(f'forward-zone:\n\tname: "customer-{i:06}.example.net"\n'
                  f'\tforward-addr: 192.0.2.{i & 255}\n')


KINDS = (zones, reverse, own_lists, view_keys, views, keys, acls, chain, diamond,
         primaries, acl, shadowed, on_lists, access, local, local_data, forward)


def main():
    kinds = {kind.__name__.replace('_', '-'): kind for kind in KINDS}
    if len(sys.argv) != 4 or sys.argv[1] not in kinds:
        sys.exit(__doc__)
    with open(sys.argv[3], 'w') as out:
        kinds[sys.argv[1]](out, int(sys.argv[2]))


main()
