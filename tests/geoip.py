#!/usr/bin/env python3
"""GeoIP: what lists with `geoip` take, by a small database made here.

Where named can be run (see tests/live), it is asked the same questions.
"""
import os, struct, subprocess, sys, tempfile

TOP = os.environ.get('srcdir', '.')
DNSLINT = os.path.abspath(os.environ.get('DNSLINT', './dnslint'))
sys.path.insert(0, os.path.join(TOP, 'tests', 'live'))
import lab


def encode(value):
    """A value in the data section of MaxMind's format."""
    if isinstance(value, str):
        data = value.encode()
        return bytes([2 << 5 | len(data)]) + data
    if isinstance(value, dict):
        return bytes([7 << 5 | len(value)]) + b''.join(encode(k) + encode(v) for k, v in value.items())
    if isinstance(value, list):
        return bytes([len(value), 11 - 7]) + b''.join(encode(v) for v in value)
    if isinstance(value, tuple):  # (type, number): 5 has 16 bits, 9 has 64
        kind, number = value
        data = number.to_bytes(8, 'big').lstrip(b'\0')
        return (bytes([kind << 5 | len(data)]) if kind < 8 else bytes([len(data), kind - 7])) + data
    data = value.to_bytes(4, 'big').lstrip(b'\0')
    return bytes([6 << 5 | len(data)]) + data


def database(networks, kind):
    """networks: (bits of the 128-bit address, length, entry)."""
    nodes, entries, data = [[None, None]], [], b''
    for address, length, entry in networks:
        entries.append(len(data))
        data += encode(entry)
        at = 0
        for i in range(length):
            bit = address >> (127 - i) & 1
            if i + 1 == length:
                nodes[at][bit] = ('data', entries[-1])
            elif nodes[at][bit] is None:
                nodes.append([None, None])
                nodes[at][bit] = ('node', len(nodes) - 1)
                at = len(nodes) - 1
            else:
                at = nodes[at][bit][1]
    tree = b''
    for node in nodes:
        for record in node:
            n = (len(nodes) if record is None else record[1] if record[0] == 'node'
                 else len(nodes) + 16 + record[1])
            tree += struct.pack('!I', n)[1:]
    meta = {'node_count': len(nodes), 'record_size': (5, 24), 'ip_version': (5, 6),
            'database_type': kind, 'languages': ['en'], 'description': {'en': kind},
            'binary_format_major_version': (5, 2), 'binary_format_minor_version': (5, 0),
            'build_epoch': (9, 1)}
    return tree + bytes(16) + data + b'\xab\xcd\xefMaxMind.com' + encode(meta)


V4 = lambda a, b, c, d: a << 24 | b << 16 | c << 8 | d
COUNTRY = [(V4(10, 2, 0, 0), 96 + 16, {'country': {'iso_code': 'DE', 'names': {'en': 'Germany'}},
                                      'continent': {'code': 'EU', 'names': {'en': 'Europe'}}}),
           (V4(10, 3, 0, 0), 96 + 16, {'country': {'iso_code': 'FR', 'names': {'en': 'France'}},
                                      'continent': {'code': 'EU', 'names': {'en': 'Europe'}}}),
           (0x20010db8 << 96 | 0x42 << 80, 48, {'country': {'iso_code': 'DE', 'names': {'en': 'Germany'}},
                                               'continent': {'code': 'EU', 'names': {'en': 'Europe'}}})]
ASN = [(V4(10, 2, 128, 0), 96 + 17, {'autonomous_system_number': 64500,
                                    'autonomous_system_organization': 'Example'})]
CONFIG = '''options {{
	directory "{dir}"; pid-file none; session-keyfile none;
	geoip-directory "{dir}";
	dnssec-validation no; recursion yes; allow-query-cache {{ any; }};
	allow-recursion {{ !geoip asnum "AS64500"; geoip country DE; geoip country "France"; }};
	listen-on {{ any; }}; listen-on-v6 {{ any; }};
}};
controls {{ }};
view "europe" {{ match-clients {{ geoip continent EU; }}; }};
view "rest" {{ recursion no; }};
'''
CLIENTS = [('10.2.1.1', '1'), ('10.2.127.255', '1'), ('10.2.128.0', '0'), ('10.3.255.255', '1'),
           ('10.4.0.0', '0'), ('10.1.255.255', '0'), ('2001:db8:42::1', '1'), ('2001:db8:43::', '0')]


def main():
    folder = tempfile.mkdtemp(prefix='dnslint-geoip-')
    for name, networks in (('GeoLite2-Country', COUNTRY), ('GeoLite2-ASN', ASN)):
        with open(f'{folder}/{name}.mmdb', 'wb') as f:
            f.write(database(networks, name))
    path = f'{folder}/named.conf'
    with open(path, 'w') as f:
        f.write(CONFIG.format(dir=folder))
    probes = [[c, '2001:db8:1::1' if ':' in c else '10.1.0.1', 'www.elsewhere.org', 'A', '1', '-', 'udp']
              for c, _ in CLIENTS]
    with open(f'{folder}/probes.tsv', 'w') as f:
        f.write('client\tdest\tqname\tqtype\trd\ttsig\tproto\n' + ''.join('\t'.join(p) + '\n' for p in probes))
    command = [DNSLINT, 'predict', '--no-policy', '--target', '9.18', '--format', 'tsv',
               '--probes', f'{folder}/probes.tsv']
    for address in lab.HOST:
        command += ['--interface', address]
    run = subprocess.run(command + [path], capture_output=True, text=True)
    said = [line.split('\t')[9] for line in run.stdout.splitlines()[1:]]
    if said != [ra for _, ra in CLIENTS]:
        print('predicted', said, 'instead of', CLIENTS, run.stderr)
        return 1
    # Broken in many ways: UNKNOWN is all that can be said, and no more.
    with open(f'{folder}/GeoLite2-Country.mmdb', 'r+b') as f:
        whole = f.read()
        for cut in (0, 1, 20, len(whole) // 2, len(whole) - 1):
            f.seek(0)
            f.truncate()
            f.write(whole[:cut])
            f.flush()
            broken = subprocess.run(command + [path], capture_output=True, text=True)
            if broken.returncode != 0 or 'UNKNOWN' not in broken.stdout:
                print('cut at', cut, broken.returncode, broken.stdout, broken.stderr)
                return 1
        f.seek(0)
        f.write(whole)
    pid = os.fork()
    if pid == 0:
        os._exit(ask_named(path, probes, said))
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    print('named was asked' if status == 0 else 'named was not asked')
    return 0 if status in (0, lab.SKIP) else 1


def ask_named(path, probes, said):
    try:
        lab.enter()
        server = lab.Server('named', path)
    except (SystemExit, OSError):
        return lab.SKIP
    real = lab.ask(probes)
    server.stop()
    if not server.up:
        return lab.SKIP
    if [r[2] for r in real] != said:
        print('named says', real)
        return 1
    return 0


sys.exit(main())
