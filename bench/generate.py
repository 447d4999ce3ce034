#!/usr/bin/env python3
"""Large configurations for bench/run.sh.

usage: generate.py zones|acl|access|local N FILE

zones   named.conf with N primary zones
acl     named.conf with an allow-query list of N prefixes, a tenth negated
access  unbound.conf with N access-control lines
local   unbound.conf with N local-zone lines
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


def zones(out, n):
    out.write('options { recursion no; };\n')
    for i in range(n):
        out.write(f'zone "customer-{i:06}.example.net" IN {{\n\ttype primary;\n'
                  f'\tfile "zones/customer-{i:06}.db";\n\tallow-query {{ any; }};\n}};\n')


def acl(out, n):
    out.write('acl big {\n')
    for rng, prefix in prefixes(n):
        out.write(f'\t{"!" if rng.random() < .1 else ""}{prefix};\n')
    out.write('};\noptions { allow-query { big; }; };\n')


def access(out, n):
    out.write('server:\n' + HOST)
    for _, prefix in prefixes(n):
        out.write(f'\taccess-control: {prefix} allow\n')


def local(out, n):
    out.write('server:\n' + HOST)
    for i in range(n):
        out.write(f'\tlocal-zone: "host{i:07}.ads.example" always_nxdomain\n')


def main():
    kinds = {'zones': zones, 'acl': acl, 'access': access, 'local': local}
    if len(sys.argv) != 4 or sys.argv[1] not in kinds:
        sys.exit(__doc__)
    with open(sys.argv[3], 'w') as out:
        kinds[sys.argv[1]](out, int(sys.argv[2]))


main()
